/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

#include "models/glm/density.h"

static double variance(double mu, double theta)
{
    return mu + mu * mu / theta;
}

static double variance_slope(double mu, double theta)
{
    return 1 + 2 * mu / theta;
}

/* y log(y / mu) - (y + theta) log((y + theta) / (mu + theta)), twice; at infinite theta it is a
   Poisson distribution.  Above theta the two logarithms are nearly the same, and what is left of
   them is taken together. */
static double unit_deviance(double y, double mu, double theta)
{
    if (isinf(theta))
        return count_deviance(y, mu, theta);
    if (y + mu <= theta)
        return 2 * fmax(deviance_part(y, mu) - deviance_part(y + theta, mu + theta), 0);
    double both = log1p((y - mu) / (mu + theta));
    double rest = y > 0 ? y * log1p(theta / (y + theta) * ((y - mu) / mu)) : 0;
    return 2 * fmax(rest - theta * both, 0);
}

/* theta / (theta + y) times the probability of theta hits in y + theta trials. */
static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)dispersion;
    if (isinf(theta))
        return w * log_poisson(y, mu);
    if (y <= 0)
        return -w * theta * log1p(mu / theta);
    double p = theta / (theta + mu), n = y + theta;
    return w * (log_binomial(theta, n, p) - log1p(y / theta));
}

static double start(double y, double w)
{
    (void)w;
    return y > 0 ? y : 1. / 6;
}

const struct family family_negative_binomial = {
    .name = "negative_binomial",
    .title = "Negative binomial (NB2)",
    .source = "Lawless 1987, Canad. J. Statist. 15, 209-225",
    .canonical = &link_log,
    .link = count_links,
    .n_links = 3,
    .domain = "a count, 0 or above",
    .in_domain = family_count,
    .mean_in_domain = family_positive,
    .dispersion_known = true,
    .likelihood = true,
    .border_at_zero = true,
    .variance = variance,
    .variance_slope = variance_slope,
    .unit_deviance = unit_deviance,
    .log_density = log_density,
    .start = start,
};
