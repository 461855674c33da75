/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

/* x^n / (K^n + x^n), written so that no power overflows. */
static double share(double x, double k, double n)
{
    if (!(k > 0 && n > 0))
        return NAN;
    return x > 0 ? 1 / (1 + exp(n * (log(k) - log(x)))) : 0;
}

static double mean(double x, const double b[])
{
    return b[0] * share(x, b[1], b[2]);
}

static void gradient(double x, const double b[], double g[])
{
    double p = share(x, b[1], b[2]), slope = b[0] * p * (1 - p);
    g[0] = p;
    g[1] = -slope * b[2] / b[1];
    g[2] = x > 0 ? slope * (log(x) - log(b[1])) : 0;
}

static double basis(double x, const double theta[])
{
    return share(x, theta[0], theta[1]);
}

/* K and n from a grid, the maximum by least squares. */
static bool start(const struct sample *s, double b[])
{
    double low, high;
    start_range(s, &low, &high);
    struct axis axis[2] = {{0}};
    axis_one_sided(&axis[0], high / 1000, high * 10, 40);
    axis_one_sided(&axis[1], 0.25, 32, 20);
    return start_search(s, &(struct start_form){.basis = basis, .n_theta = 2}, axis, b, b + 1);
}

const struct curve curve_hill = {
    .name = "hill",
    .title = "Hill",
    .formula = "Vm * x^n / (K^n + x^n)",
    .source = "Hill 1910, J. Physiology 40, iv-vii; Goutelle et al. 2008, Fundam. Clin. "
              "Pharmacol. 22, 633-648, eq. 1",
    .n_params = 3,
    .param = (const char *const[]){"Vm", "K", "n"},
    .example = (const double[]){50, 4, 3},
    .in_domain = curve_non_negative_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
