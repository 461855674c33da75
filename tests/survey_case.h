/* SPDX-License-Identifier: GPL-3.0-or-later
   Survey files read for a test, and what came of them. */
#ifndef TESTS_SURVEY_CASE_H
#define TESTS_SURVEY_CASE_H

#include "io/survey/survey.h"
#include "models/base/arena.h"

#define SURVEY_FOLDER "datasets/formats/"

struct survey_outcome {
    const struct frame *f; /* NULL: err says why */
    struct survey_said said;
    struct err err;
};

/* An entry of a study that says nothing but the format. */
struct study_survey survey_case_of(const char *format);

struct survey_outcome survey_case_read(const char *path, const struct study_survey *survey,
                                       struct arena *keep);
/* A file below SURVEY_FOLDER; bytes as a file in a temporary folder. */
struct survey_outcome survey_case_file(const char *name, const char *format, struct arena *keep);
struct survey_outcome survey_case_bytes(const char *bytes, size_t n,
                                        const struct study_survey *survey, struct arena *keep);
struct survey_outcome survey_case_text(const char *text, const char *format, struct arena *keep);

/* "name|alias|label", a line for each column; a label that is the name is left out. */
const char *survey_case_columns(const struct frame *f, struct arena *keep);

/* There is a column of that name, alias (NULL: none) and label, found by either. */
void assert_survey_column(const struct frame *f, const char *name, const char *alias,
                          const char *label);

/* The message behind the file's name, which is of no interest. */
void assert_survey_refused(const struct survey_outcome *o, int status,
                           const char *line_and_message);

/* Remark i, behind the name of the file. */
void assert_survey_said(const struct survey_outcome *o, size_t i, const char *remark);

#endif
