/* SPDX-License-Identifier: GPL-3.0-or-later
   Pictures and native charts of the wrapper. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/book/internal.h"
#include "io/text/glyph.h"

/* ---- pictures ---- */

/* Size of a PNG picture; false if the file is absent or another kind. */
static bool png_size(const char *path, double *width, double *height)
{
    static const unsigned char magic[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    unsigned char head[24];
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    bool good =
        fread(head, 1, sizeof head, f) == sizeof head && memcmp(head, magic, sizeof magic) == 0;
    fclose(f);
    *width = good ? head[16] * 16777216.0 + head[17] * 65536 + head[18] * 256 + head[19] : 0;
    *height = good ? head[20] * 16777216.0 + head[21] * 65536 + head[22] * 256 + head[23] : 0;
    return *width > 0 && *height > 0;
}

enum { ROW_PX = 20, MOST_DESCRIPTION = 500 };

size_t book_picture(struct book_sheet *s, size_t row, size_t col, const char *path, double width,
                    const char *description)
{
    struct book *b = s->book;
    double w, h;
    if (!book_ready(s, row, col) || !png_size(path, &w, &h))
        return 0;
    double scale = fmin(width / w, BOOK_PAGE_ROWS * ROW_PX / h);
    lxw_image_options how = {
        .x_scale = scale,
        .y_scale = scale,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = book_property(b, description ? description : "A chart", MOST_DESCRIPTION)};
    book_check(b, worksheet_insert_image_opt(s->sheet, (lxw_row_t)row, (lxw_col_t)col, path, &how),
               path);
    return (size_t)ceil(scale * h / ROW_PX);
}

/* ---- native charts ---- */

/* A name that starts with '=' would be taken for a reference to a cell. */
static const char *plain_name(struct book *b, const char *text)
{
    const char *name = book_property(b, text, 200);
    return name && *name == '=' ? arena_printf(b->keep, " %s", name) : name;
}

static uint32_t rgb(const char *colour)
{
    return colour && colour[0] == '#' ? (uint32_t)strtoul(colour + 1, NULL, 16) : 0x0072B2;
}

static void style_series(lxw_chart_series *made, const struct book_chart_series *s,
                         enum book_chart_kind kind, const char *number)
{
    lxw_chart_fill fill = {.color = rgb(s->colour)};
    lxw_chart_line line = {.color = rgb(s->colour), .width = 2};
    lxw_chart_line without = {.none = LXW_TRUE};
    if (kind != BOOK_CHART_XY) {
        chart_series_set_fill(made, &fill);
        if (s->labels)
            chart_series_set_labels(made);
        if (s->labels && number)
            chart_series_set_labels_num_format(made, number);
        return;
    }
    chart_series_set_line(made, s->line ? &line : &without);
    chart_series_set_marker_type(made, s->points ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_NONE);
    if (s->points) {
        chart_series_set_marker_size(made, 5);
        chart_series_set_marker_fill(made, &fill);
        chart_series_set_marker_line(made, &without);
    }
}

static void add_series(struct book *b, lxw_chart *chart, const struct book_chart *c,
                       const struct book_chart_series *s)
{
    lxw_chart_series *made = book_checked(b, chart_add_series(chart, NULL, NULL), "a series");
    if (!made)
        return;
    chart_series_set_categories(made, s->sheet->name, (lxw_row_t)s->x.first_row,
                                (lxw_col_t)s->x.first_col, (lxw_row_t)s->x.last_row,
                                (lxw_col_t)s->x.last_col);
    chart_series_set_values(made, s->sheet->name, (lxw_row_t)s->y.first_row,
                            (lxw_col_t)s->y.first_col, (lxw_row_t)s->y.last_row,
                            (lxw_col_t)s->y.last_col);
    if (s->name)
        chart_series_set_name(made, plain_name(b, s->name));
    style_series(made, s, c->kind, c->number);
}

/* The library's x axis lies, also where the bars do and it has the values. */
static void set_axes(struct book *b, lxw_chart *chart, const struct book_chart *c)
{
    lxw_chart_line grid = {.color = 0xE4E4E4, .width = 0.75};
    bool lying = c->kind == BOOK_CHART_BARS;
    lxw_chart_axis *values = lying ? chart->x_axis : chart->y_axis;
    lxw_chart_axis *other = lying ? chart->y_axis : chart->x_axis;
    if (c->x_label)
        chart_axis_set_name(other, plain_name(b, c->x_label));
    if (c->y_label)
        chart_axis_set_name(values, plain_name(b, c->y_label));
    if (c->x_low < c->x_high && c->kind == BOOK_CHART_XY) {
        chart_axis_set_min(other, c->x_low);
        chart_axis_set_max(other, c->x_high);
    }
    if (c->y_low < c->y_high) {
        chart_axis_set_min(values, c->y_low);
        chart_axis_set_max(values, c->y_high);
    }
    if (c->number)
        chart_axis_set_num_format(values, c->number);
    if (lying) { /* the first category on top, the values' axis below */
        chart_axis_set_reverse(other);
        chart_axis_set_crossing_max(other);
    }
    chart_axis_major_gridlines_set_visible(other, LXW_FALSE);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &grid);
}

void book_chart(struct book_sheet *s, size_t row, size_t col, const struct book_chart *c)
{
    static const uint8_t kind[] = {LXW_CHART_BAR, LXW_CHART_COLUMN,
                                   LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS};
    struct book *b = s->book;
    if (!book_ready(s, row, col))
        return;
    lxw_chart *chart = book_checked(b, workbook_add_chart(b->workbook, kind[c->kind]), "a chart");
    if (!chart)
        return;
    bool named = false;
    for (size_t i = 0; i < c->n_series; i++) {
        add_series(b, chart, c, &c->series[i]);
        named = named || c->series[i].name;
    }
    if (c->title)
        chart_title_set_name(chart, plain_name(b, c->title));
    chart_legend_set_position(chart, named ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
    set_axes(b, chart, c);
    if (c->kind != BOOK_CHART_XY)
        chart_set_series_gap(chart, 40);
    lxw_chart_options how = {.x_scale = c->width / 480,
                             .y_scale = c->height / 288,
                             .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                             .description = book_property(
                                 b, c->description ? c->description : c->title, MOST_DESCRIPTION)};
    book_check(b, worksheet_insert_chart_opt(s->sheet, (lxw_row_t)row, (lxw_col_t)col, chart, &how),
               "a chart");
}
