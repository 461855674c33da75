/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_CSV_CSV_H
#define IO_CSV_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/bytes/stream.h"
#include "models/base/arena.h"
#include "models/base/err.h"
#include "models/base/frame.h"

/* How a delimited file is written: RFC 4180 with a choice of delimiter.
   Zeroed fields mean the defaults in brackets. */
struct csv_dialect {
    char delimiter;       /* [','] */
    const char *encoding; /* [NULL: UTF-8, checked]; else a name that iconv(3) knows: "CP1252" */
    size_t skip_lines;    /* physical lines before the header [0] */
    size_t max_record;    /* bytes; a longer record is ERR_SYNTAX [64 MiB] */
};

/* One record at a time.  Rules, fixed (tests/oracles hold a reader to them):
   a BOM is dropped, and tells UTF-16 and UTF-32; CRLF, LF and a lone CR at a line's end close a
   record; quotes are doubled inside quoted fields; delimiters and line ends inside quotes are data;
   text after a closing quote, a NUL byte, invalid UTF-8, an unclosed quote and a record of another
   number of fields than the header are ERR_SYNTAX with the line at which the record starts (an
   unclosed quote names the line where it opens); wholly empty lines are skipped.  Blanks are data.
 */
struct csv_reader;

/* Reads the header as well: the number and names of the columns.  Empty file,
   absent header, duplicate or empty column names are errors, and a header of one
   unquoted column that holds another delimiter.  Trailing columns without a name
   and without data are no columns.  Reader and names live in `keep`. */
struct csv_reader *csv_open(const char *path, const struct csv_dialect *dialect, struct arena *keep,
                            struct err *err); /* NULL on error */

size_t csv_n_columns(const struct csv_reader *r);
const char *const *csv_columns(const struct csv_reader *r);

/* A field of the current record: bytes valid until the next csv_next(), followed
   by a NUL that is not counted; quotes removed, doubled quotes undone. */
struct csv_field {
    const char *text;
    uint32_t length;
    bool quoted;
};

/* The next record: false at the end and on error (then err->code is set). */
bool csv_next(struct csv_reader *r, const struct csv_field **fields, struct err *err);

/* Line of the file at which the current record starts (1 = first line). */
uint64_t csv_line(const struct csv_reader *r);

void csv_close(struct csv_reader *r);

/* A whole file as a frame of text columns (empty cell: missing, MISSING_BLANK),
   with file and line of every row. */
const struct frame *csv_read(const char *path, const struct csv_dialect *dialect,
                             struct arena *keep, struct err *err);

#endif
