/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SCAN_SCAN_H
#define IO_SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* Finds the fields of delimited text (the rules of io/csv/csv.h) in a chunk that
   starts at a record and ends at one, or at the end of the file.  Quotes,
   delimiters and line ends are sought 64 bytes at a time; a window of text whose
   quotes are not where RFC 4180 has them, and one with a forbidden byte, is read by
   the plain state machine instead, which alone decides what such text means. */

enum scan_fault {
    SCAN_WELL,
    SCAN_NUL,         /* a NUL byte */
    SCAN_UTF8,        /* bytes that are no UTF-8 */
    SCAN_AFTER_QUOTE, /* text between a closing quote and the delimiter */
    SCAN_UNCLOSED     /* the quote at fault_at is never closed */
};

struct scan {
    char delimiter;
    bool utf8;         /* bytes must be valid UTF-8 */
    const char *bytes; /* the chunk */
    size_t n;          /* < 4 GiB */
    size_t at;         /* end of the records delivered so far */
    size_t window;     /* bytes to look at in one go */

    /* The records of the current window.  Record r has the fields that end before
       the bytes end[record[r-1]] .. end[record[r]-1] (record[-1] read as 0) and
       starts at `start` or behind the last end of record r-1, so that end[-1] is
       `start` less 1 (mod 2^32).  A wholly empty line is a record of one empty field. */
    size_t start;
    size_t n_records;
    const uint32_t *record, *end;
    bool quoted; /* a quote may stand in the window */

    bool unix_lines; /* no quote and no CR so far: the records are the lines */

    enum scan_fault fault; /* set when scan_window() has returned false */
    size_t fault_at;

    size_t room; /* of the arrays */
    uint32_t *records_room, *ends_room;
    struct arena *memory;
    const struct scan_kernel *kernel; /* io/scan/kernel.h */
};

/* A scanner without a chunk; arrays come from `memory`.  window: 0 for the default. */
struct scan scan_new(char delimiter, bool utf8, size_t window, struct arena *memory);

void scan_start(struct scan *s, const char *bytes, size_t n);

/* The next window: false at the end of the chunk or at a fault; the records
   before a fault are delivered first. */
bool scan_window(struct scan *s);

/* Length of the longest prefix of the text, which starts at a record and is
   followed by more, that ends with a record; 0 if there is none yet.  The whole
   length when the text holds a fault. */
size_t scan_cut(char delimiter, const char *bytes, size_t n);

/* Physical lines that end in the text: LF, CRLF and lone CR, in quotes or not. */
uint64_t scan_lines(const char *bytes, size_t n);

/* Length of the prefix that is valid UTF-8 (n: all of it). */
size_t scan_utf8(const char *bytes, size_t n);

#endif
