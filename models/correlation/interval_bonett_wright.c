/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

/* tanh(atanh(estimate) +- z sqrt(variance)) with the coefficient's own variance of
   z: 1/(n-3) for Pearson, (1 + rho^2/2)/(n-3) for Spearman, 0.437/(n-4) for Kendall. */
static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    (void)scratch;
    double variance = c->z_variance(result->estimate, p->effective);
    return correlation_z_limits(variance, options->conf_level, result);
}

const struct interval interval_bonett_wright = {
    .name = "bonett_wright",
    .title = "Bonett & Wright",
    .source = "Bonett & Wright (2000), Psychometrika 65, 23-28",
    .std_error = "standard error of atanh(estimate) after Bonett & Wright (2000)",
    .defined = correlation_has_z_variance,
    .limits = limits,
};
