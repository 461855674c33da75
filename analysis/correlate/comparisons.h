/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_COMPARISONS_H
#define ANALYSIS_CORRELATE_COMPARISONS_H

#include "analysis/correlate/correlations.h"

/* Adds the table `comparisons`: for each pair of scales and each behaviour, which
   goes with it more closely?  Pearson, on the respondents with all three values. */
void comparisons_table(const struct correlations *c, struct report_builder *report,
                       struct arena *keep);

#endif
