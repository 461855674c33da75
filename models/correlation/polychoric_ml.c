/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/latent.h"

/* Thresholds and rho together: Olsson (1979). */
static double rho_of(const struct variable *x, const struct variable *y, const double *w, bool half,
                     struct arena *scratch)
{
    struct latent_table t = latent_table_of(x, y, w, 0, half, scratch);
    return t.rows < 2 || t.cols < 2 ? NAN : polychoric_joint(&t, false, scratch).rho;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    return rho_of(x, y, w, false, scratch);
}

static double estimate_half(const struct variable *x, const struct variable *y, const double *w,
                            struct arena *scratch)
{
    return rho_of(x, y, w, true, scratch);
}

static struct latent_details details_of(const struct pairs *p, bool half, struct arena *keep)
{
    struct latent_table t = latent_table_of_pairs(p, half, keep);
    struct polychoric_fit fit = polychoric_joint(&t, true, keep);
    return latent_details_of_table(&t, &fit);
}

static struct latent_details details(const struct pairs *p, struct arena *keep)
{
    return details_of(p, false, keep);
}

static struct latent_details details_half(const struct pairs *p, struct arena *keep)
{
    return details_of(p, true, keep);
}

static double error_of(const struct pairs *p, bool half, struct arena *scratch)
{
    struct latent_table t = latent_table_of_pairs(p, half, scratch);
    return polychoric_joint(&t, true, scratch).std_error;
}

static double std_error(const struct pairs *p, double r, struct arena *scratch)
{
    (void)r;
    return error_of(p, false, scratch);
}

static double std_error_half(const struct pairs *p, double r, struct arena *scratch)
{
    (void)r;
    return error_of(p, true, scratch);
}

static void test_of(const struct pairs *p, bool half, struct correlation_result *result,
                    struct arena *scratch)
{
    struct latent_table t = latent_table_of_pairs(p, half, scratch);
    struct polychoric_fit fit = polychoric_joint(&t, false, scratch);
    latent_test(fit.rho, fit.log_lik, fit.log_lik_0, result);
}

static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    (void)r;
    test_of(p, false, result, scratch);
}

static void test_half(const struct pairs *p, double r, struct correlation_result *result,
                      struct arena *scratch)
{
    (void)r;
    test_of(p, true, result, scratch);
}

static const struct correlation polychoric_ml_half = {
    .name = "polychoric_ml",
    .title = "Polychoric correlation, maximum likelihood, 0.5 in an empty cell of four",
    .symbol = "ρ_ml",
    .source = "Olsson (1979), Psychometrika 44, 443-460",
    .phrase = "the same, by full maximum likelihood",
    .check_r =
        "{t <- table(x, y); t[t == 0 & length(t) == 4] <- 0.5; polycor::polychor(t, ML = TRUE)}",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 4,
    .weights = false,
    .interval = &interval_asymptotic_z,
    .in_domain = latent_few_levels,
    .estimate = estimate_half,
    .resampled = estimate_half,
    .std_error = std_error_half,
    .test = test_half,
    .asymptotic_test = test_half,
    .latent_details = details_half,
};

const struct correlation correlation_polychoric_ml = {
    .name = "polychoric_ml",
    .title = "Polychoric correlation, maximum likelihood",
    .symbol = "ρ_ml",
    .source = "Olsson (1979), Psychometrika 44, 443-460",
    .phrase = "the same, by full maximum likelihood",
    .check_r = "polycor::polychor(x, y, ML = TRUE, control = list(reltol = 1e-15, maxit = 1e4))",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_asymptotic_z,
    .in_domain = latent_few_levels,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = test,
    .asymptotic_test = test,
    .latent_details = details,
    .half = &polychoric_ml_half,
};
