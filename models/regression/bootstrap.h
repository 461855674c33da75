/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_BOOTSTRAP_H
#define MODELS_REGRESSION_BOOTSTRAP_H

#include <stdint.h>

#include "models/regression/regression.h"

/* Case resampling of a regression (Davison & Hinkley 1997, Bootstrap Methods and their
   Application, sec. 6.2.4 and 7.6.1): rows are drawn with replacement, each with its weight, or
   whole clusters where options name them; a row of frequency f stands for f rows.
   It asks neither equal variances nor that the curve be true. */
struct bootstrap {
    size_t replicates;
    uint64_t seed, task; /* replicate i draws from rng_stream(seed, rng_mix(task, i)) */
};

/* How limits come from replicates.  X(name, title) */
#define BOOTSTRAP_LIMITS_LIST(X)     \
    X(percentile, "their quantiles") \
    X(basic, "twice the estimate less their opposite quantiles")

struct bootstrap_limits {
    const char *name;
    void (*of)(double estimate, double low_quantile, double high_quantile, double *low,
               double *high);
};

extern const struct bootstrap_limits bootstrap_percentile, bootstrap_basic;

/* NULL if there is none of that name. */
const struct bootstrap_limits *bootstrap_limits_find(const char *name);

/* The replicates' estimates, [replicates * n_params]; a row is NaN where a replicate does
   not converge.  Each starts from the fit's estimate.  NULL unless the fit converged. */
double *bootstrap_estimates(const struct regression *r, const struct curve_options *options,
                            const struct fit *fit, const struct bootstrap *how, struct arena *keep);

/* Standard deviation of n replicated values and their limits, quantiles interpolated between
   order statistics at (n + 1) times their probability (Hyndman & Fan 1996, type 6); all
   NaN where fewer than half of the values are there.  Sorts value[]. */
void bootstrap_summary(double *value, size_t n, double estimate, double conf_level,
                       const struct bootstrap_limits *limits, double *std_error, double *low,
                       double *high);

#endif
