/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_SUPPRESSED_H
#define ANALYSIS_GLM_SUPPRESSED_H

#include "analysis/glm/regressions.h"

/* Suppresses groups in which few rows are complete, or few have a level of a factor, one of two
   values of a number or of the response, or of an interaction: a coefficient of theirs is a figure
   of theirs.  Replaces r->prepared by a copy with the groups that are left. */
void regressions_suppress(struct regressions *r, struct arena *keep);

#endif
