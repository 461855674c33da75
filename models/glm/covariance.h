/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_COVARIANCE_H
#define MODELS_GLM_COVARIANCE_H

#include "models/glm/glm.h"

/* Covariances of a model's coefficients beside its own: bread * meat * bread, bread (X'WX)^-1 of
   the expected information and the meat a sum over rows of factor(leverage) times the squared
   score x w (y - mu) slope / variance, or over clusters of their squared sums.  As R's
   sandwich::vcovHC and vcovCL (Zeileis 2006, J. Statist. Softw. 16(9); Zeileis, Koell & Graham
   2020, 95(1)).  Rows of frequency f count f times.

   X(name, title) */
#define GLM_COVARIANCE_LIST(X)                                                         \
    X(model, "the model's own: dispersion (X'WX)^-1")                                  \
    X(HC0, "heteroskedasticity-consistent (White 1980)")                               \
    X(HC1, "HC0 times n/(n - p) (MacKinnon & White 1985)")                             \
    X(HC2, "squared residuals over 1 - leverage (MacKinnon & White 1985)")             \
    X(HC3, "squared residuals over (1 - leverage)^2 (Davidson & MacKinnon 1993)")      \
    X(HC4, "over (1 - leverage)^min(4, n leverage / p) (Cribari-Neto 2004)")           \
    X(cluster, "cluster-robust, times G/(G - 1) (n - 1)/(n - p) (Liang & Zeger 1986)") \
    X(cluster_HC0, "cluster-robust, times G/(G - 1): R's vcovCL of a glm")

struct glm_covariance {
    const char *name, *title;
    double (*row)(double leverage,
                  double mean_leverage);  /* factor of a squared score; NULL: model */
    double (*sample)(double n, double p); /* factor of the whole */
    bool leverage;                        /* does row() look at it? */
    bool clusters;
};

#define X(name, title) extern const struct glm_covariance glm_covariance_##name;
GLM_COVARIANCE_LIST(X)
#undef X

extern const struct glm_covariance *const glm_covariances[];
extern const size_t n_glm_covariances;

const struct glm_covariance *glm_covariance_find(const char *name); /* NULL if there is none */

/* Clusters of the design's rows in one way, or in two: then the covariances by the first and by
   the second are added and that by both at once is taken off, each with its own G/(G - 1)
   (Cameron, Gelbach & Miller 2011, J. Bus. Econ. Statist. 29, 238-249; vcovCL's multi0 = FALSE). */
struct glm_clusters {
    size_t n_ways;           /* 1 or 2 */
    const uint32_t *code[2]; /* [n] of each row of the design, 0 .. n_clusters - 1 */
    size_t n_clusters[2];    /* clusters that no row has do not count */
    bool whole_rows; /* two ways: the part by both is HC0 of rows, without factor (multi0 = TRUE) */
};

/* vcov [p * p], NaN for coefficients that are not estimated.  FIT_CONVERGED; FIT_FEW_CLUSTERS for
   fewer than two in a way; FIT_LEVERAGE where a row has a coefficient to itself and the kind
   divides by 1 - leverage; FIT_IMPROPER where two ways give a variance below 0: vcov then holds
   it; FIT_UNIDENTIFIED where the model has no estimates.  `clusters` may be NULL for kinds
   without. */
enum fit_status glm_covariance(const struct glm *glm, const struct glm_covariance *kind,
                               const struct glm_clusters *clusters, double *vcov,
                               struct arena *scratch);

#endif
