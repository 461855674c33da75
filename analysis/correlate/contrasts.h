/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_CONTRASTS_H
#define ANALYSIS_CORRELATE_CONTRASTS_H

#include "analysis/correlate/correlations.h"

/* Adds the table `contrasts`: each pair of levels of each grouping column, within the margins of
   the others, for each scale, behaviour and method: Fisher's z of two independent
   correlations with Zou's interval.  Nothing without grouping columns; a column of
   more than 12 levels is left out and named in the note. */
void contrasts_table(const struct correlations *c, struct report_builder *report,
                     struct arena *keep);

#endif
