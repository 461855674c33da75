/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/amount.h"

#include <math.h>

static double objective(double y, double eta, double *first, double *second)
{
    double r = log(y) - eta;
    if (first) {
        *first = r;
        *second = -1;
    }
    return -r * r / 2;
}

static double square(double y, double eta)
{
    double r = log(y) - eta;
    return r * r;
}

static double log_density(double y, double eta, double dispersion)
{
    return -(log(2 * M_PI * dispersion) + square(y, eta) / dispersion) / 2 - log(y);
}

const struct amount amount_lognormal = {
    .name = "lognormal",
    .title = "Least squares of log(amount), smeared",
    .source = "Duan 1983, J. Am. Stat. Assoc. 78, 605-610",
    .smeared = true,
    .objective = objective,
    .pearson = square,
    .deviance = square,
    .log_density = log_density,
};
