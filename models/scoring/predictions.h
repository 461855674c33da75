/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_PREDICTIONS_H
#define MODELS_SCORING_PREDICTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"

/* Predictions of something that happens or not, beside what happened: what AUC, Brier's score,
   calibration and lift are figures of.  Rows of weight 0 take no part. */
struct predictions {
    size_t n;
    const double *p;              /* [n] predicted probabilities; of AUC and ROC any finite score */
    const double *y;              /* [n] 1: an event, 0: none */
    const double *w;              /* [n] finite, >= 0; NULL: all one */
    enum weight_kind weight_kind; /* of w: WEIGHT_SAMPLING, or frequencies (the other two) */
    const uint32_t *cluster;      /* [n] whose rows are not independent, 0 .. n_clusters - 1; NULL:
                                     rows are independent */
    size_t n_clusters;
};

double prediction_weight(const struct predictions *s, size_t i);

/* Sums over the rows: what they stand for, and the events among them. */
struct prediction_totals {
    double n, events;
    double n_eff; /* Kish's effective number with sampling weights, else n */
};

struct prediction_totals prediction_totals(const struct predictions *s);

/* May they be looked at?
     FIT_OK        yes
     FIT_TOO_FEW   no row of positive weight
     FIT_DOMAIN    y is not 0 or 1, p is not finite, or a weight is negative or not finite; with
                   `probabilities` also p outside 0..1
     FIT_CONSTANT  rows of one class only: all events or none */
enum fit_status predictions_status(const struct predictions *s, bool probabilities);

/* Degrees of freedom of what rests on these rows: INFINITY (normal); with clusters their number, of
   those with rows of positive weight, less 1. */
double prediction_df(const struct predictions *s, struct arena *scratch);

/* The quantile for a two-sided interval with those; NaN with one cluster. */
double prediction_critical(const struct predictions *s, double conf_level, struct arena *scratch);

/* The variance of a total of what each row adds to it, add [n] with weights inside, where clusters
   are drawn: G/(G - 1) times the sum of the squared sums of the G clusters.  NaN with
   fewer than two.  s->cluster is not NULL. */
double prediction_cluster_variance(const struct predictions *s, const double *add,
                                   struct arena *scratch);

/* Runs of equal p, ascending, of the rows of positive weight. */
struct prediction_runs {
    size_t n;             /* runs */
    size_t n_rows;        /* rows of positive weight */
    const uint32_t *row;  /* [n_rows] ascending by p, then by row */
    const size_t *first;  /* [n + 1] run j is row[first[j] .. first[j + 1] - 1] */
    const double *p;      /* [n] */
    const double *events; /* [n] weight of the events */
    const double *others; /* [n] weight of the others */
};

/* Preconditions: predictions_status() is ok or no variation. */
struct prediction_runs prediction_runs(const struct predictions *s, struct arena *keep);

#endif
