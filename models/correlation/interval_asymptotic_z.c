/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/correlation.h"

static bool defined(const struct correlation *c)
{
    return c->std_error != NULL;
}

/* Wald's limits of atanh(estimate), whose standard error is se / (1 - estimate^2), transformed
   back. */
static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    double r = result->estimate, slope = 1 / ((1 - r) * (1 + r));
    if (fabs(r) == 1) {
        result->std_error = 0;
        result->conf_low = result->conf_high = r;
        return FIT_OK;
    }
    double std_error = c->std_error(p, r, scratch) * slope;
    if (!(std_error > 0 && isfinite(std_error)))
        return FIT_TOO_FEW;
    return correlation_z_limits(std_error * std_error, options->conf_level, result);
}

const struct interval interval_asymptotic_z = {
    .name = "asymptotic_z",
    .title = "Asymptotic on Fisher's z (delta method)",
    .source = "Bishop, Fienberg & Holland (1975), Discrete Multivariate Analysis, ch. 14",
    .std_error = "asymptotic standard error of atanh(estimate)",
    .defined = defined,
    .limits = limits,
};
