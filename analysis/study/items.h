/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_ITEMS_H
#define ANALYSIS_STUDY_ITEMS_H

#include "analysis/study/prepared.h"
#include "models/scale/one_factor.h"
#include "models/scale/reliability.h"

/* Several items that make one scale, on the rows of prepared->frame. */
struct item_set {
    const char *scale;
    struct texts name;         /* of the items */
    const double *const *item; /* [name.n][n_rows], NaN where missing */
};

/* The scales of p->x that a study declares with two items or more; their number.
   None for a table. */
size_t items_of_study(const struct prepared *p, const struct item_set **sets, struct arena *keep);

/* How well the items of a set agree in a group. */
struct item_agreement {
    double n; /* complete rows, or the sum of their frequencies */
    struct reliability alpha;
    struct one_factor factor;
    const double *covariance; /* [k * k], divisor n - 1; NULL for fewer than two rows or items */
};

/* On the rows that have all items and a positive weight.  Sampling weights enter as
   frequencies that add up to the effective n: the figures are the weighted ones, and
   their intervals have its degrees of freedom. */
struct item_agreement items_agree(const struct prepared *p, const struct group *g,
                                  const struct item_set *set, struct arena *keep,
                                  struct arena *scratch);

#endif
