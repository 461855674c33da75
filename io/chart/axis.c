/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>

#include "io/chart/kind.h"
#include "io/text/glyph.h"

void range_add(double *low, double *high, const double *values, size_t n)
{
    for (size_t i = 0; values && i < n; i++)
        if (isfinite(values[i])) {
            *low = fmin(*low, values[i]);
            *high = fmax(*high, values[i]);
        }
}

/* The smallest of 1, 2, 5 times a power of ten that is not below `raw`. */
static double nice_step(double raw)
{
    double power = pow(10, floor(log10(raw)));
    double lead = raw / power;
    return power * (lead <= 1 + 1e-9 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

static int decimals_of(double step)
{
    int d = (int)-floor(log10(step) + 1e-9);
    return d < 0 ? 0 : d > 9 ? 9 : d;
}

static const char *tick_label(double value, double step, double largest, bool percent,
                              struct arena *scratch)
{
    if (percent)
        return arena_printf(scratch, "%s%%",
                            number_text(100 * value, decimals_of(100 * step), scratch));
    if (largest >= 1e15 || step < 1e-6)
        return arena_printf(scratch, "%.3g", value);
    if (largest >= 1e6)
        return arena_printf(scratch, "%sM",
                            number_text(value / 1e6, decimals_of(step / 1e6), scratch));
    return number_text(value, decimals_of(step), scratch);
}

static void choose_range(struct axis *a, double low, double high, double data_low, double data_high)
{
    if (low < high) {
        *a = (struct axis){.low = low, .high = high};
        return;
    }
    if (data_low > data_high)
        data_low = 0, data_high = 1;
    double margin = 0.05 * (data_high - data_low);
    if (margin <= 0)
        margin = data_low != 0 ? 0.1 * fabs(data_low) : 1;
    *a = (struct axis){.low = data_low - margin, .high = data_high + margin};
    if (data_low >= 0 && a->low < 0)
        a->low = 0;
}

struct axis axis_of(double low, double high, double data_low, double data_high, size_t most_ticks,
                    bool percent, struct arena *scratch)
{
    struct axis a;
    choose_range(&a, low, high, data_low, data_high);
    size_t most = most_ticks < 2 ? 2 : most_ticks > MAX_TICKS - 2 ? MAX_TICKS - 2 : most_ticks;
    double step = nice_step((a.high - a.low) / (double)most);
    double largest = fmax(fabs(a.low), fabs(a.high));
    double slack = 1e-9 * (a.high - a.low);
    for (double k = ceil((a.low - slack) / step); k * step <= a.high + slack; k++) {
        if (a.n == MAX_TICKS)
            break;
        a.at[a.n] = k == 0 ? 0 : k * step;
        a.label[a.n] = tick_label(a.at[a.n], step, largest, percent, scratch);
        a.widest = fmax(a.widest, text_px(a.label[a.n], LOOK_SMALL));
        a.n++;
    }
    return a;
}

struct axis axis_of_categories(size_t n)
{
    return (struct axis){.low = -0.5, .high = (double)n - 0.5};
}

struct axis axis_along(double low, double high, double data_low, double data_high, double px,
                       bool percent, struct arena *scratch)
{
    struct axis a = {0};
    for (size_t most = 9; most >= 2; most--) {
        a = axis_of(low, high, data_low, data_high, most, percent, scratch);
        if (a.n < 2 || (a.at[1] - a.at[0]) / (a.high - a.low) * px >= a.widest + 12)
            break;
    }
    return a;
}

static void tics(FILE *script, const char *which, const struct axis *a)
{
    if (a->n == 0) {
        fprintf(script, "unset %stics\n", which);
        return;
    }
    fprintf(script, "set %stics scale 0.4,0 nomirror (", which);
    for (size_t i = 0; i < a->n; i++)
        fprintf(script, "%s'' %.10g", i ? ", " : "", a->at[i]);
    fprintf(script, ")\n");
}

void plot_begin(struct page *p, struct rect at, const struct axis *x, const struct axis *y)
{
    fprintf(p->plots,
            "set lmargin at screen %.1f/W; set rmargin at screen %.1f/W\n"
            "set tmargin at screen 1-%.1f/H; set bmargin at screen 1-%.1f/H\n"
            "set xrange [%.10g:%.10g]; set yrange [%.10g:%.10g]\n",
            at.left, at.right, at.top, at.bottom, x->low, x->high, y->low, y->high);
    tics(p->plots, "x", x);
    tics(p->plots, "y", y);
    fprintf(p->plots, "unset grid\n");
    if (x->n || y->n)
        fprintf(p->plots, "set grid %s %s back ls %d\n", x->n ? "xtics" : "noxtics",
                y->n ? "ytics" : "noytics", STYLE_GRID);
}

double px_x(struct rect at, const struct axis *x, double value)
{
    return at.left + (value - x->low) / (x->high - x->low) * (at.right - at.left);
}

double px_y(struct rect at, const struct axis *y, double value)
{
    return at.bottom - (value - y->low) / (y->high - y->low) * (at.bottom - at.top);
}

/* A label is left out where it would touch the one before. */
void axis_labels_x(struct page *p, struct rect at, const struct axis *x)
{
    double free_from = -INFINITY;
    for (size_t i = 0; i < x->n; i++) {
        double centre = px_x(at, x, x->at[i]), half = text_px(x->label[i], LOOK_SMALL) / 2;
        if (centre - half < free_from)
            continue;
        page_text(p, x->label[i], centre, at.bottom + 12, ALIGN_CENTRE, LOOK_SMALL, INK_SOFT);
        free_from = centre + half + 5;
    }
}

void axis_labels_y(struct page *p, struct rect at, const struct axis *y)
{
    for (size_t i = 0; i < y->n; i++)
        page_text(p, y->label[i], at.left - 6, px_y(at, y, y->at[i]), ALIGN_RIGHT, LOOK_SMALL,
                  INK_SOFT);
}

/* ---- categories ---- */

enum { SLOT_LINES = 3 };

double category_labels_x(struct page *p, struct rect at, size_t n, const char *const name[],
                         bool draw)
{
    double slot = (at.right - at.left) / (double)n, lowest = at.bottom;
    size_t every = slot < 16 ? (size_t)ceil(16 / slot) : 1;
    for (size_t c = 0; c < n; c += every) {
        double x = at.left + ((double)c + 0.5) * slot, top = at.bottom + 5;
        double width = (double)every * slot - 5;
        size_t lines = name_lines(p, name[c], width, SLOT_LINES, LOOK_SMALL);
        lowest = fmax(lowest, top + (double)lines * look_leading(LOOK_SMALL));
        if (draw)
            page_name(p, name[c], x, top, width, SLOT_LINES, ALIGN_CENTRE, LOOK_SMALL, INK_TEXT);
    }
    return lowest;
}

double category_width(const struct page *p, size_t n, const char *const name[], double most)
{
    double widest = 0;
    for (size_t r = 0; r < n; r++)
        widest = fmax(widest, text_px(text_one_line(name[r], p->scratch), LOOK_BODY));
    return fmin(widest + 2, most);
}

void category_labels_y(struct page *p, struct rect at, size_t n, const char *const name[])
{
    double slot = (at.bottom - at.top) / (double)n, width = at.left - PAGE_MARGIN - 8;
    size_t room = slot >= 2 * look_leading(LOOK_BODY) ? 2 : 1;
    for (size_t r = 0; r < n; r++) {
        double y = at.top + ((double)r + 0.5) * slot;
        size_t lines = name_lines(p, name[r], width, room, LOOK_BODY);
        page_name(p, name[r], at.left - 8, y - (double)lines * look_leading(LOOK_BODY) / 2, width,
                  room, ALIGN_RIGHT, LOOK_BODY, INK_TEXT);
    }
}
