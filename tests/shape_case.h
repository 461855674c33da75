/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers that are no plain table, written by a test. */
#ifndef TESTS_SHAPE_CASE_H
#define TESTS_SHAPE_CASE_H

#include "io/study/study.h"

/* A study of one ledger with the columns key and amount; `keys` goes on within amount: {... */
const struct study *shape_case_study(const char *file, const char *keys, struct arena *keep);

/* The text that is made of a file with these bytes, which no size of what is read at a time may
   change; "! " and its message (the file's name left out) in place of it where it ends in an
   error. */
const char *shape_case(const void *bytes, size_t n, const char *keys, struct arena *keep);

/* What follows the amount in `keys`. */
#define SHAPE_ROWS "}\n    date: {column: day}\n    rows: "

#endif
