/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/term.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "models/base/critical.h"

struct term term_of(const struct fit *fit, size_t j, double conf_level)
{
    assert(j < fit->n_params + fit->n_constants);
    double b = fit->estimate[j], se = fit_std_error(fit, j), df = fit_df(fit);
    double t = se > 0 ? b / se : NAN, half = two_sided_t(conf_level, df) * se;
    bool own = fit->conf_low && j < fit->n_params;
    bool held = fit->status == FIT_CONVERGED && j < fit->n_params && isnan(se);
    return (struct term){
        .name = fit->term[j],
        .status = held ? FIT_AT_BOUND : fit->status,
        .estimate = b,
        .std_error = se,
        .statistic = t,
        .df = df,
        .p_value = two_sided_p(t, df),
        .conf_low = own ? fit->conf_low[j] : b - half,
        .conf_high = own ? fit->conf_high[j] : b + half,
    };
}
