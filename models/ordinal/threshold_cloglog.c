/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/threshold.h"

#include <math.h>

/* F(x) = 1 - exp(-e^x). */

static double log_below(double x)
{
    double t = exp(x);
    if (t < 1e-300)
        return x;
    return t > M_LN2 ? log1p(-exp(-t)) : log(-expm1(-t));
}

static double log_above(double x)
{
    return -exp(x);
}

/* exp(-e^a) (1 - exp(e^a - e^b)) */
static double between(double a, double b)
{
    double t = exp(a);
    return -exp(-t) * expm1(-t * expm1(b - a));
}

static double log_density(double x)
{
    return x - exp(x);
}

static double slope(double x)
{
    return -expm1(x);
}

static double quantile(double p)
{
    return log(-log1p(-p));
}

const struct threshold threshold_cloglog = {
    .name = "cloglog",
    .title = "Proportional hazards",
    .source = "McCullagh 1980, J. R. Statist. Soc. B 42, 109-142",
    .log_below = log_below,
    .log_above = log_above,
    .between = between,
    .log_density = log_density,
    .slope = slope,
    .quantile = quantile,
};
