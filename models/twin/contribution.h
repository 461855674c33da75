/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_TWIN_CONTRIBUTION_H
#define MODELS_TWIN_CONTRIBUTION_H

#include "models/outcome/outcome.h"

/* Estimates, and what each row adds to them: whatever is estimated on the same rows, by whichever
   regressions, then has a joint covariance, the sum over rows (or clusters) of products of what
   they add (stacked estimating equations: Stefanski & Boos 2002, Am. Statist. 56, 29-38; of two
   regressions: Weesie 1999, Stata Technical Bulletin 52, 34-47, Stata's `suest`). */
struct contributions {
    enum fit_status status; /* FIT_CONVERGED, or why every estimate is NaN */
    size_t n, k;
    const char *const *name; /* [k] */
    double *estimate;        /* [k] NaN: does not exist */
    double *row;             /* [n * k] row major, weights included; 0 where the estimate is NaN */
    double df;               /* of t tests; INFINITY: z */
};

/* The coefficients of the columns of the design but the intercept: of a model of several parts
   the location, the count part, or whichever comes first.  Rows of a glm fit are scaled by the
   leverages as `kind` asks (HC2, HC3, HC4), so that the squares of the rows sum up to that kind of
   covariance; NULL: as they are.  FIT_LEVERAGE where a row has a coefficient to itself and the kind
   divides by 1 - leverage. */
void contributions_slopes(const struct outcome_fit *fit, const struct glm_covariance *kind,
                          struct contributions *c, struct arena *keep);

/* The parameter that is the coefficient of this column of the design, as above; fit.n_params: there
   is none. */
size_t contributions_parameter(const struct outcome_fit *fit, const char *column);

/* k functions of a fit's parameters: estimate [k] and their derivatives, gradient
   [k * fit.n_params].  Where they are also means over the rows of own [n * k] (average marginal
   effects), rows that are a sample add w (own - estimate) / sum of w; own NULL: they are given.
   `kind` as above.  The arrays are copied. */
void contributions_of(const struct outcome_fit *fit, size_t k, const char *const name[],
                      const double estimate[], const double gradient[], const double own[],
                      const struct glm_covariance *kind, struct contributions *c,
                      struct arena *keep);

/* Divides by the standard deviation (n - 1) of y [n], of the fit's weights: coefficients in
   standard deviations of the response.  `known`: as if the standard deviation were a constant,
   which is what regressing z-scores does; else what each row adds to it is taken off, without
   which tests of equality refuse too much, the more the longer the tail of y. */
void contributions_in_sd(struct contributions *c, const struct outcome_data *data, const double *y,
                         bool known);

/* Divides all by the one called `reference`, which becomes 1 and adds nothing: coefficients of
   models whose scale is arbitrary (logit, probit, ordered) can be compared as ratios (Allison
   1999, Sociol. Methods Res. 28, 186-208).  Status FIT_UNIDENTIFIED where it is NaN or 0. */
void contributions_relative_to(struct contributions *c, size_t reference);

#endif
