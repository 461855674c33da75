/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/wald.h"

#include <math.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

/* What is left of a variable after the others is rounding below this. */
#define NO_REST 1e-13

bool correlations_at(const double *v, size_t p, const size_t at[], size_t k, double correlation[])
{
    for (size_t i = 0; i < k; i++) {
        double variance = v[at[i] * p + at[i]];
        if (!(variance > 0) || isinf(variance))
            return false;
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            correlation[i * k + j] =
                i == j ? 1
                       : v[at[i] * p + at[j]] / sqrt(v[at[i] * p + at[i]] * v[at[j] * p + at[j]]);
    return true;
}

bool correlation_factor(double *correlation, size_t k)
{
    gsl_matrix_view r = gsl_matrix_view_array(correlation, k, k);
    if (gsl_linalg_cholesky_decomp1(&r.matrix))
        return false;
    for (size_t j = 0; j < k; j++)
        if (!(correlation[j * k + j] * correlation[j * k + j] > NO_REST))
            return false;
    return true;
}

enum fit_status wald_statistic(const struct fit *fit, const size_t at[], size_t k,
                               double *statistic, struct arena *scratch)
{
    *statistic = NAN;
    if (k == 0)
        return FIT_UNIDENTIFIED;
    double *r = ARENA_NEW(scratch, double, k *k), *z = ARENA_NEW(scratch, double, k);
    if (!correlations_at(fit->vcov, fit->n_params, at, k, r) || !correlation_factor(r, k))
        return FIT_SINGULAR;
    for (size_t j = 0; j < k; j++)
        z[j] = fit->estimate[at[j]] / fit_std_error(fit, at[j]);
    gsl_matrix_view factor = gsl_matrix_view_array(r, k, k);
    gsl_vector_view whitened = gsl_vector_view_array(z, k);
    if (gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &factor.matrix, &whitened.vector))
        return FIT_SINGULAR;
    double total = 0;
    for (size_t j = 0; j < k; j++)
        total += z[j] * z[j];
    *statistic = total;
    return FIT_OK;
}
