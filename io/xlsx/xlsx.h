/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_XLSX_XLSX_H
#define IO_XLSX_XLSX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/err.h"

/* Excel workbooks (.xlsx, .xlsm: ECMA-376 and ISO/IEC 29500, transitional and strict) read
   forward, row by row; docs/formats/xlsx.md says what is read and how.  The XML of a sheet is
   never in memory as a whole; the shared strings are. */
struct xlsx;

/* What a workbook may not exceed: fields of 0 mean the defaults in brackets.  Beyond them it
   is ERR_SYNTAX, before the memory is taken. */
struct xlsx_limits {
    uint64_t sheet_bytes;   /* unpacked, of a sheet [8 GiB] */
    uint64_t strings_bytes; /* unpacked, of the table of strings [1 GiB] */
    uint64_t other_bytes;   /* unpacked, of any other part [64 MiB] */
    uint64_t ratio;         /* unpacked by packed bytes, ... [400] */
    uint64_t ratio_from;    /* ... looked at beyond so many unpacked ones [64 MiB] */
    uint64_t strings;       /* number of shared strings [33554432] */
};

enum xlsx_visibility { XLSX_VISIBLE, XLSX_HIDDEN, XLSX_VERY_HIDDEN };

struct xlsx_sheet {
    const char *name;
    enum xlsx_visibility visibility;
    const char *part; /* where its XML stands in the package */
};

/* Does a file begin as workbooks do, or as those that xlsx_open() refuses by name (.xls,
   encrypted)?  n bytes from its start, 8 are enough. */
bool xlsx_begins(const void *bytes, size_t n);

/* Opens a workbook by its path; "-" and what is packed by gzip or zstd are read into memory.
   An absent or unreadable file is ERR_FILE, whatever is no such workbook ERR_SYNTAX with the
   mend: .xls, .xlsb, .ods, encrypted, cut off.  Names and shared strings live in `keep`;
   `limits` NULL: the defaults.  NULL on error. */
struct xlsx *xlsx_open(const char *path, const struct xlsx_limits *limits, struct arena *keep,
                       struct err *err);

/* The same from bytes, which stay the caller's until xlsx_close(); `name` for messages. */
struct xlsx *xlsx_open_bytes(const char *name, const void *bytes, size_t n,
                             const struct xlsx_limits *limits, struct arena *keep, struct err *err);

const char *xlsx_name(const struct xlsx *book); /* as the user named the file */

/* Worksheets in the order of their tabs; sheets of charts and macros are left out. */
size_t xlsx_n_sheets(const struct xlsx *book);
const struct xlsx_sheet *xlsx_sheets(const struct xlsx *book);

/* Is day 0 of its dates 1 January 1904? */
bool xlsx_is_1904(const struct xlsx *book);

void xlsx_close(struct xlsx *book); /* NULL is fine */

/* ---- rows ---- */

/* X(code, word) */
#define XLSX_TYPE_LIST(X)      \
    X(XLSX_TEXT, "text")       \
    X(XLSX_NUMBER, "number")   \
    X(XLSX_DATE, "date")       \
    X(XLSX_TIME, "time")       \
    X(XLSX_BOOLEAN, "boolean") \
    X(XLSX_ERROR, "error")     \
    X(XLSX_UNCALCULATED, "formula without its value")

enum xlsx_type {
#define X(code, word) code,
    XLSX_TYPE_LIST(X)
#undef X
        XLSX_N_TYPES
};

const char *xlsx_type_word(enum xlsx_type type);

/* A cell that holds something.  Its text is what a person sees, where that is more than
   looks, and never what only looks are:
   text       as it stands, rich text joined, without phonetic guides
   number     at most 15 digits, as Excel knows no more: 12345678901234, 0.1; without currency,
              thousands marks, percent sign or rounding by the number format.  Whole numbers
              under a format that pads or divides their digits (0000000, 00000-0000, "K"0000)
              as the format shows them.  From 1e15 on with an exponent: such an id has lost its
              last digits in Excel.
   date       2025-03-01, with 08:28:09 (and .250) where the format or the value has a time.
              The number is the serial.  29 February 1900 and day 0, which Excel knows, are
              written so, with day = DAY_MISSING
   time       08:28:09, or hours beyond 24 under a format with [h]; number in days
   boolean    TRUE or FALSE; number 1 or 0
   error      #N/A, #DIV/0! ...
   formula without its value   "": a program wrote the formula and never calculated it */
struct xlsx_cell {
    uint32_t column;        /* 1 is A */
    uint32_t length;        /* of the text */
    const char *text;       /* with a NUL behind that is not counted */
    double number;          /* NaN where it is none */
    const char *shown_with; /* of a number: what its format shows about the digits, or "" */
    int32_t day;            /* of a date: days since 1970-01-01; else DAY_MISSING */
    enum xlsx_type type;
};

/* A row with at least one cell that holds something; cells in order of columns.  Cells without
   a value, and those of empty text, do not appear. */
struct xlsx_row {
    uint32_t row; /* as Excel numbers them */
    bool hidden;
    size_t n;
    const struct xlsx_cell *cells;
};

struct xlsx_range {
    uint32_t row, column, last_row, last_column;
};

/* What there is to say of a sheet; merged cells are known behind the last row only.  A row or
   column of 0: there is none. */
struct xlsx_said {
    uint64_t n_rows;                          /* that hold something */
    uint64_t n_hidden_rows, n_hidden_columns; /* among them: read like the others */
    uint32_t first_hidden_row, first_hidden_column;
    uint64_t n_errors;
    uint32_t error_row, error_column; /* the first */
    uint64_t n_long;                  /* numbers from 1e15 on */
    uint32_t long_row, long_column;   /* the first */
    uint64_t n_merged;
    struct xlsx_range merged; /* the first */
    bool has_dates;           /* the column that xlsx_frame() was asked for holds Excel's dates */
};

/* A sheet, read forward, a little ahead of who takes the rows.  Several may be open at a time in
   one thread. */
struct xlsx_rows;

/* Reads the shared strings as well, once.  NULL on error. */
struct xlsx_rows *xlsx_rows_open(struct xlsx *book, size_t sheet, struct err *err);

/* The next row, valid until the next call (its shared strings as long as `keep`); false at the
   end and on error.  Rows that do not ascend, references outside XFD1048576 and two cells of
   one place are ERR_SYNTAX. */
bool xlsx_rows_next(struct xlsx_rows *rows, const struct xlsx_row **row, struct err *err);

/* How much of the sheet has been read: 0 .. 1. */
double xlsx_rows_share(const struct xlsx_rows *rows);

const struct xlsx_said *xlsx_rows_said(const struct xlsx_rows *rows);
void xlsx_rows_close(struct xlsx_rows *rows); /* NULL is fine */

/* "C17", and "Responses!C17" for messages. */
enum { XLSX_MAX_ROW = 1048576, XLSX_MAX_COLUMN = 16384 };
const char *xlsx_reference(uint32_t row, uint32_t column, char buffer[16]);
const char *xlsx_place(const struct xlsx *book, size_t sheet, uint32_t row, uint32_t column,
                       struct arena *keep);

#endif
