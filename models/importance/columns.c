/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/importance/columns.h"

#include <math.h>

void unit_columns(const struct importance_data *d, double *u, double *z)
{
    size_t k = d->tree->k;
    for (size_t j = 0; j < k; j++) {
        double length = 0;
        for (size_t i = 0; i <= j; i++)
            length = hypot(length, d->tree->triangle[i * (k + 1) + j]);
        for (size_t i = 0; i < k; i++)
            u[i * k + j] = i <= j ? d->tree->triangle[i * (k + 1) + j] / length : 0;
        z[j] = d->tree->triangle[j * (k + 1) + k];
    }
}

void sum_columns(const struct importance_data *d, const double *column, double *estimate)
{
    for (size_t j = 0, c = 0; j < d->tree->n; j++) {
        estimate[j] = 0;
        for (size_t end = c + d->tree->width[j]; c < end; c++)
            estimate[j] += column[c];
    }
}
