/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_POINTS_H
#define MODELS_CURVE_POINTS_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/sample.h"

/* A sample drawn together by equal x: what least squares needs of it.  For any
   curve f,  sum w (y - f)^2  over the rows  =  within + sum w_j (y_j - f(x_j))^2
   over the points.  Rows of weight zero are left out; all values are
   finite and weights not negative. */
struct points {
    size_t n;                /* distinct x */
    const double *x;         /* [n] ascending */
    const double *y;         /* [n] weighted mean of y */
    const double *w;         /* [n] total weight */
    const double *count;     /* [n] observations: rows, or the sum of frequencies */
    const double *within_at; /* [n] sum of w (y - y_j)^2 */
    const double *w2;        /* [n] sum of w^2 */
    const double *w2r;       /* [n] sum of w^2 (y - y_j) */
    const double *w2rr;      /* [n] sum of w^2 (y - y_j)^2 */
    double within;           /* sum of within_at */
    double total;            /* sum of w (y - mean of y)^2 */
    double log_w;            /* sum of log w over the rows; 0 for frequencies */
    double n_obs;            /* sum of count */
    enum weight_kind weight_kind;

    size_t n_rows;       /* rows of positive weight */
    const size_t *first; /* [n + 1] rows first[j] .. first[j + 1] - 1 are at x_j */
    const uint32_t *row; /* [n_rows] its place in the sample, in the order of x */
    const double *row_y; /* [n_rows] likewise */
    const double *row_w; /* [n_rows] */
};

void points_of(const struct sample *s, struct points *p, struct arena *keep);

/* The points as weighted observations. */
struct sample points_sample(const struct points *p);

/* At most `max` weighted points for a search: the points themselves if they are
   so few, else neighbours drawn together. */
struct sample points_condensed(const struct points *p, size_t max, struct arena *keep);

/* Gaussian log-likelihood at sigma^2 = deviance / n_obs, as R's logLik of lm and nls. */
double points_log_lik(const struct points *p, double deviance);

#endif
