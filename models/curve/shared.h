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
         of the groups' parameters, over df1: each group has its own error variance.

   A power or a threshold that each group chose counts as a parameter of f; where groups chose
   differently their other parameters mean different things, and wald is not defined.  Neither
   is, where knots follow from the groups' x and differ: the curves are not nested. */
struct shared {
    enum fit_status status; /* "ok", or what kept a group or the shared curve from it */
    enum fit_status f_status, wald_status; /* the same, or why one test is not available */
    size_t k;                              /* groups compared */
    double n_obs;
    double deviance_shared, deviance_separate;
    struct test_result f, wald; /* NaN where not available: f under sampling weights too */
};

/* fit[i] is the curve on group[i]; whole, or NULL, that on all of them and on `n_whole` rows:
   taken where the groups compared have as many, else it is fitted here.  Groups too small or too
   constant for the curve are left out of both sides; another group without a converged fit is the
   status.  options: the given knots of all these fits, which are by least squares without
   bounds; NULL: none. */
void shared_curves(const struct curve *c, const struct sample group[], const struct fit fit[],
                   size_t n, const struct fit *whole, size_t n_whole,
                   const struct curve_options *options, struct shared *out, struct arena *scratch);

#endif
