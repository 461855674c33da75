/* SPDX-License-Identifier: GPL-3.0-or-later
   Bars over categories, lying where the y axis has the categories, else standing;
   several series of a panel stand side by side in each category. */
#include <assert.h>
#include <math.h>

#include "io/chart/kind.h"
#include "io/text/glyph.h"

struct bars {
    struct page *page;
    bool lying;
    size_t n_categories;
    const char *const *category;
    struct axis value, slots;
    bool percent;
    double middle; /* of the panels, for the label below them */
    int decimals;  /* of values without a text */
};

static const double *lengths(const struct bars *b, const struct series *s)
{
    return b->lying ? s->x : s->y;
}

static const double *places(const struct bars *b, const struct series *s)
{
    return b->lying ? s->y : s->x;
}

static const char *bar_text(const struct bars *b, const struct series *s, size_t i)
{
    double v = lengths(b, s)[i];
    if (s->text && s->text[i])
        return text_one_line(s->text[i], b->page->scratch);
    if (!isfinite(v))
        return "–";
    if (b->percent)
        return arena_printf(b->page->scratch, "%.1f%%", 100 * v);
    return number_text(v, b->decimals, b->page->scratch);
}

static double widest_text(const struct bars *b)
{
    double widest = 0;
    for (size_t k = 0; k < b->page->n_panels; k++) {
        const struct panel *panel = page_panel(b->page, k);
        for (size_t j = 0; j < panel->n_series; j++)
            for (size_t i = 0; i < panel->series[j].n; i++)
                widest = fmax(widest, text_px(bar_text(b, &panel->series[j], i), LOOK_SMALL));
    }
    return widest;
}

/* Values from zero on, with room for the labels above standing bars; whole numbers are told
   without a point. */
static void choose_values(struct bars *b, double px)
{
    const struct chart *c = b->page->chart;
    double low = 0, high = 0;
    bool whole = true;
    for (size_t k = 0; k < c->n_panels; k++)
        for (size_t j = 0; j < c->panels[k].n_series; j++) {
            const struct series *s = &c->panels[k].series[j];
            const double *v = lengths(b, s);
            range_add(&low, &high, v, s->n);
            range_add(&low, &high, s->high, s->n);
            for (size_t i = 0; i < s->n; i++)
                whole = whole && (!isfinite(v[i]) || v[i] == floor(v[i]));
        }
    b->decimals = whole || fmax(high, -low) >= 1000 ? 0 : fmax(high, -low) >= 10 ? 1 : 2;
    double declared_low = b->lying ? c->x_low : c->y_low;
    double declared_high = b->lying ? c->x_high : c->y_high;
    if (!(declared_low < declared_high)) {
        const double label = 17; /* px above the end of a bar */
        double room = b->lying ? 1.04 : fmax(1.04, px / fmax(label, px - label));
        declared_low = low < 0 ? fmax(1.08, room) * low : 0;
        declared_high = high > 0 ? room * high : low < 0 ? 0 : 1;
    }
    b->value = axis_along(declared_low, declared_high, 0, 1, px, b->percent, b->page->scratch);
}

/* The bars of one series as boxes; `first` and `thick` are its place in the slot. */
static void bar_boxes(struct bars *b, const struct series *s, double first, double thick)
{
    struct page *p = b->page;
    for (size_t i = 0; i < s->n; i++) {
        double v = lengths(b, s)[i], at = places(b, s)[i];
        double low = at + first, high = low + thick;
        double from = fmin(fmax(0, b->value.low), b->value.high);
        double box[6] = {at, v, low, high, from, v};
        double turned[6] = {v, at, from, v, low, high};
        for (int j = 0; j < 6; j++)
            block_cell(p, b->lying ? turned[j] : box[j], j == 5);
    }
}

static void bar_intervals(struct bars *b, const struct series *s, double middle)
{
    struct page *p = b->page;
    for (size_t i = 0; i < s->n; i++) {
        double v = lengths(b, s)[i], at = places(b, s)[i] + middle;
        block_cell(p, b->lying ? v : at, false);
        block_cell(p, b->lying ? at : v, false);
        block_cell(p, s->low[i], false);
        block_cell(p, s->high[i], true);
    }
}

static void bar_labels(struct bars *b, const struct series *s, struct rect at, double middle,
                       double slot)
{
    struct page *p = b->page;
    for (size_t i = 0; i < s->n; i++) {
        double v = lengths(b, s)[i], place = places(b, s)[i] + middle;
        double end = isfinite(v) ? fmin(fmax(v, b->value.low), b->value.high) : 0;
        const char *text = bar_text(b, s, i);
        if (s->high && isfinite(s->high[i]) && v >= 0)
            end = fmin(fmax(end, s->high[i]), b->value.high);
        if (b->lying)
            page_text(p, text, px_x(at, &b->value, end) + (v < 0 ? -5 : 5),
                      px_y(at, &b->slots, place), v < 0 ? ALIGN_RIGHT : ALIGN_LEFT, LOOK_SMALL,
                      INK_TEXT);
        else if (text_px(text, LOOK_SMALL) <= slot)
            page_text(p, text, px_x(at, &b->slots, place),
                      px_y(at, &b->value, end) + (v < 0 ? 8 : -8), ALIGN_CENTRE, LOOK_SMALL,
                      INK_TEXT);
    }
}

