/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_REPEATED_H
#define ANALYSIS_STUDY_REPEATED_H

#include "analysis/study/responses.h"

/* Several usable answers in one wave: of one respondent (the survey's `duplicates`) and, under a
   mapping, of several respondents of one customer (`combine`).  One of them stays usable and
   gives date, groups, weight and key:
     first          the earliest day, of one day the first row
     latest         the latest day, of one day the last row
     most_complete  the one with the most answers to the scales' questions, else the latest
     mean, max, min the latest: so none of its answers lies inside its window.  Scales, and each of
                    their items, are the mean (the largest, the smallest) of all that are not
   missing. */

/* The step `duplicates`. */
bool set_duplicates(const struct survey_reading *r, struct arena *keep, struct err *err);

/* After the mapping.  ERR_VALUE where several respondents of a customer have answered and the
   study does not say what then. */
bool repeated_people(const struct study *study, const struct frame *const *surveys,
                     struct responses *r, struct arena *keep, struct err *err);

/* Combines the values of scale s, which have been read, into the answers that stay. */
void repeated_combine(const struct study *study, size_t s, struct responses *r);

#endif
