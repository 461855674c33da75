/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_MAXIMUM_H
#define MODELS_LIMITED_MAXIMUM_H

#include <stddef.h>

#include "models/base/fit.h"
#include "models/limited/likelihood.h"

/* Where Newton's method ended.  status: FIT_CONVERGED; FIT_SEPARATION: the likelihood rises towards
   a bound that no theta attains, along `direction`; FIT_SINGULAR: it is flat in a direction;
   FIT_NO_START: not finite at the start; FIT_NO_PROGRESS; FIT_MAX_ITER. */
struct maximum {
    enum fit_status status;
    double log_lik;
    double *inverse;   /* [k ^ 2] of the observed information, of the finite directions alone */
    double *direction; /* [k] the last step, where separated; else NULL */
    double score;      /* the norm of the gradient in units of its standard deviation */
    size_t n_iter;
};

/* Newton's method with exact derivatives from theta [n_params], which it moves.  The information is
   brought to a diagonal of one and decomposed; directions of a convex likelihood are turned, so
   that each step ascends; steps that do not are halved.  It ends when steps no longer shrink.
   A step of which the log-likelihood gains less than 1e-9 of a row, and which yet is long, follows
   a direction of recession (Albert & Anderson 1984, Biometrika 71, 1-10).  Predictors should be of
   the order of one, as those of basis.h. */
void maximum_find(const struct likelihood *l, double theta[], struct maximum *max,
                  struct arena *keep);

#endif
