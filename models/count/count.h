/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_COUNT_COUNT_H
#define MODELS_COUNT_COUNT_H

#include "models/count/kind.h"
#include "models/limited/working.h"

/* Regressions of counts with too many, or too few, zeros, as R's pscl (Zeileis, Kleiber & Jackman
   2008, J. Stat. Software 27(8)).  The count part is log mean = x'b + offset; the zero part is
   logit of P(y > 0) (hurdle) or of the probability of an extra zero (zero_inflated) =
   z'g + offset: the same regressor has opposite signs in the two. */
struct count_options {
    const struct count_kind *kind;
    const struct count_distribution *distribution;
    struct equation count, zero; /* intercepts are columns; zero is not read by plain */
};

/* rows->y holds counts 0, 1, 2, ...

   fit.estimate  b of the count part, g of the zero part, then log(theta) ("Log(theta)"); errors
                 from the observed information of all of them, as zeroinfl()
   fit.status    FIT_CONVERGED; FIT_CONSTANT: there are zeros only; FIT_BOUNDARY: theta is infinite
                 (the Poisson model fits as well), no zero is an extra one, or all counts above a
                 hurdle are 1; FIT_SEPARATION: coefficients of the zero or count part do not
                 exist; FIT_SINGULAR, FIT_TOO_FEW as elsewhere.  What does not exist is NaN. */
struct count_fit {
    struct fit fit;
    const struct count_kind *kind;
    const struct count_distribution *distribution;
    size_t n_count, n_zero;  /* parameters of the two parts */
    double theta;            /* NaN of poisson; INFINITY at the boundary */
    double theta_std_error;  /* by the delta method */
    const double *y;         /* [n] of the rows */
    double *at;              /* [n_params] where the search ended */
    struct likelihood model; /* of fit.estimate */
};

/* Newton's method with exact derivatives from several starts; the best maximum is taken. */
void count_fit(const struct limited_rows *rows, const struct count_options *options,
               struct count_fit *fit, struct arena *keep);

/* Of each row: E(y) and P(y = 0).  [n] each, or NULL. */
void count_means(const struct count_fit *fit, double mean[], double zero[]);

/* P(y = k) of row i. */
double count_probability(const struct count_fit *fit, size_t i, double k);

/* Scores [n * fit.n_params], row major. */
void count_scores(const struct count_fit *fit, double scores[]);

/* A rootogram: how many rows have each count, and how many are expected to (Kleiber & Zeileis
   2016, Am. Statistician 70, 296-303).  Sums of weights; observed and expected [most + 1] of counts
   0 .. most.  Drawn: bars of sqrt(observed) hanging from the curve sqrt(expected). */
void count_rootogram(const struct count_fit *fit, size_t most, double observed[],
                     double expected[]);

#endif
