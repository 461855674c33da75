/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

#define LOG_2_PI 1.837877066409345483560659472811

static const struct link *const its_links[] = {&link_inverse_squared, &link_inverse, &link_identity,
                                               &link_log};

static double variance(double mu, double theta)
{
    (void)theta;
    return mu * mu * mu;
}

static double variance_slope(double mu, double theta)
{
    (void)theta;
    return 3 * mu * mu;
}

static double unit_deviance(double y, double mu, double theta)
{
    (void)theta;
    return (y - mu) / mu * ((y - mu) / mu) / y;
}

static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)theta;
    return -0.5 * w *
           (LOG_2_PI + log(dispersion) + 3 * log(y) + unit_deviance(y, mu, 0) / dispersion);
}

static double start(double y, double w)
{
    (void)w;
    return y;
}

const struct family family_inverse_gaussian = {
    .name = "inverse_gaussian",
    .title = "Inverse Gaussian",
    .source = "Tweedie 1957, Ann. Math. Statist. 28, 362-377",
    .canonical = &link_inverse_squared,
    .link = its_links,
    .n_links = 4,
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
