/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_SCALES_H
#define ANALYSIS_STUDY_SCALES_H

#include "analysis/study/responses.h"

/* A scale's values, into r->scale[s], of the usable responses.  A blank cell is MISSING_BLANK, a
   declared code MISSING_CODE; a scale of several items is missing where one of its
   items is.  A declared word is its code.  An item in `reverse` counts as low + high - value.
   Any other number outside the range is ERR_VALUE, and so is a word without a code, with a list
   of all of the column and how often each occurs. */
bool scale_read(const struct study *study, size_t s, const struct frame *const *surveys,
                struct responses *r, struct arena *keep, struct err *err);

/* Where the answer of a response to the item `name`, a column of its survey f, is a word without
   a code: passes over all such answers of the survey to the item; else false. */
bool scale_pass_unknown(const struct study *study, size_t s, const char *name,
                        const struct frame *f, size_t response, struct responses *r,
                        struct arena *keep);

/* The codes of a single question that the study labels, with the first word of each; NULL: none. */
const struct levels *scale_levels(const struct study_scale *scale, struct arena *keep);

#endif
