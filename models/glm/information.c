/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/information.h"

#include <gsl/gsl_linalg.h>

#include "models/glm/theta.h"
#include "models/glm/triangle.h"

void information_unwhiten(const double *triangle, size_t k, const double *m, double *out,
                          struct arena *scratch)
{
    double *half = ARENA_NEW(scratch, double, k *k), *column = ARENA_NEW(scratch, double, 2 * k);
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < k; i++)
            column[i] = m[i * k + j];
        triangle_solve(triangle, k + 1, k, column, column + k);
        for (size_t i = 0; i < k; i++)
            half[i * k + j] = column[k + i];
    }
    for (size_t i = 0; i < k; i++)
        triangle_solve(triangle, k + 1, k, half + i * k, out + i * k);
}

/* m [size * size] becomes its inverse; false where it is not positive definite. */
static bool invert(double *m, size_t size)
{
    gsl_matrix_view view = gsl_matrix_view_array(m, size, size);
    for (size_t i = 0; i < size; i++)
        if (!(m[i * size + i] > 0))
            return false;
    return size == 0 || (gsl_linalg_cholesky_decomp1(&view.matrix) == 0 &&
                         gsl_linalg_cholesky_invert(&view.matrix) == 0);
}

bool glm_information_inverse(const struct estimate *e, bool joint, bool observed, double *inverse,
                             double *log_theta, struct arena *scratch)
{
    const struct rows_of *r = &e->rows;
    const double *triangle = e->irls.pass.r;
    bool theta = joint && r->family == &family_negative_binomial;
    size_t k = r->k, size = theta ? k + 1 : k;
    double *m = ARENA_NEW(scratch, double, size *size), *some = ARENA_NEW(scratch, double, k *k);
    if (!observed) {
        triangle_inverse(triangle, k + 1, k, inverse, ARENA_NEW(scratch, double, k));
        return true;
    }
    if (theta)
        theta_joint_information(r, e->irls.beta, triangle, m, scratch);
    else
        irls_observed(r, e->irls.beta, triangle, m, scratch);
    if (!invert(m, size))
        return false;
    if (size > k)
        *log_theta = m[size * size - 1];
    for (size_t i = 0; i < k * k; i++)
        some[i] = m[i / k * size + i % k];
    information_unwhiten(triangle, k, some, inverse, scratch);
    return true;
}
