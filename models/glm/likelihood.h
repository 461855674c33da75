/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_LIKELIHOOD_H
#define MODELS_GLM_LIKELIHOOD_H

#include "models/glm/rows.h"

/* The log-likelihood at mu [n], as R's logLik: with a dispersion of deviance over the number of
   rows (gaussian) or the sum of weights.  Rows that are `separated` (or NULL) add nothing: their
   probability tends to one.  With `frequency` a row counts as its weight of equal rows. */
double likelihood_of(const struct rows_of *r, const double *mu, const bool *separated,
                     bool frequency, double deviance, struct arena *scratch);

#endif
