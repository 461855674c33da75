/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_COUNT_VUONG_H
#define MODELS_COUNT_VUONG_H

#include "models/count/count.h"

/* Vuong's (1989, Econometrica 57, 307-333) test of two models that are not nested: z of the mean
   difference of their log densities; above 0 the first is nearer to the truth.  `aic` and `bic`
   take the numbers of parameters off first, as pscl::vuong (which does not count theta: it is
   counted here).

   For a zero-inflated model beside its plain one the normal distribution of z is not right (Wilson
   2015, Economics Letters 127, 51-53): read it as a description there. */
struct vuong {
    double n, mean, sd;         /* of the differences, sd with n - 1 */
    double raw, aic, bic;       /* z */
    double p_raw, p_aic, p_bic; /* one-sided, as pscl: of a z as far on its own side */
};

/* Both models are of the same rows.  NaN where a model has no likelihood, or the two do not differ.
 */
struct vuong count_vuong(const struct count_fit *a, const struct count_fit *b,
                         struct arena *scratch);

#endif
