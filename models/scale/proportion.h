/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_PROPORTION_H
#define MODELS_SCALE_PROPORTION_H

#include "models/base/fit.h"

/* A share and its interval.  Figures that do not exist are NaN.
   status: ok; too few observations (n = 0); outside the domain (share not in 0..1). */
struct proportion {
    enum fit_status status;
    double n; /* observations, or the effective number with sampling weights */
    double estimate;
    double conf_low, conf_high;
};

/* Wilson's score interval for a share of n observations (Wilson 1927, J. Am.
   Stat. Assoc. 22, 209-212), without continuity correction.  n may be an
   effective sample size.  conf_level in (0, 1). */
struct proportion proportion_wilson(double share, double n, double conf_level);

#endif
