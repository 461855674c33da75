/* SPDX-License-Identifier: GPL-3.0-or-later
   Estimates with intervals, one row each.  MARK_INTERVALS: rows, their squares by
   size; MARK_BAND: a pooled estimate as a diamond from low to high; MARK_LINE: a
   prediction interval, dashed.  Numbers stand at the right. */
#include <assert.h>
#include <math.h>

#include "io/chart/kind.h"
#include "io/text/glyph.h"

enum { ROW = 21 };

struct forest {
    struct page *page;
    struct rect at;
    struct axis x, rows;
};

static const char *row_text(const struct page *p, const struct series *s, size_t i)
{
    if (s->text)
        return s->text[i] ? text_one_line(s->text[i], p->scratch) : "";
    if (s->mark == MARK_LINE || !isfinite(s->x[i]))
        return s->mark == MARK_LINE ? "" : "–";
    const char *x = number_text(s->x[i], 2, p->scratch);
    if (!isfinite(s->low[i]) || !isfinite(s->high[i]))
        return x;
    return arena_printf(p->scratch, "%s [%s, %s]", x, number_text(s->low[i], 2, p->scratch),
                        number_text(s->high[i], 2, p->scratch));
}

static double widest_text(const struct page *p)
{
    double widest = 0;
    for (size_t k = 0; k < p->n_panels; k++) {
        const struct panel *panel = page_panel(p, k);
        for (size_t j = 0; j < panel->n_series; j++)
            for (size_t i = 0; i < panel->series[j].n; i++)
                widest = fmax(widest, text_px(row_text(p, &panel->series[j], i), LOOK_SMALL));
    }
    return widest;
}

static struct axis values_axis(const struct page *p, double px)
{
    const struct chart *c = p->chart;
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < c->n_panels; k++)
        for (size_t j = 0; j < c->panels[k].n_series; j++) {
            const struct series *s = &c->panels[k].series[j];
            range_add(&low, &high, s->x, s->n);
            range_add(&low, &high, s->low, s->n);
            range_add(&low, &high, s->high, s->n);
        }
    return axis_along(c->x_low, c->x_high, low, high, px, false, p->scratch);
}

/* A diamond per row, as closed outlines that blank lines part. */
static void diamonds(struct forest *f, const struct series *s)
{
    struct page *p = f->page;
    for (size_t i = 0; i < s->n; i++) {
        double x[5] = {s->low[i], s->x[i], s->high[i], s->x[i], s->low[i]};
        double lift[5] = {0, -0.28, 0, 0.28, 0};
        if (!isfinite(s->low[i]) || !isfinite(s->x[i]) || !isfinite(s->high[i]))
            continue;
        for (int j = 0; j < 5; j++) {
            block_cell(p, x[j], false);
            block_cell(p, s->y[i] + lift[j], true);
        }
        fprintf(p->data, "\n");
    }
}

static bool has_diamond(const struct series *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (isfinite(s->low[i]) && isfinite(s->x[i]) && isfinite(s->high[i]))
            return true;
    return false;
}

static void plot_series(struct forest *f, const struct series *s, size_t block)
{
    FILE *script = f->page->plots;
    const char *colour = series_colour(s);
    if (s->n == 0 || (s->mark == MARK_BAND && !has_diamond(s)))
        return;
    fprintf(script, ", \\\n  DATA index %zu using ", block);
    if (s->mark == MARK_BAND)
        fprintf(script, "1:2 with filledcurves closed fs solid 0.9 noborder lc rgb '%s'", colour);
    else if (s->mark == MARK_LINE)
        fprintf(script, "3:2:($4-$3):(0) with vectors nohead lw 1.4 dt 2 lc rgb '%s'", colour);
    else
        fprintf(script,
                "3:2:($4-$3):(0) with vectors nohead lw 1.4 lc rgb '%s', \\\n"
                "  DATA index %zu using 1:2:(0.9*PS*$5) with points pt 5 ps variable lc rgb '%s'",
                colour, block, colour);
}

static void row_texts(struct forest *f, const struct series *s)
{
    for (size_t i = 0; i < s->n; i++)
        page_text(f->page, row_text(f->page, s, i), f->page->width - PAGE_MARGIN,
                  px_y(f->at, &f->rows, s->y[i]), ALIGN_RIGHT, LOOK_SMALL,
                  s->muted ? INK_MUTED : INK_TEXT);
}

static void plot_panel(struct forest *f, const struct panel *panel)
{
    struct page *p = f->page;
    size_t first = p->n_blocks + 1;
    for (size_t j = 0; j < panel->n_series; j++) {
        const struct series *s = &panel->series[j];
        assert(s->low && s->high);
        if (s->mark == MARK_BAND) {
            block_begin(p, "x y of the outline");
            diamonds(f, s);
        } else {
            block_of_series(p, s);
        }
        row_texts(f, s);
    }
    plot_begin(p, f->at, &f->x, &f->rows);
    fprintf(p->plots, "set grid xtics noytics; set border 1\nplot NaN notitle");
    for (size_t j = 0; j < panel->n_series; j++)
        plot_series(f, &panel->series[j], first + j);
    fprintf(p->plots, "\nset border 3\n");
    double at = p->chart->x_reference;
    if (f->x.low < at && f->x.high > at) {
        double px = px_x(f->at, &f->x, at);
        page_line(p, px, f->at.top, px, f->at.bottom, INK_SOFT, 1, true);
    }
}

static void lay_out(struct page *p)
{
    const struct chart *c = p->chart;
    assert(c->n_y_categories > 0);
    double top = page_header(p) + 2;
    double names = category_width(p, c->n_y_categories, c->y_category, 0.4 * p->width);
    struct forest f = {.page = p, .at.left = PAGE_MARGIN + names + 10};
    f.at.right = p->width - PAGE_MARGIN - widest_text(p) - 14;
    f.x = values_axis(p, f.at.right - f.at.left);
    f.rows = (struct axis){.low = (double)c->n_y_categories - 0.5, .high = -0.5};
    for (size_t k = 0; k < p->n_panels; k++) {
        const struct panel *panel = page_panel(p, k);
        f.at.top = page_panel_title(p, panel->title, PAGE_MARGIN, top, p->width - 2 * PAGE_MARGIN);
        f.at.bottom = f.at.top + ROW * (double)c->n_y_categories;
        plot_panel(&f, panel);
        category_labels_y(p, f.at, c->n_y_categories, c->y_category);
        axis_labels_x(p, f.at, &f.x);
        top = f.at.bottom + 32;
    }
    double lowest = f.at.bottom + 19;
    if (c->x_label)
        lowest = page_paragraph(p, c->x_label, (f.at.left + f.at.right) / 2, lowest + 3,
                                f.at.right - f.at.left + 200, 2, ALIGN_CENTRE, LOOK_BODY, INK_TEXT);
    p->height = ceil(lowest + 12);
}

const struct chart_kind chart_kind_forest = {
    .name = "forest", .panels_per_page = 3, .lay_out = lay_out};
