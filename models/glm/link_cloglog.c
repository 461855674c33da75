/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <float.h>
#include <math.h>

static double eta_of(double mu)
{
    return log(-log1p(-mu));
}

static double mean_of(double eta)
{
    return fmin(fmax(-expm1(-exp(eta)), DBL_EPSILON), 1 - DBL_EPSILON);
}

/* exp(eta) exp(-exp(eta)), with one exponential where the product would lose a factor. */
static double slope_of(double eta)
{
    return fmax(exp(eta - exp(fmin(eta, 700))), DBL_EPSILON);
}

static double second_of(double eta)
{
    double e = exp(fmin(eta, 700));
    return exp(eta - e) * (1 - e);
}

const struct link link_cloglog = {.name = "cloglog",
                                  .title = "complementary log-log",
                                  .effect = "hazard ratio",
                                  .eta = eta_of,
                                  .mean = mean_of,
                                  .slope = slope_of,
                                  .second = second_of,
                                  .in_domain = link_finite,
                                  .to_zero = true,
                                  .to_one = true};
