/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

#define LOG_2_PI 1.837877066409345483560659472811

static const struct link *const its_links[] = {&link_identity, &link_log, &link_inverse};

static double variance(double mu, double theta)
{
    (void)mu, (void)theta;
    return 1;
}

static double variance_slope(double mu, double theta)
{
    (void)mu, (void)theta;
    return 0;
}

static double unit_deviance(double y, double mu, double theta)
{
    (void)theta;
    return (y - mu) * (y - mu);
}

static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)theta;
    return -0.5 * (LOG_2_PI + log(dispersion / w) + w * (y - mu) * (y - mu) / dispersion);
}

/* Any y may be the first mean; log and inverse links move from 0 by themselves. */
static double start(double y, double w)
{
    (void)w;
    return y;
}

const struct family family_gaussian = {
    .name = "gaussian",
    .title = "Gaussian",
    .source = "least squares (Gauss 1809)",
    .canonical = &link_identity,
    .link = its_links,
    .n_links = 3,
    .domain = "a number",
    .in_domain = family_finite,
    .mean_in_domain = family_finite,
    .likelihood = true,
    .dispersion_counts_rows = true,
    .variance = variance,
    .variance_slope = variance_slope,
    .unit_deviance = unit_deviance,
    .log_density = log_density,
    .start = start,
};
