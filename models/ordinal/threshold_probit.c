/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/threshold.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/normal.h"
#include "models/limited/normal.h"

static double log_above(double x)
{
    return normal_log_cdf(-x);
}

static double slope(double x)
{
    return -x;
}

const struct threshold threshold_probit = {
    .name = "probit",
    .title = "Ordered probit",
    .source = "McKelvey & Zavoina 1975, J. Math. Sociol. 4, 103-120",
    .log_below = normal_log_cdf,
    .log_above = log_above,
    .between = normal_between,
    .log_density = normal_log_density,
    .slope = slope,
    .quantile = gsl_cdf_ugaussian_Pinv,
};
