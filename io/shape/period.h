/* SPDX-License-Identifier: GPL-3.0-or-later
   Dates without a year, as of DATEV, which the days of a period give one. */
#ifndef IO_SHAPE_PERIOD_H
#define IO_SHAPE_PERIOD_H

#include "io/study/study.h"

/* Has it a day and month twice?  Then they tell no year: longer than a year. */
bool period_is_long(const struct study_period *p);

extern const char period_long_what[], period_long_mend[];

enum period_day { PERIOD_WELL, PERIOD_NO_DATE, PERIOD_OUTSIDE };

/* The day of the period that a text means by a format of day and month.  By %d%m and %m%d a text of
   three digits has lost the zero in front. */
enum period_day period_day(const struct study_period *p, const char *text, size_t length,
                           const char *format, int32_t *day);

#endif
