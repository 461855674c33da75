/* SPDX-License-Identifier: GPL-3.0-or-later
   Families fitted to the columns of a table by a formula. */
#ifndef TESTS_OUTCOME_CASE_H
#define TESTS_OUTCOME_CASE_H

#include "models/design/design.h"
#include "models/outcome/outcome.h"
#include "tests/check.h"

struct asked {
    const struct outcome *outcome;
    const char *formula;
    struct outcome_options options;
};

/* w [n] weights of the design's rows, or NULL. */
struct outcome_fit fit_formula(const struct asked *a, const struct model_data *data,
                               const double *w, enum weight_kind kind, struct arena *keep);

#endif
