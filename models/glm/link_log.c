/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <float.h>
#include <math.h>

static double eta_of(double mu)
{
    return log(mu);
}

static double mean_of(double eta)
{
    return fmax(exp(eta), DBL_EPSILON);
}

static void both_of(double eta, double *mean, double *slope)
{
    *mean = *slope = mean_of(eta);
}

static bool in_domain(double eta)
{
    return isfinite(eta) && eta < 709;
}

const struct link link_log = {.name = "log",
                              .title = "log",
                              .effect = "rate ratio",
                              .eta = eta_of,
                              .mean = mean_of,
                              .slope = mean_of,
                              .second = mean_of,
                              .mean_slope = both_of,
                              .in_domain = in_domain,
                              .to_zero = true};
