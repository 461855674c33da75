/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_OUTCOME_GLM_H
#define MODELS_OUTCOME_OUTCOME_GLM_H

#include "models/outcome/outcome.h"

/* Influence of the rows of a generalised linear model: (X'WX)^-1 times the row's score. */
void outcome_glm_influence(const struct outcome_fit *fit, double influence[],
                           struct arena *scratch);

#endif
