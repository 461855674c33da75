/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

static double mean(double x, const double b[])
{
    return b[0] + x * (b[1] + x * b[2]);
}

static void gradient(double x, const double b[], double g[])
{
    (void)b;
    g[0] = 1;
    g[1] = x;
    g[2] = x * x;
}

const struct curve curve_quadratic = {
    .name = "quadratic",
    .title = "Parabola",
    .formula = "a + b * x + c * x^2",
    .source = "Draper & Smith 1998, ch. 12; R lm(y ~ x + I(x^2))",
    .n_params = 3,
    .param = (const char *const[]){"a", "b", "c"},
    .example = (const double[]){10, 1, 0.5},
    .linear = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
};
