/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/correlation/correlation.h"

static bool defined(const struct correlation *c)
{
    return c->std_error != NULL;
}

/* Wald's limits, cut at -1 and 1.  A standard error of zero that belongs to no
   perfect association is a failure of the approximation, not knowledge. */
static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    double std_error = c->std_error(p, result->estimate, scratch);
    double half = gsl_cdf_ugaussian_Qinv((1 - options->conf_level) / 2) * std_error;
    if (fabs(result->estimate) == 1)
        std_error = half = 0;
    else if (!(std_error > 0 && isfinite(std_error)))
        return FIT_TOO_FEW;
    result->std_error = std_error;
    result->conf_low = fmax(-1, result->estimate - half);
    result->conf_high = fmin(1, result->estimate + half);
    return FIT_OK;
}

const struct interval interval_asymptotic = {
    .name = "asymptotic",
    .title = "Asymptotic (delta method)",
    .source = "Goodman & Kruskal (1963), J. Am. Statist. Assoc. 58, 310-364; (1972), J. Am. "
              "Statist. Assoc. 67, 415-421",
    .std_error = "asymptotic standard error of the estimate",
    .defined = defined,
    .limits = limits,
};
