/* SPDX-License-Identifier: GPL-3.0-or-later
   Days, moments and times: what a display format says of a number, and the number's text.
   SPSS counts seconds from 1582-10-14, Stata days or milliseconds and SAS days or seconds from
   1960-01-01. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "io/labelled/kind.h"
#include "io/text/parse.h"

enum { EPOCH_SPSS = -141428, EPOCH_1960 = -3653 }; /* days since 1970-01-01 */

#define SECONDS_PER_DAY 86400.0

/* ---- formats ---- */

struct named_format {
    const char *name; /* ends in '*': any that begins so */
    enum labelled_values values;
    char step;
};

/* The letters (and inner digits) of a format without width and decimals: "DATETIME20.2". */
static size_t letters_of(const char *format)
{
    size_t n = strlen(format);
    while (n > 0 && (isdigit((unsigned char)format[n - 1]) || format[n - 1] == '.'))
        n--;
    return n;
}

static bool is_format(const char *format, size_t n, const char *name)
{
    size_t m = strlen(name);
    if (name[m - 1] == '*')
        return n >= m - 1 && strncasecmp(format, name, m - 1) == 0;
    return n == m && strncasecmp(format, name, m) == 0;
}

static struct moment_unit unit_among(const char *format, const struct named_format *known,
                                     size_t n_known, int32_t epoch)
{
    size_t n = letters_of(format);
    for (size_t i = 0; i < n_known; i++)
        if (is_format(format, n, known[i].name))
            return (struct moment_unit){known[i].values, known[i].step, epoch};
    return (struct moment_unit){.values = LABELLED_NUMBER};
}

struct moment_unit moment_of_spss(const char *format)
{
    static const struct named_format known[] = {
        {"DATE", LABELLED_DAY, 's'},        {"ADATE", LABELLED_DAY, 's'},
        {"EDATE", LABELLED_DAY, 's'},       {"JDATE", LABELLED_DAY, 's'},
        {"SDATE", LABELLED_DAY, 's'},       {"QYR", LABELLED_DAY, 's'},
        {"MOYR", LABELLED_DAY, 's'},        {"WKYR", LABELLED_DAY, 's'},
        {"DATETIME", LABELLED_MOMENT, 's'}, {"YMDHMS", LABELLED_MOMENT, 's'},
        {"TIME", LABELLED_TIME, 's'},       {"DTIME", LABELLED_TIME, 's'},
        {"MTIME", LABELLED_TIME, 's'},
    };
    return unit_among(format, known, sizeof known / sizeof *known, EPOCH_SPSS);
}

struct moment_unit moment_of_sas(const char *format)
{
    /* First those whose beginning is that of another. */
    static const struct named_format known[] = {
        {"DATETIME", LABELLED_MOMENT, 's'},  {"DATEAMPM", LABELLED_MOMENT, 's'},
        {"E8601DT*", LABELLED_MOMENT, 's'},  {"B8601DT*", LABELLED_MOMENT, 's'},
        {"IS8601DT*", LABELLED_MOMENT, 's'}, {"MDYAMPM", LABELLED_MOMENT, 's'},
        {"NLDATM*", LABELLED_MOMENT, 's'},   {"DTDATE", LABELLED_MOMENT, 's'},
        {"DTMONYY", LABELLED_MOMENT, 's'},   {"DTYEAR", LABELLED_MOMENT, 's'},
        {"DTYYQC", LABELLED_MOMENT, 's'},    {"DTWKDATX", LABELLED_MOMENT, 's'},
        {"TIMEAMPM", LABELLED_TIME, 's'},    {"TIME", LABELLED_TIME, 's'},
        {"HHMM", LABELLED_TIME, 's'},        {"HOUR", LABELLED_TIME, 's'},
        {"MMSS", LABELLED_TIME, 's'},        {"TOD", LABELLED_TIME, 's'},
        {"E8601TM*", LABELLED_TIME, 's'},    {"B8601TM*", LABELLED_TIME, 's'},
        {"IS8601TM*", LABELLED_TIME, 's'},   {"NLTIM*", LABELLED_TIME, 's'},
        {"DATE", LABELLED_DAY, 'd'},         {"DDMMYY*", LABELLED_DAY, 'd'},
        {"MMDDYY*", LABELLED_DAY, 'd'},      {"YYMMDD*", LABELLED_DAY, 'd'},
        {"YYMM*", LABELLED_DAY, 'd'},        {"MMYY*", LABELLED_DAY, 'd'},
        {"YYQ*", LABELLED_DAY, 'd'},         {"YYMON", LABELLED_DAY, 'd'},
        {"MONYY", LABELLED_DAY, 'd'},        {"E8601DA*", LABELLED_DAY, 'd'},
        {"B8601DA*", LABELLED_DAY, 'd'},     {"IS8601DA*", LABELLED_DAY, 'd'},
        {"WEEKDATE", LABELLED_DAY, 'd'},     {"WEEKDATX", LABELLED_DAY, 'd'},
        {"WORDDATE", LABELLED_DAY, 'd'},     {"WORDDATX", LABELLED_DAY, 'd'},
        {"JULIAN", LABELLED_DAY, 'd'},       {"JULDAY", LABELLED_DAY, 'd'},
        {"NLDATE*", LABELLED_DAY, 'd'},      {"YEAR", LABELLED_DAY, 'd'},
        {"MONTH", LABELLED_DAY, 'd'},        {"MONNAME", LABELLED_DAY, 'd'},
        {"QTR", LABELLED_DAY, 'd'},          {"WEEKDAY", LABELLED_DAY, 'd'},
        {"DOWNAME", LABELLED_DAY, 'd'},      {"DAY", LABELLED_DAY, 'd'},
        {"WEEKU", LABELLED_DAY, 'd'},        {"WEEKV", LABELLED_DAY, 'd'},
        {"WEEKW", LABELLED_DAY, 'd'},
    };
    return unit_among(format, known, sizeof known / sizeof *known, EPOCH_1960);
}

