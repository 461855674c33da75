/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_ROC_H
#define MODELS_SCORING_ROC_H

#include "models/scoring/predictions.h"

/* What follows from expecting an event wherever p >= threshold. */
struct roc_point {
    double threshold;   /* a value of p; INFINITY: no event is expected */
    double sensitivity; /* share of the events that are expected */
    double specificity; /* share of the other rows that are not */
    double youden;      /* sensitivity + specificity - 1 (Youden 1950, Cancer 3, 32-35) */
    double precision;   /* share of the expected that are events; NaN where none is */
    double flagged;     /* share of all rows that are expected to be events */
};

/* The receiver operating characteristic (Fawcett 2006, Pattern Recognit. Lett. 27, 861-874): a
   point per distinct score, ascending, and one that expects nothing.  Its area by trapezia is
   that of auc.h.
   status  ok; too few observations, no variation (one class), outside the domain: no points */
struct roc {
    enum fit_status status;
    size_t n;
    struct roc_point *point; /* [n] */
    size_t best;             /* the point of the greatest Youden's index, the first of equals */
};

struct roc roc_points(const struct predictions *s, struct arena *keep);

#endif
