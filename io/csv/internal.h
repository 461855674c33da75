/* SPDX-License-Identifier: GPL-3.0-or-later
   The reader over any stream and with any buffer size, for tests and for csv_table.c. */
#ifndef IO_CSV_INTERNAL_H
#define IO_CSV_INTERNAL_H

#include "io/csv/csv.h"

/* As csv_open, reading `chunk` > 0 bytes at a time: the result does not depend on
   it.  The reader owns the stream, and closes it on error as well. */
struct csv_reader *csv_open_stream(struct stream *stream, const struct csv_dialect *dialect,
                                   size_t chunk, struct arena *keep, struct err *err);

/* The reader of a file whose first record is no header; it has no columns, and records may be of
   any number of fields.  It owns the stream likewise. */
struct csv_reader *csv_open_bare(struct stream *stream, const struct csv_dialect *dialect,
                                 size_t chunk, struct arena *keep, struct err *err);

/* As csv_next(), of a reader that was opened so. */
bool csv_next_bare(struct csv_reader *r, const struct csv_field **fields, size_t *n,
                   struct err *err);

/* Gives such a reader n > 0 columns, the names being kept, once its header has been passed over:
   the records to come must have n_header >= n fields, those beyond n empty. */
void csv_name_columns(struct csv_reader *r, const char **names, size_t n, size_t n_header);

/* The frame of csv_read() from all records that are still to come. */
const struct frame *csv_table(struct csv_reader *r, struct arena *keep, struct err *err);

/* Bytes of a file behind the records read so far, as UTF-8 that nobody has checked. */
struct csv_rest {
    char *bytes; /* [n], and room for one more */
    size_t n;    /* < 4 GiB */
    uint64_t line;
    bool after_cr; /* a line feed that comes now belongs to the line end before */
    char delimiter;
};

/* Takes what is left of the file into `keep`, once the header is read.  False where this cannot
   be done (a pipe, a packed file, another encoding, a file that grows): the reader goes on as if it
   had not been asked. */
bool csv_rest(struct csv_reader *r, struct csv_rest *rest, struct arena *keep);

/* The reader goes on at bytes[from], where a record begins or a blank line, on rest->line. */
void csv_resume(struct csv_reader *r, const struct csv_rest *rest, size_t from);

size_t csv_n_header(const struct csv_reader *r); /* columns, with nameless ones at the end */
size_t csv_max_record(const struct csv_reader *r);
const char *csv_name(const struct csv_reader *r);

#endif
