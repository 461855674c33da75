/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_INFLUENCE_H
#define MODELS_DIAGNOSTIC_INFLUENCE_H

#include "models/outcome/outcome.h"

/* What one row does to a fit. */
struct row_influence {
    double leverage;     /* of generalised linear models; NaN of others */
    double standardised; /* deviance residual over sqrt(dispersion (1 - leverage)), as R's
                            rstandard; NaN of others */
    double cook;         /* Cook's distance; NaN at a leverage of one */
};

/* row [n].  Of generalised linear models as R's hatvalues, rstandard and cooks.distance.  Of the
   others Cook's distance is d'V^-1 d / p with d what the row adds to the p estimates and V their
   model-based covariance: the step of one row's score, without its leverage (Cook & Weisberg 1982,
   Residuals and Influence in Regression, sec. 5.2).  NaN where there is no fit. */
void influence_of_rows(const struct outcome_fit *fit, struct row_influence row[],
                       struct arena *scratch);

/* Which rows to look at: Cook's distance above 4/n, leverage above 2 p/n (Belsley, Kuh & Welsch
   1980, Regression Diagnostics, ch. 2); n counts rows of positive weight. */
struct influence_limits {
    double cook, leverage;
};
struct influence_limits influence_limits(const struct outcome_fit *fit);

/* The rows in order of Cook's distance, the largest first; those of leverage one before all. */
uint32_t *influence_order(const struct row_influence row[], size_t n, struct arena *keep);

/* Fits again without the rows whose response is among the largest, so many that their weight is
   at least that share of all; ties are left out with them.  What they decide on their own shows
   in the difference.  The columns are those of the fit.  *n_without: their weight. */
void influence_without_top(const struct outcome_fit *fit, const struct outcome_options *options,
                           double share, struct outcome_fit *without, double *n_without,
                           struct arena *keep);

#endif
