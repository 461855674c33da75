/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_XLSX_FRAME_H
#define IO_XLSX_FRAME_H

#include "io/xlsx/xlsx.h"
#include "models/base/frame.h"

/* A sheet of a workbook as a table of texts: what csv_read() gives for a file of text. */

struct xlsx_asked {
    const char *sheet; /* NULL: the one visible sheet that holds something */
    size_t skip_rows;  /* rows of the sheet above the header, as Excel numbers them */
    /* Where the header is known: the names of its columns, from A on (NULL: none), each once; the
       rows to skip are then all above the first of data. */
    size_t n_names;
    const char *const *names;
    /* Columns of ids: a number there that Excel has rounded (from 1e15 on) is ERR_VALUE. */
    size_t n_keys;
    const char *const *keys; /* names that the header need not have; NULLs are passed over */
    /* A column of dates, or NULL: texts beside dates in it are ERR_VALUE, as Excel has then taken
       some of them for dates, with day and month as its locale has them, and others not. */
    const char *date;
};

/* The index of a sheet: by its name, in any ASCII case where no other fits.  NULL: the only
   visible one that holds something; several, or none, are ERR_USAGE with their names; an absent
   name is ERR_COLUMN, with the nearest. */
bool xlsx_find_sheet(struct xlsx *book, const char *name, size_t *sheet, struct err *err);

/* A frame of text columns named by the first row that holds something, one row for each row
   below it that holds something; `line` is its number in Excel.  Empty cells are missing
   (MISSING_BLANK), error cells MISSING_UNDEFINED.  Columns that hold nothing are left out; two
   columns of one name, or data below none, are ERR_SYNTAX with their cells, as are formulas
   without their value (ERR_VALUE).  Dates are ISO texts; see struct xlsx_cell for the rest.
   *said may be NULL. */
const struct frame *xlsx_frame(const char *path, const struct xlsx_asked *asked,
                               struct xlsx_said *said, struct arena *keep, struct err *err);

/* The same of an open workbook, which may be closed thereafter, as may its arena. */
const struct frame *xlsx_book_frame(struct xlsx *book, const struct xlsx_asked *asked,
                                    struct xlsx_said *said, struct arena *keep, struct err *err);

#endif
