/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>

#include "models/curve/points.h"

static double cube(double x)
{
    return x > 0 ? x * x * x : 0;
}

/* The cubic that begins at knot t and is straight beyond the last two knots, in
   units of x (Harrell 2015, sec. 2.4.5). */
static double natural_cubic(double x, double t, const double b[])
{
    double low = b[6], last_but_one = b[5], high = b[7];
    double bend = cube(x - t) - cube(x - last_but_one) * ((high - t) / (high - last_but_one)) +
                  cube(x - high) * ((last_but_one - t) / (high - last_but_one));
    return bend / ((high - low) * (high - low));
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = 1;
    g[1] = x;
    g[2] = natural_cubic(x, b[6], b);
    g[3] = natural_cubic(x, b[4], b);
}

static double mean(double x, const double b[])
{
    double g[4];
    gradient(x, b, g);
    return b[0] + b[1] * x + b[2] * g[2] + b[3] * g[3];
}

/* The k-th smallest observation, k from 0, where x[i] stands for count[i] of them;
   count NULL: for one. */
static double order_statistic(const struct points *p, const double *count, double k)
{
    double seen = 0;
    for (size_t i = 0; i < p->n; i++) {
        seen += count ? count[i] : 1;
        if (k < seen - 1e-9)
            return p->x[i];
    }
    return p->x[p->n - 1];
}

/* Harrell's four knots as R's quantile() gives them (Hyndman & Fan 1996, Amer.
   Statistician 50, 361-365, type 7); false if two coincide. */
static bool quantile_knots(const struct points *p, const double *count, double b[])
{
    static const double share[] = {0.35, 0.65, 0.05, 0.95};
    double n = count ? p->n_obs : (double)p->n;
    for (size_t k = 0; k < 4; k++) {
        double at = share[k] * (n - 1), from = floor(at);
        double below = order_statistic(p, count, from);
        double above = order_statistic(p, count, from + 1);
        b[4 + k] = below + (at - from) * (above - below);
    }
    return b[6] < b[4] && b[4] < b[5] && b[5] < b[7];
}

/* Of the observations; on a scale where two of these coincide, of its points.  Given
   knots are the inner ones, and the outer ones then the ends of the data. */
static bool choose(const struct points *p, bool knots_given, double b[])
{
    if (knots_given) {
        b[6] = p->x[0];
        b[7] = p->x[p->n - 1];
        return b[6] < b[4] && b[4] < b[5] && b[5] < b[7];
    }
    return quantile_knots(p, p->count, b) || quantile_knots(p, NULL, b);
}

const struct curve curve_natural_spline = {
    .name = "natural_spline",
    .title = "Natural cubic spline, four knots",
    .formula = "a + b * x + c * s1(x) + d * s2(x), knots low, knot1, knot2, high",
    .source = "Harrell 2015, Regression Modeling Strategies, sec. 2.4.5 and 2.4.6; R "
              "lm(y ~ splines::ns(x, knots = , Boundary.knots = ))",
    .n_params = 4,
    .n_constants = 4,
    .param = (const char *const[]){"a", "b", "c", "d", "knot1", "knot2", "low", "high"},
    .example = (const double[]){10, 2, 9, -20, 3, 5, 1, 7},
    .linear = true,
    .on_request = true,
    .n_knots = 2,
    .first_knot = 4,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .choose = choose,
};
