/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_ADDED_H
#define MODELS_DIAGNOSTIC_ADDED_H

#include "models/diagnostic/check.h"

/* Do k more columns, column [n * k] row major, add to a generalised linear model?  F of the fall
   in deviance where a dispersion is estimated (of the larger model, by Pearson), else
   chi-squared: R's anova(m, larger, test = "F") and test = "LRT". */
void added_columns(const struct outcome_fit *fit, size_t k, const double *column,
                   struct check_result *result, struct arena *scratch);

/* Powers of the linear predictor, from the square on, [n * k]: of its distance from the mean where
   the model has a constant, which spans the same. */
double *added_powers(const struct outcome_fit *fit, size_t k, struct arena *scratch);

#endif
