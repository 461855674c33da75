/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/glm/triangle.h"
#include "models/importance/importance.h"

/* The standard deviation of a term's part of the fitted values over that of the response: of one
   column its standardized coefficient, with its sign; of several Heise's sheaf coefficient. */
static double part(const struct importance_data *d, size_t from, size_t to, const double *b)
{
    size_t m = d->columns + 1;
    double length = 0;
    for (size_t i = d->intercept; i < to; i++) {
        double sum = 0;
        for (size_t j = from; j < to; j++)
            sum += d->triangle[i * m + j] * b[j];
        length = hypot(length, sum);
    }
    length /= sqrt(d->total);
    return to == from + 1 ? copysign(length, b[from]) : length;
}

static void standardized(const struct importance_data *d, double *estimate, struct arena *scratch)
{
    size_t k = d->columns, c = d->n_always;
    double *q = ARENA_NEW(scratch, double, k), *b = ARENA_NEW(scratch, double, k);
    for (size_t j = 0; j < k; j++)
        q[j] = d->triangle[j * (k + 1) + k];
    triangle_solve(d->triangle, k + 1, k, q, b);
    for (size_t j = 0; j < d->tree->n; c += d->tree->width[j], j++)
        estimate[j] = part(d, c, c + d->tree->width[j], b);
}

const struct importance_method importance_standardized = {
    .name = "standardized",
    .title = "standardized coefficient; of a factor its sheaf coefficient",
    .source = "Heise 1972, Sociol. Methods Res. 1, 147-173",
    .linear = true,
    .estimate = standardized,
};
