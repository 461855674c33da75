/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_RESPONSE_DATES_H
#define ANALYSIS_STUDY_RESPONSE_DATES_H

#include "analysis/study/responses.h"

/* The step `dates` of a survey's reading.  A response's day is the day that its text tells; where
   the study declares time_zone, it is the day in that zone of the instant that the text tells in
   its own (the offset in the text, else source_time_zone, else what the file says), and a text
   without a time of day keeps its day.  A blank date is wave_date, where the study declares one. */
bool response_dates(const struct survey_reading *r, struct arena *keep, struct err *err);

/* Sentences for people about the days of the surveys' answers, for the ones that count: whose
   zone, how many were moved, how many have the wave's date.  "" where there is nothing to say. */
const char *response_dates_told(const struct study *study, const struct survey_said *said,
                                const struct responses *r, struct arena *keep);

#endif
