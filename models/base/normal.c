/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/normal.h"

#include <math.h>

static const double root_2 = 1.41421356237309504880, root_2pi = 2.50662827463100050242;

double normal_density(double x)
{
    return exp(-x * x / 2) / root_2pi;
}

double normal_cdf(double x)
{
    return erfc(-x / root_2) / 2;
}

double normal_between(double a, double b)
{
    if (a > 0)
        return (erfc(a / root_2) - erfc(b / root_2)) / 2;
    if (b < 0)
        return (erfc(-b / root_2) - erfc(-a / root_2)) / 2;
    return (erf(b / root_2) - erf(a / root_2)) / 2;
}
