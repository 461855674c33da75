/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_COLUMNS_H
#define MODELS_SHAPE_COLUMNS_H

#include <stdbool.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/curve/points.h"

/* Linear least squares of the points' means on columns of one's own: what the
   tests on a shape are made of.  Same as R's lm on the rows. */
struct columns_fit {
    enum fit_status status; /* FIT_OK, else why there are no figures */
    size_t k;
    double *estimate; /* [k] */
    double *vcov;     /* [k * k] s^2 (X'WX)^-1; HC0 (White 1980) under sampling weights */
    double deviance;  /* over the rows: within the points and between them */
    double df_residual;
};

/* columns [p->n * k, row major], the first one constant.  Status: "too few
   observations" with not more of them than columns, or fewer points; "no
   variation"; "singular information"; "perfect fit" where only rounding is left. */
void columns_fit_of(const struct points *p, const double *columns, size_t k,
                    struct columns_fit *out, struct arena *keep);

/* The same on 1, t and t^2: a parabola in t = (x - middle) / half, -1 and 1 at the first and the
   last x. */
void columns_fit_parabola(const struct points *p, struct columns_fit *out, struct arena *keep);

/* Sum of the squares w^2 (y - mean)^2 of the rows at point j, `gap` being its mean less
   the fitted one. */
double points_square(const struct points *p, size_t j, double gap);

/* Is a residual sum of squares no more than rounding of y? */
bool points_perfect(const struct points *p, double deviance);

#endif
