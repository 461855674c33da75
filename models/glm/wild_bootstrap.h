/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_WILD_BOOTSTRAP_H
#define MODELS_GLM_WILD_BOOTSTRAP_H

#include "models/glm/covariance.h"
#include "models/resample/wild.h"

/* Test and interval of coefficient j by the wild cluster bootstrap with the null imposed, for few
   clusters.

   gaussian with the identity link: the restricted residuals of clusters are multiplied and the
   model is fitted anew; t is studentised by the cluster-robust error of each replicate (Cameron,
   Gelbach & Miller 2008, sec. III.B; as R's fwildclusterboot and Stata's boottest).

   Others: the scores of clusters at the restricted estimates are multiplied, and estimate and
   scores move by one Fisher step (Kline & Santos 2012; MacKinnon, Nielsen & Webb 2025,
   arXiv:2406.00650, their linearised restricted kind).  The observed statistic is of the same kind,
   a score statistic: its p is not that of estimate / std_error, and holds where that fails.  Under
   each null of the interval the other coefficients are fitted anew; theta of a negative binomial
   and the dispersion are held.

   Clusters in one way.  Rows of frequency f stay together.  A model by Firth's method has no such
   test: FIT_UNIDENTIFIED.  test->statistic is before any factor for small samples, which the
   replicates would have too. */
void glm_wild_test(const struct glm *glm, const struct glm_clusters *clusters, size_t j,
                   double null, const struct wild_options *options, struct wild_test *test,
                   struct arena *scratch);

#endif
