/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/sum.h"
#include "models/diagnostic/check.h"

/* The copies of a row that counts several times follow each other without a difference. */
static void durbin_watson(const struct outcome_fit *fit, struct check_result *result,
                          struct arena *scratch)
{
    const struct glm *glm = fit->glm;
    struct sum steps = {0}, squares = {0};
    double before = 0;
    bool any = false;
    (void)scratch;
    for (size_t i = 0; i < glm->design->n; i++) {
        double gap = glm->design->y[i] - glm->mu[i], times = check_times(fit, i);
        if (!(times > 0))
            continue;
        if (any)
            sum_add(&steps, (gap - before) * (gap - before));
        sum_add(&squares, times * gap * gap);
        before = gap;
        any = true;
    }
    result->estimate = result->statistic = sum_value(&steps) / sum_value(&squares);
}

const struct model_check check_durbin_watson = {
    "durbin_watson",
    "Durbin-Watson statistic of the residuals in the order of the rows: 2 without correlation",
    "Durbin & Watson 1950, Biometrika 37, 409-428",
    check_of_line,
    durbin_watson,
};
