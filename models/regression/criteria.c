/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/criteria.h"

#include <math.h>

struct criteria criteria_of(double log_lik, double k, double n)
{
    double aic = -2 * log_lik + 2 * k;
    return (struct criteria){
        .aic = aic,
        .aicc = n > k + 1 ? aic + 2 * k * (k + 1) / (n - k - 1) : NAN,
        .bic = -2 * log_lik + k * log(n),
    };
}

void akaike_weights(const double *criterion, size_t n, double *weight)
{
    double least = INFINITY, total = 0;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, criterion[i]); /* fmin passes over NaN */
    for (size_t i = 0; i < n; i++) {
        weight[i] = exp(-(criterion[i] - least) / 2);
        total += isnan(weight[i]) ? 0 : weight[i];
    }
    for (size_t i = 0; i < n; i++)
        weight[i] /= total;
}

double adjusted_r_squared(double r_squared, bool about_zero, double n, double p)
{
    return n > p ? 1 - (1 - r_squared) * (about_zero ? n : n - 1) / (n - p) : NAN;
}
