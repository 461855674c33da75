/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_SHAPE_EVIDENCE_H
#define MODELS_CURVE_SHAPE_EVIDENCE_H

#include "models/base/arena.h"
#include "models/curve/shape.h"
#include "models/curve/shape_scale.h"

/* Evidence (ii): second differences, with normal (t) intervals. */
void shape_curvature(const struct on_scale *o, double conf_level, struct shape *out,
                     struct arena *scratch);

/* Evidence (iii): slopes in the lower and the upper third. */
void shape_slopes(const struct on_scale *o, double conf_level, struct shape *out,
                  struct arena *scratch);

/* Evidence (i): the exponent, its interval if `interval`.  Gives +1 for convex, -1
   for concave, 0 where the exponent 1 is not refused. */
int shape_exponent(const struct on_scale *o, double conf_level, bool interval, struct shape *out);

#endif
