/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/item_covariance.h"

#include "models/base/sum.h"

double item_count(const double *frequency, size_t n)
{
    struct sum count = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&count, frequency ? frequency[i] : 1);
    return sum_value(&count);
}

double *item_covariance(const double *item, const double *frequency, size_t n, size_t k,
                        double *item_mean, struct arena *keep)
{
    double *column = ARENA_NEW(keep, double, n *k), *cov = ARENA_NEW(keep, double, k *k);
    double df = item_count(frequency, n) - 1;
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < n; i++)
            column[j * n + i] = item[i * k + j];
        item_mean[j] = mean(column + j * n, frequency, n);
    }
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l <= j; l++)
            cov[j * k + l] = cov[l * k + j] =
                cross_product(column + j * n, item_mean[j], column + l * n, item_mean[l], frequency,
                              n) /
                df;
    return cov;
}
