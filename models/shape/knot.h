/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_KNOT_H
#define MODELS_SHAPE_KNOT_H

#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/shape/shape.h"

/* Is there a knot, where the slope changes?  The hinge y = a + b x + c max(0, x - k)
   against the line.  Under the line the knot k is not there to be estimated, so the F
   test of hinge against line with its usual degrees of freedom refuses far too many
   lines.  Two that hold: the largest F over all knots against its distribution under
   the line by a bootstrap (Andrews 1993, Econometrica 61, 821-856; Hansen 1996,
   Econometrica 64, 413-430, and 2017, J. Business Econ. Stat. 35, 228-240), and Davies'
   bound (1987, Biometrika 74, 33-43, eq. 3.4). */
struct knot_test {
    enum fit_status status;
    double n_obs, df; /* df: n - 3, of each F */

    double sup_f, p_value;         /* largest F = t^2 over the knots tried, its bootstrap p */
    double davies, davies_p_value; /* largest |t|, and Davies' bound */
    double naive_p_value;          /* of the largest F, were the knot known: invalid */

    double slope_below, slope_above;
    struct limits knot;      /* least squares; all knots that F does not refuse */
    struct limits bootstrap; /* percentile interval */
    size_t n_replicates;
};

struct knot_options {
    double conf_level;
    size_t n_replicates; /* 0: no p_value, no bootstrap interval */
    uint64_t seed, task;
};

/* Knots leave two distinct x at least, and a tenth of the observations, on either
   side, those at the knot counting for both.  Tried are ten steps from each x to the
   next, fewer of more than twenty x, and at most 200 of the x themselves.

   t is the coefficient of max(0, x - k) over its standard error, of s^2 (X'WX)^-1, under
   sampling weights of the sandwich.  The bootstrap draws errors at each point whose variance
   is that of the residuals there and one pseudo-observation at the pooled variance.
   Ends of the interval of the knot that reach the last knot tried are open: NaN.

   Status: "too few observations" with less than four points or six observations,
   or no knot to try; "no variation", "perfect fit". */
void knot_test_of(const struct sample *s, const struct knot_options *options, struct knot_test *out,
                  struct arena *keep);

#endif
