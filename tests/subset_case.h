/* SPDX-License-Identifier: GPL-3.0-or-later
   Formulas on the columns of a table, for the tests of what chooses among terms. */
#ifndef TESTS_SUBSET_CASE_H
#define TESTS_SUBSET_CASE_H

#include "models/subset/subset.h"
#include "tests/check.h"

struct subset_case {
    struct design design;
    struct subset_terms terms;
};

/* The columns of a CSV: texts are factors, their levels sorted. */
struct model_data case_data(const struct reference *table, struct arena *keep);

/* `forced`: labels of terms separated by blanks, or NULL.  Fails where the formula has no design.
 */
struct subset_case case_of(const struct model_data *data, const char *formula, const char *forced,
                           struct arena *keep);

/* A column of the data. */
const double *case_column(const struct model_data *data, const char *name);

#endif
