/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_INFLUENCE_H
#define ANALYSIS_GLM_INFLUENCE_H

#include "analysis/glm/regressions.h"

/* The tables influence and without_top: which rows, and which few customers, decide the estimates.
 */
struct influence_options {
    size_t rows; /* of each cell, those of the largest Cook's distance; 0: no table */
    double top;  /* share of the largest responses that are left out; 0: no table */
};

/* influence: the rows of each cell by Cook's distance.  without_top: each coefficient with and
   without the rows of the largest responses; the error names the family where the response has
   no size (yes or no, ordered answers). */
bool regressions_influence_tables(const struct regressions *r, const struct influence_options *o,
                                  const struct job *job, struct report_builder *report,
                                  struct arena *keep, struct err *err);

#endif
