/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_BASIS_H
#define MODELS_LIMITED_BASIS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* Coordinates in which the units and the collinearity of a design do not matter: columns q with
   sum w q_j q_k = (j = k) sum w, by Gram-Schmidt's method applied twice (Bjorck 1996, Numerical
   Methods for Least Squares Problems, sec. 2.4), and b = map theta with x b = q theta. */
struct column_basis {
    size_t n, p, rank;
    const double *w; /* [n] as given */
    double *q;       /* [n * rank] row major */
    double *map;     /* [p * rank]; rows of aliased columns are 0 */
    bool *aliased;   /* [p] a combination of the columns before it */
    double *centre;  /* [p] means that were taken off first; 0 unless asked for */
    double *length;  /* [p] root mean square of the columns as given, less their centre */
};

/* w [n] weights of the rows in the products, of which one is positive; NULL: all one.  A column
   is aliased if less than 1e-11 of its length is left, as for R's glm. */
void basis_of(const double *x, size_t n, size_t p, const double *w, bool centred,
              struct column_basis *basis, struct arena *keep);

/* theta [rank] of the weighted least-squares fit of y [n]. */
void basis_project(const struct column_basis *basis, const double y[], double theta[]);

#endif
