/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/shape/period.h"

#include <stdio.h>
#include <string.h>

#include "io/text/parse.h"

const char period_long_what[] =
    "makes the period longer than a year: a day and a month in it tell no year";
const char period_long_mend[] = "export each year into its own file, with an entry for each";

bool period_is_long(const struct study_period *p)
{
    int year, month, day;
    int32_t again = 0;
    civil_from_day(p->from, &year, &month, &day);
    if (!day_from_civil(year + 1, month, day, &again))
        day_from_civil(year + 1, 3, 1, &again); /* 29 February */
    return p->to >= again;
}

static bool lost_zero(const char *text, size_t length, const char *format)
{
    return length == 3 && strspn(text, "0123456789") >= 3 &&
           (strcmp(format, "%d%m") == 0 || strcmp(format, "%m%d") == 0);
}

enum period_day period_day(const struct study_period *p, const char *text, size_t length,
                           const char *format, int32_t *day)
{
    char with_year[128], long_format[64];
    int first, last, month, day_of_month;
    enum period_day found = PERIOD_NO_DATE;
    if (length > sizeof with_year / 2 || strlen(format) > sizeof long_format / 2)
        return PERIOD_NO_DATE;
    snprintf(long_format, sizeof long_format, "%%Y %s", format);
    civil_from_day(p->from, &first, &month, &day_of_month);
    civil_from_day(p->to, &last, &month, &day_of_month);
    for (int year = first; year <= last; year++) {
        const int n = snprintf(with_year, sizeof with_year, "%04d %s%.*s", year,
                               lost_zero(text, length, format) ? "0" : "", (int)length, text);
        if (!parse_date(with_year, (size_t)n, long_format, day))
            continue;
        if (*day >= p->from && *day <= p->to)
            return PERIOD_WELL;
        found = PERIOD_OUTSIDE;
    }
    return found;
}
