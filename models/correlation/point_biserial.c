/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

/* Pearson's r with a response of two values, usually 0 and 1: Tate (1954), Ann.
   Math. Statist. 25, 603-607.  Its test is the two-sample t test. */
static bool two_values(const struct pairs *p)
{
    return p->y.n_levels == 2;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    return correlation_pearson.estimate(x, y, w, scratch);
}

static double resampled(const struct variable *x, const struct variable *y, const double *w,
                        struct arena *scratch)
{
    return correlation_pearson.resampled(x, y, w, scratch);
}

static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    correlation_pearson.test(p, r, result, scratch);
}

static void partial_test(double r, double n, size_t k, struct correlation_result *result)
{
    correlation_pearson.partial_test(r, n, k, result);
}

static const double *scores(const struct variable *v, const double *w, struct arena *scratch)
{
    return correlation_pearson.scores(v, w, scratch);
}

static double z_variance(double r, double n)
{
    return correlation_pearson.z_variance(r, n);
}

const struct correlation correlation_point_biserial = {
    .name = "point_biserial",
    .title = "Point-biserial correlation",
    .symbol = "r_pb",
    .phrase = "y of two values: Pearson's r",
    .source = "Tate (1954), Ann. Math. Statist. 25, 603-607",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_fisher_z,
    .in_domain = two_values,
    .estimate = estimate,
    .resampled = resampled,
    .test = test,
    .asymptotic_test = test,
    .partial_test = partial_test,
    .scores = scores,
    .z_variance = z_variance,
};
