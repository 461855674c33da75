/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_SMOOTH_H
#define MODELS_SHAPE_SMOOTH_H

#include <stdbool.h>

#include "models/base/arena.h"
#include "models/curve/points.h"

/* A penalised cubic regression spline of up to ten knots at the quantiles of the
   distinct x, its smoothness by generalised cross-validation (Wood 2017, Generalized
   Additive Models, sec. 5.3.1 and 6.2): mgcv's gam(y ~ s(x, bs = "cr", k = 10)). */
struct smooth {
    double *fitted, *std_error; /* [p->n] Bayesian errors: Wood 2017, sec. 6.10 */
    double edf, sigma2;
};

/* False where it cannot be fitted: under three points, or no more observations. */
bool smooth_of(const struct points *p, struct smooth *out, struct arena *keep);

#endif
