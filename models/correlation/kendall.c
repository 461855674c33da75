/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/correlation/concordance.h"

/* tau-b: Kendall (1945), Biometrika 33, 239-251. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct concordance c = concordance_of(x, y, w, scratch);
    if (!(c.untied_x > 0 && c.untied_y > 0))
        return NAN;
    double tau = (c.concordant - c.discordant) / (sqrt(c.untied_x) * sqrt(c.untied_y));
    /* The pairs of tau = 1 are counted exactly; only the roots round. */
    return fabs(fabs(tau) - 1) < 4e-16 ? copysign(1, tau) : tau;
}

/* Agresti (2013), Categorical Data Analysis, 3rd ed., sec. 16.1.4, as SAS and SPSS
   have it (ASE1), with the sum of squares about the mean. */
static double std_error(const struct pairs *p, double tau, struct arena *scratch)
{
    struct concordance_rows r = concordance_rows_of(p, scratch);
    double *g = ARENA_NEW(scratch, double, r.n_rows);
    double wx = r.twice_untied_x, wy = r.twice_untied_y, root = sqrt(wx) * sqrt(wy);
    for (size_t i = 0; i < r.n_rows; i++)
        g[i] = 2 * (r.concordant[i] - r.discordant[i]) / root +
               tau * (r.tied_x[i] / wx + r.tied_y[i] / wy);
    return concordance_std_error(&r, g);
}

/* The null variance without ties at n - k observations, as in Kim (2015), Comm.
   Statist. Appl. Methods 22, 665-674. */
static void partial_test(double tau, double n, size_t k, struct correlation_result *result)
{
    double m = n - (double)k;
    if (!(m > 2))
        return;
    result->statistic = tau / sqrt(2 * (2 * m + 5) / (9 * m * (m - 1)));
    result->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(result->statistic));
}

/* Fieller, Hartley & Pearson (1957), Biometrika 44, 470-481, as in Bonett & Wright (2000). */
static double z_variance(double tau, double n)
{
    (void)tau;
    return n > 4 ? 0.437 / (n - 4) : NAN;
}

const struct correlation correlation_kendall = {
    .name = "kendall",
    .title = "Kendall's tau-b",
    .symbol = "tau_b",
    .phrase = "tau-b: concordant less discordant pairs, C - D, corrected for ties",
    .source = "Kendall (1945), Biometrika 33, 239-251; test: Kendall & Gibbons (1990), Rank "
              "Correlation Methods, ch. 4",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 5,
    .weights = true,
    .interval = &interval_bonett_wright,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = concordance_test,
    .exact_test = concordance_exact_test,
    .asymptotic_test = concordance_normal_test,
    .partial_test = partial_test,
    .z_variance = z_variance,
};
