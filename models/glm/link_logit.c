/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <float.h>
#include <math.h>

/* log(mu / (1 - mu)); where mu is near 1/2 both logarithms are of numbers near one another, and
   log1p of their exact difference keeps the digits. */
static double eta_of(double mu)
{
    return mu > 0.25 && mu < 0.75 ? log1p((mu - 0.5) * 2 / (1 - mu)) : log(mu) - log1p(-mu);
}

static double mean_of(double eta)
{
    double e = exp(-fabs(eta));
    double mu = eta < 0 ? e / (1 + e) : 1 / (1 + e);
    return fmin(fmax(mu, DBL_EPSILON), 1 - DBL_EPSILON);
}

static double slope_of(double eta)
{
    double e = exp(-fabs(eta));
    return fmax(e / ((1 + e) * (1 + e)), DBL_EPSILON);
}

static void both_of(double eta, double *mean, double *slope)
{
    double e = exp(-fabs(eta)), mu = eta < 0 ? e / (1 + e) : 1 / (1 + e);
    *mean = mu < DBL_EPSILON ? DBL_EPSILON : mu > 1 - DBL_EPSILON ? 1 - DBL_EPSILON : mu;
    *slope = e / ((1 + e) * (1 + e));
    if (*slope < DBL_EPSILON)
        *slope = DBL_EPSILON;
}

static double second_of(double eta)
{
    double e = exp(-fabs(eta)), slope = e / ((1 + e) * (1 + e));
    return slope * copysign((1 - e) / (1 + e), -eta);
}

const struct link link_logit = {.name = "logit",
                                .title = "logit",
                                .effect = "odds ratio",
                                .eta = eta_of,
                                .mean = mean_of,
                                .slope = slope_of,
                                .second = second_of,
                                .mean_slope = both_of,
                                .in_domain = link_finite,
                                .to_zero = true,
                                .to_one = true};
