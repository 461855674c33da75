/* SPDX-License-Identifier: GPL-3.0-or-later
   Dates as the numbers that spreadsheets keep them as. */
#include "io/text/parse.h"

#include <math.h>
#include <string.h>

/* Serial numbers of 9999-12-31, and what day 0 is in days since 1970-01-01. */
enum { LAST_1900 = 2958465, LAST_1904 = 2957003, ZERO_1900 = -25569, ZERO_1904 = -24107 };

/* The 29 February 1900, which never was, but has a number in the system of 1900: the days
   before it stand one further from the rest than the calendar has them. */
enum { NO_DAY = 60 };

static bool digits_and_point(const char *text, size_t length)
{
    size_t points = 0;
    for (size_t i = 0; i < length; i++) {
        points += text[i] == '.';
        if (text[i] != '.' && (text[i] < '0' || text[i] > '9'))
            return false;
    }
    return length > 0 && points <= 1 && text[0] != '.';
}

bool parse_serial_date(const char *text, size_t length, bool is_1904, struct written_time *written)
{
    static const double milliseconds = 86400e3;
    double serial;
    if (!digits_and_point(text, length) || !parse_real(text, length, &serial) || serial > LAST_1900)
        return false;
    const double all = floor(serial * milliseconds + 0.5);
    const int32_t whole = (int32_t)floor(all / milliseconds);
    if (whole > (is_1904 ? LAST_1904 : LAST_1900) || (!is_1904 && (whole == 0 || whole == NO_DAY)))
        return false;
    *written = (struct written_time){
        .day = whole + (is_1904 ? ZERO_1904 : ZERO_1900) + (!is_1904 && whole < NO_DAY),
        .second = memchr(text, '.', length) ? (int32_t)((all - whole * milliseconds) / 1000) : -1};
    return true;
}
