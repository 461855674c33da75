/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_PREDICT_H
#define MODELS_CURVE_PREDICT_H

#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/curve/curve.h"
#include "models/regression/bootstrap.h"

/* The fitted mean and its pointwise confidence band: the delta method's
   g'Vg (g the gradient at x), and the t quantile on the fit's degrees of freedom
   (Bates & Watts 1988, sec. 2.3.2; Seber & Wild 1989, sec. 5.1). */
struct prediction {
    size_t n;
    const double *x;                           /* [n] */
    double *estimate, *std_error, *low, *high; /* [n] */
};

/* At x [n], which is kept.  Without a covariance matrix (perfect fit) the band
   is NaN; without estimates, and at x outside the curve's domain, all is NaN. */
struct prediction curve_predict(const struct curve *c, const struct fit *fit, const double *x,
                                size_t n, double conf_level, struct arena *keep);

/* Puts the standard errors and limits of a bootstrap's replicates (bootstrap_estimates()) in
   the place of the delta method's. */
void prediction_bootstrap(const struct curve *c, const struct fit *fit, const double *replicate,
                          size_t n_replicates, const struct bootstrap_limits *limits,
                          double conf_level, struct prediction *p);

/* n equidistant values from low to high, both included; n >= 2. */
double *equidistant(double low, double high, size_t n, struct arena *keep);

#endif
