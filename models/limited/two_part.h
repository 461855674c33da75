/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_TWO_PART_H
#define MODELS_LIMITED_TWO_PART_H

#include "models/limited/amount.h"
#include "models/limited/working.h"
#include "models/ordinal/threshold.h"

/* Spend with many zeros in two parts (Cragg 1971, Econometrica 39, 829-844; Duan, Manning, Morris &
   Newhouse 1983, J. Bus. Econ. Stat. 1, 115-126): does a customer buy, and for how much?
       P(y > 0) = F(z'a),   E(y | y > 0) = S exp(x'b),   expected spend = F(z'a) S exp(x'b).
   S is Duan's smearing factor, the mean of y exp(-x'b) of buyers; 1 for gamma. */
struct two_part_options {
    const struct threshold *link; /* F: threshold_logit or threshold_probit (symmetric) */
    const struct amount *amount;
    struct equation any, amount_of; /* z and x; intercepts are columns */
};

/* rows->y >= 0.

   any            fit of y > 0; errors from the observed information.  FIT_CONSTANT: all buy,
                  or none
   amount         fit of the positive amounts; errors as R's lm and glm: dispersion Pearson /
                  (n - p), expected information.  sigma is the dispersion's root, tests
                  are t with n - p degrees of freedom;
                  FIT_CONSTANT: none buys; FIT_PERFECT, FIT_TOO_FEW, ...
   joint          covariance of (a, b, S) together, from the stacked estimating equations (Newey
                  1984, Economics Letters 14, 201-206): robust, and S is estimated too
   log_lik        of both parts together */
struct two_part_fit {
    struct fit any, amount;
    const struct threshold *link;
    const struct amount *kind;
    double smearing;
    double log_lik;
    const struct limited_rows *rows;
    double *at_any, *at_amount; /* where the searches ended */
    struct likelihood any_model, amount_model;
    const double *amount_bread; /* [p_amount ^ 2] (-H)^-1 of what the amounts' estimate maximises */
    size_t n_joint;             /* p_any + p_amount + 1 */
    double *joint;              /* [n_joint ^ 2]; rows of parameters without an error are 0 */
};

/* Keeps pointers to rows and to the arrays of the options. */
void two_part_fit(const struct limited_rows *rows, const struct two_part_options *options,
                  struct two_part_fit *fit, struct arena *keep);

/* What each row adds to the estimate of (a, b, S): influence [n * n_joint], so that for clusters
   the covariance is the sum over clusters of the squares of their sums. */
void two_part_influence(const struct two_part_fit *fit, double influence[], struct arena *scratch);

/* Expected spend of row i of regressors, NaN where a part does not exist; gradient [n_joint] gets
   its derivatives by (a, b, S). */
double two_part_expected_of(const struct two_part_fit *fit, const struct equation *any,
                            const struct equation *amount_of, size_t i, double gradient[]);

/* Expected spend of n rows of regressors, any [n * p] and amount_of [n * p], with standard errors
   by the delta method from `joint`: [n] each, or NULL; and of their mean, [2]: value, error.  NaN
   where a part does not exist. */
void two_part_expected(const struct two_part_fit *fit, size_t n, const struct equation *any,
                       const struct equation *amount_of, double expected[], double std_error[],
                       double average[2], struct arena *scratch);

#endif
