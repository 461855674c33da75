/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/sum.h"

#include <math.h>

double mean(const double *x, const double *w, size_t n)
{
    struct sum total = {0}, weight = {0}, residual = {0};
    for (size_t i = 0; i < n; i++) {
        sum_add(&total, w ? w[i] * x[i] : x[i]);
        sum_add(&weight, w ? w[i] : 1);
    }
    double sw = sum_value(&weight);
    if (!(sw > 0))
        return NAN;
    double m = sum_value(&total) / sw;
    for (size_t i = 0; i < n; i++)
        sum_add(&residual, (w ? w[i] : 1) * (x[i] - m));
    return m + sum_value(&residual) / sw;
}

double cross_product(const double *x, double mx, const double *y, double my, const double *w,
                     size_t n)
{
    struct sum total = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&total, (w ? w[i] : 1) * (x[i] - mx) * (y[i] - my));
    return sum_value(&total);
}
