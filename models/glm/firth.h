/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_FIRTH_H
#define MODELS_GLM_FIRTH_H

#include "models/glm/irls.h"

/* Logistic regression by penalised likelihood, log L + log det(X'WX) / 2 (Firth 1993, Biometrika
   80, 27-38; Heinze & Schemper 2002, Statist. Med. 21, 2409-2419): the estimates solve
   sum x (w (y - mu) + h (1/2 - mu)) = 0 with h the leverage, and are finite whatever the data.
   Fisher steps from 0, halved until the penalised likelihood does not fall.  *penalty becomes
   log det(X'WX) / 2 of the design's columns in use. */
void firth_fit(const struct rows_of *r, struct irls *irls, double *penalty, struct arena *scratch);

#endif
