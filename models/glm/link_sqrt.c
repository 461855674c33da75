/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <math.h>

static double eta_of(double mu)
{
    return sqrt(mu);
}

static double mean_of(double eta)
{
    return eta * eta;
}

static double slope_of(double eta)
{
    return 2 * eta;
}

static double second_of(double eta)
{
    (void)eta;
    return 2;
}

static bool in_domain(double eta)
{
    return isfinite(eta) && eta > 0;
}

const struct link link_sqrt = {.name = "sqrt",
                               .title = "square root",
                               .eta = eta_of,
                               .mean = mean_of,
                               .slope = slope_of,
                               .second = second_of,
                               .in_domain = in_domain};
