/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <math.h>

static double eta_of(double mu)
{
    return 1 / mu;
}

static double slope_of(double eta)
{
    return -1 / (eta * eta);
}

static double second_of(double eta)
{
    return 2 / (eta * eta * eta);
}

static bool in_domain(double eta)
{
    return isfinite(eta) && eta != 0;
}

const struct link link_inverse = {.name = "inverse",
                                  .title = "inverse",
                                  .eta = eta_of,
                                  .mean = eta_of,
                                  .slope = slope_of,
                                  .second = second_of,
                                  .in_domain = in_domain};
