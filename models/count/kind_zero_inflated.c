/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/kind.h"

#include <math.h>

/* P(0) = p + (1 - p) f(0), P(y) = (1 - p) f(y) for y > 0, logit p = zeta. */

static double of_positive(const struct count_distribution *d, double y, const struct count_at *at,
                          double first[], double second[])
{
    double f = count_log_density(d, y, at, first, second);
    if (first) {
        double p = exp(count_log_logistic(at->zeta));
        first[COUNT_ZETA] = -p;
        second[COUNT_ZETA * 3 + COUNT_ZETA] = -p * exp(count_log_logistic(-at->zeta));
    }
    return f + count_log_logistic(-at->zeta);
}

/* log(e^zeta + f(0)) - log(1 + e^zeta); q is the probability that this zero is one of the extra. */
static double of_zero(const struct count_distribution *d, const struct count_at *at, double first[],
                      double second[])
{
    double f = count_log_density(d, 0, at, first, second), gap = at->zeta - f;
    double sum = fmax(at->zeta, f) + log1p(exp(-fabs(gap)));
    /* log(1 + e^zeta) taken off without a cancellation for large zeta */
    double value =
        at->zeta > 0 ? sum - at->zeta - log1p(exp(-at->zeta)) : sum - log1p(exp(at->zeta));
    if (at->zeta > 0 && gap > 0)
        value = log1p(exp(-gap)) - log1p(exp(-at->zeta));
    if (first) {
        double q = exp(count_log_logistic(gap)), rest = exp(count_log_logistic(-gap));
        double p = exp(count_log_logistic(at->zeta)), g[3] = {first[0], -1, first[2]};
        for (size_t i = 0; i < 9; i++)
            second[i] = rest * second[i] + q * rest * g[i / 3] * g[i % 3];
        first[COUNT_ETA] *= rest;
        first[COUNT_LOG_THETA] *= rest;
        first[COUNT_ZETA] = q - p;
        second[COUNT_ZETA * 3 + COUNT_ZETA] -= p * exp(count_log_logistic(-at->zeta));
    }
    return value;
}

static double log_density(const struct count_distribution *d, double y, const struct count_at *at,
                          double first[], double second[])
{
    return y > 0 ? of_positive(d, y, at, first, second) : of_zero(d, at, first, second);
}

static double mean(const struct count_distribution *d, const struct count_at *at, double first[])
{
    double value = exp(count_log_logistic(-at->zeta) + at->eta);
    (void)d;
    if (first) {
        first[COUNT_ETA] = value;
        first[COUNT_ZETA] = -value * exp(count_log_logistic(at->zeta));
        first[COUNT_LOG_THETA] = 0;
    }
    return value;
}

const struct count_kind count_kind_zero_inflated = {
    .name = "zero_inflated",
    .title = "Zero-inflated",
    .source = "Lambert 1992, Technometrics 34, 1-14; Greene 1994, NYU working paper EC-94-10",
    .has_zero_part = true,
    .mixture = true,
    .log_density = log_density,
    .mean = mean,
};
