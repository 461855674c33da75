/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/threshold.h"

#include <math.h>
#include <string.h>

const struct threshold *const thresholds[] = {
#define X(word) &threshold_##word,
    THRESHOLD_LIST(X)
#undef X
};
const size_t n_thresholds = sizeof thresholds / sizeof *thresholds;

const struct threshold *threshold_find(const char *name)
{
    for (size_t i = 0; i < n_thresholds; i++)
        if (strcmp(thresholds[i]->name, name) == 0)
            return thresholds[i];
    return NULL;
}

/* log(e^x - e^y) for x > y (Maechler 2012, "Accurately computing log(1 - exp(-|a|))"). */
static double log_difference(double x, double y)
{
    double d = y - x;
    return x + (d > -M_LN2 ? log(-expm1(d)) : log1p(-exp(d)));
}

/* Probabilities below are those of the tails, by their logarithms. */
static const double least_probability = 1e-280;

/* From the tail that is smaller, or from both. */
static double from_tails(const struct threshold *t, double a, double b)
{
    double below = t->log_below(b), above = t->log_above(a);
    if (below <= -M_LN2)
        return log_difference(below, t->log_below(a));
    if (above <= -M_LN2)
        return log_difference(above, t->log_above(b));
    return log1p(-(exp(t->log_below(a)) + exp(t->log_above(b))));
}

static double log_between(const struct threshold *t, double a, double b)
{
    if (isinf(a))
        return isinf(b) ? 0 : t->log_below(b);
    if (isinf(b))
        return t->log_above(a);
    double p = t->between(a, b);
    return p > least_probability ? log(p) : from_tails(t, a, b);
}

double threshold_between(const struct threshold *t, double a, double b, double first[],
                         double second[])
{
    if (!(a < b))
        return -INFINITY;
    double p = log_between(t, a, b);
    if (!first)
        return p;
    double at_a = isinf(a) ? 0 : -exp(t->log_density(a) - p);
    double at_b = isinf(b) ? 0 : exp(t->log_density(b) - p);
    first[0] = at_a;
    first[1] = at_b;
    second[0] = (isinf(a) ? 0 : at_a * t->slope(a)) - at_a * at_a;
    second[1] = -at_a * at_b;
    second[2] = (isinf(b) ? 0 : at_b * t->slope(b)) - at_b * at_b;
    return p;
}
