/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_TESTED_H
#define MODELS_MARGINS_TESTED_H

#include "models/outcome/outcome.h"

/* An estimate with its test against zero and its interval: Student's t on df, or the normal
   distribution where df is INFINITY.  NaN where there is no standard error. */
struct tested {
    double estimate, std_error, statistic, df, p_value, conf_low, conf_high;
};

struct tested tested_of(double estimate, double std_error, double df, double conf_level);

/* Limits of a mean of the fit's response that stay where the response may be: found on the scale
   of the logit for shares and probabilities, of the logarithm for what is not below 0, and turned
   back; else as tested_of(), as also where the mean is on the border. */
void tested_mean_limits(const struct outcome *outcome, double conf_level, struct tested *t);

/* exp() of a coefficient, where that has a meaning: "odds ratio", "rate ratio" (of counts),
   "hazard ratio", "risk ratio", "ratio of means"; NULL for intercepts, thresholds, scales, and
   links without one.  Of a zero part it is that of any (hurdle, two_part) or of an extra zero. */
const char *tested_ratio(const struct outcome_fit *fit, size_t j);

#endif
