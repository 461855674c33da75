/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/critical.h"
#include "models/base/sum.h"
#include "models/correlation/correlation.h"

/* Where each row has an x of its own, the means of y by x are the y. */
static bool some_x_repeats(const struct pairs *p)
{
    return (double)p->x.n_levels < p->effective;
}

/* Means of u by the levels of x, [x->n_levels]. */
static const double *level_means(const struct variable *x, const double *u, const double *w,
                                 const double *of_level, struct arena *scratch)
{
    struct sum *sum = ARENA_NEW(scratch, struct sum, x->n_levels);
    double *means = ARENA_NEW(scratch, double, x->n_levels);
    for (size_t i = 0; i < x->n; i++)
        sum_add(&sum[x->level[i]], (w ? w[i] : 1) * u[i]);
    for (size_t l = 0; l < x->n_levels; l++)
        means[l] = of_level[l] > 0 ? sum_value(&sum[l]) / of_level[l] : 0;
    return means;
}

/* The correlation ratio of y by the distinct x, squared: between over total sum of squares
   (Pearson 1905, Drapers' Company Research Memoirs 2; Fisher 1925, Statistical Methods for
   Research Workers, sec. 45).  Of the two sums between and within, the smaller is the one
   that is not got by a difference. */
static double ratio(const struct variable *x, const double *u, const double *w,
                    struct arena *scratch)
{
    const double *of_level = level_weights(x, w, scratch);
    const double *means = level_means(x, u, w, of_level, scratch);
    struct sum between = {0}, within = {0};
    double m = mean(u, w, x->n);
    for (size_t l = 0; l < x->n_levels; l++)
        sum_add(&between, of_level[l] * (means[l] - m) * (means[l] - m));
    for (size_t i = 0; i < x->n; i++) {
        double d = u[i] - means[x->level[i]];
        sum_add(&within, (w ? w[i] : 1) * d * d);
    }
    double b = sum_value(&between), total = b + sum_value(&within);
    return total > 0 ? b / total : NAN;
}

static double levels_used(const struct variable *x, const double *w, struct arena *scratch)
{
    const double *of_level = level_weights(x, w, scratch);
    double used = 0;
    for (size_t l = 0; l < x->n_levels; l++)
        used += of_level[l] > 0;
    return used;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    if (!values_vary(y->value, w, y->n) || levels_used(x, w, scratch) < 2)
        return NAN;
    return ratio(x, unit_deviations(y->value, NULL, y->n, scratch), w, scratch);
}

/* F with k - 1 and n - k degrees of freedom, k the number of distinct x; df is the
   second.  One-way analysis of variance, of which R^2 is eta squared. */
static void test(const struct pairs *p, double eta2, struct correlation_result *result,
                 struct arena *scratch)
{
    (void)scratch;
    double k = (double)p->x.n_levels, df = p->effective - k;
    if (!(df > 0))
        return;
    result->statistic = eta2 / (k - 1) / ((1 - eta2) / df);
    result->df = df;
    result->p_value = isinf(result->statistic) ? 0 : f_exceeds(result->statistic, k - 1, df);
}

const struct correlation correlation_eta_squared = {
    .name = "eta_squared",
    .title = "Correlation ratio (eta squared)",
    .symbol = "eta2",
    .phrase = "share of y's variance between the distinct x, whatever the curve",
    .source = "Pearson (1905), Drapers' Company Research Memoirs, Biometric Series 2; test: Fisher "
              "(1925), Statistical Methods for Research Workers, sec. 45",
    .check_r = "summary(lm(y ~ factor(x)))$r.squared",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .weights = true,
    .unsigned_strength = true,
    .interval = &interval_noncentral_f,
    .in_domain = some_x_repeats,
    .estimate = estimate,
    .resampled = estimate,
    .test = test,
    .asymptotic_test = test,
};
