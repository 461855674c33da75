/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/qr.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_linalg.h>

#define BLOCK 256 /* rows of a long matrix that are reduced at a time */

/* length [k] of the columns; false if one is zero or not finite. */
static bool column_lengths(const double *a, size_t n, size_t k, double length[],
                           struct arena *scratch)
{
    double *scale = ARENA_NEW(scratch, double, k), *total = ARENA_NEW(scratch, double, k);
    bool good = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            if (fabs(a[i * k + j]) > scale[j])
                scale[j] = fabs(a[i * k + j]);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++) {
            double part = a[i * k + j] / scale[j];
            total[j] += part * part;
        }
    for (size_t j = 0; j < k; j++) {
        length[j] = scale[j] * sqrt(total[j]);
        good = good && length[j] > 0 && isfinite(length[j]);
    }
    return good;
}

static double r_at(const struct qr *qr, size_t i, size_t j)
{
    return qr->a[i * qr->k + j];
}

static bool is_regular(const struct qr *qr)
{
    for (size_t j = 0; j < qr->k; j++)
        if (!(fabs(r_at(qr, j, j)) > 1e-11))
            return false;
    return true;
}

bool qr_of(double *a, size_t n, size_t k, struct qr *qr, struct arena *keep)
{
    assert(n >= k && k > 0);
    *qr = (struct qr){n, k, a, ARENA_NEW(keep, double, k), ARENA_NEW(keep, double, k)};
    if (!column_lengths(a, n, k, qr->length, keep))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            a[i * k + j] /= qr->length[j];
    gsl_matrix_view m = gsl_matrix_view_array(a, n, k);
    gsl_vector_view tau = gsl_vector_view_array(qr->tau, k);
    return gsl_linalg_QR_decomp(&m.matrix, &tau.vector) == 0 && is_regular(qr);
}

/* R [k * k] and the rows of a block [n, column after column] together, reduced to R: a Householder
   reflection for each column, of R's diagonal and the block's rows. */
static void fold_in(double *r, double *block, size_t n, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        double *v = block + j * n, rest = 0, head = r[j * k + j];
        for (size_t i = 0; i < n; i++)
            rest += v[i] * v[i];
        if (!(rest > 0))
            continue;
        double turned = -copysign(sqrt(head * head + rest), head), tau = (turned - head) / turned;
        for (size_t i = 0; i < n; i++)
            v[i] /= head - turned;
        for (size_t l = j + 1; l < k; l++) {
            double *column = block + l * n, along = r[j * k + l];
            for (size_t i = 0; i < n; i++)
                along += v[i] * column[i];
            r[j * k + l] -= tau * along;
            for (size_t i = 0; i < n; i++)
                column[i] -= tau * along * v[i];
        }
        r[j * k + j] = turned;
    }
}

bool qr_triangle(double *a, size_t n, size_t k, struct qr *qr, struct arena *keep)
{
    if (n <= BLOCK)
        return qr_of(a, n, k, qr, keep);
    *qr = (struct qr){k, k, ARENA_NEW(keep, double, k *k), NULL, ARENA_NEW(keep, double, k)};
    if (!column_lengths(a, n, k, qr->length, keep))
        return false;
    double *block = ARENA_NEW(keep, double, BLOCK *k);
    for (size_t from = 0, rows; from < n; from += rows) {
        rows = n - from < BLOCK ? n - from : BLOCK;
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < k; j++)
                block[j * rows + i] = a[(from + i) * k + j] / qr->length[j];
        fold_in(qr->a, block, rows, k);
    }
    return is_regular(qr);
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
