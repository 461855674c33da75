/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/amount.h"

#include <math.h>

#include <gsl/gsl_sf_gamma.h>

static double objective(double y, double eta, double *first, double *second)
{
    double ratio = y * exp(-eta);
    if (first) {
        *first = ratio - 1;
        *second = -ratio;
    }
    return -ratio - eta;
}

static double pearson(double y, double eta)
{
    double r = expm1(log(y) - eta);
    return r * r;
}

static double deviance(double y, double eta)
{
    double d = log(y) - eta;
    return 2 * (expm1(d) - d);
}

static double log_density(double y, double eta, double dispersion)
{
    double shape = 1 / dispersion, d = log(y) - eta;
    return shape * (log(shape) + d - exp(d)) - gsl_sf_lngamma(shape) - log(y);
}

const struct amount amount_gamma = {
    .name = "gamma",
    .title = "Gamma with a log link",
    .source = "Manning & Mullahy 2001, J. Health Econ. 20, 461-494",
    .objective = objective,
    .pearson = pearson,
    .deviance = deviance,
    .log_density = log_density,
};
