/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/threshold.h"

#include <math.h>

/* F(x) = exp(-e^-x), the mirror image of cloglog. */

static double log_below(double x)
{
    return -exp(-x);
}

static double log_above(double x)
{
    return threshold_cloglog.log_below(-x);
}

static double between(double a, double b)
{
    return threshold_cloglog.between(-b, -a);
}

static double log_density(double x)
{
    return -x - exp(-x);
}

static double slope(double x)
{
    return expm1(-x);
}

static double quantile(double p)
{
    return -log(-log(p));
}

const struct threshold threshold_loglog = {
    .name = "loglog",
    .title = "Ordered log-log",
    .source = "McCullagh 1980, J. R. Statist. Soc. B 42, 109-142",
    .log_below = log_below,
    .log_above = log_above,
    .between = between,
    .log_density = log_density,
    .slope = slope,
    .quantile = quantile,
};
