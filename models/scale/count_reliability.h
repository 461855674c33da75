/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_COUNT_RELIABILITY_H
#define MODELS_SCALE_COUNT_RELIABILITY_H

#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* How reliably a count of purchases in one window measures the customers' rates of
   buying.  Under the negative binomial model (Ehrenberg 1959, Applied Statistics 8,
   26-41: each customer buys at random at a rate of his own, rates differ as a gamma
   variable of shape r) a count of mean m has variance m + m^2 / r, of which m^2 / r is
   the rates': their share m / (m + r) is the squared correlation of count and rate.
   Nothing that depends on the rate alone can correlate higher with the count than its
   square root, the noise ceiling.

   status     FIT_CONVERGED; FIT_BOUNDARY: the variance does not exceed the mean, the
              likelihood is largest for equal rates (r infinite) and the reliability 0,
              its interval and Poisson log_lik are given; FIT_TOO_FEW: n < 2;
              FIT_CONSTANT: all counts are equal, all zero among them; FIT_DOMAIN: a
              count is negative or no whole number.  No figures under the last three.
   reliability   m / (m + r) by maximum likelihood; with its standard error by the delta
              method from the observed information.
   delta_low, delta_high    the delta method's interval, on the scale of the logit.
   conf_low, conf_high      the profile likelihood's.  conf_low is 0 where equal rates
              are not rejected at that level. */
struct count_reliability {
    enum fit_status status;
    double n; /* counts, or the sum of their frequencies */
    double mean, mean_error, shape, shape_error;
    double reliability, std_error;
    double delta_low, delta_high, conf_low, conf_high;
    double ceiling, ceiling_low, ceiling_high; /* square roots */
    double log_lik;                            /* all constants included */
};

/* count[n]; frequency[n] >= 0, or NULL when each counts once. */
struct count_reliability count_reliability(const double *count, const double *frequency, size_t n,
                                           double conf_level, struct arena *scratch);

#endif
