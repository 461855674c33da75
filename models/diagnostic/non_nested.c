/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/non_nested.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

static double weight_at(const struct outcome_fit *fit, size_t i)
{
    return fit->data.w ? fit->data.w[i] : 1;
}

static bool frequencies(const struct outcome_fit *fit)
{
    return fit->data.w && fit->data.weight_kind == WEIGHT_FREQUENCY;
}

/* The dispersion as R's logLik takes it. */
static double likelihood_dispersion(const struct outcome_fit *fit)
{
    const struct glm *glm = fit->glm;
    struct sum total = {0};
    bool rows = glm->family->dispersion_counts_rows && !frequencies(fit);
    for (size_t i = 0; i < glm->design->n; i++)
        sum_add(&total, rows ? weight_at(fit, i) > 0 : weight_at(fit, i));
    return fit->fit.deviance / sum_value(&total);
}

static void densities_of_glm(const struct outcome_fit *fit, double density[])
{
    const struct glm *glm = fit->glm;
    double dispersion = likelihood_dispersion(fit);
    for (size_t i = 0; i < glm->design->n; i++)
        density[i] = glm->family->log_density(glm->design->y[i], glm->mu[i],
                                              frequencies(fit) ? 1 : weight_at(fit, i), dispersion,
                                              glm->theta);
}

static bool densities_of(const struct outcome_fit *fit, double density[])
{
    if (fit->glm && fit->glm->family->likelihood && isfinite(fit->fit.log_lik))
        densities_of_glm(fit, density);
    else if (fit->count)
        likelihood_rows(&fit->count->model, fit->count->at, density);
    else if (fit->ordinal)
        likelihood_rows(&fit->ordinal->model, fit->ordinal->at, density);
    else if (fit->tobit)
        likelihood_rows(&fit->tobit->model, fit->tobit->at, density);
    else
        return false;
    return true;
}

static bool has_estimates(enum fit_status status)
{
    return status == FIT_CONVERGED || status == FIT_BOUNDARY;
}

static void test_differences(const struct outcome_fit *a, const double *m, struct tested *result)
{
    size_t n = a->data.design->n;
    double n_obs = a->fit.n_obs;
    const double *times = frequencies(a) ? a->data.w : NULL;
    double centre = mean(m, times, n);
    double sd = sqrt(cross_product(m, centre, m, centre, times, n) / (n_obs - 1));
    if (!(sd > 1e-12 * (1 + fabs(centre)))) {
        result->status = FIT_CONSTANT;
        return;
    }
    result->statistic = sqrt(n_obs) * centre / sd;
    result->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(result->statistic));
}

void vuong_test(const struct outcome_fit *a, const struct outcome_fit *b, struct tested *result,
                struct arena *scratch)
{
    size_t n = a->data.design->n;
    double *m = ARENA_NEW(scratch, double, n), *other = ARENA_NEW(scratch, double, n);
    *result = (struct tested){"Vuong", FIT_OK, NAN, NAN, NAN, NAN};
    if (!has_estimates(a->fit.status) || !has_estimates(b->fit.status)) {
        result->status = has_estimates(a->fit.status) ? b->fit.status : a->fit.status;
        return;
    }
    bool sampling = a->data.w && a->data.weight_kind == WEIGHT_SAMPLING;
    if (sampling || !densities_of(a, m) || !densities_of(b, other)) {
        result->status = FIT_UNIDENTIFIED;
        return;
    }
    for (size_t i = 0; i < n; i++)
        m[i] = weight_at(a, i) > 0 ? m[i] - other[i] : 0;
    test_differences(a, m, result);
}
