/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_EQUATIONS_H
#define MODELS_MARGINS_EQUATIONS_H

#include "models/margins/margins.h"

/* Fills the equations of m, whose fit is set, from the formula of the first. */
void equations_find(struct margins *m, const struct model_formula *formula, struct arena *keep);

/* Some rows of a fit's regressors, those of a fit without a second equation in the first alone. */
struct regressors {
    size_t n;
    const double *x[2];      /* [n * design->p] */
    const double *offset[2]; /* [n] */
};

/* As outcome_means() has them. */
struct outcome_rows equations_rows(const struct margins *m, const struct regressors *r);

/* Derivatives of the means by the linear predictor of an equation at fixed regressors: slope
   [n * n_means], and of these by the parameters, gradient [n * n_means * n_params]. */
void equations_slopes(const struct margins *m, size_t equation, const struct regressors *r,
                      double slope[], double gradient[], struct arena *scratch);

#endif
