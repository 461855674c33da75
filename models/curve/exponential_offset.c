/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return b[0] + b[1] * exp(b[2] * x);
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = 1;
    g[1] = exp(b[2] * x);
    g[2] = b[1] * x * g[1];
}

static double basis(double x, const double theta[])
{
    return exp(theta[0] * x);
}

/* The rate from a grid in units of the range of x, level and factor by least squares. */
static bool start(const struct sample *s, double b[])
{
    double low, high;
    start_range(s, &low, &high);
    struct axis axis = {0};
    axis_two_sided(&axis, 0.02 / (high - low), 50 / (high - low), 24);
    struct start_form form = {.basis = basis, .n_theta = 1, .intercept = true};
    return start_search(s, &form, &axis, b, b + 2);
}

const struct curve curve_exponential_offset = {
    .name = "exponential_offset",
    .title = "Exponential with an offset",
    .formula = "a + b * exp(c * x)",
    .source = "Stevens 1951, Biometrics 7, 247-267; R SSasymp with a = Asym, b = R0 - Asym, "
              "c = -exp(lrc); R SSasympOff",
    .n_params = 3,
    .param = (const char *const[]){"a", "b", "c"},
    .example = (const double[]){15, 3, 0.4},
    .on_request = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
