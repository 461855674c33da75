/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_LIKELIHOOD_H
#define MODELS_LIMITED_LIKELIHOOD_H

#include <stddef.h>

#include "models/base/arena.h"

enum { MOST_PREDICTORS = 4 };

/* One linear predictor of the rows: offset + x b, or a parameter of its own for some rows (a
   threshold), or one for all (log theta). */
struct predictor {
    size_t first;         /* its parameters are theta[first] ... theta[first + p - 1] */
    size_t p;             /* columns of x; with x NULL: parameters that pick chooses from */
    const double *x;      /* [n * p] row major */
    const double *offset; /* [n] or NULL */
    const size_t *pick;   /* with x NULL: [n] 0 .. p - 1, SIZE_MAX: the row has `absent`;
                             NULL: 0 for each row */
    double absent;
};

/* A model whose log density of a row is a function of a few linear predictors:
       l(theta) = sum w_i log f(y_i | u_i),   u_ia = offset + x_ia' theta_a.
   All derivatives follow from those in u by the chain rule, so that a model is what its
   `density` says.  Parameters may be shared between predictors (thresholds below and above). */
struct likelihood {
    size_t n, n_params, n_predictors;
    struct predictor predictor[MOST_PREDICTORS];
    const double *w; /* [n], rows of weight 0 do not count; NULL: all one */
    /* log f of row i at u [n_predictors]; -INFINITY where u is not possible.  Unless NULL, first
       [n_predictors] and second [n_predictors ^ 2, both triangles] get its derivatives in u. */
    double (*density)(const void *context, size_t i, const double u[], double first[],
                      double second[]);
    const void *context;
    size_t threads; /* 0: all; no figure depends on it */
};

/* l at theta [n_params], NaN entries read as 0; gradient [n_params] and hessian [n_params ^ 2]
   unless NULL (hessian only with gradient).  Rows are added in blocks, in order. */
double likelihood_at(const struct likelihood *l, const double theta[], double gradient[],
                     double hessian[], struct arena *scratch);

/* u [n_predictors] of row i. */
void likelihood_predictors(const struct likelihood *l, const double theta[], size_t i, double u[]);

/* w_i times the gradient of row i: scores [n * n_params], row major, as R's estfun(). */
void likelihood_scores(const struct likelihood *l, const double theta[], double scores[]);

/* Unweighted log densities of the rows [n]. */
void likelihood_rows(const struct likelihood *l, const double theta[], double log_density[]);

#endif
