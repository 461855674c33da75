/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_EFFECT_H
#define MODELS_META_EFFECT_H

#include <stddef.h>

#include "models/base/fit.h"

/* Correlation coefficients that can be pooled on Fisher's z scale: how the
   variance of z = atanh(r) follows from r and n. */
#define EFFECT_LIST(X) X(pearson) X(spearman) X(kendall)

struct effect_method {
    const char *name, *title, *source; /* name: the coefficient's word in `correlations` */
    double least_n;                    /* n must be greater */
    double (*variance)(double r, double n);
};

extern const struct effect_method *const effect_methods[];
extern const size_t effect_n_methods;

/* The method of that name, or NULL: other coefficients are not pooled by z. */
const struct effect_method *effect_method(const char *name);

struct effect {
    enum fit_status status; /* ok; outside the domain (not |r| < 1); too few observations */
    double z, variance;     /* NaN unless ok */
};

/* Fisher's z of a correlation r from n observations (n may be an effective n). */
struct effect effect_from_correlation(double r, double n, const struct effect_method *method);

/* Back to a correlation; also for limits of intervals. */
double effect_to_correlation(double z);

/* The scales on which correlations are pooled. */
#define EFFECT_MEASURE_LIST(X) X(z) X(r) X(r_unbiased)

struct effect_measure {
    const char *name, *title, *source;
    /* The effect and its variance, in `z` and `variance` of the result, whatever the scale. */
    struct effect (*from)(double r, double n, const struct effect_method *method);
    double (*back)(double y); /* to a correlation */
};

extern const struct effect_measure *const effect_measures[];
extern const size_t n_effect_measures;

/* The measure of that name, or NULL. */
const struct effect_measure *effect_measure(const char *name);

#endif
