/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return b[0] * exp(b[1] * x);
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = exp(b[1] * x);
    g[1] = b[0] * x * g[0];
}

static double basis(double x, const double theta[])
{
    return exp(theta[0] * x);
}

/* The rate from a grid in units of the range of x, the factor by least squares. */
static bool start(const struct sample *s, double b[])
{
    double low, high;
    start_range(s, &low, &high);
    struct axis axis = {0};
    axis_two_sided(&axis, 0.02 / (high - low), 50 / (high - low), 24);
    return start_search(s, &(struct start_form){.basis = basis, .n_theta = 1}, &axis, b, b + 1);
}

const struct curve curve_exponential = {
    .name = "exponential",
    .title = "Exponential",
    .formula = "a * exp(b * x)",
    .source =
        "Bates & Watts 1988, Nonlinear Regression Analysis, app. 1; R nls(y ~ a * exp(b * x))",
    .n_params = 2,
    .param = (const char *const[]){"a", "b"},
    .example = (const double[]){4, 0.35},
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
