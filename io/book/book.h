/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BOOK_BOOK_H
#define IO_BOOK_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/err.h"

/* An Excel workbook in the making: the only code that calls libxlsxwriter, which
   takes NaN, broken UTF-8, month 13, reserved sheet names and equal headers
   without a word and writes files that Excel refuses.  Here texts are made valid
   UTF-8 and cut at 32,767 UTF-16 units; numbers that are not finite leave the cell
   empty; dates that Excel does not know are written as text; names are made
   legal.  The first failure stays and is told by book_close(); until then calls
   after it do nothing.  Rows and columns count from 0.  Equal calls give equal
   bytes. */
struct book;
struct book_sheet;

enum { BOOK_MAX_ROWS = 1048576, BOOK_MAX_COLS = 16384, BOOK_MAX_TEXT = 32767 };

/* Where a cell's text stands. */
enum book_align { BOOK_ALIGN_AUTO, BOOK_ALIGN_LEFT, BOOK_ALIGN_CENTRE, BOOK_ALIGN_RIGHT };

/* How a cell looks; zeroed is plain.  Styles of equal members are one format. */
struct book_style {
    const char *number;                    /* number format: "#,##0"; NULL: General */
    bool bold, italic, wrap, link, middle; /* middle: between top and bottom, of wrapped cells */
    int indent;
    int size;        /* points; 0: 10 */
    uint32_t colour; /* 0xRRGGBB of the text; 0: black */
    uint32_t fill;   /* 0: none */
    enum book_align align;
};

struct book_options {
    const char *title, *subject; /* document properties; may be NULL */
    bool constant_memory;        /* rows go to the disk as they are written: in ascending order */
};

/* Starts a workbook that book_close() writes to `path`.  Created: SOURCE_DATE_EPOCH,
   else 2020-01-01.  NULL on error. */
struct book *book_open(const char *path, const struct book_options *options, struct arena *keep,
                       struct err *err);

/* Writes the file.  The book is gone afterwards, whatever the result. */
bool book_close(struct book *b, struct err *err);

/* Cells that were cut, replaced or left empty so far, for a note. */
struct book_repairs {
    size_t text_cut, bytes_replaced, not_finite;
};
struct book_repairs book_repairs(const struct book *b);

const char *book_library(void); /* "libxlsxwriter 1.1.4" */

/* ---- sheets ---- */

/* A name that Excel accepts and no sheet of the book has: at most 31 UTF-16 units,
   no []:*?/\, no quote at its ends, not History, different from all others by
   case fold; "Name~2" for the second. */
struct book_sheet *book_sheet_new(struct book *b, const char *name);
const char *book_sheet_name(const struct book_sheet *s);

/* Cells. */
void book_text(struct book_sheet *s, size_t row, size_t col, const char *text,
               const struct book_style *style);
void book_number(struct book_sheet *s, size_t row, size_t col, double value,
                 const struct book_style *style);
void book_day(struct book_sheet *s, size_t row, size_t col, int32_t day,
              const struct book_style *style); /* days since 1970-01-01 */
/* A formula is always written with its value. */
void book_formula(struct book_sheet *s, size_t row, size_t col, const char *formula, double value,
                  const struct book_style *style);
/* A link to cell A1 of a sheet. */
void book_link(struct book_sheet *s, size_t row, size_t col, const struct book_sheet *to,
               const char *caption);

void book_column_width(struct book_sheet *s, size_t col, double characters);
void book_row_height(struct book_sheet *s, size_t row, double points); /* before its cells */

/* ---- the whole sheet ---- */

/* How a sheet is printed; all zero is upright, all cells, as many pages as it takes. */
struct book_print {
    bool landscape, one_page;
    bool repeat; /* the row `repeated` stands on top of each page */
    size_t repeated;
    size_t n_rows, n_cols;  /* printed: the first of them; 0: all cells */
    const size_t *page_row; /* a new page before each of these rows: ascending, none 0 */
    size_t n_pages;
};

/* A4, one page wide, footer with file, sheet and page. */
void book_print_setup(struct book_sheet *s, const struct book_print *how);
/* The same for a sheet of charts: upright, scaled so that a picture of 830 px fits,
   a new page before each of the rows (as in struct book_print). */
void book_print_charts(struct book_sheet *s, const size_t page_row[], size_t n_pages);

void book_freeze(struct book_sheet *s, size_t row, size_t col);
void book_hide_gridlines(struct book_sheet *s);

struct book_range {
    size_t first_row, first_col, last_row, last_col;
};

/* A header row with texts already written below `range.first_row`: header cells,
   filter buttons, and a proper table where the book is not in constant memory.
   Equal headers get "~2".  name: [A-Za-z_][A-Za-z0-9_]*, unique in the book. */
void book_table(struct book_sheet *s, struct book_range range, const char *name,
                const char *const header[], const struct book_style *style);

/* Colours blue, white, red at -1, 0, 1. */
void book_colour_scale(struct book_sheet *s, struct book_range range);

/* No green corner where a text looks like a number. */
void book_numbers_as_text(struct book_sheet *s, struct book_range range);

/* A PNG picture with its top left corner in a cell, at most `width` px wide on the
   screen and BOOK_PAGE_ROWS rows high; gives its height in rows, 0 if the file is
   absent or no PNG. */
enum { BOOK_PAGE_ROWS = 60 };
size_t book_picture(struct book_sheet *s, size_t row, size_t col, const char *path, double width,
                    const char *description);

/* ---- native charts ---- */

enum book_chart_kind { BOOK_CHART_BARS, BOOK_CHART_COLUMNS, BOOK_CHART_XY };

struct book_chart_series {
    const char *name;               /* NULL: none in the legend */
    const struct book_sheet *sheet; /* that holds the numbers */
    struct book_range x, y;         /* x: categories of bars */
    const char *colour;             /* "#0072B2" */
    bool line, points;              /* of BOOK_CHART_XY */
    bool labels;                    /* values at the bars */
};

struct book_chart {
    enum book_chart_kind kind;
    const char *title, *x_label, *y_label, *description, *number;
    double x_low, x_high, y_low, y_high; /* low = high: chosen by Excel */
    size_t n_series;
    const struct book_chart_series *series;
    double width, height; /* px */
};

void book_chart(struct book_sheet *s, size_t row, size_t col, const struct book_chart *chart);

#endif
