/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

/* 1 / sqrt(2 pi) */
#define DENSITY_AT_ZERO 0.398942280401432677939946

static double eta_of(double mu)
{
    return gsl_cdf_ugaussian_Pinv(mu);
}

static double mean_of(double eta)
{
    double mu = 0.5 * erfc(-eta * M_SQRT1_2);
    return fmin(fmax(mu, DBL_EPSILON), 1 - DBL_EPSILON);
}

static double slope_of(double eta)
{
    return fmax(DENSITY_AT_ZERO * exp(-0.5 * eta * eta), DBL_EPSILON);
}

static double second_of(double eta)
{
    return -eta * DENSITY_AT_ZERO * exp(-0.5 * eta * eta);
}

const struct link link_probit = {.name = "probit",
                                 .title = "probit",
                                 .eta = eta_of,
                                 .mean = mean_of,
                                 .slope = slope_of,
                                 .second = second_of,
                                 .in_domain = link_finite,
                                 .to_zero = true,
                                 .to_one = true};
