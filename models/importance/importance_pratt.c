/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/triangle.h"
#include "models/importance/columns.h"

/* A column's standardized coefficient times its correlation with the response. */
static void pratt(const struct importance_data *d, double *estimate, struct arena *scratch)
{
    size_t k = d->tree->k;
    double *u = ARENA_NEW(scratch, double, k *k), *z = ARENA_NEW(scratch, double, k);
    double *b = ARENA_NEW(scratch, double, k);
    unit_columns(d, u, z);
    triangle_solve(u, k, k, z, b);
    for (size_t j = 0; j < k; j++) {
        double r = 0;
        for (size_t i = 0; i <= j; i++)
            r += u[i * k + j] * z[i];
        b[j] *= r / d->total;
    }
    sum_columns(d, b, estimate);
}

const struct importance_method importance_pratt = {
    .name = "pratt",
    .title = "standardized coefficient times correlation; may be negative",
    .source = "Pratt 1987, in Pukkila & Puntanen (eds), Proc. 2nd Int. Tampere Conf. Statist., "
              "245-260",
    .sums = true,
    .linear = true,
    .estimate = pratt,
};
