/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

static double eta_of(double mu)
{
    return mu;
}

static double slope_of(double eta)
{
    (void)eta;
    return 1;
}

static double second_of(double eta)
{
    (void)eta;
    return 0;
}

const struct link link_identity = {.name = "identity",
                                   .title = "identity",
                                   .eta = eta_of,
                                   .mean = eta_of,
                                   .slope = slope_of,
                                   .second = second_of,
                                   .in_domain = link_finite};
