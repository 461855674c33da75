/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CURVE_ISOTONIC_ROWS_H
#define ANALYSIS_CURVE_ISOTONIC_ROWS_H

#include "models/curve/predict.h"
#include "models/shape/isotonic.h"

/* Isotonic regression in the tables of curves: a term per block, "3 to 5". */
struct fit isotonic_as_fit(const struct isotonic *iso, struct arena *keep);

/* Its mean at x [n], which is kept, without a band. */
struct prediction isotonic_prediction(const struct isotonic *iso, const double *x, size_t n,
                                      struct arena *keep);

/* Corners of the stairs, for a chart. */
struct prediction isotonic_stairs(const struct isotonic *iso, struct arena *keep);

#endif
