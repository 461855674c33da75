/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/simulate/cell.h"

#include <math.h>

static double constant(double x, const double b[])
{
    (void)x;
    return b[0];
}

static double linear(double x, const double b[])
{
    return b[0] + b[1] * x;
}

static double power(double x, const double b[])
{
    return b[0] * pow(x, b[1]);
}

static double exponential(double x, const double b[])
{
    return b[0] * exp(b[1] * x);
}

static double asymptotic(double x, const double b[])
{
    return b[0] * (1 - exp(-b[1] * x));
}

static double logistic(double x, const double b[])
{
    return b[0] / (1 + exp(b[1] - b[2] * x));
}

static const struct true_curve none_curve = {"none", "flat", "a", 1, {"a"}, constant};
static const struct true_curve linear_curve = {"linear", "linear",   "a + b * x",
                                               2,        {"a", "b"}, linear};
static const struct true_curve convex_power = {"power", "convex", "a * x^b", 2, {"a", "b"}, power};
static const struct true_curve concave_power = {"power", "concave",  "a * x^b",
                                                2,       {"a", "b"}, power};
static const struct true_curve exponential_curve = {"exponential", "convex",   "a * exp(b * x)", 2,
                                                    {"a", "b"},    exponential};
static const struct true_curve asymptotic_curve = {
    "asymptotic", "concave", "a * (1 - exp(-b * x))", 2, {"a", "b"}, asymptotic};
static const struct true_curve logistic_curve = {
    "logistic", "S-shaped", "a / (1 + exp(b - c * x))", 3, {"a", "b", "c"}, logistic};

/* clang-format off */
/* industry    segment   share  alpha beta  curve               parameters         beyond  retained: at_1 slope beyond  further size shape lines */
const struct true_cell true_cells[] = {
    {"bank",     "young",  0.10, 2.0, 1.6, &convex_power,      {14, 1.90},         0.6,    0.74, 0.030, 0.10,         2.0,  2.0, 6, 2},
    {"bank",     "family", 0.13, 2.6, 1.4, &linear_curve,      {120, 70},          0.6,    0.80, 0.022, 0.08,         2.4,  2.0, 6, 2},
    {"bank",     "senior", 0.11, 2.0, 1.3, &asymptotic_curve,  {640, 0.45},        0.5,    0.86, 0.014, 0.05,         1.8,  2.5, 8, 2},
    {"retailer", "young",  0.11, 1.6, 1.6, &none_curve,        {430},              0.0,    0.56, 0.000, 0.00,         3.0,  1.0, 3, 5},
    {"retailer", "family", 0.17, 2.0, 1.6, &logistic_curve,    {1300, 5.60, 1.40}, 0.4,    0.50, 0.050, 0.12,         5.0,  1.2, 6, 5},
    {"retailer", "senior", 0.10, 2.4, 1.6, &concave_power,     {380, 0.45},        0.5,    0.55, 0.040, 0.12,         4.0,  1.2, 3, 5},
    {"internet", "young",  0.10, 1.8, 1.8, &linear_curve,      {260, 14},          0.2,    0.62, 0.030, 0.10,         3.0,  8.0, 10, 3},
    {"internet", "family", 0.10, 2.0, 1.5, &asymptotic_curve,  {520, 0.55},        0.3,    0.72, 0.028, 0.10,         3.2,  8.0, 12, 3},
    {"internet", "senior", 0.08, 2.6, 1.4, &exponential_curve, {70, 0.30},         0.3,    0.76, 0.026, 0.08,         3.0,  8.0, 12, 3},
};
/* clang-format on */

const size_t n_true_cells = sizeof true_cells / sizeof *true_cells;

const struct style styles[N_STYLES] = {
    {"plain", 0.70, 0.0, 1.0},
    {"yea-saying", 0.15, 0.3, 0.7},
    {"cautious", 0.15, 0.2, 0.55},
};

const struct activity activities[N_ACTIVITIES] = {
    {0.35, 0.45, 0.7},
    {0.45, 1.0, 0.85},
    {0.20, 2.1, 1.0},
};

double response_of_propensity(double p)
{
    return 0.5 + 0.5 * p;
}

const double item_ease[N_ITEMS] = {0.0, 0.05, -0.05};

double satisfaction_probability(double p, double u)
{
    return 0.22 + 0.42 * p + 0.28 * u;
}

double recommend_probability(double p, double u)
{
    return 0.32 + 0.42 * p + 0.25 * u;
}
