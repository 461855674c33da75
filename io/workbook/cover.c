/* SPDX-License-Identifier: GPL-3.0-or-later
   README, Contents, Codebook and Log. */
#include <math.h>
#include <string.h>

#include "io/text/glyph.h"
#include "io/workbook/sheets.h"

const struct book_style style_title = {.bold = true, .size = 16, .colour = 0x1F3864};
const struct book_style style_heading = {.bold = true, .size = 12, .colour = 0x1F3864};
const struct book_style style_body = {.wrap = true};
const struct book_style style_note = {.colour = 0x595959};
const struct book_style style_code = {.colour = 0x1F3864, .italic = true};
const struct book_style style_header = {
    .bold = true, .wrap = true, .middle = true, .colour = 0xFFFFFF, .fill = 0x1F3864};

double text_characters(const char *text)
{
    return text_ems(text) / 0.52;
}

size_t sheet_paragraph(struct layout *l, struct book_sheet *s, size_t row, const char *text,
                       double characters, const struct book_style *style)
{
    enum { MOST_LINES = 40 };
    const char *line[MOST_LINES];
    size_t n = text_wrap(text_one_line(text_valid(text, l->keep), l->keep), 0.52 * characters,
                         MOST_LINES, line, l->keep);
    for (size_t i = 0; i < n; i++)
        book_text(s, row++, 0, line[i], style);
    return row;
}

size_t sheet_top(struct layout *l, const struct planned *p, const char *title)
{
    book_row_height(p->sheet, 0, 24);
    book_text(p->sheet, 0, 0, title, &style_title);
    book_link(p->sheet, 1, 0, l->sheets[1].sheet, "← back to contents");
    return 2;
}

/* ---- a sheet of texts ---- */

/* Landscape or upright by the width, the header on each page. */
static void print_texts(struct book_sheet *s, const double width[], size_t n, size_t header,
                        size_t n_rows)
{
    double pixels = 0;
    for (size_t j = 0; j < n; j++)
        pixels += column_pixels(width[j]);
    struct paper paper = paper_for(pixels, header + n_rows);
    book_print_setup(s, &(struct book_print){.landscape = paper.landscape,
                                             .repeat = true,
                                             .repeated = header,
                                             .n_rows = header + 1 + n_rows,
                                             .n_cols = n});
}

static double lines_of(const char *text, double characters)
{
    return ceil(fmax(1, text_characters(text) * 1.06 / characters));
}

void sheet_of_texts(struct book_sheet *s, size_t row, size_t n, const char *const header[],
                    size_t n_rows, const char *const cell[], const double most[], const char *name)
{
    enum { MOST_COLS = 8 };
    double width[MOST_COLS];
    for (size_t j = 0; j < n; j++) {
        width[j] = text_characters(header[j]) + 5;
        for (size_t i = 0; i < n_rows; i++)
            if (cell[i * n + j])
                width[j] = fmax(width[j], text_characters(cell[i * n + j]) + 2);
        width[j] = fmin(width[j], most[j]);
        book_column_width(s, j, width[j]);
    }
    struct book_range range = {row, 0, row + n_rows, n - 1};
    book_row_height(s, row, 20);
    book_table(s, range, name, header, &style_header);
    for (size_t i = 0; i < n_rows; i++) {
        double lines = 1;
        for (size_t j = 0; j < n; j++)
            if (cell[i * n + j])
                lines = fmax(lines, lines_of(cell[i * n + j], width[j]));
        book_row_height(s, row + 1 + i, 15 * lines + 1);
        for (size_t j = 0; j < n; j++)
            book_text(s, row + 1 + i, j, cell[i * n + j], &style_body);
    }
    book_freeze(s, row + 1, 0);
    print_texts(s, width, n, row, n_rows);
}

/* ---- README ---- */

