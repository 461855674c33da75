/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_DESIGN_H
#define MODELS_META_DESIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* The moderators of a meta-regression: y[i] = x[i]'b + u[i] + e[i].  The first
   column of x is the intercept, all 1.  A design has its own working space: it
   belongs to one thread at a time. */
struct design {
    size_t k, p;     /* effects, columns; k > p >= 1 */
    const double *x; /* [p * k], column by column */
    double *q, *r;   /* [p * k] orthonormal columns, [p * p] upper triangle, of sqrt(w) x */
    double *rest;    /* [k] residuals of sqrt(w) y */
    double *rotated; /* [p] Q' sqrt(w) y */
};

/* Takes x over and makes room beside it in `keep`. */
struct design *design_new(const double *x, size_t k, size_t p, struct arena *keep);

/* Weighted least squares of y with weights w[i] = 1/(v[i] + tau2) (v NULL: all 1), by a
   twice repeated Gram-Schmidt process (Giraud, Langou & Rozloznik 2005, Comput.
   Math. Appl. 50, 1069-1075).  False if a column depends on those before it. */
bool design_fit(const struct design *d, const double *y, const double *v, double tau2);

/* Of the last fit: the share of the observation in its own fitted value. */
double design_leverage(const struct design *d, size_t i);

/* log |X'WX| */
double design_log_information(const struct design *d);

/* b [p] and (X'WX)^-1 [p * p]. */
void design_coefficients(const struct design *d, double b[], double inverse[],
                         struct arena *scratch);

#endif
