/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

static double mean(double x, const double b[])
{
    return b[0] + x * (b[1] + x * (b[2] + x * b[3]));
}

static void gradient(double x, const double b[], double g[])
{
    (void)b;
    g[0] = 1;
    g[1] = x;
    g[2] = x * x;
    g[3] = x * x * x;
}

const struct curve curve_cubic = {
    .name = "cubic",
    .title = "Cubic",
    .formula = "a + b * x + c * x^2 + d * x^3",
    .source = "Dong, Ding, Grewal & Zhao 2011, Int. J. Research in Marketing 28(1), 38-50; "
              "R lm(y ~ x + I(x^2) + I(x^3))",
    .n_params = 4,
    .param = (const char *const[]){"a", "b", "c", "d"},
    .example = (const double[]){10, -2, 3, -0.25},
    .linear = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
};
