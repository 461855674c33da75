/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/density.h"

#include <math.h>

#define LOG_2_PI 1.837877066409345483560659472811

double deviance_part(double x, double mean)
{
    double gap = x - mean;
    if (!(fabs(gap) < 0.1 * (x + mean)))
        return x > 0 ? x * log(x / mean) - gap : mean;
    /* with v = (x - mean) / (x + mean): gap v + 2 x (v^3 / 3 + v^5 / 5 + ...) */
    double v = gap / (x + mean), total = gap * v, power = 2 * x * v;
    for (int j = 1; j < 1000; j++) {
        power *= v * v;
        double next = total + power / (2 * j + 1);
        if (next == total)
            break;
        total = next;
    }
    return total;
}

double stirling_error(double x)
{
    if (x <= 0)
        return 0;
    int sign; /* lgamma() would write to a variable of all threads */
    if (x < 16)
        return lgamma_r(x + 1, &sign) - (x + 0.5) * log(x) + x - 0.5 * LOG_2_PI;
    double s = 1 / (x * x);
    return (1. / 12 -
            (1. / 360 -
             (1. / 1260 - (1. / 1680 - (1. / 1188 - (691. / 360360 - s / 156) * s) * s) * s) * s) *
                s) /
           x;
}

double log_poisson(double x, double mean)
{
    if (x <= 0)
        return -mean;
    return -stirling_error(x) - deviance_part(x, mean) - 0.5 * (LOG_2_PI + log(x));
}

double log_binomial(double x, double n, double p)
{
    if (x <= 0)
        return n * log1p(-p);
    if (x >= n)
        return n * log(p);
    return stirling_error(n) - stirling_error(x) - stirling_error(n - x) - deviance_part(x, n * p) -
           deviance_part(n - x, n * (1 - p)) - 0.5 * (LOG_2_PI + log(x) + log1p(-x / n));
}
