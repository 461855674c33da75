/* SPDX-License-Identifier: GPL-3.0-or-later
   How a sheet goes to paper. */
#include "io/workbook/page.h"

#include <math.h>

/* A4 within the margins of the book, in the pixels of the screen (96 an inch). */
enum { SHORT_SIDE = 697, LONG_SIDE = 1026, UPRIGHT_HEIGHT = 990, LANDSCAPE_HEIGHT = 660 };
enum { ROW_PX = 20, REPEATED_ROWS = 2 };

/* Figures of 10 points at this scale are still read: tables of many rows stand upright. */
static const double LEAST_UPRIGHT = 0.58;

static double fitted(double page, double width)
{
    return width > page ? page / width : 1;
}

static size_t rows_of(double height, double scale)
{
    return (size_t)floor(height / (scale * ROW_PX));
}

double column_pixels(double characters)
{
    return floor(7 * characters + 5);
}

struct paper paper_for(double width, size_t rows)
{
    double upright = fitted(SHORT_SIDE, width), landscape = fitted(LONG_SIDE, width);
    size_t on_one = rows_of(LANDSCAPE_HEIGHT, landscape);
    if (upright == 1 || (upright >= LEAST_UPRIGHT && rows > on_one))
        return (struct paper){.rows = rows_of(UPRIGHT_HEIGHT, upright)};
    return (struct paper){.landscape = true, .rows = on_one};
}

void page_block(struct pages *p, size_t first, size_t end)
{
    if (end - p->start <= p->rows || first <= p->start)
        return;
    if (p->n < MOST_PAGES)
        p->row[p->n++] = first;
    p->start = first;
}
