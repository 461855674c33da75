/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)y, (void)mu, (void)w, (void)dispersion, (void)theta;
    return NAN;
}

const struct family family_quasibinomial = {
    .name = "quasibinomial",
    .title = "Quasi-binomial (fractional logit)",
    .source = "Wedderburn 1974, Biometrika 61, 439-447; Papke & Wooldridge 1996, J. Appl. "
              "Econometrics 11, 619-632",
    .canonical = &link_logit,
    .link = share_links,
    .n_links = 5,
    .domain = "a share between 0 and 1",
    .in_domain = share_in_domain,
    .mean_in_domain = share_mean_in_domain,
    .border_at_zero = true,
    .border_at_one = true,
    .variance = share_variance,
    .variance_slope = share_variance_slope,
    .unit_deviance = share_deviance,
    .log_density = log_density,
    .start = share_start,
};
