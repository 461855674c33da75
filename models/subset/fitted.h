/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SUBSET_FITTED_H
#define MODELS_SUBSET_FITTED_H

#include "models/subset/candidates.h"

/* Subsets of models that have to be fitted one by one. */
struct fitted {
    const struct candidates *c;
    struct glm_options options; /* weights of the design's rows, in its order */
};

/* `w` [n] in the place of the candidates' weights; NULL: those. */
struct fitted fitted_of(const struct candidates *c, const struct glm_options *options,
                        const double *w);

/* Fits the subset of these free terms, with those always there. */
void fitted_subset(const struct fitted *f, uint64_t free_terms, struct glm *glm,
                   struct arena *keep);

/* What subsets are compared by, smaller is better and never greater with a further term: the
   deviance, or -2 log-likelihood where theta is estimated; NaN where there is no fit. */
double fitted_deviance(const struct glm *glm);

/* The best of each size, leaving out branches as tree_search(). */
void fitted_search(const struct fitted *f, struct kept_list *list, struct arena *scratch);

#endif
