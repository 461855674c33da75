/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_ORDINAL_ORDINAL_H
#define MODELS_ORDINAL_ORDINAL_H

#include "models/limited/working.h"
#include "models/ordinal/threshold.h"

/* Cumulative link models of an ordered answer (McCullagh 1980, J. R. Statist. Soc. B 42, 109-142)
   with R's signs (ordinal::clm, MASS::polr):

       P(Y <= j) = F((threshold_j - x'b - offset) / exp(z'g)),   a positive b moves answers up;

   z'g is the scale part: how uncertain the answers are, 0 without it. */
struct ordinal_options {
    const struct threshold *threshold; /* F */
    struct equation location;          /* x: without an intercept, which the thresholds are */
    struct equation scale;             /* z: likewise; p = 0: all scales are one */
    size_t n_levels;
    const char *const *level; /* [n_levels] names, or NULL: 1, 2, ... */
};

/* rows->y holds codes 0 .. n_levels - 1.

   fit.estimate   n_used - 1 thresholds ("1|2"), then b, then g; errors from the observed
                  information, as clm and polr
   fit.status     FIT_CONVERGED; FIT_CONSTANT: fewer than two levels have answers;
                  FIT_SEPARATION: some b do not exist and are NaN; FIT_SINGULAR,
                  FIT_TOO_FEW: no more observations than parameters
   deviance       -2 log-likelihood, as polr's */
struct ordinal_fit {
    struct fit fit;
    const struct threshold *threshold;
    size_t n_used;      /* levels that have answers: the others are left out */
    const size_t *used; /* [n_used] their codes */
    size_t n_location, n_scale;
    double null_log_lik;     /* thresholds alone, with the offset of the location */
    double *at;              /* [n_params] where the search ended: the estimates, and large
                                values of those that do not exist */
    struct likelihood model; /* of fit.estimate */
};

void ordinal_fit(const struct limited_rows *rows, const struct ordinal_options *options,
                 struct ordinal_fit *fit, struct arena *keep);

/* P(Y = used[j]) of each row, probability [n * n_used], row major; where there is
   separation, those near the bound. */
void ordinal_probabilities(const struct ordinal_fit *fit, double probability[]);

/* Scores [n * fit.n_params], row major, for sandwich covariances. */
void ordinal_scores(const struct ordinal_fit *fit, double scores[]);

#endif
