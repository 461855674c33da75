/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_LINE_SUMS_H
#define MODELS_CURVE_LINE_SUMS_H

#include <stddef.h>

#include "models/base/sample.h"

/* Lines from weighted sums of rows: what the search for a knot tries thousands of
   times.  x and y are taken about an origin near their means, so that the sums
   keep their digits; the final estimates do not rest on them. */
struct line_sums {
    double w, x, y, xx, xy, yy;
};

struct origin {
    double x, y;
};

/* The weighted means of the sample. */
struct origin origin_of(const struct sample *s);

/* Rows from .. to - 1. */
struct line_sums line_sums_of(const struct sample *s, const struct origin *o, size_t from,
                              size_t to);

void line_sums_add(struct line_sums *a, double w, double x, double y);

/* all less part. */
struct line_sums line_sums_rest(const struct line_sums *all, const struct line_sums *part);

struct straight {
    double intercept, slope, rss;
};

struct straight line_through(const struct line_sums *a);

/* y on 1, x and max(0, x - knot) for a given knot: the line below the knot, that
   above it, and the residual sum of squares. */
struct bent {
    struct straight below, above;
    double rss;
};

struct bent line_bent_at(const struct line_sums *all, const struct line_sums *above, double knot);

/* Where two lines cross; not finite for parallel ones. */
double line_crossing(const struct straight *a, const struct straight *b);

/* Weight of row i; 1 without weights. */
double sample_weight(const struct sample *s, size_t i);

#endif
