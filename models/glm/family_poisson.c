/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

#include "models/glm/density.h"

const struct link *const count_links[3] = {&link_log, &link_identity, &link_sqrt};

double count_variance(double mu, double theta)
{
    (void)theta;
    return mu;
}

double count_variance_slope(double mu, double theta)
{
    (void)mu, (void)theta;
    return 1;
}

double count_deviance(double y, double mu, double theta)
{
    (void)theta;
    return 2 * deviance_part(y, mu);
}

double count_start(double y, double w)
{
    (void)w;
    return y + 0.1;
}

static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)dispersion, (void)theta;
    return w * log_poisson(y, mu);
}

const struct family family_poisson = {
    .name = "poisson",
    .title = "Poisson",
    .source = "McCullagh & Nelder 1989, Generalized Linear Models, ch. 6",
    .canonical = &link_log,
    .link = count_links,
    .n_links = 3,
    .domain = "a count, 0 or above",
    .in_domain = family_count,
    .mean_in_domain = family_positive,
    .dispersion_known = true,
    .likelihood = true,
    .border_at_zero = true,
    .variance = count_variance,
    .variance_slope = count_variance_slope,
    .unit_deviance = count_deviance,
    .log_density = log_density,
    .start = count_start,
};
