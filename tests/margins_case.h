/* SPDX-License-Identifier: GPL-3.0-or-later
   Formulas fitted to the columns of a table, for the tests of what rests on fits. */
#ifndef TESTS_MARGINS_CASE_H
#define TESTS_MARGINS_CASE_H

#include "models/margins/margins.h"
#include "tests/check.h"

/* The columns of a table as a formula sees them: numbers where every cell is one, else factors of
   sorted levels. */
struct model_data data_of(const struct reference *r, struct arena *keep);

/* A formula fitted to all rows. */
struct fitted_case {
    struct model_data data;
    const struct model_formula *formula;
    struct design design, second;
    struct outcome_fit fit;
    struct margins margins;
};

/* `weight` is a column, or NULL.  Fails where there is no design. */
struct fitted_case *fit_case(const struct model_data *data, const char *family, const char *formula,
                             const char *weight, const struct outcome_options *options,
                             struct arena *keep);

/* A column of numbers. */
const double *numbers_of(const struct model_data *data, const char *name);

#endif
