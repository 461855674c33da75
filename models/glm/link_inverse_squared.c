/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <math.h>

static double eta_of(double mu)
{
    return 1 / (mu * mu);
}

static double mean_of(double eta)
{
    return 1 / sqrt(eta);
}

static double slope_of(double eta)
{
    return -0.5 / (eta * sqrt(eta));
}

static double second_of(double eta)
{
    return 0.75 / (eta * eta * sqrt(eta));
}

static bool in_domain(double eta)
{
    return isfinite(eta) && eta > 0;
}

const struct link link_inverse_squared = {.name = "inverse_squared",
                                          .title = "inverse squared",
                                          .eta = eta_of,
                                          .mean = mean_of,
                                          .slope = slope_of,
                                          .second = second_of,
                                          .in_domain = in_domain};
