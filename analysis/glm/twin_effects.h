/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_TWIN_EFFECTS_H
#define ANALYSIS_GLM_TWIN_EFFECTS_H

#include "models/margins/margins.h"
#include "models/twin/contribution.h"

/* The average marginal effects of the variables of a fit, and of every interaction of two of them
   how the effect of the first changes with the second: per unit, from one standard deviation below
   its mean to one above, or from its first level to another.  Of ordered answers those of the mean
   score.  `kind` as in contributions_of(). */
void twin_effects(const struct margins *m, const struct model_formula *formula,
                  const struct glm_covariance *kind, struct contributions *c, struct arena *keep);

/* The response of each row of the fit as a number: of ordered answers their scores, the numbers
   that their names are, or their places 1, 2, ... where these are words. */
const double *twin_response(const struct outcome_fit *fit, struct arena *keep);

/* The scores of the means of a fit, [n_means]: 1 where there is one. */
const double *twin_scores(const struct outcome_fit *fit, struct arena *keep);

#endif
