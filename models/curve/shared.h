/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_SHARED_H
#define MODELS_CURVE_SHARED_H

#include "models/curve/curve.h"
#include "models/curve/saturated.h"

/* One curve for all groups, or one for each?  Two tests of equal parameters:

   f     the extra sum of squares of the shared curve (Bates & Watts 1988, sec. 3.10; of a
         line Chow 1960, Econometrica 28, 591-605): exact for normal errors of one
         variance in all groups and curves linear in their parameters;
   wald  sum of (b_g - b)' V_g^-1 (b_g - b) over the groups, b the weighted mean
         of the groups' parameters, over df1: each group has its own error variance. */
struct shared {
    enum fit_status status; /* "ok", or what kept a group or the shared curve from it */
    size_t k;               /* groups compared */
    double n_obs;
    double deviance_shared, deviance_separate;
    struct test_result f, wald; /* NaN where not available: f under sampling weights */
};

/* fit[i] is the curve on group[i].  Groups too small or too constant for the curve
   are left out of both sides; another group without a converged fit is the status. */
void shared_curves(const struct curve *c, const struct sample group[], const struct fit fit[],
                   size_t n, struct shared *out, struct arena *scratch);

#endif
