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

#endif
