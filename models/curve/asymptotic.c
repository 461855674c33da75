/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return -b[0] * expm1(-b[1] * x);
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = -expm1(-b[1] * x);
    g[1] = b[0] * x * exp(-b[1] * x);
}

static double basis(double x, const double theta[])
{
    return -expm1(-theta[0] * x);
}

/* The rate from a grid in units of the largest |x|, the asymptote by least squares. */
static bool start(const struct sample *s, double b[])
{
    double low, high;
    start_range(s, &low, &high);
    double size = fmax(fabs(low), fabs(high));
    struct axis axis = {0};
    axis_two_sided(&axis, 0.02 / size, 100 / size, 24);
    return start_search(s, &(struct start_form){.basis = basis, .n_theta = 1}, &axis, b, b + 1);
}

const struct curve curve_asymptotic = {
    .name = "asymptotic",
    .title = "Asymptotic regression through the origin",
    .formula = "a * (1 - exp(-b * x))",
    .source = "NIST StRD Misra1a, BoxBOD: b1*(1-exp[-b2*x]); R SSasympOrig with b = exp(lrc)",
    .n_params = 2,
    .param = (const char *const[]){"a", "b"},
    .example = (const double[]){40, 0.4},
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