static const char *const how_to_read[] = {
    "Contents lists the sheets; each has a link back to it. Each table has filters on its header.",
    "Codebook tells what each column means. Log tells warnings, counts and options of this run.",
    "Figures are values, not formulas: the estimation cannot be repeated in cells. The lines "
    "\"Check in R\" and \"Check in SPSS\" say how to repeat them elsewhere from the CSV files.",
    "An empty cell is a figure that does not exist. Grey rows in italics are not to be relied on: "
    "their status says why.",
    "p-values below 0.001 are shown as <.001; a cell holds the figure to 15 digits.",
};

enum { README_WIDTH = 100, README_COLUMN = 116 };

static size_t list_of(struct layout *l, struct book_sheet *s, size_t row, const char *heading,
                      const char *const text[], size_t n)
{
    book_text(s, row++, 0, heading, &style_heading);
    for (size_t i = 0; i < n; i++)
        row =
            sheet_paragraph(l, s, row, arena_printf(l->keep, "• %s", text[i]), README_WIDTH, NULL);
    return row + 1;
}

enum { WARNINGS_SHOWN = 5 };

void write_readme(struct layout *l, const struct planned *p)
{
    enum { MOST_ON_ONE = 60 }; /* rows, some of several lines */
    const struct report *r = l->report;
    struct book_sheet *s = p->sheet;
    size_t row = 1;
    book_hide_gridlines(s);
    book_column_width(s, 0, README_COLUMN);
    book_row_height(s, 0, 24);
    book_text(s, 0, 0, r->title, &style_title);
    for (size_t i = 0; i < r->n_lines; i++)
        row = sheet_paragraph(l, s, row, r->lines[i], README_WIDTH, NULL);
    row++;
    if (r->gate)
        row = list_of(l, s, row, "A declared gate failed", &r->gate, 1);
    if (r->n_warnings) {
        size_t shown = r->n_warnings < WARNINGS_SHOWN ? r->n_warnings : WARNINGS_SHOWN;
        row = list_of(l, s, row,
                      arena_printf(l->keep, "Warnings: %zu (all in the sheet Log)", r->n_warnings),
                      r->warnings, shown);
    }
    row = list_of(l, s, row, "How to read this workbook", how_to_read,
                  sizeof how_to_read / sizeof *how_to_read);
    book_text(s, row++, 0, "Versions", &style_heading);
    book_text(s, row++, 0, arena_printf(l->keep, "saydo %s, %s", SAYDO_VERSION, book_library()),
              NULL);
    book_print_setup(s, &(struct book_print){.one_page = row <= MOST_ON_ONE});
}

/* ---- Contents ---- */

void write_contents(struct layout *l, const struct planned *p)
{
    enum { MOST_ON_ONE = 75 }; /* sheets */
    struct book_sheet *s = p->sheet;
    double widest = 12, purpose = 20;
    book_hide_gridlines(s);
    book_row_height(s, 0, 24);
    book_text(s, 0, 0, "Contents", &style_title);
    static const char *const head[] = {"Sheet", "What it holds"};
    for (size_t j = 0; j < 2; j++)
        book_text(s, 1, j, head[j], &style_header);
    for (size_t i = 0; i < l->n_sheets; i++) {
        const struct planned *q = &l->sheets[i];
        if (q == p)
            continue;
        size_t row = 2 + (i > 1 ? i - 1 : i);
        book_link(s, row, 0, q->sheet, book_sheet_name(q->sheet));
        book_text(s, row, 1, q->purpose, NULL);
        widest = fmax(widest, text_characters(book_sheet_name(q->sheet)) + 2);
        purpose = fmax(purpose, text_characters(q->purpose ? q->purpose : "") + 2);
    }
    book_column_width(s, 0, widest);
    book_column_width(s, 1, fmin(purpose, 110));
    book_freeze(s, 2, 0);
    book_print_setup(s, &(struct book_print){
                            .one_page = l->n_sheets <= MOST_ON_ONE, .repeat = true, .repeated = 1});
}

/* ---- Codebook ---- */

static const char *type_word(const struct column *c)
{
    static const char *const word[] = {"number", "whole number", "date", "category", "text"};
    return word[c->type];
}

