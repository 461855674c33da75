/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_REPORT_METHODS_H
#define ANALYSIS_REPORT_METHODS_H

#include "analysis/correlate/correlations.h"
#include "analysis/curve/curves.h"

/* Adds the table `methods`: what was computed how, after whom, with which settings. */
void methods_table(const struct prepared *p, const struct correlations *cells,
                   const struct curves *curve, struct report_builder *report, struct arena *keep);

#endif
