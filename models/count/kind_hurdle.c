/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/kind.h"

#include <math.h>
#include <string.h>

/* P(0) = 1 - p, P(y) = p f(y) / (1 - f(0)) for y > 0, logit p = zeta. */

/* Takes log(1 - f(0)) off f and its derivatives. */
static double truncate(const struct count_distribution *d, const struct count_at *at, double f,
                       double first[], double second[])
{
    double g[3], h[9], zero = count_log_density(d, 0, at, first ? g : NULL, first ? h : NULL);
    double log_rest = zero > -M_LN2 ? log(-expm1(zero)) : log1p(-exp(zero));
    if (first) {
        double odds = 1 / expm1(-zero); /* f(0) / (1 - f(0)) */
        for (size_t i = 0; i < 3; i++)
            first[i] += odds * g[i];
        for (size_t i = 0; i < 9; i++)
            second[i] += odds * h[i] + odds * (1 + odds) * g[i / 3] * g[i % 3];
    }
    return f - log_rest;
}

static double log_density(const struct count_distribution *d, double y, const struct count_at *at,
                          double first[], double second[])
{
    double sign = y > 0 ? 1 : -1, part = count_log_logistic(sign * at->zeta), f = 0;
    if (first) {
        memset(first, 0, 3 * sizeof *first);
        memset(second, 0, 9 * sizeof *second);
    }
    if (y > 0) {
        f = count_log_density(d, y, at, first, second);
        f = truncate(d, at, f, first, second);
    }
    if (first) {
        double other = exp(count_log_logistic(-sign * at->zeta));
        first[COUNT_ZETA] = sign * other;
        second[COUNT_ZETA * 3 + COUNT_ZETA] = -other * exp(part);
    }
    return f + part;
}

static double mean(const struct count_distribution *d, const struct count_at *at, double first[])
{
    double g[2], h[3], zero = d->log_density(0, at->eta, at->log_theta, g, h);
    double value = exp(count_log_logistic(at->zeta) + at->eta) / -expm1(zero);
    if (first) {
        double odds = 1 / expm1(-zero); /* f(0) / (1 - f(0)) */
        first[COUNT_ETA] = value * (1 + odds * g[0]);
        first[COUNT_ZETA] = value * exp(count_log_logistic(-at->zeta));
        first[COUNT_LOG_THETA] = value * odds * g[1];
    }
    return value;
}

const struct count_kind count_kind_hurdle = {
    .name = "hurdle",
    .title = "Hurdle",
    .source = "Mullahy 1986, J. Econometrics 33, 341-365",
    .has_zero_part = true,
    .truncated = true,
    .log_density = log_density,
    .mean = mean,
};
