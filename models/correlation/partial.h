/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_PARTIAL_H
#define MODELS_CORRELATION_PARTIAL_H

#include <stddef.h>

#include "models/correlation/correlation.h"

/* The correlation of x and y given k >= 1 controls z[0..k-1], each [s->n] and
   complete.  Pearson, point-biserial and Spearman: correlation of what is left of the scores
   (values, ranks) after regression on those of the controls, by orthogonalisation.
   Kendall: the recursion on the matrix of tau-b (Kendall 1942, Biometrika 32,
   277-283).  Test with k degrees of freedom less (Kendall: the normal test of n - k
   without ties, as R's ppcor has it); interval by the coefficient's z_variance at
   n - k.  n and n_eff are those of the rows: their homogeneity needs n_eff - k.

   status  as correlation_compute(), and FIT_SINGULAR: the controls determine each other;
           FIT_CONSTANT too if the controls determine x or y; FIT_DOMAIN too if the
           coefficient has no partial_test. */
void correlation_partial(const struct correlation *c, const struct sample *s,
                         const double *const z[], size_t k, double conf_level,
                         struct correlation_result *result, struct arena *scratch);

/* The correlation of y with what the controls leave of x (semipartial, part correlation): its
   square is the share of y's variance that x adds to the controls.  Statistic, df and
   p_value as ppcor's spcor.test() has them, the partial_test of this coefficient; the
   exact test of the same hypothesis is that of correlation_partial(), whose p is smaller.
   No interval.  status as above; FIT_OK too where the controls determine y. */
void correlation_semipartial(const struct correlation *c, const struct sample *s,
                             const double *const z[], size_t k, struct correlation_result *result,
                             struct arena *scratch);

#endif
