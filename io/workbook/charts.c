/* SPDX-License-Identifier: GPL-3.0-or-later
   Charts of a workbook: Excel's own where it can draw the thing, else the pictures
   that gnuplot has made. */
#include <math.h>
#include <string.h>

#include "io/chart/charts.h"
#include "io/chart/kind.h"
#include "io/workbook/sheets.h"

/* Below more rows than these, or beside more columns, nobody would find a chart. */
enum { SHORT_TABLE = 60, NARROW_TABLE = 18 };

const char *chart_sheet(const struct layout *l, const struct chart *c)
{
    const char *name = c->sheet ? c->sheet : "Charts";
    for (size_t i = 0; i < l->report->n_tables; i++) {
        const struct table *t = &l->report->tables[i];
        if (t->sheet && strcmp(t->sheet, name) == 0 &&
            (t->frame->n_rows > SHORT_TABLE || t->frame->n_cols > NARROW_TABLE))
            return arena_printf(l->keep, "%s charts", name);
    }
    return name;
}

size_t charts_on(const struct layout *l, const char *wanted)
{
    size_t n = 0;
    for (size_t i = 0; !l->only_table && i < l->report->n_charts; i++)
        n += strcmp(chart_sheet(l, &l->report->charts[i]), wanted) == 0;
    return n;
}

enum { MOST_NATIVE_PANELS = 6, MOST_NATIVE_POINTS = 5000 };

/* Excel has no error bars of their own length per point, and no bands. */
static bool excel_draws(const struct series *s, bool bars)
{
    bool plain = bars ? s->mark == MARK_BARS && !s->low && !s->high
                      : s->mark == MARK_POINTS || s->mark == MARK_LINE;
    return plain && s->n > 0 && s->n <= MOST_NATIVE_POINTS;
}

bool chart_is_native(const struct layout *l, const struct chart *c)
{
    bool bars = c->kind == &chart_kind_bars;
    if (l->big || (!bars && c->kind != &chart_kind_xy) || c->n_panels > MOST_NATIVE_PANELS ||
        (!bars && c->n_x_categories))
        return false;
    for (size_t k = 0; k < c->n_panels; k++)
        for (size_t j = 0; j < c->panels[k].n_series; j++)
            if (!excel_draws(&c->panels[k].series[j], bars))
                return false;
    return true;
}

/* ---- the numbers of native charts ---- */

enum { DATA_HEADER = 2 };

/* A column of texts or of numbers (format: NULL for General). */
static struct book_range data_column(struct layout *l, const char *header, const double *values,
                                     const char *const *texts, size_t n, const char *format)
{
    const struct book_style number = {.number = format}, text = {.indent = l->data_col > 0};
    size_t col = l->data_col++;
    l->data_rows = n > l->data_rows ? n : l->data_rows;
    double width = fmax(10, text_characters(header) * 1.1 + 2);
    book_text(l->chart_data, DATA_HEADER, col, header, &style_header);
    for (size_t i = 0; i < n; i++)
        if (texts) {
            width = fmax(width, text_characters(texts[i]) + 3);
            book_text(l->chart_data, DATA_HEADER + 1 + i, col, texts[i], &text);
        } else {
            book_number(l->chart_data, DATA_HEADER + 1 + i, col, values[i], &number);
        }
    book_column_width(l->chart_data, col, fmin(width, 60));
    return (struct book_range){DATA_HEADER + 1, col, DATA_HEADER + n, col};
}

/* The lengths of a series' bars in the order of the categories. */
static const double *by_category(struct layout *l, const struct series *s, bool lying, size_t n)
{
    double *value = ARENA_NEW(l->keep, double, n);
    for (size_t c = 0; c < n; c++)
        value[c] = NAN;
    for (size_t i = 0; i < s->n; i++) {
        double place = lying ? s->y[i] : s->x[i];
        if (place >= 0 && place < (double)n)
            value[(size_t)place] = lying ? s->x[i] : s->y[i];
    }
    return value;
}

static void bars_data(struct layout *l, const struct chart *c, const struct panel *panel,
                      struct book_chart_series *made)
{
    bool lying = c->n_y_categories > 0;
    size_t n = lying ? c->n_y_categories : c->n_x_categories;
    const char *what = lying ? c->x_label : c->y_label;
    struct book_range names =
        data_column(l, c->title, NULL, lying ? c->y_category : c->x_category, n, NULL);
    for (size_t j = 0; j < panel->n_series; j++) {
        const struct series *s = &panel->series[j];
        made[j].x = names;
        made[j].y = data_column(l,
                                s->label ? s->label
                                : what   ? what
                                         : "value",
                                by_category(l, s, lying, n), NULL, n, c->y_percent ? "0.0%" : NULL);
        made[j].labels = true;
    }
}

static void xy_data(struct layout *l, const struct chart *c, const struct panel *panel,
                    struct book_chart_series *made)
{
    for (size_t j = 0; j < panel->n_series; j++) {
        const struct series *s = &panel->series[j];
        made[j].x = data_column(l, c->x_label ? c->x_label : "x", s->x, NULL, s->n, NULL);
        made[j].y = data_column(l, s->label ? s->label : "y", s->y, NULL, s->n,
                                c->y_percent ? "0.0%" : NULL);
        made[j].line = s->mark == MARK_LINE;
        made[j].points = s->mark == MARK_POINTS;
    }
}

