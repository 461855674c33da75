/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/concordance.h"

/* Levels that some weight is on. */
static double levels_used(const struct variable *v, const double *w, struct arena *scratch)
{
    const double *of_level = level_weights(v, w, scratch);
    double used = 0;
    for (size_t l = 0; l < v->n_levels; l++)
        used += of_level[l] > 0;
    return used;
}

/* 2 m / (n^2 (m - 1)) for m the smaller number of distinct values; S times it is tau-c. */
static double scale(const struct variable *x, const struct variable *y, const double *w, double n,
                    struct arena *scratch)
{
    double m = fmin(levels_used(x, w, scratch), levels_used(y, w, scratch));
    return m > 1 ? 2 * m / (n * n * (m - 1)) : NAN;
}

/* tau-c: Stuart (1953), Biometrika 40, 105-110. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct concordance c = concordance_of(x, y, w, scratch);
    return (c.concordant - c.discordant) * scale(x, y, w, c.n, scratch);
}

/* Brown & Benedetti (1977), J. Am. Statist. Assoc. 72, 309-315: m is taken as known. */
static double std_error(const struct pairs *p, double tau, struct arena *scratch)
{
    (void)tau;
    struct concordance_rows r = concordance_rows_of(p, scratch);
    double *g = ARENA_NEW(scratch, double, r.n_rows);
    double of_one = scale(&p->x, &p->y, NULL, r.n, scratch);
    for (size_t i = 0; i < r.n_rows; i++)
        g[i] = (r.concordant[i] - r.discordant[i]) * of_one;
    return concordance_std_error(&r, g);
}

const struct correlation correlation_kendall_c = {
    .name = "kendall_c",
    .title = "Stuart's tau-c",
    .symbol = "tau_c",
    .phrase = "C - D of tables of unequal numbers of rows and columns",
    .source = "Stuart (1953), Biometrika 40, 105-110; standard error: Brown & Benedetti (1977), J. "
              "Am. Statist. Assoc. 72, 309-315",
    .check_r = "{k <- sign(outer(x, x, '-')) * sign(outer(y, y, '-')); m <- min(length(unique(x)), "
               "length(unique(y))); sum(k) * m / (length(x)^2 * (m - 1))}",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 5,
    .weights = true,
    .interval = &interval_asymptotic,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = concordance_test,
    .exact_test = concordance_exact_test,
    .asymptotic_test = concordance_normal_test,
};