/* "1 = certainly not; 2 = …" */
static const char *levels_text(const struct column *c, struct arena *keep)
{
    const char *text = "";
    if (!c->levels)
        return NULL;
    for (size_t k = 0; k < c->levels->n; k++) {
        const char *label = c->levels->label ? c->levels->label[k] : NULL;
        text = arena_printf(keep, "%s%s%s%s%s", text, k ? "; " : "", c->levels->name[k],
                            label ? " = " : "", label ? label : "");
        if (strlen(text) > 2000)
            return arena_printf(keep, "%s; …", text);
    }
    return text;
}

enum { CODEBOOK_COLS = 7 };

static bool is_shown(const struct layout *l, const struct table *t)
{
    return !l->only_table || strcmp(l->only_table, t->id) == 0;
}

void write_codebook(struct layout *l, const struct planned *p)
{
    static const char *const header[CODEBOOK_COLS] = {"Table", "Column", "Heading", "Definition",
                                                      "Unit",  "Type",   "Levels"};
    static const double most[CODEBOOK_COLS] = {20, 24, 28, 60, 10, 14, 30};
    const struct report *r = l->report;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < r->n_tables; i++)
        n += is_shown(l, &r->tables[i]) ? r->tables[i].frame->n_cols : 0;
    const char **cell = ARENA_NEW(l->keep, const char *, n *CODEBOOK_COLS);
    for (size_t i = 0; i < r->n_tables; i++)
        for (size_t j = 0; is_shown(l, &r->tables[i]) && j < r->tables[i].frame->n_cols; j++) {
            const struct column *c = &r->tables[i].frame->cols[j];
            const char *row[CODEBOOK_COLS] = {
                r->tables[i].id,        c->name, c->label, c->note, c->unit, type_word(c),
                levels_text(c, l->keep)};
            memcpy(cell + CODEBOOK_COLS * at++, row, sizeof row);
        }
    size_t row = sheet_top(l, p, "Codebook");
    sheet_of_texts(p->sheet, row, CODEBOOK_COLS, header, n, cell, most, "codebook");
}

/* ---- Log ---- */

enum { LOG_COLS = 3 };

static void log_row(const char **cell, size_t *at, const char *kind, const char *what,
                    const char *value)
{
    cell[LOG_COLS * *at] = kind;
    cell[LOG_COLS * *at + 1] = what;
    cell[LOG_COLS * *at + 2] = value;
    ++*at;
}

static void log_repairs(struct layout *l, const char **cell, size_t *at)
{
    struct book_repairs done = book_repairs(l->book);
    if (done.bytes_replaced)
        log_row(cell, at, "workbook", "texts that were no valid UTF-8: bytes shown as �",
                arena_printf(l->keep, "%zu", done.bytes_replaced));
    if (done.text_cut)
        log_row(cell, at, "workbook", "texts longer than a cell holds (32,767): cut",
                arena_printf(l->keep, "%zu", done.text_cut));
    if (done.not_finite)
        log_row(cell, at, "workbook", "infinite figures: cells left empty",
                arena_printf(l->keep, "%zu", done.not_finite));
}

void write_log(struct layout *l, const struct planned *p)
{
    static const char *const header[LOG_COLS] = {"Kind", "What", "Value"};
    static const double most[LOG_COLS] = {14, 100, 70};
    const struct report *r = l->report;
    const char **cell =
        ARENA_NEW(l->keep, const char *, LOG_COLS *(r->n_warnings + r->n_facts + 5));
    size_t n = 0;
    if (r->gate)
        log_row(cell, &n, "gate", r->gate, "failed");
    for (size_t i = 0; i < r->n_warnings; i++)
        log_row(cell, &n, "warning", r->warnings[i], NULL);
    log_repairs(l, cell, &n);
    for (size_t i = 0; i < r->n_facts; i++)
        log_row(cell, &n, r->facts[i].section, r->facts[i].name, r->facts[i].value);
    if (n == 0)
        log_row(cell, &n, "note", "no warnings", NULL);
    size_t row = sheet_top(l, p, "Log");
    sheet_of_texts(p->sheet, row, LOG_COLS, header, n, cell, most, "log");
}
