/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/sum.h"
#include "models/diagnostic/check.h"

static void jarque_bera(const struct outcome_fit *fit, struct check_result *result,
                        struct arena *scratch)
{
    const struct glm *glm = fit->glm;
    size_t n = glm->design->n;
    double *gap = ARENA_NEW(scratch, double, n), n_obs = fit->fit.n_obs;
    struct sum moment[3] = {{0}};
    for (size_t i = 0; i < n; i++)
        gap[i] = glm->design->y[i] - glm->mu[i];
    double centre = mean(gap, fit->data.w, n);
    for (size_t i = 0; i < n; i++) {
        double u = gap[i] - centre, times = check_times(fit, i);
        sum_add(&moment[0], times * u * u);
        sum_add(&moment[1], times * u * u * u);
        sum_add(&moment[2], times * u * u * u * u);
    }
    double m2 = sum_value(&moment[0]) / n_obs;
    double skewness = sum_value(&moment[1]) / n_obs / pow(m2, 1.5);
    double excess = sum_value(&moment[2]) / n_obs / (m2 * m2) - 3;
    check_chi_squared(result, n_obs / 6 * (skewness * skewness + excess * excess / 4), 2);
}

const struct model_check check_jarque_bera = {
    "jarque_bera",
    "Jarque-Bera test of normal errors, from the skewness and the kurtosis of the residuals",
    "Jarque & Bera 1987, Int. Statist. Rev. 55, 163-172",
    check_of_line,
    jarque_bera,
};
