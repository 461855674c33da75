/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_SAMPLE_H
#define MODELS_BASE_SAMPLE_H

#include <stddef.h>

/* What a weight means.  Sampling weights leave n the number of rows (robust
   errors, Kish's effective n); frequencies make n their sum. */
enum weight_kind { WEIGHT_NONE, WEIGHT_SAMPLING, WEIGHT_FREQUENCY };

/* Complete, finite observations of a predictor and a response. */
struct sample {
    size_t n;
    const double *x, *y; /* [n] */
    const double *w;     /* [n], non-negative; NULL when all are one */
    enum weight_kind weight_kind;
};

/* Number of observations that the sample stands for: the rows with positive
   weight, or the sum of the frequencies. */
double sample_size(const struct sample *s);

/* Kish's effective sample size (sum w)^2 / sum w^2 for sampling weights (Kish
   1965, Survey Sampling, sec. 11.7); sample_size() otherwise. */
double sample_effective_size(const struct sample *s);

#endif
