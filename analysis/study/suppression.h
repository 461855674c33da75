/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_SUPPRESSION_H
#define ANALYSIS_STUDY_SUPPRESSION_H

#include "analysis/study/groups.h"

/* Groups too small to be told of, before anything is computed of them: what is not computed can
   stand in no table, chart or sentence.  The rule of a least frequency, and secondary suppression
   line by line: Hundepool et al. (2012), Statistical Disclosure Control, chapters 4.2 and 4.3. */

/* What is known of a group's size. */
struct group_size {
    double n;     /* respondents */
    double least; /* the fewest, but some, respondents that a figure of the group may rest on */
};

/* The groups with those suppressed (flagged, without rows) that have a figure of fewer than
   `below`, and further ones, the smallest first, until no line of groups and their margin gives a
   suppressed one away: the suppressed groups of a line, respondents without a level among them,
   are at least two and together at least `below`.  size [groups->n]. */
struct groups groups_suppressed(const struct groups *groups, const struct group_size *size,
                                double below, struct arena *keep);

size_t groups_n_suppressed(const struct groups *groups);

#endif
