/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

/* K is the x of half the maximum: a negative one is a hyperbola with a pole. */
static double mean(double x, const double b[])
{
    return b[1] > 0 ? b[0] * x / (b[1] + x) : NAN;
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = x / (b[1] + x);
    g[1] = -b[0] * g[0] / (b[1] + x);
}

static double basis(double x, const double theta[])
{
    return x / (theta[0] + x);
}

/* K from a grid in units of the largest x, the maximum by least squares. */
static bool start(const struct sample *s, double b[])
{
    double low, high;
    start_range(s, &low, &high);
    struct axis axis = {0};
    axis_one_sided(&axis, high / 1000, high * 100, 40);
    return start_search(s, &(struct start_form){.basis = basis, .n_theta = 1}, &axis, b, b + 1);
}

const struct curve curve_michaelis_menten = {
    .name = "michaelis_menten",
    .title = "Michaelis-Menten",
    .formula = "Vm * x / (K + x)",
    .source = "Bates & Watts 1988, sec. 2.1; R SSmicmen",
    .n_params = 2,
    .param = (const char *const[]){"Vm", "K"},
    .example = (const double[]){60, 3},
    .in_domain = curve_non_negative_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
