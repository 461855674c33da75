/* SPDX-License-Identifier: GPL-3.0-or-later
   Each kernel of the scanner, and the plain state machine, against a state machine that
   is written down here once more, byte by byte.  Nothing but the scanner and the arena
   is needed, so that it can run where libraries are missing. */
#ifndef TESTS_SCAN_CASE_H
#define TESTS_SCAN_CASE_H

#include "io/scan/kernel.h"

/* The state machine of io/scan/plain.h as a kernel: it takes no text itself. */
extern const struct scan_kernel scan_case_plain;

/* Every short text, and twice `n_texts` random ones in windows and chunks of 1 to 64
   bytes and about the borders of blocks; every_pair: of windows and chunks.  NULL, or
   what differs and in which text. */
const char *scan_case_differs(const struct scan_kernel *kernel, size_t n_texts, bool every_pair,
                              struct arena *keep);

#endif
