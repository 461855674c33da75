/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MULTIPLE_MAX_T_H
#define MODELS_MULTIPLE_MAX_T_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* Which of m metrics go with one outcome, when the best of the m is looked at: the
   adjusted p-values of Westfall & Young (1993, Resampling-Based Multiple Testing, algorithm
   4.1; Ge, Dudoit & Speed 2003, Test 12, 1-77, box 2), single-step and step-down maxT, by
   permutation of the outcome against whole rows of metrics, so that the metrics' own
   correlations stay.  The statistic is |r|, which orders as Student's t does since all
   metrics share n. */
struct max_t_data {
    size_t n, m;
    const double *const *metric; /* [m][n] scores: values for Pearson, mid-ranks for Spearman */
    const double *outcome;       /* [n] */
    const double *w;             /* [n] > 0: sampling weights of the rows of metrics; or NULL */
};

struct max_t_options {
    size_t permutations; /* random ones; all n! of them where there are no more than that */
    uint64_t seed;
    size_t threads; /* 0: all; the result does not depend on it */
};

/* One metric.  r is NaN, and so are the p-values, where it is constant. */
struct max_t_metric {
    double r;
    double p_value;       /* of this metric alone, by the same permutations */
    double p_single_step; /* share of permutations whose largest |r| reaches this one */
    double p_step_down;   /* the same among the metrics of no larger |r|, made monotone */
};

/* status  FIT_OK; FIT_TOO_FEW: n < 3; FIT_CONSTANT: the outcome, or every metric, is constant.
   Random permutations: p = (1 + count) / (1 + N), the data's own order being one of
   them (Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9, 39); all: count / n!. */
struct max_t_result {
    enum fit_status status;
    bool exact;          /* all permutations were taken */
    size_t permutations; /* taken */
};

/* metric[0..m-1] of the result belong to the metrics of the data. */
void max_t(const struct max_t_data *data, const struct max_t_options *options,
           struct max_t_result *result, struct max_t_metric metric[], struct arena *scratch);

#endif
