/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_QR_H
#define MODELS_REGRESSION_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* Householder QR of a matrix whose columns are first brought to unit length, so
   that the units of the parameters do not matter. */
struct qr {
    size_t n, k;
    double *a;      /* [n * k] packed as GSL does */
    double *tau;    /* [k] */
    double *length; /* [k] of the columns before scaling */
};

/* Takes `a` [n * k, row major] over and destroys it; n >= k.  False if a column
   is zero or not finite, or the rest of one after the others is below 1e-11 of it. */
bool qr_of(double *a, size_t n, size_t k, struct qr *qr, struct arena *keep);

/* R alone, for projections, coefficients and the inverse, not for rotations: a long matrix is
   reduced block by block (Demmel, Grigori, Hoemmen & Langou 2012, SIAM J. Sci. Comput. 34,
   A206-A239, sec. 2). */
bool qr_triangle(double *a, size_t n, size_t k, struct qr *qr, struct arena *keep);

/* y [n] becomes Q'y. */
void qr_rotate(const struct qr *qr, double y[]);

/* And back: y becomes Q y. */
void qr_rotate_back(const struct qr *qr, double y[]);

/* The least-squares coefficients from Q'y. */
void qr_coefficients(const struct qr *qr, const double rotated[], double b[]);

/* The first k of Q'r from the gradient A'r [k], as R^-T A'r: where r is long and
   nearly orthogonal to A, this keeps the digits that Q'r loses (the corrected
   seminormal equations, Bjorck 1987, Linear Algebra Appl. 88/89, 31-48). */
void qr_project(const struct qr *qr, const double gradient[], double rotated[]);

/* (A'A)^-1 = R^-1 R^-T, row major [k * k]. */
void qr_inverse(const struct qr *qr, double inverse[], struct arena *scratch);

#endif
