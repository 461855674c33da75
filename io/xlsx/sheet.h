/* SPDX-License-Identifier: GPL-3.0-or-later
   What the XML of a sheet says, row by row, before it is asked what the cells mean. */
#ifndef IO_XLSX_SHEET_H
#define IO_XLSX_SHEET_H

#include "io/xlsx/internal.h"

/* What t= says a value is.  X(code, t=) */
#define RAW_TYPE_LIST(X)       \
    X(RAW_NUMBER, "n")         \
    X(RAW_SHARED, "s")         \
    X(RAW_RESULT, "str")       \
    X(RAW_INLINE, "inlineStr") \
    X(RAW_BOOLEAN, "b")        \
    X(RAW_DATE, "d")           \
    X(RAW_ERROR, "e")

enum raw_type {
#define X(code, word) code,
    RAW_TYPE_LIST(X)
#undef X
        RAW_UNKNOWN,
    RAW_UNCALCULATED /* a formula without its value */
};

/* A cell as written, where that is something: with a value, or with a formula that has none. */
struct raw_cell {
    uint32_t column; /* 1 is A */
    uint32_t style;
    uint32_t at, length; /* of the value in the text of its rows, with a NUL behind */
    enum raw_type type;
};

struct raw_row {
    uint32_t row; /* as Excel numbers them */
    bool hidden;
    bool unordered; /* its cells are not in order of columns, or stand there twice */
    bool broken;    /* the reading ended in it: only the cells before that are here */
    size_t n;       /* cells, behind those of the row before */
};

/* Some rows of a sheet. */
struct raw_rows {
    size_t n, n_cells;
    struct raw_row *row;      /* [n] */
    struct raw_cell *cell;    /* [n_cells] */
    char *text;               /* may be changed in place */
    struct err err;           /* what ended the reading behind them */
    double share;             /* of the sheet's bytes, read so far: 0 .. 1 */
    uint64_t n_merged;        /* at the end: merged cells ... */
    struct xlsx_range merged; /* ... and the first of them */
};

/* The XML of a sheet, read ahead by a thread of its own where there is much of it. */
struct sheet;

struct sheet *sheet_open(struct xlsx *book, size_t index, struct err *err); /* NULL on error */

/* Some more rows, the caller's until the next call; NULL behind the end.  An error stands behind
   its rows. */
struct raw_rows *sheet_next(struct sheet *sheet);

/* [XLSX_MAX_COLUMN + 1], from 1: columns that are hidden; known with the first rows. */
const bool *sheet_hidden(const struct sheet *sheet);

void sheet_close(struct sheet *sheet); /* NULL is fine */

/* An error of a cell, or of a row where column is 0; false. */
bool sheet_wrong(const struct xlsx *book, size_t index, uint32_t row, uint32_t column,
                 const char *value, const char *what, struct err *err);

#endif
