/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SHAPE_SHAPE_H
#define IO_SHAPE_SHAPE_H

#include "io/bytes/stream.h"
#include "io/study/study.h"

/* Ledgers that are no plain table: sheets of workbooks, files with titles above the header, with
   sections, totals and heads of transactions (rows:), with totals that repeat (amount: once_per),
   with the customer in one of two columns (party:) and with dates without a year (date: period).
   They are read row by row and written as delimited text in UTF-8, which the ledger's reader takes
   like a packed file:

   - each row is one line, and stands on the line (row of the sheet) that it has in the file: blank
     lines are written where the file has something else;
   - the columns of the file are followed by those that are added, and by one that tells which rows
     are to be left out and why: a letter of SHAPE_MARK_LIST, or nothing;
   - rows that are left out are written as they stand in the file.

   Memory does not grow with the file, but for the documents of once_per: 56 bytes for each, its
   customer, amount, refund and type, and their texts. */
struct shape;

/* X(letter, enum ledger_kind) */
#define SHAPE_MARK_LIST(X)      \
    X('S', LEDGER_SECTION)      \
    X('T', LEDGER_TOTAL)        \
    X('H', LEDGER_HEADER_AGAIN) \
    X('R', LEDGER_TOTAL_AGAIN)  \
    X('N', LEDGER_NO_PARTY)

/* Does an entry declare a shape, or is its file a workbook? */
bool shape_is_needed(const struct study_ledger *l, const char *path);

/* NULL on error.  What is wrong with the rows is told when they are read. */
struct shape *shape_open(const struct study *study, size_t ledger, const char *path,
                         const struct ledger_limits *limits, struct err *err);

/* Its text; whoever closes the stream closes the shape. */
struct stream *shape_stream(struct shape *s);

/* Columns of the file, once the header is read; and those which a study can name. */
size_t shape_n_of_file(const struct shape *s);
size_t shape_n_named(const struct shape *s);

/* Whether days are written as year-month-day, however the file has them. */
bool shape_writes_iso(const struct shape *s);

/* Rows of a workbook's sheet that are hidden, once all are read. */
uint64_t shape_hidden_rows(const struct shape *s);

/* The totals of sections, and those that their rows do not sum to, once all are read. */
struct ledger_counts;
void shape_totals_told(const struct shape *s, struct ledger_counts *counts, struct arena *keep);

#endif
