/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_WALD_H
#define MODELS_DIAGNOSTIC_WALD_H

#include <stdbool.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* The part of a covariance v [p * p] at k places becomes correlations [k * k].  False where a
   variance is not above 0 or not finite. */
bool correlations_at(const double *v, size_t p, const size_t at[], size_t k, double correlation[]);

/* A correlation matrix [k * k] becomes its Cholesky factor; false where a variable is determined
   by the others to 1e-13. */
bool correlation_factor(double *correlation, size_t k);

/* Wald's statistic b' V^-1 b of the k estimates at those places, all of them 0: chi-squared with
   k degrees of freedom where the covariance is known well.  FIT_OK; FIT_UNIDENTIFIED of none;
   FIT_SINGULAR where V has not full rank, as of more estimates than clusters. */
enum fit_status wald_statistic(const struct fit *fit, const size_t at[], size_t k,
                               double *statistic, struct arena *scratch);

#endif
