/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_TAU2_H
#define MODELS_META_TAU2_H

#include "models/meta/design.h"
#include "models/meta/pool.h"

/* What the estimators of tau2 share: the weighted figures of k >= 1 effects at one
   value of tau2, w[i] = 1 / (v[i] + tau2).  With a design r are the residuals of its
   regression, with NULL those about the weighted mean (p = 1).  P is the
   matrix with q = y'Py (Viechtbauer 2005, J. Educ. Behav. Stat. 30, 261-293). */
struct weighing {
    double mean;            /* sum w y / sum w; NaN with a design */
    double w;               /* sum w */
    double trace;           /* of P: sum w (1 - leverage); for the mean sum w - sum w^2 / sum w */
    double q;               /* sum w r^2: the generalised Q */
    double w2r2;            /* y'PPy = sum w^2 r^2 */
    double log_information; /* log |X'WX| */
};

struct weighing weigh(const struct effects *e, const struct design *d, double tau2);

/* All effects finite, all variances within the bounds of pool.h. */
bool effects_in_domain(const struct effects *e);

/* What the variance of the estimates is multiplied by: 1, or Knapp and Hartung's q / df. */
double variance_scale(double q, double df, const struct pool_options *o);

/* k - p */
double effects_df(const struct effects *e, const struct design *d);

/* Sum of squares of the effects about their unweighted mean. */
double effects_squares(const struct effects *e);

/* The tau2 at which the generalised Q, which falls with tau2, equals target > 0;
   0 if it is smaller than target from the start. */
double generalised_q_root(const struct effects *e, const struct design *d, double target);

/* The tau2 >= 0 that maximises the likelihood (restricted: the restricted one), by
   a search along the whole axis and the root of the score about the best. */
double likelihood_maximum(const struct effects *e, const struct design *d, bool restricted);

#endif
