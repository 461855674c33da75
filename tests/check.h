/* SPDX-License-Identifier: GPL-3.0-or-later
   What every test includes: cmocka and the assertion that it lacks. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/base/arena.h"

/* Fails unless got agrees with want to that many decimal digits:
   LRE = -log10(|got - want| / |want|), of the absolute difference when want is
   0.  Both NaN agree.  A failure prints both to 17 digits. */
#define assert_digits(got, want, digits) \
    check_digits(#got, (got), (want), (digits), __FILE__, __LINE__)

void check_digits(const char *what, double got, double want, double digits, const char *file,
                  int line);

/* Agreement as the oracles define it: |got - want| <= max(abs_tol, rel_tol * |want|). */
bool agrees(double got, double want, double abs_tol, double rel_tol);

/* A table of reference values: a CSV or TSV file with a header line; no quotes or
   line ends within quotes. */
struct reference {
    size_t n_rows, n_cols;
    char **header; /* [n_cols] */
    char ***cell;  /* [n_rows][n_cols] */
};

/* NULL if the file is absent.  `separator` is ',' or '\t'. */
struct reference *reference_read(const char *path, char separator, struct arena *keep);
const char *reference_text(const struct reference *r, size_t row, const char *column);
double reference_real(const struct reference *r, size_t row,
                      const char *column); /* "" and NA: NaN */

/* One column of a data file as doubles, missing as NaN. */
double *reference_column(const struct reference *r, const char *column, struct arena *keep);

/* Path of a file below ../shared/oracles, or NULL (with a word on stdout) when
   the folder is absent: then the test skips. */
const char *oracle_path(const char *name, struct arena *keep);

#endif
