/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

#include "models/glm/density.h"

static const struct link *const its_links[] = {&link_inverse, &link_log, &link_identity};

static double variance(double mu, double theta)
{
    (void)theta;
    return mu * mu;
}

static double variance_slope(double mu, double theta)
{
    (void)theta;
    return 2 * mu;
}

static double unit_deviance(double y, double mu, double theta)
{
    (void)theta;
    return 2 * deviance_part(mu, y) / mu;
}

/* Gamma of shape s = 1 / dispersion and mean mu is s / y times a Poisson probability of s
   at mean s y / mu. */
static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)theta;
    double shape = 1 / dispersion;
    return w * (log_poisson(shape, shape * y / mu) + log(shape / y));
}

static double start(double y, double w)
{
    (void)w;
    return y;
}

const struct family family_gamma = {
    .name = "gamma",
    .title = "Gamma",
    .source = "McCullagh & Nelder 1989, Generalized Linear Models, ch. 8",
    .canonical = &link_inverse,
    .link = its_links,
    .n_links = 3,
    .domain = "above 0",
    .in_domain = family_positive,
    .mean_in_domain = family_positive,
    .likelihood = true,
    .variance = variance,
    .variance_slope = variance_slope,
    .unit_deviance = unit_deviance,
    .log_density = log_density,
    .start = start,
};
