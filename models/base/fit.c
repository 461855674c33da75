/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/fit.h"

#include <math.h>

const char *fit_status_word(enum fit_status status)
{
    static const char *const word[] = {
#define X(code, text) text,
        FIT_STATUS_LIST(X)
#undef X
    };
    return word[status];
}

void fit_init(struct fit *fit, size_t n_params, const char *const *term, struct arena *keep)
{
    *fit = (struct fit){
        .n_params = n_params,
        .term = term,
        .estimate = ARENA_NEW(keep, double, n_params),
        .vcov = ARENA_NEW(keep, double, n_params *n_params),
        .n_obs = NAN,
        .log_lik = NAN,
        .deviance = NAN,
        .df_residual = NAN,
        .sigma = NAN,
        .r_squared = NAN,
        .df_test = NAN,
    };
    for (size_t j = 0; j < n_params; j++)
        fit->estimate[j] = NAN;
    for (size_t j = 0; j < n_params * n_params; j++)
        fit->vcov[j] = NAN;
}

void fit_add_constants(struct fit *fit, size_t n_constants, size_t n_chosen, struct arena *keep)
{
    fit->n_constants = n_constants;
    fit->n_chosen = n_chosen;
    fit->estimate = ARENA_NEW(keep, double, fit->n_params + n_constants);
    for (size_t j = 0; j < fit->n_params + n_constants; j++)
        fit->estimate[j] = NAN;
}

size_t fit_n_estimated(const struct fit *fit)
{
    return fit->n_params + fit->n_chosen;
}

double fit_df(const struct fit *fit)
{
    return isnan(fit->df_test) ? fit->df_residual : fit->df_test;
}

double fit_std_error(const struct fit *fit, size_t j)
{
    double v = j < fit->n_params ? fit->vcov[j * fit->n_params + j] : NAN;
    return v >= 0 ? sqrt(v) : NAN;
}
