/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return b[0] + b[1] * log(x);
}

static void gradient(double x, const double b[], double g[])
{
    (void)b;
    g[0] = 1;
    g[1] = log(x);
}

const struct curve curve_logarithmic = {
    .name = "logarithmic",
    .title = "Logarithm",
    .formula = "a + b * log(x)",
    .source = "Draper & Smith 1998, sec. 13.2; R lm(y ~ log(x))",
    .n_params = 2,
    .param = (const char *const[]){"a", "b"},
    .example = (const double[]){10, 8},
    .linear = true,
    .in_domain = curve_positive_x,
    .mean = mean,
    .gradient = gradient,
};
