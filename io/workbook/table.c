/* SPDX-License-Identifier: GPL-3.0-or-later
   The sheet of a table. */
#include <math.h>
#include <string.h>

#include "io/text/glyph.h"
#include "io/workbook/sheets.h"

/* ---- number formats ---- */

/* Four significant digits at any size. */
static const char *significant_format(double value)
{
    static const char *const fixed[] = {"0",      "0.0",     "0.00",     "0.000",
                                        "0.0000", "0.00000", "0.000000", "0.0000000"};
    double size = fabs(value);
    if (value == 0 || !isfinite(value))
        return "0";
    if (size >= 1e9 || size < 5e-5)
        return "0.000E+00";
    if (size >= 1000)
        return "#,##0";
    int digits = 3 - (int)floor(log10(size));
    return fixed[digits < 0 ? 0 : digits > 7 ? 7 : digits];
}

static const char *number_format(const struct column *c, double value)
{
    switch (c->quantity) {
    case QUANTITY_COUNT:
        return value == floor(value) ? "#,##0" : "#,##0.0";
    case QUANTITY_SHARE:
        return "0.0%";
    case QUANTITY_MONEY:
        return c->type == COLUMN_WHOLE ? "#,##0" : "#,##0.00";
    case QUANTITY_CORRELATION:
        return "0.000";
    case QUANTITY_STATISTIC:
        return "0.00";
    case QUANTITY_P_VALUE:
        return "[<0.001]\"<.001\";0.000";
    case QUANTITY_DF:
        return value == floor(value) ? "0" : "0.0";
    case QUANTITY_PLAIN:
        return value == floor(value) && fabs(value) < 1e9 ? "0" : significant_format(value);
    case QUANTITY_ESTIMATE:
    case QUANTITY_N:
        break;
    }
    return c->type == COLUMN_WHOLE ? "0" : significant_format(value);
}

/* ---- cells ---- */

enum { MOST_WIDTH = 60 }; /* of a column, in characters */

/* Of an estimation that ended otherwise: shown grey. */
static bool is_muted(const struct column *status, size_t row)
{
    const char *word = NULL;
    if (!status || column_is_missing(status, row))
        return false;
    if (status->type == COLUMN_TEXT)
        word = status->as.text[row];
    else if (status->type == COLUMN_FACTOR)
        word = status->levels->name[status->as.level[row]];
    return word && strcmp(word, "ok") != 0 && strcmp(word, "converged") != 0;
}

static const char *level_text(const struct column *c, size_t row)
{
    int32_t level = c->as.level[row];
    const char *label = c->levels->label ? c->levels->label[level] : NULL;
    return label && *label ? label : c->levels->name[level];
}

/* Texts keep off the numbers at their left, and are wrapped where they are too long. */
static void put_words(struct book_sheet *s, size_t row, size_t col, const char *text,
                      struct book_style style)
{
    style.indent = col > 0;
    style.wrap = style.middle = text_characters(text) > MOST_WIDTH;
    book_text(s, row, col, text, &style);
}

static void put_cell(struct book_sheet *s, size_t row, size_t col, const struct column *c,
                     size_t from, bool muted)
{
    struct book_style style = {.italic = muted, .colour = muted ? 0x767676 : 0};
    if (column_is_missing(c, from))
        return;
    switch (c->type) {
    case COLUMN_TEXT:
        put_words(s, row, col, c->as.text[from], style);
        break;
    case COLUMN_FACTOR:
        put_words(s, row, col, level_text(c, from), style);
        break;
    case COLUMN_DAY:
        style.number = "yyyy-mm-dd";
        book_day(s, row, col, c->as.day[from], &style);
        break;
    case COLUMN_REAL:
    case COLUMN_WHOLE:
        style.number = number_format(c, column_real(c, from));
        book_number(s, row, col, column_real(c, from), &style);
        break;
    }
}

/* ---- widths ---- */

/* As long as the cell will look, near enough for a width. */
static double cell_characters(const struct column *c, size_t row)
{
    double value = column_real(c, row);
    if (column_is_missing(c, row))
        return 0;
    switch (c->type) {
    case COLUMN_TEXT:
        return text_characters(c->as.text[row]);
    case COLUMN_FACTOR:
        return text_characters(level_text(c, row));
    case COLUMN_DAY:
        return 10;
    case COLUMN_REAL:
    case COLUMN_WHOLE:
        break;
    }
    double digits = isfinite(value) && fabs(value) >= 1 ? floor(log10(fabs(value))) + 1 : 1;
    const char *format = number_format(c, value);
    double commas = format[0] == '#' ? floor((digits - 1) / 3) : 0;
    const char *point = strchr(format, '.');
    double after = c->quantity == QUANTITY_P_VALUE ? 4 : point ? (double)strlen(point) : 0;
    if (strstr(format, "E+"))
        digits = 1;
    return digits + commas + after + (value < 0) + (c->quantity == QUANTITY_SHARE ? 2 : 0);
}

