/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_NON_NESTED_H
#define MODELS_DIAGNOSTIC_NON_NESTED_H

#include "models/diagnostic/tested.h"

/* Vuong's (1989, Econometrica 57, 307-333) test of two models of the same rows of which neither
   contains the other: z of the mean difference of the rows' log densities, above 0 where the first
   is nearer to the truth, two-sided.  Parameters are not counted, as in pscl::vuong's raw
   statistic: that many more of them fit better is for AIC and BIC to say.

   test is "Vuong".  FIT_UNIDENTIFIED where a family has no likelihood, or has two parts;
   FIT_CONSTANT where the two say the same of every row; the status of the first that has no
   estimates. */
void vuong_test(const struct outcome_fit *a, const struct outcome_fit *b, struct tested *result,
                struct arena *scratch);

#endif
