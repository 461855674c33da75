/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"

const struct model_check *const model_checks[] = {
#define X(word) &check_##word,
    MODEL_CHECK_LIST(X)
#undef X
};
const size_t n_model_checks = sizeof model_checks / sizeof *model_checks;

const struct model_check *model_check_find(const char *name)
{
    for (size_t i = 0; i < n_model_checks; i++)
        if (strcmp(model_checks[i]->name, name) == 0)
            return model_checks[i];
    return NULL;
}

/* A negative binomial at the boundary is a Poisson model, which can be checked. */
static bool can_be_checked(enum fit_status status)
{
    return status == FIT_CONVERGED || status == FIT_BOUNDARY;
}

void model_check_run(const struct model_check *check, const struct outcome_fit *fit,
                     struct check_result *result, struct arena *scratch)
{
    *result = (struct check_result){FIT_OK, NAN, NAN, NAN, NAN, NAN};
    if (can_be_checked(fit->fit.status))
        check->check(fit, result, scratch);
    else
        result->status = fit->fit.status;
}

bool check_of_glm(const struct outcome_fit *fit)
{
    return fit->glm && (!fit->data.w || fit->data.weight_kind == WEIGHT_FREQUENCY);
}

bool check_of_line(const struct outcome_fit *fit)
{
    return check_of_glm(fit) && fit->glm->family == &family_gaussian &&
           fit->glm->link == &link_identity;
}

bool check_of_poisson(const struct outcome_fit *fit)
{
    return check_of_glm(fit) && fit->glm->family == &family_poisson;
}

double check_times(const struct outcome_fit *fit, size_t i)
{
    return fit->data.w ? fit->data.w[i] : 1;
}

void check_chi_squared(struct check_result *result, double statistic, double df)
{
    if (!(df > 0)) {
        result->status = FIT_UNIDENTIFIED;
        return;
    }
    result->estimate = result->statistic = statistic;
    result->df = df;
    result->p_value = gsl_cdf_chisq_Q(statistic, df);
}

void check_f(struct check_result *result, double statistic, double df, double df2)
{
    if (!(df > 0) || !(df2 > 0)) {
        result->status = df > 0 ? FIT_TOO_FEW : FIT_UNIDENTIFIED;
        return;
    }
    result->estimate = result->statistic = statistic;
    result->df = df;
    result->df2 = df2;
    result->p_value = f_exceeds(statistic, df, df2);
}

void check_above_normal(struct check_result *result, double z)
{
    result->statistic = z;
    result->p_value = gsl_cdf_ugaussian_Q(z);
}
