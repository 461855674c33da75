/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/concordance.h"

/* tau-a: Kendall (1938), Biometrika 30, 81-93: the share of all pairs that are
   concordant less that of the discordant; with ties it does not reach 1, and where
   all are tied it is 0.  The number of all
   pairs, n (n - 1) / 2, is one of persons: no sampling weights. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct concordance c = concordance_of(x, y, w, scratch);
    return (c.concordant - c.discordant) / (c.n * (c.n - 1) / 2);
}

/* Variance of a U-statistic with the moments of its kernel as they are in the sample
   (Hoeffding 1948, Ann. Math. Statist. 19, 293-325); without ties it is that of
   Hollander & Wolfe (1999), Nonparametric Statistical Methods, sec. 8.3. */
static double std_error(const struct pairs *p, double tau, struct arena *scratch)
{
    struct concordance_rows r = concordance_rows_of(p, scratch);
    double *g = ARENA_NEW(scratch, double, r.n_rows), n = r.n;
    for (size_t i = 0; i < r.n_rows; i++)
        g[i] = (r.concordant[i] - r.discordant[i]) / (n - 1);
    double between = concordance_std_error(&r, g); /* its square: n zeta_1 */
    double untied = (r.twice_concordant + r.twice_discordant) / (n * (n - 1));
    double zeta_1 = between * between / n, zeta_2 = untied - tau * tau;
    return sqrt(2 / (n * (n - 1)) * (2 * (n - 2) * zeta_1 + zeta_2));
}

const struct correlation correlation_kendall_a = {
    .name = "kendall_a",
    .title = "Kendall's tau-a",
    .symbol = "tau_a",
    .phrase = "C - D among all pairs",
    .source = "Kendall (1938), Biometrika 30, 81-93; standard error: Hoeffding (1948), Ann. Math. "
              "Statist. 19, 293-325",
    .check_r = "{k <- sign(outer(x, x, '-')) * sign(outer(y, y, '-')); sum(k) / (length(x) * "
               "(length(x) - 1))}",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 5,
    .zero_if_constant = true,
    .interval = &interval_asymptotic,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = concordance_test,
    .exact_test = concordance_exact_test,
    .asymptotic_test = concordance_normal_test,
};
