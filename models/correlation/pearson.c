/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/correlation.h"

/* Pearson, K. (1896), Phil. Trans. R. Soc. A 187, 253-318: the inner product of
   the standardised variables, weighted where weights are given. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    const double *u = unit_deviations(x->value, w, x->n, scratch);
    const double *v = unit_deviations(y->value, w, y->n, scratch);
    return u && v ? unit_correlation(u, v, x->n) : NAN;
}

static double resampled(const struct variable *x, const struct variable *y, const double *w,
                        struct arena *scratch)
{
    (void)scratch;
    return quick_correlation(x->value, y->value, w, x->n);
}

static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    (void)scratch;
    correlation_t_test(r, p->effective - 2, result);
}

/* Fisher (1924), Metron 3, 329-332: each control costs one degree of freedom. */
static void partial_test(double r, double n, size_t k, struct correlation_result *result)
{
    correlation_t_test(r, n - 2 - (double)k, result);
}

static const double *scores(const struct variable *v, const double *w, struct arena *scratch)
{
    (void)w, (void)scratch;
    return v->value;
}

/* Fisher (1921), Metron 1, 3-32. */
static double z_variance(double r, double n)
{
    (void)r;
    return n > 3 ? 1 / (n - 3) : NAN;
}

const struct correlation correlation_pearson = {
    .name = "pearson",
    .title = "Pearson's product-moment correlation",
    .symbol = "r",
    .phrase = "how close the points lie to a line",
    .source = "Pearson (1896), Phil. Trans. R. Soc. A 187, 253-318; test: Fisher (1915), "
              "Biometrika 10, 507-521",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_fisher_z,
    .estimate = estimate,
    .resampled = resampled,
    .test = test,
    .asymptotic_test = test,
    .partial_test = partial_test,
    .scores = scores,
    .z_variance = z_variance,
};
