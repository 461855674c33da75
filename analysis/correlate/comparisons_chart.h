/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_COMPARISONS_CHART_H
#define ANALYSIS_CORRELATE_COMPARISONS_CHART_H

#include "analysis/study/prepared.h"

/* Pearson's r of each scale with each behaviour over all respondents, and the p of the others
   against the largest of them (Williams's t on respondents with all three values, Holm over the
   others).  Nothing with fewer than two scales. */
void comparisons_chart(const struct prepared *p, struct report_builder *report, struct arena *keep);

#endif
