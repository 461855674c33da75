/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_TABLE_RECORDS_H
#define IO_TABLE_RECORDS_H

#include "io/csv/csv.h"

/* The rows of a file as they stand, delimited text or a workbook's sheet: no header is sought and
   rows may differ in length.  For exports with titles above their header, with headers of several
   rows, or with sections, and for files that nobody has described yet. */
struct records;

struct record_cell {
    const char *text; /* with a NUL behind that is not counted; "" where it is empty */
    uint32_t length;
    bool quoted; /* in a file of text */
    /* In a workbook: */
    bool error;        /* #N/A, #DIV/0! ...: this is its text */
    bool uncalculated; /* a formula without its value: the text is "" */
    bool number;       /* a number: with '.' and a minus in front, whatever the text cells have */
    bool rounded;      /* a number from 1e15 on: Excel has lost its last digits */
    bool is_date;      /* the text is an ISO date, with a time where the cell has one */
    const char *shown_with; /* of a number: what its format shows about the digits; else NULL */
};

/* Which of the two the file is its first bytes say.  `dialect` is that of text, `sheet` names the
   one of a workbook (NULL: the only one that holds something).  A sheet declared for a file of text
   is ERR_STUDY; else errors are those of csv_open() and xlsx_open(), but for those about headers.
   The records live in `keep`.  NULL on error. */
struct records *records_open(const char *path, const struct csv_dialect *dialect, const char *sheet,
                             struct arena *keep, struct err *err);

/* The same from a stream of delimited text, which it owns, and closes on error as well. */
struct records *records_open_stream(struct stream *stream, const struct csv_dialect *dialect,
                                    struct arena *keep, struct err *err);

/* The next row that holds something: n > 0 cells, empty ones between them too, valid until the next
   call.  False at the end and on error (then err->code is set). */
bool records_next(struct records *r, const struct record_cell **cells, size_t *n, struct err *err);

/* Line of the file at which the current row starts, or its row in the sheet; 1 is the first. */
uint64_t records_line(const struct records *r);

bool records_is_workbook(const struct records *r);

/* Where a cell of the current row stands (0 = first), for messages: "Sheet1!C17" in a workbook,
   else NULL. */
const char *records_place(const struct records *r, size_t cell, struct arena *keep);

/* How much of a workbook's sheet has been read: 0 .. 1; 0 of a file of text. */
double records_share(const struct records *r);

struct xlsx_said;

/* What there is to say of a workbook's sheet, once it is read; NULL of a file of text. */
const struct xlsx_said *records_said(const struct records *r);

void records_close(struct records *r); /* NULL is fine */

#endif
