/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_LIFT_H
#define MODELS_SCORING_LIFT_H

#include "models/scoring/predictions.h"

/* One of g parts of the rows, the highest predictions first. */
struct lift_part {
    double n, events;       /* weights; events of tied rows are shared out in proportion */
    double low, high;       /* the least and the greatest p in it */
    double predicted;       /* mean p */
    double rate;            /* events / n */
    double lift;            /* rate over the overall rate */
    double share;           /* of all rows, this part and those before it */
    double gain;            /* of all events, this part and those before it */
    double cumulative_lift; /* gain / share */
};

/* The lift table of direct marketing (Berry & Linoff 2011, Data Mining Techniques, ch. 5): who is
   contacted first, and what is gained by it.  Parts are cut after round(j n / g) rows, j = 1 .. g,
   the expanded rows with frequencies; with sampling weights after the share j / g of the weight.
   Where rows that are tied in p fall into several parts their events are shared out as if in random
   order, on average: the order of rows does not matter.

   gini  2 AUC - 1: the area between the curve of gains and the diagonal, over that of a perfect
         order

   status  ok; too few observations: none, or fewer than g; no variation: one class, so that rates
   are given and lift or gain are not; outside the domain: p is not finite, y not 0 or 1 */
struct lift {
    enum fit_status status;
    size_t n;
    struct lift_part *part; /* [n] NULL unless ok or no variation */
    double rate;            /* overall */
    double gini;
};

struct lift lift_table(const struct predictions *s, size_t g, struct arena *keep);

#endif
