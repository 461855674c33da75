/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_COUNT_DISTRIBUTION_H
#define MODELS_COUNT_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

/* Distributions of counts y = 0, 1, 2, ... with mean mu = exp(eta), as data.  To add one: write
   models/count/distribution_NAME.c and add X(NAME). */
#define COUNT_DISTRIBUTION_LIST(X) X(poisson) X(negative_binomial)

struct count_distribution {
    const char *name, *title, *source;
    bool has_theta; /* a shape besides the mean: the variance is mu + mu^2 / theta */
    /* log P(y).  Unless NULL, first [2] and second [3] get its derivatives by eta and log theta,
       and by eta eta, eta log theta, log theta log theta; zeros where there is no theta. */
    double (*log_density)(double y, double eta, double log_theta, double first[], double second[]);
};

#define X(word) extern const struct count_distribution count_distribution_##word;
COUNT_DISTRIBUTION_LIST(X)
#undef X

extern const struct count_distribution *const count_distributions[];
extern const size_t n_count_distributions;

const struct count_distribution *count_distribution_find(const char *name); /* NULL: none */

#endif
