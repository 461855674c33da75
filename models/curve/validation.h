/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_VALIDATION_H
#define MODELS_CURVE_VALIDATION_H

#include <stdint.h>

#include "models/curve/curve.h"

/* How well does a curve predict customers that it has not seen?  k-fold
   cross-validation (Stone 1974, JRSS B 36, 111-147; Hastie, Tibshirani & Friedman 2009,
   sec. 7.10): each curve is fitted without one fold and predicts it. */
struct validation {
    enum fit_status status; /* "ok"; that of the fit, to all or without a fold, which failed */
    double n_obs;
    size_t n_folds;   /* with observations */
    double mse;       /* mean squared error of prediction */
    double std_error; /* of the mse: folds as clusters */
    double r_squared; /* 1 - mse / that of the mean of the other folds */
    double optimism;  /* the fit's R^2 less this one */
};

struct validation_options {
    size_t n_folds, n_repeats; /* at least 2, at least 1 */
    uint64_t seed;
    const struct curve_options *fitting; /* as for the fit to all; NULL: plain */
};

/* customer [s->n] says whose each row is, by a hash of the id: all rows of a customer fall
   into the fold that id and seed give, whatever the order of the rows.  NULL: each row
   is a customer's own, named by its values.  fit [n] are the curves on all of s; out [n]. */
void validate_curves(const struct sample *s, const uint64_t *customer,
                     const struct curve *const curve[], const struct fit fit[], size_t n,
                     const struct validation_options *options, struct validation out[],
                     struct arena *scratch);

/* A hash of a customer's id (FNV-1a, Fowler, Noll & Vo). */
uint64_t customer_hash(const char *id);

#endif
