/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_DIAGNOSTICS_CASE_H
#define TESTS_DIAGNOSTICS_CASE_H

#include "models/outcome/outcome.h"
#include "tests/check.h"

/* A regression to be checked, from a formula typed in R's way. */

/* How a case is fitted; NULL and 0: the family's own link, no weights, classical errors. */
struct model {
    const char *name, *data, *formula;
    const struct outcome *outcome;
    const char *link, *weight;
    enum weight_kind weight_kind;
    const char *covariance, *cluster;
    double digits;
};

struct fitted {
    struct arena *keep;
    const struct model *model;
    struct model_data data;
    const struct model_formula *formula;
    struct design design, second;
    struct outcome_options options;
    struct glm_clusters clusters;
    struct outcome_fit fit;
};

/* Fits a formula to f->data as f->model says; what cannot be fitted fails the test. */
void diagnostics_fit(struct fitted *f, const char *formula);

/* The values of a column; an absent one fails the test. */
const double *diagnostics_column(const struct model_data *data, const char *name);

#endif
