/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_TRIANGLE_H
#define MODELS_GLM_TRIANGLE_H

#include <stddef.h>

/* Upper triangles r [m * m, row major] of QR decompositions that grow by rows (Golub & Van Loan
   2013, Matrix Computations, sec. 5.2 and 6.5; Demmel, Grigori, Hoemmen & Langou 2012,
   SIAM J. Sci. Comput. 34, A206-A239). */

/* r becomes the triangle of r above the rows of `block`, which is destroyed: column c of it is
   block[c * stride .. c * stride + rows - 1]. */
void triangle_absorb(double *r, size_t m, double *block, size_t rows, size_t stride);

/* r becomes the triangle of r above the triangle `other`; `block` is room for m * m. */
void triangle_join(double *r, const double *other, size_t m, double *block);

/* Solves r[0..k-1][0..k-1] s = q, and r' s = q; rows of r are `m` apart. */
void triangle_solve(const double *r, size_t m, size_t k, const double *q, double *s);
void triangle_solve_transposed(const double *r, size_t m, size_t k, const double *q, double *s);

/* (r'r)^-1 [k * k]; `column` is room for k. */
void triangle_inverse(const double *r, size_t m, size_t k, double *inverse, double *column);

#endif
