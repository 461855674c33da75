/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_DIFFERENCE_H
#define MODELS_SCALE_DIFFERENCE_H

#include "models/base/fit.h"
#include "models/scale/distribution.h"

/* Group 1 less group 2: matched against unmatched respondents, respondents against
   the whole base.  Figures that do not exist are NaN. */
struct difference {
    enum fit_status status;
    double n_1, n_2; /* as used: effective with sampling weights */
    double estimate, std_error;
    double statistic, df, p_value; /* df is NaN where the normal is used */
    double conf_low, conf_high;
    double smd, smd_std_error, smd_low, smd_high; /* of means only */
};

/* Difference of two means by Welch (1947, Biometrika 34, 28-35), df by
   Satterthwaite, and Hedges's standardised mean difference: pooled sd, corrected by
   the exact J (Hedges 1981, J. Educ. Stat. 6, 107-128), variance 1/n1 + 1/n2 +
   g^2 / (2 (n1 + n2)), normal interval.  Reads mean, sd and n_eff of the two.
   status: ok; too few observations (an n below 2); no variation (both sd are 0: the
   difference stands alone). */
struct difference difference_of_means(const struct distribution *a, const struct distribution *b,
                                      double conf_level);

/* Difference of two shares: score test with the pooled share (z), unpooled
   std_error, interval by Newcombe 1998, Stat. Med. 17, 873-890, method 10, from the
   two Wilson intervals at the same level.
   status: ok; too few observations or outside the domain as in the two; no
   variation (both shares 0, or both 1: no test, the interval stands). */
struct difference difference_of_proportions(const struct proportion *a, const struct proportion *b);

#endif
