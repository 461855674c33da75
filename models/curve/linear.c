/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

static double mean(double x, const double b[])
{
    return b[0] + b[1] * x;
}

static void gradient(double x, const double b[], double g[])
{
    (void)b;
    g[0] = 1;
    g[1] = x;
}

const struct curve curve_linear = {
    .name = "linear",
    .title = "Straight line",
    .formula = "a + b * x",
    .source = "Draper & Smith 1998, Applied Regression Analysis, ch. 1; R lm(y ~ x)",
    .n_params = 2,
    .param = (const char *const[]){"a", "b"},
    .example = (const double[]){10, 5},
    .linear = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
};
