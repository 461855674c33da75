/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_HUNTER_SCHMIDT_H
#define MODELS_META_HUNTER_SCHMIDT_H

#include <stddef.h>

#include "models/base/fit.h"

/* Psychometric meta-analysis of correlations (Schmidt & Hunter 2015, Methods of
   Meta-Analysis, 3rd ed., ch. 3): how much of the spread of r is artefact? */
struct artefacts {
    size_t k;
    const double *r, *n; /* [k] correlations within +-1; sample sizes over 1 */
    /* [k] each in (0, 1], or NULL: reliability of x and of y in the sample, and u, the
       standard deviation of x in the sample over that in the population (u > 0). */
    const double *reliability_x, *reliability_y, *u;
};

/* Figures that do not exist are NaN.  status: ok; too few observations (k < 2);
   outside the domain (a value out of the bounds above: no figures). */
struct hunter_schmidt {
    enum fit_status status;
    size_t k;
    double n;                   /* all observations */
    double mean, std_error;     /* weighted; sqrt(variance / k) */
    double conf_low, conf_high; /* mean +- c std_error */
    double variance;            /* observed, weighted by n: divisor the sum of the weights */
    double error_variance;      /* expected of sampling error */
    double artefact_share;      /* error over observed variance; may exceed 1 */
    double sd_rho;              /* of the true correlations; 0 where sampling error explains all */
    double cred_low, cred_high; /* mean +- 1.2816 sd_rho: 80 % of true correlations */
};

/* Bare bones: corrected for sampling error only, whatever artefacts are given.
   var_e = (1 - mean^2)^2 / (N - 1) with N the mean sample size. */
void hunter_schmidt_bare(const struct artefacts *a, double conf_level, struct hunter_schmidt *h);

/* Each correlation corrected first: both reliabilities by attenuation, then u by
   Thorndike's case 2.  With A the compound factor r / r_corrected, weights are n A^2 and
   the error variances (1 - mean^2)^2 / (n - 1) / A^2, times the square of
   1/((U^2 - 1) r^2 + 1), U = 1/u, under range restriction. */
void hunter_schmidt_corrected(const struct artefacts *a, double conf_level,
                              struct hunter_schmidt *h);

#endif
