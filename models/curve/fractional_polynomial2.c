/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>

#include "models/curve/fractional_polynomial.h"
#include "models/curve/points.h"

static void gradient(double x, const double b[], double g[])
{
    double z = x + b[5];
    g[0] = 1;
    g[1] = fractional_power(z, b[3]);
    g[2] = b[3] == b[4] ? g[1] * log(z) : fractional_power(z, b[4]);
}

static double mean(double x, const double b[])
{
    double g[3];
    gradient(x, b, g);
    return b[0] + b[1] * g[1] + b[2] * g[2];
}

static bool choose(const struct points *p, bool knots_given, double b[])
{
    (void)knots_given;
    struct sample s = points_sample(p);
    b[5] = fractional_shift(&s);
    return fractional_powers(&s, b[5], 2, b + 3);
}

const struct curve curve_fractional_polynomial2 = {
    .name = "fractional_polynomial2",
    .title = "Fractional polynomial of degree two",
    .formula = "a + b * (x + shift)^power1 + c * (x + shift)^power2",
    .source = "Royston & Altman 1994, Applied Statistics 43, 429-467",
    .n_params = 3,
    .n_constants = 3,
    .n_chosen = 2,
    .param = (const char *const[]){"a", "b", "c", "power1", "power2", "shift"},
    .example = (const double[]){10, 40, -7, 1, 1, 0},
    .linear = true,
    .on_request = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .choose = choose,
};
