/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers written by a test, read back as one string. */
#ifndef TESTS_LEDGER_CASE_H
#define TESTS_LEDGER_CASE_H

#include "io/ledger/ledger.h"

/* A file with these bytes, in the system's folder for temporary files. */
const char *temporary_file(const void *bytes, size_t n, struct arena *keep);

/* A study of one ledger with the columns key, doc, day (ISO), amount (leading sign,
   two decimals) and type (S sale, R return, P payment, I ignored). */
struct study *ledger_case(const char *file, struct arena *keep);

/* A list for a declaration: texts_of(keep, "a", "b", NULL). */
struct texts texts_of(struct arena *keep, ...) __attribute__((sentinel));

/* All lines, in order, with one thread: "key doc day minor kind\n"; or, after an
   error, its message with the file's name left out. */
const char *ledger_case_read(const struct study *s, const struct ledger_source *source,
                             struct ledger_scan *seen, struct arena *keep);

/* The message of the error that a scan with so many threads gives, likewise. */
const char *ledger_case_error(const struct study *s, const struct ledger_source *source,
                              size_t n_threads, struct arena *keep);

#endif
