/* SPDX-License-Identifier: GPL-3.0-or-later
   Surveys from bytes in memory, for tests. */
#ifndef IO_SURVEY_INTERNAL_H
#define IO_SURVEY_INTERNAL_H

#include "io/survey/survey.h"

/* As survey_read(), of delimited text that no file holds; *said is not NULL. */
const struct frame *survey_read_bytes(const struct study_survey *survey, const char *name,
                                      const void *bytes, size_t n, struct survey_said *said,
                                      struct arena *keep, struct err *err);

#endif
