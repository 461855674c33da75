/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_TWO_PART_BOOTSTRAP_H
#define MODELS_LIMITED_TWO_PART_BOOTSTRAP_H

#include <stdint.h>

#include "models/limited/two_part.h"

/* The mean expected spend of n rows of regressors in samples drawn with replacement from the data,
   by rows or whole clusters: both parts and the smearing factor are estimated anew in each. */
struct two_part_bootstrap {
    size_t n_samples;
    uint64_t seed;
    size_t threads;          /* 0: all; no figure depends on it */
    const uint32_t *cluster; /* [rows] 0 .. n_clusters - 1, or NULL: rows are drawn */
    size_t n_clusters;
};

/* average [n_samples], NaN where a sample has no estimate (separation, no buyers); returns their
   standard deviation, and in *n_used how many have one. */
double two_part_resample(const struct limited_rows *rows, const struct two_part_options *options,
                         size_t n, const struct equation *any, const struct equation *amount_of,
                         const struct two_part_bootstrap *how, double average[], size_t *n_used,
                         struct arena *scratch);

#endif