static double longest_word(const char *text, struct arena *keep)
{
    double longest = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        longest = fmax(longest, text_characters(arena_strndup(keep, text, n)));
        text += n + (text[n] == ' ');
    }
    return longest;
}

enum { ROWS_MEASURED = 5000 };

static double column_width(const struct layout *l, const struct planned *p, size_t col,
                           const char *header)
{
    const struct column *c = &p->table->frame->cols[col];
    size_t n = p->n_rows < ROWS_MEASURED ? p->n_rows : ROWS_MEASURED;
    double data = 4;
    for (size_t i = 0; i < n; i++)
        data = fmax(data, cell_characters(c, p->first_row + i));
    double word = longest_word(header, l->keep) * 1.1 + 3.5; /* the filter's button */
    double head = fmin(text_characters(header) * 1.1 + 3.5, 22);
    return fmin(fmax(fmax(data + 1.5, word), fmin(head, 14)), MOST_WIDTH);
}

/* ---- the parts of a sheet ---- */

static const char *header_text(const struct column *c, struct arena *keep)
{
    return c->unit && *c->unit ? arena_printf(keep, "%s (%s)", c->label, c->unit) : c->label;
}

static double header_lines(const char *text, double width)
{
    return ceil(fmax(1, text_characters(text) * 1.18 / fmax(1, width - 2.5)));
}

static size_t write_top(struct layout *l, const struct planned *p, double characters)
{
    const struct table *t = p->table;
    const char *title = t->title ? t->title : t->id;
    if (p->part > 1)
        title = arena_printf(l->keep, "%s (continued, part %zu)", title, p->part);
    size_t row = sheet_top(l, p, title);
    if (t->note)
        row = sheet_paragraph(l, p->sheet, row, t->note, characters, &style_note);
    if (p->n_rows > ROWS_PRINTED)
        row = sheet_paragraph(
            l, p->sheet, row,
            arena_printf(l->keep,
                         "Printing takes the first %d of %zu rows; Page Layout, Print Area, Clear "
                         "Print Area in Excel prints all.",
                         ROWS_PRINTED, p->n_rows),
            characters, &style_note);
    if (t->check_r)
        book_text(p->sheet, row++, 0, arena_printf(l->keep, "Check in R: %s", t->check_r),
                  &style_code);
    if (t->check_spss)
        book_text(p->sheet, row++, 0, arena_printf(l->keep, "Check in SPSS: %s", t->check_spss),
                  &style_code);
    return row;
}

/* Leading columns of texts stay in view, as long as they are not too wide. */
static size_t columns_frozen(const struct frame *f, const double width[])
{
    double sum = 0;
    size_t n = 0;
    while (n < f->n_cols && n < 3 &&
           (f->cols[n].type == COLUMN_TEXT || f->cols[n].type == COLUMN_FACTOR)) {
        sum += width[n];
        if (sum > 50)
            break;
        n++;
    }
    return n < f->n_cols ? n : 0;
}

/* Runs of rows that are to be relied on: muted ones get no colour. */
static void colour_column(const struct planned *p, size_t col, size_t first)
{
    const struct column *status = frame_column(p->table->frame, "status");
    for (size_t i = 0, from = 0; i <= p->n_rows; i++) {
        if (i < p->n_rows && !is_muted(status, p->first_row + i))
            continue;
        if (i > from)
            book_colour_scale(p->sheet, (struct book_range){first + from, col, first + i - 1, col});
        from = i + 1;
    }
}

static void colour_correlations(const struct planned *p, size_t first)
{
    const struct frame *f = p->table->frame;
    if (strcmp(p->table->id, "correlations") != 0)
        return;
    for (size_t j = 0; j < f->n_cols; j++)
        if (f->cols[j].quantity == QUANTITY_CORRELATION &&
            (strcmp(f->cols[j].name, "estimate") == 0 || strcmp(f->cols[j].name, "partial") == 0))
            colour_column(p, j, first);
}

/* Lines of the longest text of a row. */
static double row_lines(const struct frame *f, size_t row)
{
    double longest = 0;
    for (size_t j = 0; j < f->n_cols; j++)
        if (f->cols[j].type == COLUMN_TEXT && f->cols[j].as.text[row])
            longest = fmax(longest, text_characters(f->cols[j].as.text[row]));
    return longest <= MOST_WIDTH ? 1 : fmin(ceil(1.1 * longest / MOST_WIDTH), 27);
}

