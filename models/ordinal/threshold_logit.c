/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/threshold.h"

#include <math.h>

static double log_below(double x)
{
    return x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x));
}

static double log_above(double x)
{
    return log_below(-x);
}

/* (e^b - e^a) / ((1 + e^a)(1 + e^b)) */
static double between(double a, double b)
{
    return -expm1(a - b) / ((1 + exp(a)) * (1 + exp(-b)));
}

static double log_density(double x)
{
    return log_below(x) + log_below(-x);
}

static double slope(double x)
{
    return -tanh(x / 2);
}

static double quantile(double p)
{
    return log(p) - log1p(-p);
}

const struct threshold threshold_logit = {
    .name = "logit",
    .title = "Proportional odds",
    .source = "McCullagh 1980, J. R. Statist. Soc. B 42, 109-142",
    .log_below = log_below,
    .log_above = log_above,
    .between = between,
    .log_density = log_density,
    .slope = slope,
    .quantile = quantile,
};
