/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_SHAPE_EVIDENCE_H
#define MODELS_SHAPE_SHAPE_EVIDENCE_H

#include "models/base/arena.h"
#include "models/shape/shape.h"
#include "models/shape/shape_scale.h"

/* Evidence (ii): second differences, with normal (t) intervals. */
void shape_curvature(const struct on_scale *o, double conf_level, struct shape *out,
                     struct arena *scratch);

/* Evidence (iii): slopes in the lower and the upper third. */
void shape_slopes(const struct on_scale *o, double conf_level, struct shape *out,
                  struct arena *scratch);

/* The points of the scale, from 0 to 1, to the powers of a grid of exponents: made
   once, since a bootstrap changes the means and not the points. */
struct exponents {
    const double *power;
};

struct exponents exponents_of(const double *x, size_t n, struct arena *keep);

/* Evidence (i): the exponent, with its interval if `interval`, else the best of the
   grid.  Gives +1 for convex, -1 for concave, 0 where the exponent 1 is not refused. */
int shape_exponent(const struct on_scale *o, const struct exponents *grid, double conf_level,
                   bool interval, struct shape *out);

#endif
