/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/book/book.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "io/book/internal.h"
#include "io/program/output.h"
#include "io/text/glyph.h"
#include "io/text/parse.h"

/* ---- failure ---- */

static bool failed(const struct book *b)
{
    return b->err.code != ERR_NONE;
}

void book_check(struct book *b, lxw_error code, const char *what)
{
    if (code == LXW_NO_ERROR)
        return;
    char text[200];
    snprintf(text, sizeof text, "%s: %s", what, lxw_strerror(code));
    err_at(&b->err, ERR_FILE, &(struct problem){.file = b->path, .what = text});
}

void *book_checked(struct book *b, void *made, const char *what)
{
    if (!made)
        book_check(b, LXW_ERROR_MEMORY_MALLOC_FAILED, what);
    return made;
}

/* ---- the book ---- */

char *book_property(struct book *b, const char *text, size_t units)
{
    if (!text)
        return NULL;
    return arena_strdup(b->keep, text_cut_utf16(text_one_line(text, b->keep), units, b->keep));
}

/* Cells without a style take the book's first format.  Arial of 10 points has the
   digits as wide as the library's Calibri of 11, on which it reckons widths and the
   places of pictures, and unlike that has a twin of equal metrics everywhere. */
#define FONT "Arial"
enum { FONT_SIZE = 10 };

static void set_font(struct book *b)
{
    lxw_format *first = STAILQ_FIRST(b->workbook->formats);
    if (!book_checked(b, first, "the first format"))
        return;
    format_set_font_name(first, FONT);
    format_set_font_size(first, FONT_SIZE);
}

/* Found out here, since the library would print. */
static bool can_write(const char *path, struct err *err)
{
    FILE *f = fopen(path, "w");
    if (f && fclose(f) == 0)
        return true;
    return err_at(err, ERR_FILE, &(struct problem){.file = path, .what = strerror(errno)});
}

struct book *book_open(const char *path, const struct book_options *options, struct arena *keep,
                       struct err *err)
{
    if (!can_write(path, err))
        return NULL;
    struct book *b = ARENA_NEW(keep, struct book, 1);
    const char *folder = getenv("TMPDIR");
    *b = (struct book){.keep = keep, .path = arena_strdup(keep, path)};
    b->constant_memory = options->constant_memory;
    lxw_workbook_options how = {.constant_memory = options->constant_memory,
                                .tmpdir = folder ? arena_strdup(keep, folder) : NULL,
                                .use_zip64 = LXW_FALSE};
    b->workbook = workbook_new_opt(path, &how);
    if (!b->workbook) {
        err_at(err, ERR_FILE, &(struct problem){.file = path, .what = "no workbook was made"});
        return NULL;
    }
    set_font(b);
    lxw_doc_properties properties = {.title = book_property(b, options->title, 200),
                                     .subject = book_property(b, options->subject, 200),
                                     .comments = arena_strdup(keep, "Made by saydo " SAYDO_VERSION),
                                     .created = output_created()};
    book_check(b, workbook_set_properties(b->workbook, &properties), "properties");
    return b;
}

bool book_close(struct book *b, struct err *err)
{
    if (!b->sheets)
        book_sheet_new(b, "Sheet1");
    lxw_error code = workbook_close(b->workbook);
    book_check(b, code, "the workbook cannot be written");
    if (!failed(b))
        return true;
    if (err->code == ERR_NONE)
        *err = b->err;
    return false;
}

struct book_repairs book_repairs(const struct book *b)
{
    return b->repairs;
}

const char *book_library(void)
{
    return "libxlsxwriter " LXW_VERSION;
}

/* ---- names of sheets ---- */

static bool name_taken(const struct book *b, const char *folded)
{
    if (strcmp(folded, "history") == 0)
        return true;
    for (const struct book_sheet *s = b->sheets; s; s = s->next)
        if (strcmp(s->folded, folded) == 0)
            return true;
    return false;
}

/* Without what Excel forbids in names; "Sheet" where nothing is left. */
static const char *legal_name(const char *name, struct arena *keep)
{
    char *text = arena_strdup(keep, text_one_line(name ? name : "", keep));
    for (char *p = text; *p; p++)
        if (strchr("[]:*?/\\", *p))
            *p = '_';
    while (*text == ' ' || *text == '\'')
        text++;
    text = arena_strdup(keep, text_cut_utf16(text, LXW_SHEETNAME_MAX, keep));
    for (size_t n = strlen(text); n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\'');)
        text[--n] = '\0';
    return *text ? text : "Sheet";
}

