/* SPDX-License-Identifier: GPL-3.0-or-later
   Small multiples of points, lines, bands, steps and intervals over a common range. */
#include <math.h>

#include "io/chart/kind.h"

struct axes {
    struct axis x, y;
};

static struct axes axes_of(const struct page *p, const struct panel_grid *g)
{
    const struct chart *c = p->chart;
    double xl = INFINITY, xh = -INFINITY, yl = INFINITY, yh = -INFINITY;
    for (size_t k = 0; k < c->n_panels; k++)
        for (size_t i = 0; i < c->panels[k].n_series; i++) {
            const struct series *s = &c->panels[k].series[i];
            range_add(&xl, &xh, s->x, s->n);
            if (s->mark != MARK_BAND)
                range_add(&yl, &yh, s->y, s->n);
            range_add(&yl, &yh, s->low, s->n);
            range_add(&yl, &yh, s->high, s->n);
        }
    struct axes a;
    size_t most_y = (size_t)(g->panel_height / 34);
    a.x = c->n_x_categories
              ? axis_of_categories(c->n_x_categories)
              : axis_along(c->x_low, c->x_high, xl, xh, g->panel_width, false, p->scratch);
    double margin = 0.025 * (a.x.high - a.x.low); /* so that marks at the ends are whole */
    if (!c->n_x_categories && c->x_low < c->x_high) {
        a.x.low -= margin;
        a.x.high += margin;
    }
    a.y = axis_of(c->y_low, c->y_high, yl, yh, most_y, c->y_percent, p->scratch);
    return a;
}

/* Many points are drawn translucent, so that where they lie dense can be seen. */
static void plot_points(struct page *p, const struct series *s, size_t block)
{
    fprintf(p->plots, "DATA index %zu using 1:2:(0.55*PS*$5) with points pt 7 ps variable ", block);
    const char *alpha = s->n > 400 ? "c0" : s->n > 40 ? "90" : s->n > 12 ? "50" : "00";
    fprintf(p->plots, "lc rgb '#%s%s'", alpha, series_colour(s) + 1);
}

static void plot_series(struct page *p, const struct series *s, size_t block)
{
    fprintf(p->plots, ", \\\n  ");
    switch (s->mark) {
    case MARK_POINTS:
        plot_points(p, s, block);
        break;
    case MARK_LINE:
        fprintf(p->plots, "DATA index %zu using 1:2 with lines ls %zu dt %d", block,
                series_style(s), series_dash(p, s));
        break;
    case MARK_STEPS:
        fprintf(p->plots, "DATA index %zu using 1:2 with steps ls %zu dt %d", block,
                series_style(s), series_dash(p, s));
        break;
    case MARK_BAND:
        fprintf(p->plots,
                "DATA index %zu using 1:3:4 with filledcurves fs transparent solid 0.2 noborder "
                "lc rgb '%s'",
                block, series_colour(s));
        break;
    case MARK_BARS:
        fprintf(p->plots,
                "DATA index %zu using 1:2:(0.7) with boxes fs solid 0.85 noborder lc rgb '%s'",
                block, series_colour(s));
        break;
    case MARK_INTERVALS: /* vectors: error bars blank what lies around their points */
        fprintf(p->plots,
                "DATA index %zu using 1:3:(0):($4-$3) with vectors nohead lc rgb '%s' lw 1.4, \\\n"
                "  DATA index %zu using 1:2 with points pt 5 ps 0.75*PS lc rgb '%s'",
                block, series_colour(s), block, series_colour(s));
        break;
    }
}

/* Labels of single points stand above them. */
static void point_labels(struct page *p, const struct series *s, struct rect at,
                         const struct axes *a)
{
    for (size_t i = 0; s->text && i < s->n; i++)
        if (s->text[i] && isfinite(s->x[i]) && isfinite(s->y[i]))
            page_text(p, s->text[i], px_x(at, &a->x, s->x[i]), px_y(at, &a->y, s->y[i]) - 9,
                      ALIGN_CENTRE, LOOK_SMALL, INK_SOFT);
}

static void plot_panel(struct page *p, const struct panel *panel, struct rect at,
                       const struct axes *a)
{
    size_t first = p->n_blocks + 1;
    for (size_t i = 0; i < panel->n_series; i++)
        block_of_series(p, &panel->series[i]);
    plot_begin(p, at, &a->x, &a->y);
    fprintf(p->plots, "plot NaN notitle");
    for (size_t pass = 0; pass < 2; pass++) /* bands below everything else */
        for (size_t i = 0; i < panel->n_series; i++) {
            const struct series *s = &panel->series[i];
            if (s->n > 0 && (s->mark == MARK_BAND) == (pass == 0))
                plot_series(p, s, first + i);
            if (pass == 1)
                point_labels(p, s, at, a);
        }
    fprintf(p->plots, "\n");
}

static bool is_empty(const struct panel *panel)
{
    for (size_t i = 0; i < panel->n_series; i++)
        if (panel->series[i].n > 0)
            return false;
    return true;
}

static double bottom_labels(struct page *p, const struct panel_grid *g, const struct axes *a,
                            size_t k)
{
    const struct chart *c = p->chart;
    struct rect at = panel_grid_rect(g, k);
    if (c->n_x_categories)
        return category_labels_x(p, at, c->n_x_categories, c->x_category, true);
    axis_labels_x(p, at, &a->x);
    return at.bottom + 19;
}

static void lay_out(struct page *p)
{
    const struct chart *c = p->chart;
    double top = page_header(p), label = c->y_label ? 20 : 0, lowest = 0;
    struct panel_grid g = panel_grid_of(p, top, PAGE_MARGIN + label + 40, PAGE_MARGIN + 6, 4, 16);
    struct axes a = axes_of(p, &g);
    g = panel_grid_of(p, top, PAGE_MARGIN + label + a.y.widest + 8, PAGE_MARGIN + 6, 4, 16);
    a = axes_of(p, &g);
    panel_grid_titles(p, &g);
    for (size_t k = 0; k < p->n_panels; k++) {
        struct rect at = panel_grid_rect(&g, k);
        plot_panel(p, page_panel(p, k), at, &a);
        if (is_empty(page_panel(p, k)))
            page_text(p, "no data", (at.left + at.right) / 2, (at.top + at.bottom) / 2,
                      ALIGN_CENTRE, LOOK_SMALL, INK_MUTED);
        if (k % g.n_cols == 0)
            axis_labels_y(p, at, &a.y);
        if (panel_grid_is_bottom(&g, k, p->n_panels))
            lowest = fmax(lowest, bottom_labels(p, &g, &a, k));
    }
    double middle = (g.left + p->width - PAGE_MARGIN) / 2;
    if (c->x_label)
        lowest =
            page_paragraph(p, c->x_label, middle, lowest + 3, p->width - g.left - 2 * PAGE_MARGIN,
                           2, ALIGN_CENTRE, LOOK_BODY, INK_TEXT);
    if (c->y_label)
        page_text_upright(p, c->y_label, PAGE_MARGIN + 5,
                          (g.top + g.title_height + panel_grid_bottom(&g, p->n_panels)) / 2,
                          panel_grid_bottom(&g, p->n_panels) - g.top + 30, LOOK_BODY);
    p->height = ceil(lowest + 12);
}

const struct chart_kind chart_kind_xy = {.name = "xy", .panels_per_page = 24, .lay_out = lay_out};
