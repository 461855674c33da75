/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <float.h>
#include <math.h>

/* tan(pi (mu - 1/2)), by the cotangent of the nearer border. */
static double eta_of(double mu)
{
    return mu < 0.25   ? -1 / tan(M_PI * mu)
           : mu > 0.75 ? 1 / tan(M_PI * (1 - mu))
                       : tan(M_PI * (mu - 0.5));
}

static double mean_of(double eta)
{
    double mu = eta < -1 ? -atan(1 / eta) / M_PI : 0.5 + atan(eta) / M_PI;
    return fmin(fmax(mu, DBL_EPSILON), 1 - DBL_EPSILON);
}

static double slope_of(double eta)
{
    return fmax(1 / (M_PI * (1 + eta * eta)), DBL_EPSILON);
}

static double second_of(double eta)
{
    double d = 1 + eta * eta;
    return -2 * eta / d / (M_PI * d);
}

const struct link link_cauchit = {.name = "cauchit",
                                  .title = "Cauchy",
                                  .eta = eta_of,
                                  .mean = mean_of,
                                  .slope = slope_of,
                                  .second = second_of,
                                  .in_domain = link_finite,
                                  .to_zero = true,
                                  .to_one = true};
