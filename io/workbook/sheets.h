/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_WORKBOOK_SHEETS_H
#define IO_WORKBOOK_SHEETS_H

#include "io/book/book.h"
#include "io/report.h"
#include "io/workbook/page.h"

/* A report laid out as sheets.  All sheets are planned first, so that Contents can
   link to them; then each is written. */

struct layout;

struct planned {
    const char *name;    /* wanted name; the book may change it */
    const char *purpose; /* for Contents */
    void (*write)(struct layout *l, const struct planned *p);
    const struct table *table; /* of a table's sheet */
    size_t first_row, n_rows;  /* of the table: it continues on further sheets */
    size_t part;               /* 1 .. */
    struct book_sheet *sheet;
};

struct layout {
    const struct report *report;
    const char *charts_folder; /* NULL: no pictures */
    const char *only_table;    /* id; NULL: all */
    bool big;                  /* the book is in constant memory: rows in order, no native charts */
    struct book *book;
    struct arena *keep;
    size_t n_sheets, capacity;
    struct planned *sheets;
    struct book_sheet *chart_data; /* numbers of the native charts; NULL: none */
    size_t data_col, data_rows;    /* its next free column and row */
};

/* Rows of a table on one sheet, and cells of all tables from which a workbook is
   written in constant memory. */
enum { ROWS_PER_SHEET = 1000000, BIG_CELLS = 500000 };

/* ---- styles ---- */

extern const struct book_style style_title, style_heading, style_body, style_note, style_code,
    style_header;

/* ---- sheets ---- */

void write_readme(struct layout *l, const struct planned *p);
void write_contents(struct layout *l, const struct planned *p);
void write_table(struct layout *l, const struct planned *p);
void write_charts(struct layout *l, const struct planned *p);
void write_chart_data(struct layout *l, const struct planned *p);
void write_codebook(struct layout *l, const struct planned *p);
void write_log(struct layout *l, const struct planned *p);

/* ---- shared by them ---- */

/* Title and the way back in the first two rows; gives the next row. */
size_t sheet_top(struct layout *l, const struct planned *p, const char *title);

/* A paragraph as rows of about `characters`; gives the next row. */
size_t sheet_paragraph(struct layout *l, struct book_sheet *s, size_t row, const char *text,
                       double characters, const struct book_style *style);

/* Column widths, in characters, for a text. */
double text_characters(const char *text);

/* A header of n texts with its rows below, of texts only: header[n], cell[n_rows * n].
   `most` limits each column; longer texts are wrapped. */
void sheet_of_texts(struct book_sheet *s, size_t row, size_t n, const char *const header[],
                    size_t n_rows, const char *const cell[], const double most[], const char *name);

/* Charts that name this sheet, from `row` on, with the pages that they begin; gives the row
   behind the last, `row` where there is none. */
size_t charts_of_sheet(struct layout *l, struct book_sheet *s, const char *wanted, size_t row,
                       struct pages *pages);
size_t charts_on(const struct layout *l, const char *wanted); /* how many */
enum { CHART_WIDTH = 830 };                                   /* px */

/* Wanted name of the sheet of a chart: the one it names ("Charts" where it names none), or that
   with "charts" behind it where a long or a wide table would keep the chart out of sight. */
const char *chart_sheet(const struct layout *l, const struct chart *c);

/* Whether Excel itself will draw the chart. */
bool chart_is_native(const struct layout *l, const struct chart *c);

#endif