enum { CHART_ROW_PX = 20, FINDING_WIDTH = 105 };

/* One panel as a chart of Excel's; gives the rows that it covers. */
static size_t native_panel(struct layout *l, struct book_sheet *s, size_t row, size_t col,
                           const struct chart *c, const struct panel *panel)
{
    bool bars = c->kind == &chart_kind_bars, lying = bars && c->n_y_categories > 0;
    struct book_chart_series *made =
        ARENA_NEW(l->keep, struct book_chart_series, panel->n_series + 1);
    (bars ? bars_data : xy_data)(l, c, panel, made);
    for (size_t j = 0; j < panel->n_series; j++) {
        made[j].sheet = l->chart_data;
        made[j].name = panel->series[j].label;
        made[j].colour = series_colour(&panel->series[j]);
    }
    struct book_chart chart = {.kind = lying  ? BOOK_CHART_BARS
                                       : bars ? BOOK_CHART_COLUMNS
                                              : BOOK_CHART_XY,
                               .title = panel->title,
                               .description = c->finding ? c->finding : c->title,
                               .x_label = lying ? c->y_label : c->x_label,
                               .y_label = lying ? c->x_label : c->y_label,
                               .number = c->y_percent ? "0%" : "#,##0.##",
                               .x_low = c->x_low,
                               .x_high = c->x_high,
                               .y_low = lying ? c->x_low : c->y_low,
                               .y_high = lying ? c->x_high : c->y_high,
                               .n_series = panel->n_series,
                               .series = made,
                               .width = CHART_WIDTH,
                               .height = lying ? 110 + 34.0 * (double)c->n_y_categories : 380};
    bool whole = bars && !c->y_percent;
    for (size_t j = 0; whole && j < panel->n_series; j++)
        for (size_t i = 0; i < panel->series[j].n; i++) {
            double v = lying ? panel->series[j].x[i] : panel->series[j].y[i];
            whole = whole && (!isfinite(v) || v == floor(v));
        }
    if (whole)
        chart.number = "#,##0";
    book_chart(s, row, col, &chart);
    return (size_t)ceil(chart.height / CHART_ROW_PX) + 1;
}

/* The heading stays with the first panel. */
static size_t native(struct layout *l, struct book_sheet *s, size_t row, const struct chart *c,
                     struct pages *pages)
{
    size_t first = row;
    book_text(s, row++, 0, c->title, &style_heading);
    if (c->finding)
        row = sheet_paragraph(l, s, row, c->finding, FINDING_WIDTH, &style_note);
    for (size_t k = 0; k < c->n_panels; k++) {
        row = row + native_panel(l, s, row, 0, c, &c->panels[k]);
        page_block(pages, first, row);
        first = row;
    }
    return row;
}

/* ---- pictures ---- */

/* Without a picture a line says so. */
static size_t pictures(struct layout *l, struct book_sheet *s, size_t row, const struct chart *c,
                       struct pages *pages)
{
    size_t start = row;
    for (size_t k = 1; l->charts_folder && k <= chart_n_pages(c); k++) {
        const char *path =
            arena_printf(l->keep, "%s/%s.png", l->charts_folder, chart_page_id(c, k, l->keep));
        size_t rows =
            book_picture(s, row, 0, path, CHART_WIDTH, c->finding ? c->finding : c->title);
        if (rows == 0)
            continue;
        page_block(pages, row, row + rows);
        row += rows + 1;
    }
    if (row == start)
        book_text(s, row++, 0,
                  "Not drawn in this workbook: see the table, or run saydo-report with pictures.",
                  &style_note);
    return row;
}

size_t charts_of_sheet(struct layout *l, struct book_sheet *s, const char *wanted, size_t row,
                       struct pages *pages)
{
    for (size_t i = 0; !l->only_table && i < l->report->n_charts; i++) {
        const struct chart *c = &l->report->charts[i];
        if (strcmp(chart_sheet(l, c), wanted) == 0)
            row = (chart_is_native(l, c) ? native : pictures)(l, s, row, c, pages) + 1;
    }
    return row;
}

void write_charts(struct layout *l, const struct planned *p)
{
    struct pages *pages = ARENA_NEW(l->keep, struct pages, 1);
    *pages = (struct pages){.rows = BOOK_PAGE_ROWS};
    size_t row = sheet_top(l, p, p->name) + 1;
    book_hide_gridlines(p->sheet);
    charts_of_sheet(l, p->sheet, p->name, row, pages);
    book_print_charts(p->sheet, pages->row, pages->n);
}

/* Nobody reads these on paper: a page or two show what they are. */
void write_chart_data(struct layout *l, const struct planned *p)
{
    enum { DATA_PRINTED = 60 };
    sheet_top(l, p, "Numbers behind the charts that Excel draws");
    book_freeze(p->sheet, DATA_HEADER + 1, 0);
    size_t rows = DATA_HEADER + 1 + l->data_rows;
    book_print_setup(p->sheet,
                     &(struct book_print){.landscape = true,
                                          .repeat = true,
                                          .repeated = DATA_HEADER,
                                          .n_rows = rows < DATA_PRINTED ? rows : DATA_PRINTED,
                                          .n_cols = l->data_col});
}
