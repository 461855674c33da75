/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_CRITERIA_H
#define MODELS_REGRESSION_CRITERIA_H

#include <stdbool.h>
#include <stddef.h>

/* Information criteria of a model with k estimated parameters, the residual
   variance included (R's logLik df), on n observations.
   Akaike 1974; Hurvich & Tsai 1989 (aicc, NaN unless n > k + 1); Schwarz 1978. */
struct criteria {
    double aic;  /* -2 log_lik + 2k */
    double aicc; /* aic + 2k(k + 1) / (n - k - 1) */
    double bic;  /* -2 log_lik + k log n */
};

struct criteria criteria_of(double log_lik, double k, double n);

/* Akaike weights exp(-(a_i - min a)/2), summing to one over the models whose
   criterion is not NaN; NaN for the others (Burnham & Anderson 2002, sec. 2.9,
   who advise the aicc). */
void akaike_weights(const double *criterion, size_t n, double *weight);

/* 1 - (1 - r2)(n - 1)/(n - p), p mean parameters; n in the place of n - 1 where r2 is about
   zero.  As R's summary.lm with and without an intercept. */
double adjusted_r_squared(double r_squared, bool about_zero, double n, double p);

#endif
