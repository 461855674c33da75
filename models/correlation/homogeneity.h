/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_HOMOGENEITY_H
#define MODELS_CORRELATION_HOMOGENEITY_H

#include <stddef.h>

#include "models/correlation/correlation.h"

/* Are k independent correlations of one method equal?  Hedges & Olkin (1985),
   Statistical Methods for Meta-Analysis, ch. 11: Q = sum w (z - zbar)^2 with z =
   atanh(estimate) and w = 1 / c->z_variance(estimate, n_eff), chi-squared with k - 1
   degrees of freedom if they are.

   status  FIT_OK, or FIT_TOO_FEW: fewer than two cells are left. */
struct homogeneity {
    enum fit_status status;
    size_t k;       /* cells used: those of status FIT_OK */
    size_t dropped; /* the others */
    double q, df, p_value;
    double i2;                          /* (Q - df) / Q, not below 0; share 0..1 */
    double pooled_z, std_error;         /* fixed-effect mean of z and its standard error */
    double pooled, conf_low, conf_high; /* tanh of it and of its interval */
};

void correlation_homogeneity(const struct correlation *c, const struct correlation_result cells[],
                             size_t n, double conf_level, struct homogeneity *result);

#endif