static void write_rows(const struct planned *p, size_t first)
{
    const struct frame *f = p->table->frame;
    const struct column *status = frame_column(f, "status");
    for (size_t i = 0; i < p->n_rows; i++) {
        bool muted = is_muted(status, p->first_row + i);
        double lines = row_lines(f, p->first_row + i);
        if (lines > 1)
            book_row_height(p->sheet, first + i, 15 * lines);
        for (size_t j = 0; j < f->n_cols; j++)
            put_cell(p->sheet, first + i, j, &f->cols[j], p->first_row + i, muted);
    }
}

/* The first page of a table's sheet, in rows of 15 points: what stands above, and the rows. */
static double table_height(const struct planned *p, size_t header, double header_rows)
{
    double height = (double)header + 1 + header_rows;
    for (size_t i = 0; i < p->n_rows && i < ROWS_PRINTED; i++)
        height += row_lines(p->table->frame, p->first_row + i);
    return height;
}

/* As many columns as make up the width, those of the table at least. */
static size_t columns_in(double pixels, size_t n, double table_pixels)
{
    enum { DEFAULT_PX = 64 };
    return n + (pixels > table_pixels ? (size_t)ceil((pixels - table_pixels) / DEFAULT_PX) : 0);
}

/* Charts stand below, whole: on the table's page if there is room, else on pages of their own,
   on which the header of a table that fits one page is not repeated. */
static void finish_sheet(struct layout *l, const struct planned *p, size_t header, double height,
                         double pixels, struct paper paper)
{
    struct pages *pages = ARENA_NEW(l->keep, struct pages, 1);
    size_t end = header + 1 + p->n_rows, n_cols = p->table->frame->n_cols, first = end + 1;
    bool charts = p->part == 1 && charts_on(l, p->name) > 0,
         one_page = height <= (double)paper.rows;
    *pages = (struct pages){.rows = paper.rows};
    if (one_page && height > (double)first)
        pages->rows -= (size_t)ceil(height) - first;
    if (charts && !one_page)
        pages->row[pages->n++] = pages->start = first;
    size_t last = charts ? charts_of_sheet(l, p->sheet, p->name, first, pages) : end;
    if (!charts && p->n_rows > ROWS_PRINTED)
        last = header + 1 + ROWS_PRINTED;
    double page = charts ? CHART_WIDTH : paper.landscape ? 962 : 633;
    book_print_setup(p->sheet, &(struct book_print){.landscape = paper.landscape,
                                                    .repeat = !(charts && one_page),
                                                    .repeated = header,
                                                    .n_rows = last + (last == header + 1),
                                                    .n_cols = columns_in(page, n_cols, pixels),
                                                    .page_row = pages->row,
                                                    .n_pages = pages->n});
}

/* The paper of a sheet, before it is known how high its charts will be. */
static struct paper table_paper(const struct layout *l, const struct planned *p, double pixels)
{
    enum { TOP_ROWS = 7, CHART_ROWS = 17 };
    size_t n_charts = p->part == 1 ? charts_on(l, p->name) : 0;
    size_t rows = TOP_ROWS + p->n_rows + CHART_ROWS * n_charts;
    return paper_for(n_charts ? fmax(pixels, CHART_WIDTH) : pixels, rows);
}

void write_table(struct layout *l, const struct planned *p)
{
    enum { UPRIGHT_TEXT = 92, LANDSCAPE_TEXT = 135 };
    const struct frame *f = p->table->frame;
    size_t n = f->n_cols;
    const char **header = ARENA_NEW(l->keep, const char *, n + 1);
    double *width = ARENA_NEW(l->keep, double, n + 1), lines = 1, pixels = 0;
    for (size_t j = 0; j < n; j++) {
        header[j] = header_text(&f->cols[j], l->keep);
        width[j] = column_width(l, p, j, header[j]);
        lines = fmax(lines, header_lines(header[j], width[j]));
        book_column_width(p->sheet, j, width[j]);
        pixels += column_pixels(width[j]);
    }
    struct paper paper = table_paper(l, p, pixels);
    size_t row = write_top(l, p, paper.landscape ? LANDSCAPE_TEXT : UPRIGHT_TEXT);
    book_row_height(p->sheet, row, 15 * lines + 6);
    struct book_range range = {row, 0, row + p->n_rows, n ? n - 1 : 0};
    const char *name =
        p->part > 1 ? arena_printf(l->keep, "%s_%zu", p->table->id, p->part) : p->table->id;
    if (n > 0)
        book_table(p->sheet, range, name, header, &style_header);
    if (p->n_rows == 0)
        book_text(p->sheet, row + 1, 0, "no rows", &style_note);
    write_rows(p, row + 1);
    colour_correlations(p, row + 1);
    book_numbers_as_text(p->sheet, range);
    book_freeze(p->sheet, row + 1, columns_frozen(f, width));
    finish_sheet(l, p, row, table_height(p, row, lines), pixels, paper);
}
