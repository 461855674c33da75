/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/fractional_polynomial.h"
#include "models/curve/points.h"

static double mean(double x, const double b[])
{
    return b[0] + b[1] * fractional_power(x + b[3], b[2]);
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = 1;
    g[1] = fractional_power(x + b[3], b[2]);
}

static bool choose(const struct points *p, bool knots_given, double b[])
{
    (void)knots_given;
    struct sample s = points_sample(p);
    b[3] = fractional_shift(&s);
    return fractional_powers(&s, b[3], 1, b + 2);
}

const struct curve curve_fractional_polynomial1 = {
    .name = "fractional_polynomial1",
    .title = "Fractional polynomial of degree one",
    .formula = "a + b * (x + shift)^power",
    .source = "Royston & Altman 1994, Applied Statistics 43, 429-467",
    .n_params = 2,
    .n_constants = 2,
    .n_chosen = 1,
    .param = (const char *const[]){"a", "b", "power", "shift"},
    .example = (const double[]){10, 20, 0.5, 0},
    .linear = true,
    .on_request = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .choose = choose,
};