/* "%td", "%-tdDD/NN/CCYY", "%d" (before version 8), "%tcHH:MM:SS". */
struct moment_unit moment_of_stata(const char *format)
{
    static const struct {
        char letter, step;
        enum labelled_values values;
    } known[] = {{'d', 'd', LABELLED_DAY}, {'c', 'm', LABELLED_MOMENT}, {'C', 'C', LABELLED_MOMENT},
                 {'w', 'w', LABELLED_DAY}, {'m', 'M', LABELLED_DAY},    {'q', 'Q', LABELLED_DAY},
                 {'h', 'H', LABELLED_DAY}};
    const char *p = format;
    if (*p++ != '%')
        return (struct moment_unit){.values = LABELLED_NUMBER};
    p += *p == '-' || *p == '~';
    p += *p == 't';
    bool bare = p[-1] != 't';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (*p == known[i].letter && (!bare || *p == 'd'))
            return (struct moment_unit){known[i].values, known[i].step, EPOCH_1960};
    return (struct moment_unit){.values = LABELLED_NUMBER};
}

/* ---- leap seconds ---- */

/* Days at whose end a second was put in (IERS Bulletin C); Stata's %tC counts them. */
static const int16_t leap_days[] = {911,  1095, 1460,  1825,  2190,  2556,  2921,  3286,  3651,
                                    4198, 4563, 4928,  5659,  6573,  7304,  7669,  8216,  8581,
                                    8946, 9495, 10042, 10591, 13148, 14244, 15521, 16616, 17166};

/* Seconds since 1960 without the leap seconds before them. */
static double without_leaps(double seconds)
{
    double leaps = 0;
    for (size_t i = 0; i < sizeof leap_days / sizeof *leap_days; i++)
        if (seconds - leaps >= ((double)leap_days[i] - EPOCH_1960 + 1) * SECONDS_PER_DAY)
            leaps++;
    return seconds - leaps;
}

/* ---- texts ---- */

static bool is_shown(double day)
{
    enum { YEAR_1 = -719162, YEAR_9999 = 2932896 };
    return day >= YEAR_1 && day <= YEAR_9999;
}

/* The first day of a number of weeks (52 in each year, as Stata counts them), months, quarters
   or half-years since 1960. */
static double first_day(double number, char step)
{
    static const struct {
        char step;
        int per_year;
    } known[] = {{'w', 52}, {'M', 12}, {'Q', 4}, {'H', 2}};
    int per_year = 1;
    int32_t day = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        per_year = known[i].step == step ? known[i].per_year : per_year;
    double years = floor(number / per_year), part = floor(number) - years * per_year;
    if (!(fabs(years) < 9000))
        return NAN;
    int month = step == 'w' ? 1 : 1 + (int)part * 12 / per_year;
    if (!day_from_civil(1960 + (int)years, month, 1, &day))
        return NAN;
    return day + (step == 'w' ? 7 * part : 0);
}

/* "14:30:05.25": to the millisecond; hours may be many. */
static void put_time(double seconds, char *buffer, size_t size)
{
    bool negative = seconds < 0;
    long long ms = llround(fabs(seconds) * 1000);
    int n = snprintf(buffer, size, "%s%02lld:%02lld:%02lld", negative ? "-" : "", ms / 3600000,
                     ms / 60000 % 60, ms / 1000 % 60);
    if (ms % 1000 == 0)
        return;
    n += snprintf(buffer + n, size - (size_t)n, ".%03lld", ms % 1000);
    while (buffer[n - 1] == '0')
        buffer[--n] = '\0';
}

static double whole_milliseconds(double seconds)
{
    return round(seconds * 1000) / 1000;
}

static const char *number_text(double value, bool single, char *buffer)
{
    char digits[32];
    for (int n = 6; single && isfinite(value) && n <= 9; n++) {
        snprintf(digits, sizeof digits, "%.*g", n, value);
        if ((float)strtod(digits, NULL) == (float)value)
            return real_text(strtod(digits, NULL), buffer);
    }
    return real_text(value, buffer);
}

static const char *day_or_number(double day, double value, bool single, char *buffer)
{
    return is_shown(day) ? day_text((int32_t)floor(day), buffer)
                         : number_text(value, single, buffer);
}

const char *labelled_text(double value, bool single, struct moment_unit unit, char buffer[48])
{
    char day[16];
    if (!(fabs(value) < 1e15) || unit.values == LABELLED_NUMBER)
        return number_text(value, single, buffer);
    if (unit.step == 'd')
        return day_or_number(floor(value) + unit.epoch, value, single, buffer);
    if (unit.step != 's' && unit.step != 'm' && unit.step != 'C')
        return day_or_number(first_day(value, unit.step), value, single, buffer);
    double seconds = unit.step == 's' ? value : value / 1000;
    seconds = whole_milliseconds(unit.step == 'C' ? without_leaps(seconds) : seconds);
    double days = floor(seconds / SECONDS_PER_DAY);
    if (unit.values == LABELLED_DAY)
        return day_or_number(days + unit.epoch, value, single, buffer);
    if (unit.values == LABELLED_TIME) {
        put_time(seconds, buffer, 48);
        return buffer;
    }
    if (!is_shown(days + unit.epoch))
        return number_text(value, single, buffer);
    int n = snprintf(buffer, 48, "%s ", day_text((int32_t)(days + unit.epoch), day));
    put_time(seconds - days * SECONDS_PER_DAY, buffer + n, 48 - (size_t)n);
    return buffer;
}
