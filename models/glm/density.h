/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_DENSITY_H
#define MODELS_GLM_DENSITY_H

/* Logarithms of counts' probabilities by saddle-point expansion, which does not cancel where
   the count is large (Loader 2000, "Fast and accurate computation of binomial probabilities",
   as R's dbinom and dpois). */

/* x log(x / mean) + mean - x >= 0, x >= 0, mean > 0: half of a Poisson deviance. */
double deviance_part(double x, double mean);

/* log x! - log of Stirling's formula; x >= 0. */
double stirling_error(double x);

/* log of mean^x exp(-mean) / x!; x >= 0 need not be whole. */
double log_poisson(double x, double mean);

/* log of choose(n, x) p^x (1 - p)^(n - x); 0 <= x <= n, 0 < p < 1. */
double log_binomial(double x, double n, double p);

#endif
