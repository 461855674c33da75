/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_REGRESSION_H
#define MODELS_REGRESSION_REGRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/regression/least_squares.h"
#include "models/regression/options.h"

/* A mean with parameters on data: what curves of the list and typed formulas
   have in common once they are set up.  Least squares needs the points alone;
   what looks at single residuals needs the rows. */
struct regression {
    struct least_squares problem; /* at the points: distinct x, or the rows themselves */
    bool linear;                  /* the mean is, in b */
    /* The estimate directly, where a search from a start cannot find it; or NULL. */
    bool (*exact)(const struct least_squares *p, double b[], struct arena *scratch);

    size_t n_rows;           /* of positive weight */
    const double *row_y;     /* [n_rows] */
    const double *row_w;     /* [n_rows] positive; NULL: all one */
    const uint32_t *point;   /* [n_rows] where each row is; NULL: row i at point i */
    const uint32_t *cluster; /* [n_rows] or NULL */
    size_t n_clusters;
    double n_obs; /* rows, or the sum of frequencies */
    enum weight_kind kind;
    enum fit_status obstacle; /* FIT_OK, or why it cannot be fitted */
};

/* Cluster numbers of n rows as 0 .. *n_clusters - 1 without gaps; row[i] is the place of
   row i in id (NULL: i), whose numbers are below `below`. */
const uint32_t *regression_clusters(const uint32_t *id, size_t below, const uint32_t *row, size_t n,
                                    size_t *n_clusters, struct arena *keep);

/* Least squares within the bounds, from b: by QR where the mean is linear, else
   by least_squares_bounded().  b must be a start, unless linear or exact. */
enum fit_status regression_squares(const struct regression *r, const struct curve_options *options,
                                   double b[], double *deviance, size_t *n_iter,
                                   struct arena *scratch);

/* How a least-squares search ended, where and with which deviance, becomes *fit: all
   its figures, and for a loss in the options that loss's estimate.  fit->n_obs is set. */
void regression_finish(const struct regression *r, const struct curve_options *options,
                       enum fit_status ended, const double b[], double deviance, size_t n_iter,
                       struct fit *fit, struct arena *scratch);

/* Is what is left of y no more than rounding? */
bool regression_perfect(const struct regression *r, double deviance);

/* The same regression with row i counting count[i] times; NULL problem.w is possible
   for the original only.  y and w are drawn together at the points. */
struct regression regression_counted(const struct regression *r, const double *count,
                                     struct arena *keep);

#endif
