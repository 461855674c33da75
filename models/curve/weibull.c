/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

/* What is left of the drop at x: exp(-(x / scale)^shape). */
static double remainder_at(double x, double scale, double shape)
{
    return scale > 0 && shape > 0 ? exp(-pow(x / scale, shape)) : NAN;
}

static double mean(double x, const double b[])
{
    return b[0] - b[1] * remainder_at(x, b[2], b[3]);
}

static void gradient(double x, const double b[], double g[])
{
    double z = pow(x / b[2], b[3]), left = exp(-z);
    g[0] = 1;
    g[1] = -left;
    g[2] = -b[1] * left * z * b[3] / b[2];
    g[3] = x > 0 ? b[1] * left * z * log(x / b[2]) : 0; /* 0^shape = 0 */
}

static double basis(double x, const double theta[])
{
    return remainder_at(x, theta[0], theta[1]);
}

/* Scale and shape from a grid, the two levels by least squares. */
static bool start(const struct sample *s, double b[])
{
    double line[2], low, high;
    start_range(s, &low, &high);
    struct axis axis[2] = {{0}};
    axis_one_sided(&axis[0], high / 1000, high * 10, 40);
    axis_one_sided(&axis[1], 0.25, 32, 20);
    struct start_form form = {.basis = basis, .n_theta = 2, .intercept = true};
    if (!start_search(s, &form, axis, line, b + 2))
        return false;
    b[0] = line[0];
    b[1] = -line[1];
    return true;
}

const struct curve curve_weibull = {
    .name = "weibull",
    .title = "Weibull growth",
    .formula = "Asym - Drop * exp(-(x / scale)^shape)",
    .source = "Ratkowsky 1983, Nonlinear Regression Modeling, ch. 4; R SSweibull with "
              "pwr = shape, lrc = -shape * log(scale)",
    .n_params = 4,
    .param = (const char *const[]){"Asym", "Drop", "scale", "shape"},
    .example = (const double[]){50, 40, 4.5, 4},
    .on_request = true,
    .in_domain = curve_non_negative_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
