/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_LIKELIHOOD_COVARIANCE_H
#define MODELS_OUTCOME_LIKELIHOOD_COVARIANCE_H

#include "models/limited/score_covariance.h"
#include "models/outcome/outcome.h"

/* Covariances of outcomes fitted by maximum likelihood, of the words of GLM_COVARIANCE_LIST that do
   not look at leverages: model; HC0, the sum of the squared influences of rows; HC1, that times
   n/(n - p); cluster_HC0, sums over clusters squared, times G/(G - 1), as R's sandwich::vcovCL of
   these models; cluster, that times (n - 1)/(n - p).  n counts observations, p the estimated
   coefficients.

   vcov [n_params ^ 2], NaN for parameters without an error.  FIT_CONVERGED; FIT_FEW_CLUSTERS,
   FIT_IMPROPER and FIT_UNIDENTIFIED as score_covariance(); FIT_TOO_FEW where p is not below n.
   `clusters` may be NULL for kinds without. */
enum fit_status outcome_likelihood_covariance(const struct outcome_fit *fit, const char *kind,
                                              const struct glm_clusters *clusters, double *vcov,
                                              struct arena *scratch);

/* As outcome_influence(). */
void outcome_likelihood_influence(const struct outcome_fit *fit, double influence[],
                                  struct arena *scratch);

/* The clusters as score_covariance() takes them, whose result will be multiplied by `factor`. */
struct score_clusters outcome_score_clusters(const struct glm_clusters *clusters, double factor);

#endif
