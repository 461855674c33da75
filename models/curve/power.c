/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return b[0] * pow(x, b[1]);
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = pow(x, b[1]);
    g[1] = x > 0 ? b[0] * g[0] * log(x) : 0; /* 0^b = 0 for every b > 0 */
}

static double basis(double x, const double theta[])
{
    return pow(x, theta[0]);
}

/* The exponent from a grid in both directions, the factor by least squares. */
static bool start(const struct sample *s, double b[])
{
    struct axis axis = {0};
    axis_two_sided(&axis, 0.05, 20, 20);
    return start_search(s, &(struct start_form){.basis = basis, .n_theta = 1}, &axis, b, b + 1);
}

const struct curve curve_power = {
    .name = "power",
    .title = "Power curve",
    .formula = "a * x^b",
    .source = "NIST StRD DanWood: b1*x^b2 (Daniel & Wood 1980, pp. 428-431)",
    .n_params = 2,
    .param = (const char *const[]){"a", "b"},
    .example = (const double[]){5, 1.4},
    .in_domain = curve_non_negative_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
