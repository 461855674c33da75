/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_FIRTH_H
#define MODELS_GLM_FIRTH_H

#include "models/glm/glm.h"
#include "models/glm/irls.h"

/* Logistic regression by penalised likelihood, log L + log det(X'WX) / 2 (Firth 1993, Biometrika
   80, 27-38; Heinze & Schemper 2002, Statist. Med. 21, 2409-2419): the estimates solve
   sum x (w (y - mu) + h (1/2 - mu)) = 0 with h the leverage, and are finite whatever the data.
   Fisher steps from 0, halved until the penalised likelihood does not fall.  *penalty becomes
   log det(X'WX) / 2 of the design's columns in use.

   With hold [k] not NULL the steps start at irls->beta and keep hold'beta as it is: the maximum of
   the penalised likelihood, its penalty that of all columns, over the others. */
void firth_fit(const struct rows_of *r, const double *hold, struct irls *irls, double *penalty,
               struct arena *scratch);

/* The penalised log-likelihood of a model fitted by Firth's method, maximised with coefficient j
   held at `value`; NaN where that is not reached. */
double firth_profile(const struct glm *glm, size_t j, double value, struct arena *scratch);

/* Limits of coefficient j where twice the profile falls short of its maximum by the chi-squared
   quantile of `level` (Heinze & Schemper 2002, sec. 2.3): the interval that holds up under
   separation, where estimate and standard error do not.  FIT_CONVERGED; FIT_NO_PROGRESS where a
   limit is not found (NaN); FIT_UNIDENTIFIED for a coefficient that is not estimated. */
enum fit_status firth_interval(const struct glm *glm, size_t j, double level, double *low,
                               double *high);

#endif
