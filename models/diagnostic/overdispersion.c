/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"
#include "models/diagnostic/check.h"

static void pearson(const struct outcome_fit *fit, struct check_result *result,
                    struct arena *scratch)
{
    (void)scratch;
    check_chi_squared(result, fit->glm->pearson, fit->fit.df_residual);
    if (result->status == FIT_OK)
        result->estimate = fit->glm->pearson / fit->fit.df_residual;
    else
        result->status = FIT_TOO_FEW;
}

/* (y - mu)^2 - y: 0 on average of a Poisson variable. */
static double excess(const struct glm *glm, size_t i)
{
    double y = glm->design->y[i], gap = y - glm->mu[i];
    return gap * gap - y;
}

/* Dean's P_B: against a variance mu + alpha mu^2. */
static void score(const struct outcome_fit *fit, struct check_result *result, struct arena *scratch)
{
    const struct glm *glm = fit->glm;
    struct sum above = {0}, squares = {0};
    (void)scratch;
    for (size_t i = 0; i < glm->design->n; i++) {
        double times = check_times(fit, i);
        sum_add(&above, times * excess(glm, i));
        sum_add(&squares, times * glm->mu[i] * glm->mu[i]);
    }
    check_above_normal(result, sum_value(&above) / sqrt(2 * sum_value(&squares)));
    result->estimate = result->statistic;
}

/* The slope of ((y - mu)^2 - y) / mu on g(mu) / mu through the origin, and its t as a z. */
static void auxiliary(const struct outcome_fit *fit, double power, struct check_result *result)
{
    const struct glm *glm = fit->glm;
    struct sum uu = {0}, uz = {0}, rest = {0};
    size_t n = glm->design->n;
    for (size_t i = 0; i < n; i++) {
        double times = check_times(fit, i), u = pow(glm->mu[i], power - 1);
        sum_add(&uu, times * u * u);
        sum_add(&uz, times * u * excess(glm, i) / glm->mu[i]);
    }
    double slope = sum_value(&uz) / sum_value(&uu);
    for (size_t i = 0; i < n; i++) {
        double u = pow(glm->mu[i], power - 1), gap = excess(glm, i) / glm->mu[i] - slope * u;
        sum_add(&rest, check_times(fit, i) * gap * gap);
    }
    double variance = sum_value(&rest) / (fit->fit.n_obs - 1) / sum_value(&uu);
    if (!(variance > 0)) {
        result->status = FIT_CONSTANT;
        return;
    }
    check_above_normal(result, slope / sqrt(variance));
    result->estimate = slope;
}

static void linear(const struct outcome_fit *fit, struct check_result *result,
                   struct arena *scratch)
{
    (void)scratch;
    auxiliary(fit, 1, result);
    result->estimate += 1;
}

static void quadratic(const struct outcome_fit *fit, struct check_result *result,
                      struct arena *scratch)
{
    (void)scratch;
    auxiliary(fit, 2, result);
}

const struct model_check check_overdispersion = {
    "overdispersion",
    "Pearson's chi-squared of a Poisson model over its degrees of freedom: 1 without "
    "overdispersion",
    "McCullagh & Nelder 1989, Generalized Linear Models, sec. 4.5",
    check_of_poisson,
    pearson,
};

const struct model_check check_overdispersion_score = {
    "overdispersion_score",
    "score test of Poisson against a variance of mu + alpha mu^2, one-sided",
    "Dean 1992, J. Am. Statist. Assoc. 87, 451-457, P_B",
    check_of_poisson,
    score,
};

const struct model_check check_cameron_trivedi_linear = {
    "cameron_trivedi_linear",
    "dispersion of a variance proportional to the mean, with a one-sided test of 1",
    "Cameron & Trivedi 1990, J. Econometrics 46, 347-364",
    check_of_poisson,
    linear,
};

const struct model_check check_cameron_trivedi_quadratic = {
    "cameron_trivedi_quadratic",
    "alpha of a variance of mu + alpha mu^2, with a one-sided test of 0",
    "Cameron & Trivedi 1990, J. Econometrics 46, 347-364",
    check_of_poisson,
    quadratic,
};
