/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/parse.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "models/base/frame.h"

/* ---- the calendar ---- */

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days and dates: H. Hinnant, "chrono-compatible low-level date algorithms"
   (2013), days_from_civil and civil_from_days: years begin in March, so that the
   leap day ends one, and repeat in eras of 400 years = 146097 days. */
bool day_from_civil(int year, int month, int day_of_month, int32_t *day)
{
    if (month < 1 || month > 12 || day_of_month < 1 || day_of_month > days_in_month(year, month))
        return false;
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    int64_t count = era * 146097 + day_of_era - 719468;
    if (count <= DAY_MISSING || count > INT32_MAX)
        return false;
    *day = (int32_t)count;
    return true;
}

void civil_from_day(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    uint32_t day_of_era = (uint32_t)(z - era * 146097);
    uint32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint32_t from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    *year = (int)((int64_t)year_of_era + era * 400 + (*month <= 2));
}

static void put_two_digits(char *to, int value)
{
    to[0] = (char)('0' + value / 10);
    to[1] = (char)('0' + value % 10);
}

size_t day_put(int32_t day, char to[16])
{
    int year, month, day_of_month;
    if (day == DAY_MISSING)
        return 0;
    civil_from_day(day, &year, &month, &day_of_month);
    if (year < 0 || year > 9999)
        return (size_t)snprintf(to, 16, "%04d-%02u-%02u", year, (unsigned)month % 100,
                                (unsigned)day_of_month % 100);
    put_two_digits(to, year / 100);
    put_two_digits(to + 2, year % 100);
    to[4] = to[7] = '-';
    put_two_digits(to + 5, month);
    put_two_digits(to + 8, day_of_month);
    return 10;
}

const char *day_text(int32_t day, char buffer[16])
{
    buffer[day_put(day, buffer)] = '\0';
    return buffer;
}

/* ---- dates by a format ---- */

enum { NO_OFFSET = INT_MIN };

/* What has been read so far; -1: not yet. */
struct moment {
    int year, month, day, hour, minute, second;
    int afternoon; /* of %p */
    int offset;    /* of %z, seconds east of Greenwich; NO_OFFSET: none */
};

