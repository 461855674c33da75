/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_PAIRS_H
#define MODELS_CORRELATION_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/sample.h"

/* A variable with its sort done once, so that ranks under any weights (a
   bootstrap replicate) take one pass. */
struct variable {
    size_t n;
    const double *value;   /* [n] */
    const uint32_t *order; /* [n] rows by ascending value, ties by row */
    const uint32_t *level; /* [n] 0 for the smallest distinct value, 1 for the next ... */
    size_t n_levels;       /* distinct values */
};

/* The sample in the form that all coefficients work on: rows of weight zero are
   gone, weights that say nothing (frequencies of one, equal sampling weights) are
   NULL, and sampling weights are in units of a power of two, the largest below 1. */
struct pairs {
    struct variable x, y;
    const double *w; /* [x.n] or NULL: all one */
    enum weight_kind weight_kind;
    double size;      /* sample_size() */
    double effective; /* sample_effective_size(): the n of tests and intervals */
};

/* Sorts value[0..n-1], which is kept, not copied, and holds no NaN. */
struct variable variable_ordered(const double *value, size_t n, struct arena *keep);

struct pairs pairs_of(const struct sample *s, struct arena *keep);

/* One more column of the sample's rows, with the rows of weight zero left out. */
const double *pairs_column(const struct sample *s, const double *column, struct arena *keep);

/* Weights by level of v, [v->n_levels]; w = NULL counts rows. */
double *level_weights(const struct variable *v, const double *w, struct arena *keep);

/* Mid-ranks under the weights w (NULL: all one), [v->n]: with frequencies the
   ranks of the expanded rows.  The same as ranks_weighted(), without its sort. */
double *variable_ranks(const struct variable *v, const double *w, struct arena *keep);

/* Do the values with a weight above zero differ? */
bool values_vary(const double *value, const double *w, size_t n);

/* u_i = sqrt(w_i) (value_i - mean) / norm, so that the product-moment
   correlation of two variables is the inner product of their u.  NULL if the
   values do not vary.  Scaled by a power of two first and centred twice: sound
   for offsets of 1e12 and scales of 1e-200 or 1e200. */
double *unit_deviations(const double *value, const double *w, size_t n, struct arena *keep);

/* Inner product of unit vectors u and v as a correlation.  Near +-1 it is
   computed as 1 - |u - v|^2 / 2, so that exactly linear data give exactly 1. */
double unit_correlation(const double *u, const double *v, size_t n);

/* Product-moment correlation of u and v under weights w, in two plain passes:
   some ten times as fast, for the thousands of resamples of centred values of
   ordinary size or of ranks, where it agrees to 12 digits.  NaN if u or v does not
   vary under w. */
double quick_correlation(const double *u, const double *v, const double *w, size_t n);

#endif
