/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_ONE_FACTOR_H
#define MODELS_SCALE_ONE_FACTOR_H

#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* The one-factor (congeneric) model of k items, Sigma = loading loading' +
   diag(residual), by maximum likelihood, and what follows from it.  Figures that do
   not exist are NaN.

   status     FIT_CONVERGED; FIT_IMPROPER: the likelihood's maximum has a negative
              residual variance (a Heywood case), figures are given and are not to be
              believed; FIT_UNIDENTIFIED: k < 3; FIT_TOO_FEW: n <= k; FIT_CONSTANT: an
              item does not vary; FIT_SINGULAR: an item is a linear combination of
              others; FIT_NO_PROGRESS, FIT_MAX_ITER: no maximum was found (so where
              three items' covariances have a negative product: no one factor gives
              them).  No figures except under the first two.
   loading    on the scale of the items, the factor's variance being 1; signs so that
              the loadings' sum is not negative.
   omega      McDonald's omega total of the items' sum or mean, (sum loading)^2 /
              ((sum loading)^2 + sum residual) (McDonald 1999, Test Theory, eq. 6.20b).
   omega_*    its standard error by the delta method from the expected information of
              loadings and residual variances (Raykov 2002, Multivariate Behavioral
              Research 37, 89-103, under normal answers), and the interval of
              log(1 - omega), which is closer to normal, transformed back (the scale of
              Bonett 2002, J. Educ. Behav. Stat. 27, 335-340).
   ave, composite_reliability   of the standardised loadings (Fornell & Larcker 1981, J.
              Marketing Research 18, 39-50).
   chi_square with df = k (k - 3) / 2 and p_value: of the model against any covariance
              matrix, n times the discrepancy; cfi, tli, rmsea and srmr as lavaan
              defines them.  df = 0: no p_value, and no rmsea or tli. */
struct one_factor {
    enum fit_status status;
    size_t n_items, n_iter;
    double n;
    double *loading, *residual;              /* [n_items] */
    double *std_loading, *std_loading_error; /* [n_items] */
    double omega, omega_std_error, omega_low, omega_high;
    double ave, composite_reliability;
    double chi_square, df, p_value, cfi, tli, rmsea, srmr;
};

/* Fits covariance[k * k] (divisor n - 1) of n observations (Joereskog 1967,
   Psychometrika 32, 443-482): Newton steps on the exact derivatives of the normal
   log-likelihood, of residual variances that may be negative as long as Sigma is
   positive definite. */
struct one_factor one_factor_fit(const double *covariance, size_t k, double n, double conf_level,
                                 struct arena *keep);

#endif
