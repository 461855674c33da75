/* SPDX-License-Identifier: GPL-3.0-or-later
   The reader over any stream and with any buffer size, for tests. */
#ifndef IO_CSV_INTERNAL_H
#define IO_CSV_INTERNAL_H

#include "io/csv.h"

/* As csv_open, reading `chunk` > 0 bytes at a time: the result does not depend on
   it.  The reader owns the stream, and closes it on error as well. */
struct csv_reader *csv_open_stream(struct stream *stream, const struct csv_dialect *dialect,
                                   size_t chunk, struct arena *keep, struct err *err);

#endif
