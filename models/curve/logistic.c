/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return b[0] / (1 + exp(b[1] - b[2] * x));
}

static void gradient(double x, const double b[], double g[])
{
    double p = 1 / (1 + exp(b[1] - b[2] * x)), slope = b[0] * p * (1 - p);
    g[0] = p;
    g[1] = -slope;
    g[2] = slope * x;
}

static double basis(double x, const double theta[])
{
    return 1 / (1 + exp(theta[1] * (theta[0] - x)));
}

/* Midpoint and steepness from a grid, the asymptote by least squares. */
static bool start(const struct sample *s, double b[])
{
    double theta[2];
    struct axis axis[2] = {{0}};
    axis_around_range(&axis[0], s, 1.0, 31);
    double low, high;
    start_range(s, &low, &high);
    axis_two_sided(&axis[1], 0.5 / (high - low), 60 / (high - low), 16);
    if (!start_search(s, &(struct start_form){.basis = basis, .n_theta = 2}, axis, b, theta))
        return false;
    b[1] = theta[0] * theta[1];
    b[2] = theta[1];
    return true;
}

const struct curve curve_logistic = {
    .name = "logistic",
    .title = "Logistic, three parameters",
    .formula = "a / (1 + exp(b - c * x))",
    .source = "NIST StRD Rat42: b1/(1+exp[b2-b3*x]) (Ratkowsky 1983, pp. 61, 88); "
              "R SSlogis with xmid = b/c, scal = 1/c",
    .n_params = 3,
    .param = (const char *const[]){"a", "b", "c"},
    .example = (const double[]){50, 4, 1},
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