static void plot_panel(struct bars *b, const struct panel *panel, struct rect at)
{
    struct page *p = b->page;
    double n = panel->n_series ? (double)panel->n_series : 1, thick = 0.76 / n;
    double slot = (at.right - at.left) / (double)b->n_categories * thick + 4;
    size_t first = p->n_blocks + 1;
    for (size_t j = 0; j < panel->n_series; j++) {
        const struct series *s = &panel->series[j];
        double left = -0.38 + thick * (double)j;
        block_begin(p, "x y left right bottom top");
        bar_boxes(b, s, left, thick * 0.94);
        block_begin(p, "x y low high");
        if (s->low && s->high)
            bar_intervals(b, s, left + thick * 0.47);
        bar_labels(b, s, at, left + thick * 0.47, slot);
    }
    plot_begin(p, at, b->lying ? &b->value : &b->slots, b->lying ? &b->slots : &b->value);
    fprintf(p->plots, "plot NaN notitle");
    for (size_t j = 0; j < panel->n_series; j++) {
        const struct series *s = &panel->series[j];
        if (s->n == 0)
            continue;
        fprintf(p->plots,
                ", \\\n  DATA index %zu using 1:2:3:4:5:6 with boxxyerror fs solid 1 noborder "
                "lc rgb '%s'",
                first + 2 * j, series_colour(s));
        if (s->low && s->high)
            fprintf(p->plots,
                    ", \\\n  DATA index %zu using %s with vectors nohead lw 1.2 lc rgb '" INK_TEXT
                    "'",
                    first + 2 * j + 1, b->lying ? "3:2:($4-$3):(0)" : "1:3:(0):($4-$3)");
    }
    fprintf(p->plots, "\n");
}

/* Panels of lying bars stand below one another, each as high as it needs. */
static double lay_out_lying(struct bars *b, double top)
{
    struct page *p = b->page;
    double names = category_width(p, b->n_categories, b->category, 0.36 * p->width);
    struct rect at = {.left = PAGE_MARGIN + names + 8};
    at.right = p->width - PAGE_MARGIN - widest_text(b) - 10;
    choose_values(b, at.right - at.left);
    b->slots.low = (double)b->n_categories - 0.5; /* the first category on top */
    b->slots.high = -0.5;
    b->middle = (at.left + at.right) / 2;
    double n_series = 1;
    for (size_t k = 0; k < p->n_panels; k++)
        n_series = fmax(n_series, (double)page_panel(p, k)->n_series);
    double slot = fmax(34, 10 + 15 * n_series);
    for (size_t k = 0; k < p->n_panels; k++) {
        const struct panel *panel = page_panel(p, k);
        at.top = page_panel_title(p, panel->title, at.left, top, at.right - at.left);
        at.bottom = at.top + slot * (double)b->n_categories;
        plot_panel(b, panel, at);
        category_labels_y(p, at, b->n_categories, b->category);
        axis_labels_x(p, at, &b->value);
        top = at.bottom + 28;
    }
    return at.bottom + 19;
}

static double lay_out_standing(struct bars *b, double top)
{
    struct page *p = b->page;
    const struct chart *c = p->chart;
    double label = c->y_label ? 20 : 0, lowest = 0, deepest = 0;
    choose_values(b, 300);
    struct panel_grid g = panel_grid_of(p, top + 8, PAGE_MARGIN + label + b->value.widest + 8,
                                        PAGE_MARGIN + 6, b->n_categories > 8 ? 2 : 3, 22);
    choose_values(b, g.panel_height * 1.6);
    b->middle = (g.left + p->width - PAGE_MARGIN) / 2;
    for (size_t k = 0; k < p->n_panels; k++) {
        struct rect at = panel_grid_rect(&g, k);
        deepest = fmax(deepest,
                       category_labels_x(p, at, b->n_categories, b->category, false) - at.bottom);
    }
    g.gap_y += deepest + 6;
    panel_grid_titles(p, &g);
    for (size_t k = 0; k < p->n_panels; k++) {
        struct rect at = panel_grid_rect(&g, k);
        plot_panel(b, page_panel(p, k), at);
        lowest = fmax(lowest, category_labels_x(p, at, b->n_categories, b->category, true));
        if (k % g.n_cols == 0)
            axis_labels_y(p, at, &b->value);
    }
    if (c->y_label)
        page_text_upright(p, c->y_label, PAGE_MARGIN + 5,
                          (g.top + g.title_height + panel_grid_bottom(&g, p->n_panels)) / 2,
                          panel_grid_bottom(&g, p->n_panels) - g.top + 30, LOOK_BODY);
    return lowest;
}

static void lay_out(struct page *p)
{
    const struct chart *c = p->chart;
    struct bars b = {.page = p, .lying = c->n_y_categories > 0, .percent = c->y_percent};
    b.n_categories = b.lying ? c->n_y_categories : c->n_x_categories;
    b.category = b.lying ? c->y_category : c->x_category;
    assert(b.n_categories > 0);
    b.slots = axis_of_categories(b.n_categories);
    double top = page_header(p);
    double lowest = b.lying ? lay_out_lying(&b, top) : lay_out_standing(&b, top);
    if (c->x_label)
        lowest = page_paragraph(p, c->x_label, b.middle, lowest + 3, p->width - 4 * PAGE_MARGIN, 2,
                                ALIGN_CENTRE, LOOK_BODY, INK_TEXT);
    p->height = ceil(lowest + 12);
}

const struct chart_kind chart_kind_bars = {
    .name = "bars", .panels_per_page = 12, .lay_out = lay_out};
