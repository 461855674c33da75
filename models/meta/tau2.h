/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_TAU2_H
#define MODELS_META_TAU2_H

#include "models/meta/pool.h"

/* What the estimators of tau2 share: the weighted figures of k >= 1 effects at one
   value of tau2, w[i] = 1 / (v[i] + tau2). */
struct weighing {
    double mean;           /* sum w y / sum w */
    double w, w2;          /* sum w, sum w^2 */
    double q;              /* sum w (y - mean)^2: the generalised Q */
    double w2r2;           /* sum w^2 (y - mean)^2 */
    double log_likelihood; /* without its constant */
};

struct weighing weigh(const struct effects *e, double tau2);

/* Unweighted mean, and sum of squares about it. */
double effects_mean(const struct effects *e);
double effects_squares(const struct effects *e);

/* The tau2 at which the generalised Q, which falls with tau2, equals target > 0;
   0 if it is smaller than target from the start. */
double generalised_q_root(const struct effects *e, double target);

/* The tau2 >= 0 that maximises the likelihood (restricted: the restricted one), by
   a search along the whole axis and bisection on the score. */
double likelihood_maximum(const struct effects *e, bool restricted);

#endif
