/* SPDX-License-Identifier: GPL-3.0-or-later
   Designs of plain arrays from the columns of a data file. */
#ifndef TESTS_LIMITED_CASE_H
#define TESTS_LIMITED_CASE_H

#include "models/limited/working.h"
#include "tests/check.h"

/* One column of a design: `column` as a number, or 1 where it has that level; "1" is the intercept,
   level "^2" the square.  name is the oracle's. */
struct design_column {
    const char *name, *column, *level;
};

/* columns end with an empty one. */
struct equation equation_of(const struct reference *data, const struct design_column *columns,
                            struct arena *keep);

/* Rows in another order: out[i] = x[order[i]], p numbers each. */
double *reordered(const double *x, size_t n, size_t p, const size_t *order, struct arena *keep);

/* The largest difference between the likelihood's gradient and hessian at theta and central
   differences, relative to their sizes. */
double gradient_error(const struct likelihood *l, const double theta[], struct arena *keep);
double hessian_error(const struct likelihood *l, const double theta[], struct arena *keep);

/* |score| at theta in units of its standard deviation: sqrt(g' vcov g). */
double score_size(const struct likelihood *l, const double theta[], const struct fit *fit,
                  struct arena *keep);

#endif
