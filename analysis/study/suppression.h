/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_SUPPRESSION_H
#define ANALYSIS_STUDY_SUPPRESSION_H

#include "analysis/study/groups.h"
#include "models/base/suppression.h"

/* Groups too small to be told of, before anything is computed of them: what is not computed can
   stand in no table, chart or sentence.  Those with a figure of fewer than `below` respondents are
   suppressed (flagged, without rows), and further ones that would give them away by subtraction.
   size [groups->n]. */
struct groups groups_suppressed(const struct groups *groups, const struct suppression_cell *size,
                                double below, struct arena *keep);

#endif
