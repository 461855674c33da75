/* SPDX-License-Identifier: GPL-3.0-or-later
   The header of a table in a sheet, and what may stand below it. */
#ifndef IO_XLSX_HEADER_H
#define IO_XLSX_HEADER_H

#include "io/xlsx/frame.h"

struct heading {
    const char *name; /* NULL: none */
    bool key, date;
    uint32_t first;     /* of dates: row of the first cell, 0: none yet ... */
    bool first_is_date; /* ... and whether it is a date of Excel's */
};

struct header {
    struct xlsx *book;
    size_t sheet;
    const struct xlsx_asked *asked;
    uint32_t row;       /* 0: not yet found */
    size_t n;           /* its last column */
    struct heading *at; /* [n + 1], from 1 */
    struct arena *keep;
};

/* The names from the first row of a table: given once, none of them an error. */
bool header_take(struct header *h, const struct xlsx_row *row, struct err *err);

/* The names that are asked for, in the place of a row. */
void header_give(struct header *h);

/* Are the cells of the column of dates, as far as they have been checked, Excel's? */
bool header_has_dates(const struct header *h);

/* May this cell stand below the header (xlsx_frame says what may not)? */
bool header_check(struct header *h, uint32_t row, const struct xlsx_cell *c, struct err *err);

/* An error at a cell, or at the sheet where row is 0; false. */
bool header_wrong(const struct header *h, enum err_code code, uint32_t row, uint32_t column,
                  const char *value, const char *what, const char *mend, struct err *err);

#endif
