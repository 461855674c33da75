/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>

#include <gsl/gsl_linalg.h>

#include "models/importance/columns.h"

/* The columns U = P D Q' stand nearest to the orthonormal Z = P Q'.  The response is regressed on
   Z, b = Q P'y, the columns on Z, L = Q D Q': column j has sum_l L_jl^2 b_l^2. */
static void weights(const double *p, const double *d, const double *q, const double *z, size_t k,
                    double total, double *weight, struct arena *scratch)
{
    double *b = ARENA_NEW(scratch, double, k), *along = ARENA_NEW(scratch, double, k);
    for (size_t l = 0; l < k; l++)
        for (size_t i = 0; i < k; i++)
            along[l] += p[i * k + l] * z[i];
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l < k; l++)
            b[j] += q[j * k + l] * along[l];
    for (size_t j = 0; j < k; j++) {
        weight[j] = 0;
        for (size_t l = 0; l < k; l++) {
            double on = 0;
            for (size_t i = 0; i < k; i++)
                on += q[j * k + i] * d[i] * q[l * k + i];
            weight[j] += on * on * b[l] * b[l] / total;
        }
    }
}

static void johnson(const struct importance_data *data, double *estimate, struct arena *scratch)
{
    size_t k = data->tree->k;
    double *u = ARENA_NEW(scratch, double, k *k), *q = ARENA_NEW(scratch, double, k *k);
    double *d = ARENA_NEW(scratch, double, k), *z = ARENA_NEW(scratch, double, k);
    double *weight = ARENA_NEW(scratch, double, k);
    unit_columns(data, u, z);
    gsl_matrix_view a = gsl_matrix_view_array(u, k, k), v = gsl_matrix_view_array(q, k, k);
    gsl_vector_view s = gsl_vector_view_array(d, k);
    int status = gsl_linalg_SV_decomp_jacobi(&a.matrix, &v.matrix, &s.vector);
    if (status == 0)
        weights(u, d, q, z, k, data->total, weight, scratch);
    for (size_t j = 0; status != 0 && j < k; j++)
        weight[j] = NAN;
    sum_columns(data, weight, estimate);
}

const struct importance_method importance_johnson = {
    .name = "johnson",
    .title = "relative weights: shares of the nearest orthogonal columns, passed back",
    .source = "Johnson 2000, Multivar. Behav. Res. 35, 1-19",
    .sums = true,
    .linear = true,
    .estimate = johnson,
};
