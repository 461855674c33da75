/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_IRLS_H
#define MODELS_GLM_IRLS_H

#include "models/base/fit.h"
#include "models/glm/rows.h"

/* Where Fisher scoring is. */
struct irls {
    enum fit_status status;
    double *beta;     /* [k] */
    struct pass pass; /* at beta, to a step of no size */
    size_t n_iter;
};

/* Iteratively reweighted least squares from beta as it is if `warm`, else from each row's own
   first mean (R's mustart), else from a constant mean.  Each step is the least-squares solution
   for the working residuals, so that rounding does not add up; it is halved until the deviance
   does not rise.  Where steps shorten by less than a third, as they may under a link that is not
   canonical, Newton's take their place while the observed information is positive definite.
   Converged when the step, in units of the standard errors, is below 1e-11 (or
   what rounding of the score allows).

   With `watch`, FIT_SEPARATION as soon as a mean is within 1e-6 of a border that its response
   lies on: separation is then possible, and only then.  For if some direction c has x'c >= 0 on
   rows at the upper border, <= 0 on those at the lower, 0 on the others, and not 0 on all, its
   product with the score is a sum of terms |x'c| |y - mu| slope / variance of one sign: not 0 where
   all |y - mu| are 1e-6 or more. */
void irls_fit(const struct rows_of *r, bool warm, bool watch, struct irls *irls);

/* The observed information [k * k] in the coordinates of a triangle. */
void irls_observed(const struct rows_of *r, const double *beta, const double *triangle,
                   double *information, struct arena *scratch);

void irls_init(const struct rows_of *r, struct irls *irls, struct arena *keep);

#endif
