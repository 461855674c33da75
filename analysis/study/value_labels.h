/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_VALUE_LABELS_H
#define ANALYSIS_STUDY_VALUE_LABELS_H

#include "analysis/study/answers.h"
#include "io/study/study.h"
#include "models/base/arena.h"
#include "models/base/err.h"
#include "models/base/frame.h"

/* Survey programs renumber the answers of a question between exports, and one wave then runs the
   other way.  False, with err set, where a file of SPSS, Stata or SAS labels an answer of the
   question `name` with words that the study, or the file of another wave, has for another code of
   scale s.  Words are compared as answer_folded() does; those that one file has for several codes
   are passed over, and so are codes that are no answer on the scale.  surveys: [n_surveys]. */
bool value_labels_agree(const struct study *study, size_t s, const char *name,
                        const struct frame *const *surveys, struct answers *answers,
                        struct arena *keep, struct err *err);

#endif
