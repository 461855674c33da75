/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/diagnostic/check.h"
#include "models/glm/residual.h"

static bool applies(const struct outcome_fit *fit)
{
    return fit->glm;
}

static void max_leverage(const struct outcome_fit *fit, struct check_result *result,
                         struct arena *scratch)
{
    (void)scratch;
    for (size_t i = 0; i < fit->glm->design->n; i++)
        result->estimate = fmax(result->estimate, fit->glm->leverage[i]);
}

static void max_cook(const struct outcome_fit *fit, struct check_result *result,
                     struct arena *scratch)
{
    (void)scratch;
    for (size_t i = 0; i < fit->glm->design->n; i++) {
        double cook = glm_cook(fit->glm, i);
        if (isnan(cook))
            result->status = FIT_LEVERAGE;
        result->estimate = fmax(result->estimate, cook);
    }
}

const struct model_check check_max_leverage = {
    "max_leverage",
    "the largest leverage of a row, with all its copies",
    "Hoaglin & Welsch 1978, Am. Statistician 32, 17-22",
    applies,
    max_leverage,
};

const struct model_check check_max_cook = {
    "max_cook",
    "the largest Cook's distance of a row",
    "Cook 1977, Technometrics 19, 15-18; Williams 1987, Appl. Statist. 36, 181-191",
    applies,
    max_cook,
};
