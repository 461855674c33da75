/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

static double mean(double x, const double b[])
{
    return b[0] + (b[1] - b[0]) / (1 + exp((b[2] - x) / b[3]));
}

static void gradient(double x, const double b[], double g[])
{
    double z = (b[2] - x) / b[3], p = 1 / (1 + exp(z));
    double slope = (b[1] - b[0]) * p * (1 - p) / b[3];
    g[0] = 1 - p;
    g[1] = p;
    g[2] = -slope;
    g[3] = slope * z;
}

static double basis(double x, const double theta[])
{
    return 1 / (1 + exp((theta[0] - x) / theta[1]));
}

/* Midpoint and scale from a grid, the two asymptotes by least squares. */
static bool start(const struct sample *s, double b[])
{
    double line[2], low, high;
    start_range(s, &low, &high);
    struct axis axis[2] = {{0}};
    axis_around_range(&axis[0], s, 0.5, 41);
    axis_one_sided(&axis[1], (high - low) / 60, (high - low), 20);
    struct start_form form = {.basis = basis, .n_theta = 2, .intercept = true};
    if (!start_search(s, &form, axis, line, b + 2))
        return false;
    b[0] = line[0];
    b[1] = line[0] + line[1];
    return true;
}

const struct curve curve_logistic4 = {
    .name = "logistic4",
    .title = "Logistic, four parameters",
    .formula = "A + (B - A) / (1 + exp((xmid - x) / scal))",
    .source = "Pinheiro & Bates 2000, Mixed-Effects Models, app. C.6; R SSfpl",
    .n_params = 4,
    .param = (const char *const[]){"A", "B", "xmid", "scal"},
    .example = (const double[]){10, 50, 4, 0.8},
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
