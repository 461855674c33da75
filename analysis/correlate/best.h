/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_BEST_H
#define ANALYSIS_CORRELATE_BEST_H

#include "analysis/correlate/correlations.h"

/* Permutations when the command line does not say. */
enum { BEST_PERMUTATIONS = 999 };

/* Adds the table `best`: the metrics of each behaviour and cell by rank, with p-values
   that know that the best of them was chosen (max_t.h), on respondents with all
   metrics.  For methods that correlate scores (Pearson's values, Spearman's ranks).  Nothing with
   fewer than two scales, or where it is not asked for. */
void best_table(const struct correlations *c, struct report_builder *report, struct arena *keep);

#endif
