/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SURVEY_SURVEY_H
#define IO_SURVEY_SURVEY_H

#include "io/study/study.h"
#include "models/base/frame.h"

/* What a survey's file says beside its answers. */
struct survey_said {
    const char *format;    /* the word of SURVEY_FORMAT_LIST by which it was read; never "auto" */
    const char *time_zone; /* of its dates: "America/Denver"; NULL: it does not say */
    bool days_are_iso;     /* the dates are Excel's: ISO texts, whatever date_format says */
    size_t n_remarks;
    const char *const *remarks; /* sentences for people, each with the file's name in front */
};

/* A survey export as a frame of text columns, one row per answer.  `format` is a promise about
   the file (ERR_SYNTAX with the mend where it is not so), `auto` is told from it: a labelled file
   (SPSS, Stata, SAS: io/labelled/labelled.h) or a workbook by its first bytes, a survey program's
   header by SURVEY_LAYOUT_LIST (io/survey/layout.h), which says what becomes of it; else the one
   row that names the columns.  Question texts are the columns' labels; an alias is what the
   program calls a question for good (qid:QID5).  *said may be NULL; it lives in `keep`. */
const struct frame *survey_read(const struct study_survey *survey, const char *path,
                                struct survey_said *said, struct arena *keep,
                                struct err *err); /* NULL on error */

/* Qualtrics gives two columns for a question of recommendation: the score, and which of three
   groups it falls in.  Of the column of groups, the one of scores; else NULL. */
const struct column *survey_score_of(const struct frame *survey, const struct column *group);

#endif
