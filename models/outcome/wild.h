/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_WILD_H
#define MODELS_OUTCOME_WILD_H

#include "models/glm/wild_bootstrap.h"
#include "models/outcome/outcome.h"

/* Test and interval of parameter j by the wild cluster bootstrap, for few clusters.  Families of
   models/glm: glm_wild_test().  Others (ordinal, tobit, two parts, hurdle and zero-inflated
   counts): likewise with the clusters' scores and observed information at the estimates, from which
   those under the null follow to first order: the null is imposed on the linearised model, and t of
   the observed sample is estimate / cluster-robust error.  A smearing factor and a dispersion have
   no such test: FIT_UNIDENTIFIED. */
void outcome_wild_test(const struct outcome_fit *fit, const struct glm_clusters *clusters, size_t j,
                       double null, const struct wild_options *options, struct wild_test *test,
                       struct arena *scratch);

#endif