static const char *unique_name(const struct book *b, const char *name)
{
    const char *wanted = legal_name(name, b->keep), *unique = wanted;
    for (size_t k = 2; name_taken(b, text_folded(unique, b->keep)); k++) {
        const char *mark = arena_printf(b->keep, "~%zu", k);
        const char *start = text_cut_utf16(wanted, LXW_SHEETNAME_MAX - strlen(mark), b->keep);
        unique = arena_printf(b->keep, "%s%s", start, mark);
    }
    return unique;
}

struct book_sheet *book_sheet_new(struct book *b, const char *name)
{
    struct book_sheet *s = ARENA_NEW(b->keep, struct book_sheet, 1);
    s->book = b;
    s->name = unique_name(b, name);
    s->folded = text_folded(s->name, b->keep);
    book_check(b, workbook_validate_sheet_name(b->workbook, s->name), s->name);
    if (!failed(b))
        s->sheet = book_checked(b, workbook_add_worksheet(b->workbook, s->name), s->name);
    s->next = b->sheets;
    b->sheets = s;
    return s;
}

const char *book_sheet_name(const struct book_sheet *s)
{
    return s->name;
}

/* ---- styles ---- */

static bool same_style(const struct book_style *a, const struct book_style *b)
{
    bool same_number =
        a->number == b->number || (a->number && b->number && strcmp(a->number, b->number) == 0);
    return same_number && a->bold == b->bold && a->italic == b->italic && a->wrap == b->wrap &&
           a->link == b->link && a->middle == b->middle && a->indent == b->indent &&
           a->size == b->size && a->colour == b->colour && a->fill == b->fill &&
           a->align == b->align;
}

