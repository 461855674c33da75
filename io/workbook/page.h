/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_WORKBOOK_PAGE_H
#define IO_WORKBOOK_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/* How a sheet goes to paper: A4, which Excel takes for Letter where that is usual, one
   page wide. */

/* Rows that a table prints; a longer one says so above its header, and is whole in the sheet. */
enum { ROWS_PRINTED = 250 };

struct paper {
    bool landscape;
    size_t rows; /* of 15 points that a page takes, once it is scaled to the width */
};

/* Of a sheet `width` pixels wide and `rows` rows long: upright where it fits unscaled, and where
   it is long and remains legible. */
struct paper paper_for(double width, size_t rows);

/* On the screen, of a column `characters` wide. */
double column_pixels(double characters);

/* Pages that begin where a chart would otherwise be cut in two. */
enum { MOST_PAGES = 500 };
struct pages {
    size_t rows;  /* a page takes; not 0 */
    size_t start; /* row where the page in the making begins */
    size_t n, row[MOST_PAGES];
};

/* A chart stands in the rows first .. end - 1. */
void page_block(struct pages *p, size_t first, size_t end);

#endif
