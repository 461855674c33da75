/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_CURVATURE_H
#define ANALYSIS_GLM_CURVATURE_H

#include "analysis/glm/regressions.h"

/* The table curvature: whether the fitted curve over each number of the right-hand side bends, on
   the scale of the link and on that of the outcome, and where the two disagree.  A number of at
   most CURVATURE_POINTS values has these as its points, another seven at even distances. */
#define CURVATURE_POINTS 12

void regressions_curvature(const struct regressions *r, struct report_builder *report,
                           struct arena *keep);

#endif
