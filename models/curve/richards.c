/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

/* log(1 + exp(z)) without overflow. */
static double softplus(double z)
{
    return z > 40 ? z : log1p(exp(z));
}

static double mean(double x, const double b[])
{
    return b[3] > 0 ? b[0] * exp(-softplus(b[1] - b[2] * x) / b[3]) : NAN;
}

static void gradient(double x, const double b[], double g[])
{
    double z = b[1] - b[2] * x, log_base = softplus(z), p = 1 / (1 + exp(-z));
    g[0] = exp(-log_base / b[3]);
    g[1] = -b[0] * g[0] * p / b[3];
    g[2] = -g[1] * x;
    g[3] = b[0] * g[0] * log_base / (b[3] * b[3]);
}

/* theta: inflection, rate, asymmetry. */
static double basis(double x, const double theta[])
{
    return exp(-softplus(theta[1] * (theta[0] - x) + log(theta[2])) / theta[2]);
}

/* The inflection x0 = (b - log d) / c, the rate c and the asymmetry d from a grid,
   the asymptote by least squares. */
static bool start(const struct sample *s, double b[])
{
    double theta[3], low, high;
    start_range(s, &low, &high);
    struct axis axis[3] = {{0}};
    axis_around_range(&axis[0], s, 1.0, 19);
    axis_two_sided(&axis[1], 0.5 / (high - low), 60 / (high - low), 8);
    axis_one_sided(&axis[2], 0.1, 10, 5);
    if (!start_search(s, &(struct start_form){.basis = basis, .n_theta = 3}, axis, b, theta))
        return false;
    b[1] = theta[0] * theta[1] + log(theta[2]);
    b[2] = theta[1];
    b[3] = theta[2];
    return true;
}

const struct curve curve_richards = {
    .name = "richards",
    .title = "Richards: generalised logistic",
    .formula = "a / (1 + exp(b - c * x))^(1 / d)",
    .source = "Richards 1959, J. Experimental Botany 10, 290-300; NIST StRD Rat43: "
              "b1/((1+exp[b2-b3*x])^(1/b4)) (Ratkowsky 1983, pp. 62, 88)",
    .n_params = 4,
    .param = (const char *const[]){"a", "b", "c", "d"},
    .example = (const double[]){50, 10, 2, 3},
    .on_request = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
