/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/qr.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_linalg.h>

static double column_length(const double *a, size_t n, size_t k, size_t j)
{
    double scale = 0, total = 0;
    for (size_t i = 0; i < n; i++)
        scale = fmax(scale, fabs(a[i * k + j]));
    for (size_t i = 0; scale > 0 && i < n; i++)
        total += (a[i * k + j] / scale) * (a[i * k + j] / scale);
    return scale * sqrt(total);
}

static double r_at(const struct qr *qr, size_t i, size_t j)
{
    return qr->a[i * qr->k + j];
}

bool qr_of(double *a, size_t n, size_t k, struct qr *qr, struct arena *keep)
{
    assert(n >= k && k > 0);
    *qr = (struct qr){n, k, a, ARENA_NEW(keep, double, k), ARENA_NEW(keep, double, k)};
    for (size_t j = 0; j < k; j++) {
        qr->length[j] = column_length(a, n, k, j);
        if (!(qr->length[j] > 0) || !isfinite(qr->length[j]))
            return false;
        for (size_t i = 0; i < n; i++)
            a[i * k + j] /= qr->length[j];
    }
    gsl_matrix_view m = gsl_matrix_view_array(a, n, k);
    gsl_vector_view tau = gsl_vector_view_array(qr->tau, k);
    if (gsl_linalg_QR_decomp(&m.matrix, &tau.vector))
        return false;
    for (size_t j = 0; j < k; j++)
        if (!(fabs(r_at(qr, j, j)) > 1e-11))
            return false;
    return true;
}

void qr_rotate(const struct qr *qr, double y[])
{
    gsl_matrix_view m = gsl_matrix_view_array(qr->a, qr->n, qr->k);
    gsl_vector_view tau = gsl_vector_view_array(qr->tau, qr->k);
    gsl_vector_view v = gsl_vector_view_array(y, qr->n);
    int status = gsl_linalg_QR_QTvec(&m.matrix, &tau.vector, &v.vector);
    assert(status == 0);
    (void)status;
}

void qr_rotate_back(const struct qr *qr, double y[])
{
    gsl_matrix_view m = gsl_matrix_view_array(qr->a, qr->n, qr->k);
    gsl_vector_view tau = gsl_vector_view_array(qr->tau, qr->k);
    gsl_vector_view v = gsl_vector_view_array(y, qr->n);
    int status = gsl_linalg_QR_Qvec(&m.matrix, &tau.vector, &v.vector);
    assert(status == 0);
    (void)status;
}

void qr_project(const struct qr *qr, const double gradient[], double rotated[])
{
    for (size_t i = 0; i < qr->k; i++) {
        double rest = gradient[i] / qr->length[i];
        for (size_t j = 0; j < i; j++)
            rest -= r_at(qr, j, i) * rotated[j];
        rotated[i] = rest / r_at(qr, i, i);
    }
}

void qr_coefficients(const struct qr *qr, const double rotated[], double b[])
{
    for (size_t i = qr->k; i-- > 0;) {
        double rest = rotated[i];
        for (size_t j = i + 1; j < qr->k; j++)
            rest -= r_at(qr, i, j) * b[j] * qr->length[j];
        b[i] = rest / r_at(qr, i, i) / qr->length[i];
    }
}

/* Column c of R^-1. */
static void solve_unit(const struct qr *qr, size_t c, double column[])
{
    for (size_t i = qr->k; i-- > 0;) {
        double rest = i == c;
        for (size_t j = i + 1; j < qr->k; j++)
            rest -= r_at(qr, i, j) * column[j];
        column[i] = rest / r_at(qr, i, i);
    }
}

void qr_inverse(const struct qr *qr, double inverse[], struct arena *scratch)
{
    size_t k = qr->k;
    double *column = ARENA_NEW(scratch, double, k);
    for (size_t i = 0; i < k * k; i++)
        inverse[i] = 0;
    for (size_t c = 0; c < k; c++) {
        solve_unit(qr, c, column);
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j < k; j++)
                inverse[i * k + j] += column[i] / qr->length[i] * (column[j] / qr->length[j]);
    }
}
