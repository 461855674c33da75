/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SURVEY_COLUMNS_H
#define IO_SURVEY_COLUMNS_H

#include "io/study/study.h"
#include "models/base/frame.h"

/* A survey's columns under the names that the study gives them (`columns:` of its entry); what
   they are called in the file stays in `source`.  `column:` may be whatever frame_column()
   finds.  A column that is absent is ERR_COLUMN, a name that the file has as well ERR_STUDY,
   each at the study's line. */
const struct frame *survey_renamed(const struct study *study, size_t survey, const struct frame *f,
                                   struct arena *keep, struct err *err); /* NULL on error */

/* The study's entry of a survey with the file's own names in key, date and keep: for readers,
   before there is a frame. */
struct study_survey survey_in_file(const struct study_survey *survey, struct arena *keep);

#endif
