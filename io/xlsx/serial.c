/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/serial.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/text/parse.h"
#include "models/base/frame.h"

static const int64_t MS_OF_DAY = 86400000;

/* Days of the two systems at 1970-01-01; that of 1900 holds behind its 29 February. */
enum { EPOCH_1900 = 25569, EPOCH_1904 = 24107, FALSE_LEAP_DAY = 60, DAYS_TO_1904 = 1462 };
static const int64_t LAST_DAY = 2958465; /* 9999-12-31 in the system of 1900 */

/* "08:28:09", ".250" behind it where it is not 0. */
static int put_time(char *text, size_t size, int64_t ms)
{
    int n = snprintf(text, size, "%02lld:%02lld:%02lld", (long long)(ms / 3600000),
                     (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60));
    if (ms % 1000)
        n += snprintf(text + n, size - (size_t)n, ".%03lld", (long long)(ms % 1000));
    return n;
}

/* The first 60 days of the system of 1900 lie one day later than the rest says. */
static size_t put_day(char text[16], int64_t days, bool is_1904, int32_t *day)
{
    static const char none[][11] = {"1900-01-00", "1900-02-29"};
    *day = DAY_MISSING;
    if (!is_1904 && (days == 0 || days == FALSE_LEAP_DAY)) {
        memcpy(text, none[days == FALSE_LEAP_DAY], sizeof none[0]);
        return sizeof none[0] - 1;
    }
    *day = (int32_t)(is_1904 ? days - EPOCH_1904 : days - EPOCH_1900 + (days < FALSE_LEAP_DAY));
    return strlen(day_text(*day, text));
}

bool serial_date(double serial, bool is_1904, bool with_time, char text[SERIAL_LONGEST], size_t *n,
                 int32_t *day)
{
    *day = DAY_MISSING;
    if (!(serial >= 0 && serial < (double)(LAST_DAY + 1)))
        return false;
    const int64_t all = llround(serial * (double)MS_OF_DAY);
    const int64_t days = all / MS_OF_DAY, ms = all % MS_OF_DAY;
    if (days > LAST_DAY - (is_1904 ? DAYS_TO_1904 : 0))
        return false;
    *n = put_day(text, days, is_1904, day);
    if (with_time || ms) {
        text[(*n)++] = ' ';
        *n += (size_t)put_time(text + *n, SERIAL_LONGEST - *n, ms);
    }
    return true;
}

bool serial_time(double serial, char text[SERIAL_LONGEST], size_t *n)
{
    if (!(fabs(serial) < 1e7))
        return false;
    const int64_t ms = llround(serial * (double)MS_OF_DAY);
    size_t sign = ms < 0;
    text[0] = '-';
    *n = sign + (size_t)put_time(text + sign, SERIAL_LONGEST - sign, ms < 0 ? -ms : ms);
    return true;
}
