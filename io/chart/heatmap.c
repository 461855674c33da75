/* SPDX-License-Identifier: GPL-3.0-or-later
   A matrix of values in -1 .. 1, as colours from blue over white to red with the
   number in each cell.  Point i of a series is the cell in column x[i], row y[i]
   with the value low[i]; text[i] is printed in it (a line end parts two lines),
   else the value.  No value, and cells of muted series, are grey. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "io/chart/kind.h"
#include "io/text/glyph.h"

#define CELL_GREY "#e9e9e9"

static void cell_lines(struct page *p, const char *text, double x, double y, double width,
                       const char *colour)
{
    const char *end = strchr(text, '\n');
    size_t n = end ? (size_t)(end - text) : strlen(text);
    const char *first = text_one_line(arena_strndup(p->scratch, text, n), p->scratch);
    double leading = look_leading(LOOK_BODY);
    double room = width / (1.14 * look_px(LOOK_BODY));
    page_text(p, text_shorten(first, room, p->scratch), x, end ? y - leading / 2 : y, ALIGN_CENTRE,
              LOOK_BOLD, colour);
    if (end)
        page_text(p, text_shorten(text_one_line(end + 1, p->scratch), room * 1.15, p->scratch), x,
                  y + leading / 2, ALIGN_CENTRE, LOOK_SMALL, colour);
}

static void cell_texts(struct page *p, const struct series *s, struct rect at)
{
    const struct chart *c = p->chart;
    double width = (at.right - at.left) / (double)c->n_x_categories;
    double height = (at.bottom - at.top) / (double)c->n_y_categories;
    for (size_t i = 0; i < s->n; i++) {
        double v = s->low[i];
        const char *own = s->text ? s->text[i] : NULL;
        const char *text = own ? own : isfinite(v) ? number_text(v, 2, p->scratch) : "–";
        const char *colour = s->muted || !isfinite(v) ? INK_SOFT
                             : fabs(v) > 0.62         ? INK_WHITE
                                                      : INK_TEXT;
        cell_lines(p, text, at.left + (s->x[i] + 0.5) * width, at.top + (s->y[i] + 0.5) * height,
                   width - 4, colour);
    }
}

static size_t cell_block(struct page *p, const struct series *s)
{
    size_t block = block_begin(p, "x y left right bottom top value");
    for (size_t i = 0; i < s->n; i++) {
        double cell[7] = {s->x[i],       s->y[i],       s->x[i] - 0.5, s->x[i] + 0.5,
                          s->y[i] - 0.5, s->y[i] + 0.5, s->low[i]};
        for (int j = 0; j < 7; j++)
            block_cell(p, cell[j], j == 6);
    }
    return block;
}

static bool any_value(const struct series *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (isfinite(s->low[i]))
            return true;
    return false;
}

static void plot_panel(struct page *p, const struct panel *panel, struct rect at)
{
    const struct chart *c = p->chart;
    struct axis x = axis_of_categories(c->n_x_categories);
    struct axis y = {.low = (double)c->n_y_categories - 0.5, .high = -0.5};
    size_t first = p->n_blocks + 1;
    for (size_t j = 0; j < panel->n_series; j++) {
        assert(panel->series[j].low);
        cell_block(p, &panel->series[j]);
        cell_texts(p, &panel->series[j], at);
    }
    plot_begin(p, at, &x, &y);
    fprintf(p->plots,
            "unset border\nset object 1 rect from graph 0,0 to graph 1,1 behind fc rgb '" CELL_GREY
            "' fs solid noborder\nplot NaN notitle");
    for (size_t j = 0; j < panel->n_series; j++)
        if (!panel->series[j].muted && any_value(&panel->series[j]))
            fprintf(p->plots,
                    ", \\\n  DATA index %zu using 1:2:3:4:5:6:7 with boxxyerror fs solid noborder "
                    "fc palette",
                    first + j);
    fprintf(p->plots, "\nunset object 1\nset border 3\n");
    for (size_t k = 1; k < c->n_x_categories; k++) {
        double px = at.left + (at.right - at.left) * (double)k / (double)c->n_x_categories;
        page_line(p, px, at.top, px, at.bottom, INK_WHITE, 1.5, false);
    }
    for (size_t k = 1; k < c->n_y_categories; k++) {
        double px = at.top + (at.bottom - at.top) * (double)k / (double)c->n_y_categories;
        page_line(p, at.left, px, at.right, px, INK_WHITE, 1.5, false);
    }
}

enum { SCALE_STEPS = 80 };

/* What the colours mean, from -1 to 1, and the grey. */
static double colour_scale(struct page *p, double left, double top)
{
    struct rect at = {left, top, left + 200, top + 10};
    struct axis x = {.low = -1, .high = 1}, y = {.low = 0, .high = 1};
    size_t block = block_begin(p, "x y left right bottom top value");
    for (int i = 0; i < SCALE_STEPS; i++) {
        double from = -1 + 2.0 * i / SCALE_STEPS, to = -1 + 2.0 * (i + 1) / SCALE_STEPS;
        double cell[7] = {from, 0.5, from, to, 0, 1, (from + to) / 2};
        for (int j = 0; j < 7; j++)
            block_cell(p, cell[j], j == 6);
    }
    plot_begin(p, at, &x, &y);
    fprintf(p->plots,
            "unset border\nplot DATA index %zu using 1:2:3:4:5:6:7 with boxxyerror fs solid "
            "noborder fc palette\nset border 3\n",
            block);
    static const char *const mark[] = {"−1", "−0.5", "0", "0.5", "1"};
    for (int i = 0; i < 5; i++)
        page_text(p, mark[i], at.left + 50.0 * i, at.bottom + 10, ALIGN_CENTRE, LOOK_SMALL,
                  INK_SOFT);
    page_box(p, (struct rect){at.right + 40, at.top - 1, at.right + 60, at.bottom + 1}, CELL_GREY,
             1);
    page_text(p, "no value, or too few observations", at.right + 66, at.top + 5, ALIGN_LEFT,
              LOOK_SMALL, INK_SOFT);
    return at.bottom + 20;
}

static void lay_out(struct page *p)
{
    const struct chart *c = p->chart;
    assert(c->n_x_categories > 0 && c->n_y_categories > 0);
    double top = page_header(p) + 2, lowest = 0;
    double names = category_width(p, c->n_y_categories, c->y_category, 0.32 * p->width);
    struct rect at = {.left = PAGE_MARGIN + names + 10};
    double room = p->width - PAGE_MARGIN - at.left;
    at.right = at.left + fmin(room, 190 * (double)c->n_x_categories);
    for (size_t k = 0; k < p->n_panels; k++) {
        const struct panel *panel = page_panel(p, k);
        at.top = page_panel_title(p, panel->title, at.left, top, room);
        at.bottom = at.top + 40 * (double)c->n_y_categories;
        plot_panel(p, panel, at);
        category_labels_y(p, at, c->n_y_categories, c->y_category);
        lowest = category_labels_x(p, at, c->n_x_categories, c->x_category, true);
        top = lowest + 16;
    }
    if (c->x_label)
        lowest = page_paragraph(p, c->x_label, (at.left + at.right) / 2, lowest + 5, room, 1,
                                ALIGN_CENTRE, LOOK_BODY, INK_TEXT);
    p->height = ceil(colour_scale(p, at.left, lowest + 12) + 10);
}

const struct chart_kind chart_kind_heatmap = {
    .name = "heatmap", .panels_per_page = 4, .lay_out = lay_out};
