/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/normal.h"

#include <math.h>

static const double half_log_two_pi = 0.91893853320467274178;

double normal_log_density(double x)
{
    return -x * x / 2 - half_log_two_pi;
}

/* Phi(-x) x / phi(x) for x > 30, by its asymptotic series (Abramowitz & Stegun 1964, 26.2.12). */
static double tail(double x)
{
    double t = 1 / (x * x);
    return 1 - t * (1 - 3 * t * (1 - 5 * t * (1 - 7 * t * (1 - 9 * t))));
}

double normal_log_cdf(double x)
{
    if (x > 0)
        return log1p(-erfc(x * M_SQRT1_2) / 2);
    if (x > -30)
        return log(erfc(-x * M_SQRT1_2) / 2);
    return normal_log_density(x) - log(-x) + log(tail(-x));
}

double normal_mills(double x)
{
    return x < -30 ? -x / tail(-x) : exp(normal_log_density(x) - normal_log_cdf(x));
}
