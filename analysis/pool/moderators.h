/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_POOL_MODERATORS_H
#define ANALYSIS_POOL_MODERATORS_H

#include "analysis/pool/pooling.h"
#include "models/meta/regression.h"

/* A column that the effects may depend on: numbers, or levels. */
struct moderator {
    const char *name;
    const double *number; /* [rows] NaN where missing; NULL: levels */
    size_t n_levels;
    const char *const *level; /* [n_levels] the first is the reference */
    int32_t *at;              /* [rows] -1 where missing */
};

/* Levels as --levels says, otherwise sorted.  `factor`: numbers are levels too. */
bool moderator_read(const struct pooling *p, const struct job *job, const char *name, bool factor,
                    struct moderator *m, struct err *err);

/* A set's effects with all moderators, and the columns of their regression. */
struct moderated {
    size_t k, p;
    struct effects effects; /* of the k rows */
    uint32_t *row;          /* [k] */
    double *x;              /* [p * k], column by column */
    const char **term;      /* [p] "(Intercept)", "year", "allocrandom" */
};

struct moderated moderated_of(const struct pool_set *set, const struct moderator *m, size_t n,
                              struct arena *keep);

#endif
