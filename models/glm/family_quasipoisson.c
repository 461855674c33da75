/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)y, (void)mu, (void)w, (void)dispersion, (void)theta;
    return NAN;
}

const struct family family_quasipoisson = {
    .name = "quasipoisson",
    .title = "Quasi-Poisson",
    .source = "Wedderburn 1974, Biometrika 61, 439-447",
    .canonical = &link_log,
    .link = count_links,
    .n_links = 3,
    .domain = "0 or above",
    .in_domain = family_count,
    .mean_in_domain = family_positive,
    .border_at_zero = true,
    .variance = count_variance,
    .variance_slope = count_variance_slope,
    .unit_deviance = count_deviance,
    .log_density = log_density,
    .start = count_start,
};
