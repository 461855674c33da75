/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/threshold.h"

#include <math.h>

static double log_below(double x)
{
    return log(atan2(1, -x) / M_PI);
}

static double log_above(double x)
{
    return log_below(-x);
}

/* The difference of two arc tangents. */
static double between(double a, double b)
{
    return atan2(b - a, 1 + a * b) / M_PI;
}

static double log_density(double x)
{
    double far = fabs(x) > 1e8 ? 2 * log(fabs(x)) : log1p(x * x);
    return -log(M_PI) - far;
}

static double slope(double x)
{
    return fabs(x) > 1 ? -2 / (x + 1 / x) : -2 * x / (1 + x * x);
}

static double quantile(double p)
{
    return -1 / tan(M_PI * p);
}

const struct threshold threshold_cauchit = {
    .name = "cauchit",
    .title = "Ordered Cauchy",
    .source = "Morgan & Smith 1992, Appl. Statist. 41, 341-347",
    .log_below = log_below,
    .log_above = log_above,
    .between = between,
    .log_density = log_density,
    .slope = slope,
    .quantile = quantile,
};
