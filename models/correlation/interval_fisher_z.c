/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

/* tanh(atanh(r) +- z / sqrt(n - 3)), whatever the coefficient: for Kendall's tau,
   whose variance is less than half of that, it is far too wide. */
static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    (void)c, (void)scratch;
    double variance = correlation_pearson.z_variance(result->estimate, p->effective);
    return correlation_z_limits(variance, options->conf_level, result);
}

const struct interval interval_fisher_z = {
    .name = "fisher_z",
    .title = "Fisher's z",
    .source = "Fisher (1921), Metron 1, 3-32",
    .std_error = "standard error of Fisher's z, 1/sqrt(n - 3)",
    .defined = correlation_has_z_variance,
    .limits = limits,
};
