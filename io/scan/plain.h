/* SPDX-License-Identifier: GPL-3.0-or-later
   The plain state machine behind io/scan/scan.h: one byte at a time, for the texts that
   the masks cannot tell, and the judge of the vector code in the tests. */
#ifndef IO_SCAN_PLAIN_H
#define IO_SCAN_PLAIN_H

#include "io/scan/scan.h"

/* Fills the arrays of s with the whole records in bytes [from, to), from being a
   record's first byte, up to the first fault, which is placed in s->fault_at. */
enum scan_fault scan_plain(struct scan *s, size_t from, size_t to);

/* Where the machine stands between two bytes. */
enum scan_state { FIELD_START, UNQUOTED, QUOTED, QUOTE_IN_QUOTED };

/* Runs over n bytes more.  Returns the end of the last record that ends in them, 0 if
   none does, and that of the first in *first; SIZE_MAX at text behind a closing quote. */
size_t scan_plain_ends(char delimiter, const char *bytes, size_t n, enum scan_state *state,
                       size_t *first);

/* As scan_cut(). */
size_t scan_plain_cut(char delimiter, const char *bytes, size_t n);

#endif
