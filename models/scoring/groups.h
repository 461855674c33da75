/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_GROUPS_H
#define MODELS_SCORING_GROUPS_H

#include "models/scoring/predictions.h"

/* Rows of neighbouring predictions. */
struct prediction_group {
    double n, events; /* sums of the weights */
    double n_eff;     /* Kish's effective number with sampling weights, else n */
    double predicted; /* weighted mean of p */
    double low, high; /* the least and the greatest p */
    size_t first_run, end_run;
};

struct prediction_groups {
    size_t n;
    struct prediction_group *group; /* [n] ascending by p, none empty */
    struct prediction_runs runs;
};

/* g >= 1 groups cut at the quantiles 1/g, 2/g ... of p (type 7 of Hyndman & Fan 1996, Am. Statist.
   50, 361-365), as R's cut(p, unique(quantile(p, seq(0, 1, 1 / g))), include.lowest = TRUE):
   equal predictions stay together, so that groups are of unlike sizes, and fewer than g, where
   there are ties.  Frequencies give the quantiles of the expanded rows; sampling weights are
   scaled to the number of rows first.  Preconditions as prediction_runs(). */
struct prediction_groups prediction_quantile_groups(const struct predictions *s, size_t g,
                                                    struct arena *keep);

/* One group per distinct prediction. */
struct prediction_groups prediction_equal_groups(const struct predictions *s, struct arena *keep);

#endif
