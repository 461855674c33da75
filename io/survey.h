/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SURVEY_H
#define IO_SURVEY_H

#include "io/study_file.h"
#include "models/base/frame.h"

/* A survey export as a frame of text columns, one row per answer.  Format `csv`
   has one header row.  `qualtrics` has three: names, question texts (they become
   the columns' labels) and a row of {"ImportId": ...}, without which it is
   ERR_SYNTAX; legacy exports, of two, are not read.  `xlsx` is a workbook (io/xlsx/frame.h) with
   one header row, or a Qualtrics export in one.  `spss`, `stata` and `sas` are labelled files
   (io/labelled/labelled.h): their columns have labels, and levels where the file labels values.
   `auto` is told from the file: a workbook or a labelled file by its first bytes, qualtrics
   where the third row is of that kind, else csv. */
const struct frame *survey_read(const struct study_survey *survey, const char *path,
                                struct arena *keep, struct err *err); /* NULL on error */

#endif