static void set_up(lxw_format *f, const struct book_style *s)
{
    static const uint8_t align[] = {LXW_ALIGN_NONE, LXW_ALIGN_LEFT, LXW_ALIGN_CENTER,
                                    LXW_ALIGN_RIGHT};
    if (s->number)
        format_set_num_format(f, s->number);
    if (s->bold)
        format_set_bold(f);
    if (s->italic)
        format_set_italic(f);
    if (s->wrap)
        format_set_text_wrap(f);
    if (s->link)
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
    if (s->indent)
        format_set_indent(f, (uint8_t)s->indent);
    format_set_font_name(f, FONT);
    format_set_font_size(f, s->size ? s->size : FONT_SIZE);
    if (s->colour)
        format_set_font_color(f, s->colour);
    if (s->fill)
        format_set_bg_color(f, s->fill);
    format_set_align(f, align[s->align]);
    format_set_align(f, s->wrap && !s->middle ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
}

static lxw_format *format_for(struct book *b, const struct book_style *style)
{
    if (!style)
        return NULL;
    for (struct known_style *k = b->styles; k; k = k->next)
        if (same_style(&k->style, style))
            return k->format;
    struct known_style *k = ARENA_NEW(b->keep, struct known_style, 1);
    k->style = *style;
    k->style.number = arena_strdup(b->keep, style->number);
    k->format = book_checked(b, workbook_add_format(b->workbook), "a cell format");
    if (k->format)
        set_up(k->format, style);
    k->next = b->styles;
    b->styles = k;
    return k->format;
}

/* ---- cells ---- */

bool book_ready(const struct book_sheet *s, size_t row, size_t col)
{
    assert(row < BOOK_MAX_ROWS && col < BOOK_MAX_COLS);
    return !failed(s->book);
}

/* A text that a cell can hold; what was done to it is counted. */
static const char *storable(struct book *b, const char *text)
{
    const char *valid = text_valid(text, b->keep);
    b->repairs.bytes_replaced += valid != text;
    if (text_utf16(valid) <= BOOK_MAX_TEXT)
        return valid;
    b->repairs.text_cut++;
    return arena_printf(b->keep, "%s…", text_cut_utf16(valid, BOOK_MAX_TEXT - 1, b->keep));
}

void book_text(struct book_sheet *s, size_t row, size_t col, const char *text,
               const struct book_style *style)
{
    if (!text || !book_ready(s, row, col))
        return;
    book_check(s->book,
               worksheet_write_string(s->sheet, (lxw_row_t)row, (lxw_col_t)col,
                                      storable(s->book, text), format_for(s->book, style)),
               "a text");
}

static void blank(struct book_sheet *s, size_t row, size_t col, const struct book_style *style)
{
    lxw_format *format = format_for(s->book, style);
    if (format)
        book_check(s->book, worksheet_write_blank(s->sheet, (lxw_row_t)row, (lxw_col_t)col, format),
                   "an empty cell");
}

void book_number(struct book_sheet *s, size_t row, size_t col, double value,
                 const struct book_style *style)
{
    if (!book_ready(s, row, col))
        return;
    if (!isfinite(value)) {
        s->book->repairs.not_finite += isinf(value) != 0;
        blank(s, row, col, style);
        return;
    }
    book_check(s->book,
               worksheet_write_number(s->sheet, (lxw_row_t)row, (lxw_col_t)col, value + 0.0,
                                      format_for(s->book, style)),
               "a number");
}

/* Excel's first day is 1900-01-01, and its 1900 had a 29th of February: earlier than
   1900-03-01 the serial number is not safe, and the day is written as text. */
void book_day(struct book_sheet *s, size_t row, size_t col, int32_t day,
              const struct book_style *style)
{
    enum {
        EPOCH = 25569,
        FIRST = 61,
        LAST = 2958465
    }; /* serial of 1970-01-01, 1900-03-01, 9999-12-31 */
    char text[16];
    int64_t serial = (int64_t)day + EPOCH;
    if (serial >= FIRST && serial <= LAST)
        book_number(s, row, col, (double)serial, style);
    else
        book_text(s, row, col, day_text(day, text), style);
}

void book_formula(struct book_sheet *s, size_t row, size_t col, const char *formula, double value,
                  const struct book_style *style)
{
    assert(formula[0] == '=' && isfinite(value));
    if (!book_ready(s, row, col))
        return;
    book_check(s->book,
               worksheet_write_formula_num(s->sheet, (lxw_row_t)row, (lxw_col_t)col, formula,
                                           format_for(s->book, style), value),
               "a formula");
}

/* A sheet name between quotes; quotes inside are doubled. */
static const char *quoted_name(const struct book_sheet *s, struct arena *keep)
{
    size_t n = strlen(s->name);
    char *quoted = arena_alloc(keep, 2 * n + 3, 1), *to = quoted;
    *to++ = '\'';
    for (size_t i = 0; i < n; i++) {
        if (s->name[i] == '\'')
            *to++ = '\'';
        *to++ = s->name[i];
    }
    *to++ = '\'';
    *to = '\0';
    return quoted;
}

void book_link(struct book_sheet *s, size_t row, size_t col, const struct book_sheet *to,
               const char *caption)
{
    static const struct book_style link = {.link = true, .colour = 0x0563C1};
    struct book *b = s->book;
    if (!book_ready(s, row, col))
        return;
    const char *url = arena_printf(b->keep, "internal:%s!A1", quoted_name(to, b->keep));
    book_check(
        b, worksheet_write_url(s->sheet, (lxw_row_t)row, (lxw_col_t)col, url, format_for(b, &link)),
        "a link");
    book_text(s, row, col, caption, &link);
}

void book_column_width(struct book_sheet *s, size_t col, double characters)
{
    if (book_ready(s, 0, col))
        book_check(s->book,
                   worksheet_set_column(s->sheet, (lxw_col_t)col, (lxw_col_t)col,
                                        fmin(fmax(characters, 1), 255), NULL),
                   "a column");
}

void book_row_height(struct book_sheet *s, size_t row, double points)
{
    if (book_ready(s, row, 0))
        book_check(s->book, worksheet_set_row(s->sheet, (lxw_row_t)row, fmin(points, 409), NULL),
                   "a row");
}

/* ---- the whole sheet ---- */

static void print_page(struct book_sheet *s)
{
    enum { A4 = 9 };
    worksheet_set_paper(s->sheet, A4);
    worksheet_set_margins(s->sheet, 0.5, 0.5, 0.6, 0.7);
    book_check(s->book, worksheet_set_footer(s->sheet, "&L&F&C&A&RPage &P of &N"), "the footer");
}

static void new_pages(struct book_sheet *s, const size_t page_row[], size_t n_pages)
{
    lxw_row_t *row = ARENA_NEW(s->book->keep, lxw_row_t, n_pages + 1); /* ends in 0 */
    for (size_t i = 0; i < n_pages; i++)
        row[i] = (lxw_row_t)page_row[i];
    if (n_pages > 0)
        book_check(s->book, worksheet_set_h_pagebreaks(s->sheet, row), "page breaks");
}

void book_print_charts(struct book_sheet *s, const size_t page_row[], size_t n_pages)
{
    enum { SCALE = 78 };
    if (!book_ready(s, 0, 0))
        return;
    print_page(s);
    worksheet_set_print_scale(s->sheet, SCALE);
    new_pages(s, page_row, n_pages);
}

void book_print_setup(struct book_sheet *s, const struct book_print *how)
{
    lxw_row_t repeated = (lxw_row_t)how->repeated;
    if (!book_ready(s, 0, 0))
        return;
    if (how->landscape)
        worksheet_set_landscape(s->sheet);
    print_page(s);
    worksheet_fit_to_pages(s->sheet, 1, how->one_page);
    if (how->repeat)
        book_check(s->book, worksheet_repeat_rows(s->sheet, repeated, repeated), "repeated rows");
    if (how->n_rows > 0 && how->n_cols > 0)
        book_check(s->book,
                   worksheet_print_area(s->sheet, 0, 0, (lxw_row_t)(how->n_rows - 1),
                                        (lxw_col_t)(how->n_cols - 1)),
                   "the printed cells");
    new_pages(s, how->page_row, how->n_pages);
}

void book_freeze(struct book_sheet *s, size_t row, size_t col)
{
    if (book_ready(s, row, col))
        worksheet_freeze_panes(s->sheet, (lxw_row_t)row, (lxw_col_t)col);
}

void book_hide_gridlines(struct book_sheet *s)
{
    if (book_ready(s, 0, 0))
        worksheet_gridlines(s->sheet, LXW_HIDE_ALL_GRIDLINES);
}

/* Excel wants the headers of a table different by case fold, and not empty. */
static const char **unique_headers(struct book *b, const char *const header[], size_t n)
{
    const char **unique = ARENA_NEW(b->keep, const char *, n);
    const char **folded = ARENA_NEW(b->keep, const char *, n);
    for (size_t j = 0; j < n; j++) {
        const char *wanted = text_one_line(header[j] && *header[j] ? header[j] : "Column", b->keep);
        wanted = text_cut_utf16(wanted, 240, b->keep);
        unique[j] = wanted;
        folded[j] = text_folded(wanted, b->keep);
        for (size_t i = 0, k = 2; i < j; i++)
            if (strcmp(folded[i], folded[j]) == 0) {
                unique[j] = arena_printf(b->keep, "%s~%zu", wanted, k++);
                folded[j] = text_folded(unique[j], b->keep);
                i = (size_t)-1;
            }
    }
    return unique;
}

static void add_table(struct book_sheet *s, struct book_range r, const char *name,
                      const char *const header[], const struct book_style *style)
{
    struct book *b = s->book;
    size_t n = r.last_col - r.first_col + 1;
    lxw_table_column *column = ARENA_NEW(b->keep, lxw_table_column, n);
    lxw_table_column **columns = ARENA_NEW(b->keep, lxw_table_column *, n + 1);
    for (size_t j = 0; j < n; j++) {
        column[j] = (lxw_table_column){.header = arena_strdup(b->keep, header[j]),
                                       .header_format = format_for(b, style)};
        columns[j] = &column[j];
    }
    lxw_table_options options = {.name = arena_strdup(b->keep, name),
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .columns = columns};
    book_check(b,
               worksheet_add_table(s->sheet, (lxw_row_t)r.first_row, (lxw_col_t)r.first_col,
                                   (lxw_row_t)r.last_row, (lxw_col_t)r.last_col, &options),
               name);
}

void book_table(struct book_sheet *s, struct book_range r, const char *name,
                const char *const header[], const struct book_style *style)
{
    struct book *b = s->book;
    assert(r.first_row <= r.last_row && r.first_col <= r.last_col);
    if (!book_ready(s, r.last_row, r.last_col))
        return;
    const char **unique = unique_headers(b, header, r.last_col - r.first_col + 1);
    if (!b->constant_memory && r.first_row < r.last_row) {
        add_table(s, r, name, unique, style);
        return;
    }
    for (size_t j = r.first_col; j <= r.last_col; j++)
        book_text(s, r.first_row, j, unique[j - r.first_col], style);
    book_check(b,
               worksheet_autofilter(s->sheet, (lxw_row_t)r.first_row, (lxw_col_t)r.first_col,
                                    (lxw_row_t)r.last_row, (lxw_col_t)r.last_col),
               "the filter");
}

void book_colour_scale(struct book_sheet *s, struct book_range r)
{
    lxw_conditional_format how = {.type = LXW_CONDITIONAL_3_COLOR_SCALE,
                                  .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                  .mid_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                  .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                  .min_value = -1,
                                  .mid_value = 0,
                                  .max_value = 1,
                                  .min_color = 0x5B9BD5,
                                  .mid_color = 0xFFFFFF,
                                  .max_color = 0xF08A6C};
    if (book_ready(s, r.last_row, r.last_col))
        book_check(s->book,
                   worksheet_conditional_format_range(s->sheet, (lxw_row_t)r.first_row,
                                                      (lxw_col_t)r.first_col, (lxw_row_t)r.last_row,
                                                      (lxw_col_t)r.last_col, &how),
                   "the colour scale");
}

void book_numbers_as_text(struct book_sheet *s, struct book_range r)
{
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    if (!book_ready(s, r.last_row, r.last_col))
        return;
    lxw_rowcol_to_range(range, (lxw_row_t)r.first_row, (lxw_col_t)r.first_col,
                        (lxw_row_t)r.last_row, (lxw_col_t)r.last_col);
    book_check(s->book, worksheet_ignore_errors(s->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range),
               "ids as text");
}
