/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_ITEM_COVARIANCE_H
#define MODELS_SCALE_ITEM_COVARIANCE_H

#include <stddef.h>

#include "models/base/arena.h"

/* The sum of the frequencies of n rows; n where frequency is NULL. */
double item_count(const double *frequency, size_t n);

/* Covariance matrix [k * k] (divisor: item_count - 1, two-pass) of item[n * k], row
   major, complete rows; frequency[n], or NULL when each row counts once.  Writes the
   means to item_mean[k].  An item of equal values has variance 0 exactly.  The matrix
   is symmetric to the last bit.  Precondition: item_count > 1. */
double *item_covariance(const double *item, const double *frequency, size_t n, size_t k,
                        double *item_mean, struct arena *keep);

#endif
