/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_RESAMPLE_BCA_H
#define MODELS_RESAMPLE_BCA_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* Bias-corrected and accelerated bootstrap intervals (Efron 1987, J. Am. Statist.
   Assoc. 82, 171-185; Efron & Tibshirani 1993, An Introduction to the Bootstrap,
   ch. 14), for any statistic of rows that can be computed under counts. */

enum {
    BCA_REPLICATES = 2000, /* where options say 0 */
    BCA_JACKKNIFE = 1000   /* most evaluations of the jackknife; see below */
};

struct bca_options {
    double conf_level; /* in (0, 1) */
    size_t replicates; /* 0: BCA_REPLICATES */
    size_t threads;    /* 0: one per processor; no figure depends on it */
    uint64_t seed;
};

/* status  FIT_OK
           FIT_TOO_FEW   fewer than two observations; or fewer than half of the replicates
                         have the statistic; or all of them lie on one side of the estimate:
                         std_error and the rest are given, the limits are not
           FIT_CONSTANT  all replicates are equal: std_error is 0, the limits are not given
           FIT_DOMAIN    the statistic of the sample itself is NaN */
struct bca_result {
    enum fit_status status;
    size_t replicates;      /* those that have the statistic */
    double estimate;        /* of the sample itself */
    double std_error;       /* standard deviation of the replicates */
    double bias;            /* their mean less the estimate */
    double bias_correction; /* z0, in standard normal units */
    double acceleration;    /* a */
    double conf_low, conf_high;
};

/* statistic(count, context, scratch): the estimate when row i counts count[i]
   times (whole numbers, 0 among them); NaN if it has none.  Called from several
   threads at once, each with a scratch of its own.  frequency[i], a whole number,
   says how many observations row i stands for (NULL: one each): the result is that
   of the expanded rows.

   Replicate j draws from rng_stream(seed, j).  The acceleration is that of the
   delete-one jackknife up to BCA_JACKKNIFE observations; beyond, of the jackknife
   that deletes one of BCA_JACKKNIFE random groups at a time, whose skewness
   estimates the same a (Efron & Narasimhan 2020, J. Comput. Graph. Statist. 29,
   608-619). */
void bca_interval(double (*statistic)(const double *count, const void *context,
                                      struct arena *scratch),
                  const void *context, size_t n, const double *frequency,
                  const struct bca_options *options, struct bca_result *result,
                  struct arena *scratch);

/* The second half alone: standard error, bias, z0 and limits from replicates that
   are there already.  Uses result->estimate and result->acceleration, sets the
   rest.  replicate[0..n-1] is sorted in place, NaN left out. */
void bca_limits(double *replicate, size_t n, double conf_level, struct bca_result *result);

/* a = sum d^3 / (6 (sum d^2)^(3/2)) with d = mean - value, of the jackknife values
   (Efron & Tibshirani 1993, eq. 14.15); 0 if they are all equal, NaN values left out. */
double bca_acceleration(const double *jackknife, size_t n);

#endif
