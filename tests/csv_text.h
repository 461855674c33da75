/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CSV_TEXT_H
#define TESTS_CSV_TEXT_H

#include "io/csv/csv.h"

/* What the reader makes of bytes read `chunk` at a time, for comparison:

       a|b
       2: 1|"x"
       ! t.csv:3: the record has 1 field, ...

   names, then each record behind its line, then the error if there is one.
   Bytes of fields that would confuse this are written as \7c. */
const char *csv_as_text(const void *bytes, size_t n, const struct csv_dialect *dialect,
                        size_t chunk, struct arena *keep);

/* Are the bytes as a frame (csv_read) what they are record by record: names, texts, lines, or the
   message?  NULL, or how they differ. */
const char *csv_frame_differs(const void *bytes, size_t n, const struct csv_dialect *dialect,
                              struct arena *keep);

#endif