struct text {
    const char *at, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Between `least` and `most` digits with a value in low..high. */
static bool take_number(struct text *t, int least, int most, int low, int high, int *value)
{
    int n = 0, sum = 0;
    for (; n < most && t->at < t->end && is_digit(*t->at); n++)
        sum = 10 * sum + (*t->at++ - '0');
    *value = sum;
    return n >= least && sum >= low && sum <= high;
}

static bool take_byte(struct text *t, char c)
{
    if (t->at == t->end || *t->at != c)
        return false;
    t->at++;
    return true;
}

static bool take_word(struct text *t, const char *word, size_t n)
{
    if ((size_t)(t->end - t->at) < n || strncasecmp(t->at, word, n) != 0)
        return false;
    t->at += n;
    return true;
}

static bool take_month(struct text *t, bool whole, int *month)
{
    static const char *const name[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
    for (int i = 0; i < 12; i++)
        if (take_word(t, name[i], whole ? strlen(name[i]) : 3)) {
            *month = i + 1;
            return true;
        }
    return false;
}

/* +hh, +hhmm or +hh:mm, of at least so many digits for the hour */
static bool take_offset(struct text *t, int least, int *offset)
{
    int hours, minutes = 0;
    const bool west = t->at < t->end && *t->at == '-';
    if (!take_byte(t, '+') && !take_byte(t, '-'))
        return false;
    if (!take_number(t, least, 2, 0, 23, &hours))
        return false;
    if ((take_byte(t, ':') || (t->at < t->end && is_digit(*t->at))) &&
        !take_number(t, 2, 2, 0, 59, &minutes))
        return false;
    *offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

/* Z, +hh, +hhmm or +hh:mm; GMT or UTC, alone or before one of these, where +h will do */
static bool take_zone(struct text *t, int *offset)
{
    *offset = 0;
    if (take_byte(t, 'Z'))
        return true;
    const bool named = take_word(t, "GMT", 3) || take_word(t, "UTC", 3);
    if (named && (t->at == t->end || (*t->at != '+' && *t->at != '-')))
        return true;
    return take_offset(t, named ? 1 : 2, offset);
}

/* 60 is a leap second; a fraction of a second is passed over. */
static bool take_second(struct text *t, int *second)
{
    if (!take_number(t, 2, 2, 0, 60, second))
        return false;
    if (t->end - t->at >= 2 && t->at[0] == '.' && is_digit(t->at[1]))
        for (t->at++; t->at < t->end && is_digit(*t->at);)
            t->at++;
    return true;
}

static bool take_short_year(struct text *t, int *year)
{
    if (!take_number(t, 2, 2, 0, 99, year))
        return false;
    *year += *year >= 69 ? 1900 : 2000;
    return true;
}

/* `least`: of the digits of a day, month or hour, which are two where no
   other byte sets them apart: 2024111 is not a date by %Y%m%d. */
static bool take_conversion(struct text *t, char conversion, int least, struct moment *m)
{
    switch (conversion) {
    case 'Y':
        return take_number(t, 4, 4, 1, 9999, &m->year);
    case 'y':
        return take_short_year(t, &m->year);
    case 'm':
        return take_number(t, least, 2, 1, 12, &m->month);
    case 'd':
        return take_number(t, least, 2, 1, 31, &m->day);
    case 'b':
    case 'B':
        return take_month(t, conversion == 'B', &m->month);
    case 'H':
        return take_number(t, least, 2, 0, 23, &m->hour);
    case 'M':
        return take_number(t, 2, 2, 0, 59, &m->minute);
    case 'S':
        return take_second(t, &m->second);
    case 'p':
        m->afternoon = take_word(t, "PM", 2);
        return m->afternoon || take_word(t, "AM", 2);
    case 'T':
        return take_conversion(t, 'H', least, m) && take_byte(t, ':') &&
               take_conversion(t, 'M', 2, m) && take_byte(t, ':') && take_conversion(t, 'S', 2, m);
    case 'F':
        return take_conversion(t, 'Y', 4, m) && take_byte(t, '-') &&
               take_conversion(t, 'm', least, m) && take_byte(t, '-') &&
               take_conversion(t, 'd', least, m);
    case 'z':
        return take_zone(t, &m->offset);
    case '%':
        return take_byte(t, '%');
    default:
        return false;
    }
}

static bool is_numeric(char conversion)
{
    return conversion && strchr("YymdHMSTF", conversion);
}

/* Hours of the afternoon are 1 to 12, as are those of the morning. */
static bool is_clock(const struct moment *m)
{
    return m->afternoon < 0 || (m->hour >= 1 && m->hour <= 12);
}

/* Seconds since the day began; a leap second is its predecessor.  -1: no time of day. */
static int32_t second_of_day(const struct moment *m)
{
    const int hour = m->afternoon < 0 ? m->hour : m->hour % 12 + (m->afternoon ? 12 : 0);
    const int minute = m->minute > 0 ? m->minute : 0, second = m->second > 0 ? m->second : 0;
    return m->hour < 0 ? -1 : hour * 3600 + minute * 60 + (second < 60 ? second : 59);
}

static void put_time(const struct moment *m, struct written_time *written)
{
    written->second = second_of_day(m);
    written->has_offset = m->offset != NO_OFFSET;
    written->offset = written->has_offset ? m->offset : 0;
}

static const struct moment nothing_read = {-1, -1, -1, -1, -1, -1, -1, NO_OFFSET};

static bool is_word(const char *format, bool *is_1904)
{
    *is_1904 = strcmp(format, "excel_1904") == 0;
    return *is_1904 || strcmp(format, "excel") == 0;
}

/* Digits alone, of which one is missing where a day or month begins: who takes such a text
   for a number drops the zero in front. */
static bool has_lost_zero(const char *format, size_t length)
{
    size_t width = 0;
    if (format[0] != '%' || (format[1] != 'd' && format[1] != 'm'))
        return false;
    for (const char *f = format; *f; f += 2) {
        if (f[0] != '%' || !f[1] || !strchr("dmyY", f[1]))
            return false;
        width += f[1] == 'Y' ? 4 : 2;
    }
    return length + 1 == width;
}

bool parse_date_time(const char *text, size_t length, const char *format,
                     struct written_time *written)
{
    bool is_1904;
    char whole[16] = "0";
    if (format[0] != '%' && is_word(format, &is_1904))
        return parse_serial_date(text, length, is_1904, written);
    if (length < sizeof whole && has_lost_zero(format, length)) {
        memcpy(whole + 1, text, length++);
        text = whole;
    }
    struct text t = {text, text + length};
    struct moment m = nothing_read;
    bool after_number = false;
    for (const char *f = format; *f; f++) {
        if (*f != '%') {
            if (!take_byte(&t, *f))
                return false;
            after_number = is_digit(*f);
            continue;
        }
        f++;
        bool glued = after_number || is_digit(f[0] ? f[1] : '\0') ||
                     (f[0] && f[1] == '%' && is_numeric(f[2]));
        if (!take_conversion(&t, *f, glued ? 2 : 1, &m))
            return false;
        after_number = is_numeric(*f);
    }
    if (t.at != t.end || !is_clock(&m))
        return false;
    put_time(&m, written);
    return m.year >= 0 && m.month >= 0 && m.day >= 0 &&
           day_from_civil(m.year, m.month, m.day, &written->day);
}

bool parse_date(const char *text, size_t length, const char *format, int32_t *day)
{
    struct written_time written;
    if (!parse_date_time(text, length, format, &written))
        return false;
    *day = written.day;
    return true;
}

static void pass_blanks(struct text *t)
{
    while (take_byte(t, ' '))
        continue;
}

bool parse_time_of_day(const char *text, size_t length, struct written_time *written)
{
    struct text t = {text, text + length};
    struct moment m = nothing_read;
    if (!take_conversion(&t, 'H', 1, &m) || !take_byte(&t, ':') ||
        !take_conversion(&t, 'M', 2, &m) || (take_byte(&t, ':') && !take_second(&t, &m.second)))
        return false;
    pass_blanks(&t);
    const struct text before = t;
    if (!take_conversion(&t, 'p', 2, &m)) {
        m.afternoon = -1;
        t = before;
    }
    pass_blanks(&t);
    if (t.at != t.end && !take_zone(&t, &m.offset))
        return false;
    put_time(&m, written);
    return t.at == t.end && is_clock(&m);
}

/* Adds the parts of the date that a conversion gives. */
static void count_parts(char conversion, int *years, int *months, int *days)
{
    *years += strchr("YyF", conversion) != NULL;
    *months += strchr("mbBF", conversion) != NULL;
    *days += strchr("dF", conversion) != NULL;
}

const char *date_format_problem(const char *format)
{
    int years = 0, months = 0, days = 0;
    bool is_1904;
    if (is_word(format, &is_1904))
        return NULL;
    for (const char *f = strchr(format, '%'); f; f = strchr(f, '%')) {
        if (!f[1] || !strchr("YmdybBHMSpTFz%", f[1]))
            return "has a conversion other than %Y %m %d %y %b %B %H %M %S %p %T %F %z %%";
        count_parts(f[1], &years, &months, &days);
        f += 2;
    }
    if (years == 0)
        return "has no year: %Y, %y or %F";
    if (months == 0)
        return "has no month: %m, %b, %B or %F";
    if (days == 0)
        return "has no day: %d or %F";
    if (years + months + days > 3)
        return "names year, month or day twice";
    return strstr(format, "%p") && !strpbrk(format, "HT") ? "has %p without an hour: %H" : NULL;
}

/* hh:mm, with seconds and a zone where they stand */
static bool is_iso_time(struct text t)
{
    struct moment m;
    if (!take_conversion(&t, 'H', 2, &m) || !take_byte(&t, ':') || !take_conversion(&t, 'M', 2, &m))
        return false;
    if (take_byte(&t, ':') && !take_second(&t, &m.second))
        return false;
    return t.at == t.end || (take_zone(&t, &m.offset) && t.at == t.end);
}

bool parse_iso_date(const char *text, size_t length, int32_t *day)
{
    static const size_t of_date = sizeof "2025-03-01" - 1;
    if (length < of_date || text[4] != '-' || text[7] != '-')
        return false;
    if (length > of_date && ((text[of_date] != 'T' && text[of_date] != ' ') ||
                             !is_iso_time((struct text){text + of_date + 1, text + length})))
        return false;
    return parse_date(text, of_date, "%Y-%m-%d", day);
}

/* ---- which format a column is written in ---- */

const char *date_format_of(const char *const *texts, size_t n, size_t *ambiguous, size_t *deciding)
{
    static const char *const format[] = {"%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y",
                                         "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d"};
    const unsigned all = (1u << sizeof format / sizeof format[0]) - 1;
    unsigned left = all;
    *ambiguous = *deciding = n;
    for (size_t i = 0; i < n && left; i++) {
        unsigned fits = 0;
        int32_t ignored;
        for (unsigned j = 0; texts[i] && 1u << j < all; j++)
            if (parse_date(texts[i], strlen(texts[i]), format[j], &ignored))
                fits |= 1u << j;
        if (!texts[i])
            continue;
        if ((fits & (fits - 1)) && *ambiguous == n)
            *ambiguous = i;
        bool open = left & (left - 1);
        left &= fits;
        if (!left || (open && !(left & (left - 1))))
            *deciding = i;
    }
    if (!left || left & (left - 1))
        return NULL;
    size_t only = 0;
    while (!(left & 1u << only))
        only++;
    return format[only];
}
