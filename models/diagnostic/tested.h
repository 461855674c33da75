/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_TESTED_H
#define MODELS_DIAGNOSTIC_TESTED_H

#include "models/outcome/outcome.h"

/* Tests of several coefficients at once, by what the fit's covariance allows:

   LR     twice the difference of the log-likelihoods, chi-squared (of glm families that have no
          other parameter, the difference of the deviances: the same without the rounding)
   F      where a dispersion is estimated: the fall in deviance per coefficient over the
          dispersion of the larger model, Pearson's; of lines drop1(test = "F"), of the others
          anova(test = "F")
   Wald   where the covariance is not the model's own (robust, clusters, sampling weights), or
          there is no likelihood: of the estimates and that covariance, chi-squared, or F with
          the degrees of freedom of the t tests, as lmtest::waldtest (models/margins/wald.h) */
struct tested {
    const char *test; /* "LR", "F", "Wald" */
    enum fit_status status;
    double statistic, df, df2, p_value; /* df2: NaN of chi-squared */
};

/* Is it a likelihood that tests compare? */
bool tested_by_likelihood(const struct outcome_fit *fit);

/* LR or F of a model within a larger one of the same rows, by tested_by_likelihood().  The status
   of the first of them that has no estimates; FIT_UNIDENTIFIED where they have equally many
   coefficients. */
void tested_within(const struct outcome_fit *larger, const struct outcome_fit *smaller,
                   struct tested *result, struct arena *scratch);

/* Wald's, of the k estimates at those places; those that are not estimated are left out. */
void tested_by_wald(const struct outcome_fit *fit, const size_t at[], size_t k,
                    struct tested *result);

#endif
