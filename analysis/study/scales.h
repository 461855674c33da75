/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_SCALES_H
#define ANALYSIS_STUDY_SCALES_H

#include "analysis/study/responses.h"

/* A scale's values, into r->scale[s], of the usable responses.  A blank cell is MISSING_BLANK, a
   declared code MISSING_CODE; a scale of several items is missing where one of its
   items is.  An item in `reverse` counts as low + high - value.  Any other value
   outside the range is ERR_VALUE. */
bool scale_read(const struct study *study, size_t s, const struct frame *const *surveys,
                struct responses *r, struct arena *keep, struct err *err);

#endif
