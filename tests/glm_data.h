/* SPDX-License-Identifier: GPL-3.0-or-later
   Designs for the tests of models, made of the columns of a table by hand. */
#ifndef TESTS_GLM_DATA_H
#define TESTS_GLM_DATA_H

#include "models/design/design.h"
#include "tests/check.h"

/* The complete rows of the response and the terms, with an intercept.  `terms`, separated by
   blanks: "age" a column; "age^2" its square; "ski=yes" one where the text is that.  The response
   is written likewise.  Names are as R's, "(Intercept)", "age", "I(age^2)", "skiyes". */
struct design design_of(const struct reference *data, const char *response, const char *terms,
                        struct arena *keep);

/* A design of columns x [p][n] given one by one; the first may be NULL: ones. */
struct design design_of_columns(size_t n, size_t p, const double *const *x, const double *y,
                                struct arena *keep);

#endif
