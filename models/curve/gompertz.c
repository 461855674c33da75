/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

/* With b2 < 0 this is growth without bound, no longer Gompertz's curve. */
static double mean(double x, const double b[])
{
    return b[1] > 0 && b[2] > 0 ? b[0] * exp(-b[1] * pow(b[2], x)) : NAN;
}

static void gradient(double x, const double b[], double g[])
{
    double decay = pow(b[2], x);
    g[0] = exp(-b[1] * decay);
    g[1] = -b[0] * g[0] * decay;
    g[2] = g[1] * b[1] * x / b[2];
}

static double basis(double x, const double theta[])
{
    return exp(-exp(theta[1] * (theta[0] - x)));
}

/* Inflection point x0 = log(b2)/k and rate k = -log(b3) from a grid, the
   asymptote by least squares. */
static bool start(const struct sample *s, double b[])
{
    double theta[2], low, high;
    start_range(s, &low, &high);
    struct axis axis[2] = {{0}};
    axis_around_range(&axis[0], s, 1.0, 31);
    axis_two_sided(&axis[1], 0.25 / (high - low), 50 / (high - low), 16);
    if (!start_search(s, &(struct start_form){.basis = basis, .n_theta = 2}, axis, b, theta))
        return false;
    b[1] = exp(theta[0] * theta[1]);
    b[2] = exp(-theta[1]);
    return isfinite(b[1]) && b[1] > 0;
}

const struct curve curve_gompertz = {
    .name = "gompertz",
    .title = "Gompertz growth",
    .formula = "Asym * exp(-b2 * b3^x)",
    .source = "Gompertz 1825, Phil. Trans. 115, 513-583; R SSgompertz",
    .n_params = 3,
    .param = (const char *const[]){"Asym", "b2", "b3"},
    .example = (const double[]){50, 5, 0.5},
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
