/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_SCORE_COVARIANCE_H
#define MODELS_LIMITED_SCORE_COVARIANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/base/fit.h"
#include "models/base/sample.h"

/* A robust covariance of any maximum-likelihood fit: V (sum s s') V, V the fit's own covariance,
   s the scores of rows (White 1982, Econometrica 50, 1-25) or their sums over clusters (Liang &
   Zeger 1986, Biometrika 73, 13-22), as R's sandwich::sandwich and vcovCL for these models. */
struct score_rows {
    size_t n;
    const double *score; /* [n * fit->n_params] weighted: ordinal_scores, tobit_scores ... */
    const double *w;     /* [n] or NULL */
    enum weight_kind weight_kind; /* a row of frequency f counts as f rows */
};

/* Clusters in one way or two; two as in models/glm/covariance.h: the first and the second added,
   that by both at once taken off, each times its G/(G - 1). */
struct score_clusters {
    size_t n_ways;           /* 0: rows, without a factor */
    const uint32_t *code[2]; /* [n] 0 .. n_clusters - 1; rows of weight 0 do not count */
    size_t n_clusters[2];
    double by_rows; /* two ways: the part by both is this times that of rows, without a factor of
                       its own; 0: by pairs of clusters */
};

/* vcov [n_params ^ 2], NaN for parameters without an error.  FIT_CONVERGED; FIT_FEW_CLUSTERS for
   fewer than two in a way; FIT_IMPROPER where two ways give a variance below 0;
   FIT_UNIDENTIFIED where no parameter has an error. */
enum fit_status score_covariance(const struct fit *fit, const struct score_rows *rows,
                                 const struct score_clusters *clusters, double vcov[],
                                 struct arena *scratch);

#endif
