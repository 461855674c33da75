/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/parse.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/frame.h"
#include "models/base/rng.h"
#include "tests/check.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- numbers ---- */

static void check_real(const char *text, double want)
{
    double got = NAN;
    if (!parse_real(text, strlen(text), &got) || got != want)
        fail_msg("'%s' is read as %.17g, not as %.17g", text, got, want);
}

static void reals_are_correctly_rounded(void **state)
{
    (void)state;
    check_real("12", 12);
    check_real(" -12.50\t", -12.5);
    check_real("+.5", 0.5);
    check_real("5.", 5);
    check_real("1e-3", 0.001);
    check_real("1E+05", 100000);
    check_real("-0", 0);
    check_real("0.1", 0x1.999999999999ap-4);
    /* halfway between two doubles: to the even one; the least bit more: up */
    check_real("9007199254740993", 0x1p53);
    check_real("9007199254740993.00000000000000000000001", 0x1.0000000000001p53);
    check_real("1.00000000000000011102230246251565404236316680908203125", 1);
    check_real("1.00000000000000011102230246251565404236316680908203126", 1 + DBL_EPSILON);
    /* the border of the denormal numbers, where other readers have hung */
    check_real("2.2250738585072011e-308", 0x0.fffffffffffffp-1022);
    check_real("2.2250738585072012e-308", DBL_MIN);
    check_real("4.9406564584124654e-324", 0x1p-1074);
    check_real("1e-400", 0);
    check_real("1.7976931348623157e308", DBL_MAX);
    check_real("1.7976931348623158079e308", DBL_MAX);
}

static void what_is_no_real_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",      " ",     ".",   "-",      "+-1",      "--1", "1 2",    "1,5", "0x1F",
        "0x1p3", "inf",   "NaN", "nan(1)", "1e",       "1e+", "e5",     ".e5", "1.2.3",
        "1_0",   "1e5.0", "12a", "1e309",  "-1.8e308", "1\n", "\u00a01"};
    double x = 7;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (parse_real(bad[i], strlen(bad[i]), &x))
            fail_msg("'%s' is taken for %g", bad[i], x);
    assert_true(x == 7);
    assert_false(parse_real("1\0002", 3, &x));
    assert_true(parse_real("123", 2, &x) && x == 12);
    char zeros[3000];
    memset(zeros, '0', sizeof zeros);
    assert_false(parse_real(zeros, 2001, &x));
    assert_true(parse_real(zeros, 2000, &x) && x == 0);
}

static void wholes_stop_at_the_ends_of_int64(void **state)
{
    (void)state;
    int64_t n = 0;
    assert_true(parse_whole(" -42 ", 5, &n) && n == -42);
    assert_true(parse_whole("+007", 4, &n) && n == 7);
    assert_true(parse_whole("9223372036854775807", 19, &n) && n == INT64_MAX);
    assert_true(parse_whole("-9223372036854775807", 20, &n) && n == -INT64_MAX);
    static const char *const bad[] = {"9223372036854775808",
                                      "-9223372036854775808",
                                      "",
                                      "-",
                                      "99999999999999999999",
                                      "1.0",
                                      "1e3",
                                      "1 2"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(parse_whole(bad[i], strlen(bad[i]), &n));
    assert_true(n == -INT64_MAX);
}

static void sizes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t bytes;
    } good[] = {{"0", 0},
                {"4096", 4096},
                {"4096B", 4096},
                {"1K", 1024},
                {"64M", 64 << 20},
                {"64m", 64 << 20},
                {"1.5G", 3LL << 29},
                {"2GiB", 2LL << 30},
                {"2gb", 2LL << 30},
                {"8388607T", 8388607LL << 40}};
    static const char *const bad[] = {
        "",    "M",    "-1",   "1.5",  "1X",  "1KK",      "1 M",
        "1e3", "1.M.", "0x10", "64iB", "1Bi", "8388608T", "9223372036854775808"};
    int64_t n;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(parse_size(good[i].text, strlen(good[i].text), &n));
        assert_int_equal(n, good[i].bytes);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(parse_size(bad[i], strlen(bad[i]), &n));
}

static void shortest_texts_of_known_doubles(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } known[] = {
        {0, "0"},
        {-0.0, "0"},
        {0.1, "0.1"},
        {-1.5, "-1.5"},
        {100, "100"},
        {0.0001, "0.0001"},
        {0.00001, "1e-5"},
        {1e15, "1000000000000000"},
        {1e16, "1e16"},
        {1.0 / 3, "0.3333333333333333"},
        {0x1p53, "9007199254740992"},
        {0.1 + 0.2, "0.30000000000000004"},
        {123456789012345680.0, "1.2345678901234568e17"},
        {1e23, "1e23"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {DBL_MAX, "1.7976931348623157e308"},
        {0x1p-1074, "5e-324"},
        {0x1p-1073, "1e-323"},
        {0x1p-44, "5.684341886080802e-14"}, /* its nearest decimal of 16 digits ends in 1 */
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, ""},
    };
    char buffer[32];
    for (size_t i = 0; i < COUNT(known); i++)
        assert_string_equal(real_text(known[i].value, buffer), known[i].text);
}

/* Significant digits of a text without zeros at either end. */
static int count_digits(const char *text)
{
    int n = 0, zeros = 0;
    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (n > 0 || *text != '0')) {
            n++;
            zeros = *text == '0' ? zeros + 1 : 0;
        }
    return n - zeros;
}

/* It reads back, and the decimals of one digit less on both sides do not. */
static void check_shortest(double x)
{
    char text[32], other[64];
    double back = NAN;
    real_text(x, text);
    assert_true(parse_real(text, strlen(text), &back));
    assert_true(back == x);
    int n = count_digits(text);
    if (n < 2)
        return;
    snprintf(other, sizeof other, "%.*e", n - 2, x);
    const long double nearest = strtold(other, NULL);
    const long double unit = powl(10, strtol(strchr(other, 'e') + 1, NULL, 10) - (n - 2));
    for (int step = -1; step <= 1; step++) {
        snprintf(other, sizeof other, "%.*Le", n - 2, nearest + step * unit);
        if (strtod(other, NULL) == x)
            fail_msg("%s is shorter than %s", other, text);
    }
}

static void every_double_reads_back(void **state)
{
    (void)state;
    uint64_t bits = 0x9e3779b97f4a7c15u;
    for (int i = 0; i < 20000; i++) {
        double x;
        bits = bits * 6364136223846793005u + 1442695040888963407u;
        const uint64_t mixed = bits ^ bits >> 29;
        memcpy(&x, &mixed, sizeof x);
        if (isfinite(x))
            check_shortest(fabs(x));
    }
    for (int exponent = -1074; exponent <= 1023; exponent++)
        check_shortest(ldexp(1, exponent));
}

/* Up to 15 digits with the point before the last k: without zeros at its end that is the
   shortest text of the double that it stands for, and the doubles beside it need more. */
static void decimals_come_back_as_they_were_written(void **state)
{
    (void)state;
    const size_t n = getenv("SLOW") ? 5000000 : 100000;
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(3, 1, keep);
    for (size_t i = 0; i < n; i++) {
        char written[48], got[32];
        double x;
        const int digits = 1 + (int)rng_below(rng, 15), k = (int)rng_below(rng, 5);
        const uint64_t parts = 1 + rng_below(rng, (uint64_t)pow(10, digits) - 1);
        const uint64_t unit = (uint64_t)pow(10, k);
        int length =
            snprintf(written, sizeof written, "-%llu.%0*llu", (unsigned long long)(parts / unit),
                     k + 1, (unsigned long long)(parts % unit * 10));
        while (written[length - 1] == '0')
            written[--length] = '\0';
        if (written[length - 1] == '.')
            written[--length] = '\0';
        assert_true(parse_real(written, (size_t)length, &x));
        assert_string_equal(real_text(x, got), written);
        assert_string_equal(real_text(-x, got), written + 1);
        if (i < 20000) {
            check_shortest(nextafter(-x, 0));
            check_shortest(nextafter(-x, INFINITY));
        }
    }
    arena_free(keep);
}

static void wholes_are_printed_as_printf_does(void **state)
{
    (void)state;
    char want[32], got[32];
    for (int shift = 0; shift < 64; shift++)
        for (int step = -2; step <= 2; step++)
            for (uint64_t unit = 1; unit < (uint64_t)1 << 63; unit *= 10) {
                const int64_t value = (int64_t)(((uint64_t)1 << shift) + unit + (uint64_t)step);
                snprintf(want, sizeof want, "%lld", (long long)value);
                got[whole_put(value, got)] = '\0';
                assert_string_equal(got, want);
            }
    for (int64_t value = -12345; value <= 12345; value++) {
        snprintf(want, sizeof want, "%lld", (long long)value);
        got[whole_put(value, got)] = '\0';
        assert_string_equal(got, want);
    }
    got[whole_put(INT64_MIN, got)] = '\0';
    assert_string_equal(got, "-9223372036854775808");
}

/* ---- serial numbers of spreadsheets ---- */

/* By the calendar: Excel's day 2 is 1900-01-02, 59 is 1900-02-28, 61 is 1900-03-01, and
   45351 - 61 = 45290 days after that day comes 2024-02-29; 1904-01-01 is 1462 days of the
   other system later. */
static const struct {
    const char *text, *format, *day; /* day NULL: none */
} serials[] = {
    {"1", "excel", "1900-01-01"},
    {"2", "excel", "1900-01-02"},
    {"59", "excel", "1900-02-28"},
    {"60", "excel", NULL},
    {"60.5", "excel", NULL},
    {"61", "excel", "1900-03-01"},
    {"25569", "excel", "1970-01-01"},
    {"45321", "excel", "2024-01-30"},
    {"45321.75", "excel", "2024-01-30"},
    {"45321.", "excel", "2024-01-30"},
    {"45351", "excel", "2024-02-29"},
    {"45350.999999999", "excel", "2024-02-29"},
    {"45350.99999", "excel", "2024-02-28"},
    {"045351", "excel", "2024-02-29"},
    {"2958465", "excel", "9999-12-31"},
    {"2958466", "excel", NULL},
    {"0", "excel", NULL},
    {"0.5", "excel", NULL},
    {"0", "excel_1904", "1904-01-01"},
    {"60", "excel_1904", "1904-03-01"},
    {"43889", "excel_1904", "2024-02-29"},
    {"2957003", "excel_1904", "9999-12-31"},
    {"2957004", "excel_1904", NULL},
    {"", "excel", NULL},
    {".5", "excel", NULL},
    {"-1", "excel", NULL},
    {"+45321", "excel", NULL},
    {" 45321", "excel", NULL},
    {"45321,75", "excel", NULL},
    {"45,321", "excel", NULL},
    {"4.5321e4", "excel", NULL},
    {"45321.7.5", "excel", NULL},
    {"2024-01-30", "excel", NULL},
    {"99999999999999999999999999", "excel", NULL},
    {"1022024", "%d%m%Y", "2024-02-01"},
    {"01022024", "%d%m%Y", "2024-02-01"},
    {"1122024", "%d%m%Y", "2024-12-01"},
    {"22024", "%d%m%Y", NULL},
    {"10224", "%d%m%y", "2024-02-01"},
    {"1302024", "%m%d%Y", "2024-01-30"},
    {"3102024", "%d%m%Y", "2024-10-03"},
    {"9132024", "%d%m%Y", NULL},
    {"2024111", "%Y%m%d", NULL},
    {"0240111", "%Y%m%d", NULL},
    {"1.02.202", "%d.%m.%Y", NULL},
};

static void serials_and_lost_zeros(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(serials); i++) {
        int32_t day = DAY_MISSING;
        char got[16];
        const char *text = serials[i].text, *want = serials[i].day ? serials[i].day : "";
        if (parse_date(text, strlen(text), serials[i].format, &day) != (serials[i].day != NULL) ||
            strcmp(day_text(day, got), want) != 0)
            fail_msg("'%s' by %s: '%s', want '%s'", text, serials[i].format, day_text(day, got),
                     want);
    }
    assert_null(date_format_problem("excel"));
    assert_null(date_format_problem("excel_1904"));
    assert_non_null(date_format_problem("excel_1900"));
}

/* ---- dates ---- */

static void days_of_the_calendar(void **state)
{
    (void)state;
    char text[16];
    int32_t day = -1;
    assert_true(day_from_civil(1970, 1, 1, &day) && day == 0);
    assert_true(day_from_civil(1969, 12, 31, &day) && day == -1);
    assert_true(day_from_civil(2000, 3, 1, &day) && day == 30 * 365 + 7 + 31 + 29);
    assert_true(day_from_civil(1582, 10, 14, &day) && day == -12219379200 / 86400);
    assert_true(day_from_civil(2024, 2, 29, &day) && day == 1709164800 / 86400);
    assert_string_equal(day_text(day, text), "2024-02-29");
    assert_string_equal(day_text(DAY_MISSING, text), "");
    assert_string_equal(day_text(INT32_MAX, text), "5881580-07-11");
    assert_string_equal(day_text(DAY_MISSING + 1, text), "-5877641-06-24");
    assert_false(day_from_civil(2023, 2, 29, &day));
    assert_false(day_from_civil(1900, 2, 29, &day));
    assert_false(day_from_civil(2024, 4, 31, &day));
    assert_false(day_from_civil(2024, 13, 1, &day));
    assert_false(day_from_civil(2024, 0, 1, &day));
    assert_false(day_from_civil(2024, 1, 0, &day));
    assert_false(day_from_civil(INT32_MAX, 1, 1, &day));
    assert_true(day == 1709164800 / 86400);
}

static int length_of_month(int year, int month)
{
    if (month == 2)
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Counted day by day over eight centuries, as the calendar is defined. */
static void days_follow_one_another(void **state)
{
    (void)state;
    int32_t got, want;
    assert_true(day_from_civil(1600, 1, 1, &want));
    for (int year = 1600; year < 2400; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= length_of_month(year, month); day++, want++) {
                int y, m, d;
                assert_true(day_from_civil(year, month, day, &got));
                civil_from_day(want, &y, &m, &d);
                assert_true(got == want && y == year && m == month && d == day);
            }
}

static const struct {
    const char *text, *format, *date; /* date NULL: refused */
} dates[] = {
    {"2024-02-29", "%Y-%m-%d", "2024-02-29"},
    {"2024-2-9", "%Y-%m-%d", "2024-02-09"},
    {"20240229", "%Y%m%d", "2024-02-29"},
    {"2024111", "%Y%m%d", NULL},
    {"29.02.2024", "%d.%m.%Y", "2024-02-29"},
    {"1.3.24", "%d.%m.%y", "2024-03-01"},
    {"1.3.69", "%d.%m.%y", "1969-03-01"},
    {"1.3.68", "%d.%m.%y", "2068-03-01"},
    {"29-FEB-24", "%d-%b-%y", "2024-02-29"},
    {"May 5, 2024", "%B %d, %Y", "2024-05-05"},
    {"february 29, 2024", "%B %d, %Y", "2024-02-29"},
    {"Feb 29, 2024", "%B %d, %Y", NULL},
    {"12/1/2010 8:26", "%m/%d/%Y %H:%M", "2010-12-01"},
    {"12/1/2010 12:26 am", "%m/%d/%Y %H:%M %p", "2010-12-01"},
    {"12/1/2010 13:26 PM", "%m/%d/%Y %H:%M %p", NULL},
    {"12/1/2010 0:26 AM", "%m/%d/%Y %H:%M %p", NULL},
    {"2024-02-29T23:59:60.125+01:00", "%FT%T%z", "2024-02-29"},
    {"2024-02-29T23:59:59Z", "%FT%T%z", "2024-02-29"},
    {"2024-02-29T23:59:59-0530", "%FT%T%z", "2024-02-29"},
    {"2024-02-29T23:59:59+5", "%FT%T%z", NULL},
    {"2026/09/27 3:00:00 PM GMT+3", "%Y/%m/%d %H:%M:%S %p %z", "2026-09-27"},
    {"2026/09/27 3:00:00 PM GMT-11", "%Y/%m/%d %H:%M:%S %p %z", "2026-09-27"},
    {"2026/09/27 3:00:00 PM GMT+5:30", "%Y/%m/%d %H:%M:%S %p %z", "2026-09-27"},
    {"2026/09/27 3:00:00 PM UTC", "%Y/%m/%d %H:%M:%S %p %z", "2026-09-27"},
    {"2026-09-27 15:00 UTC+03:00", "%Y-%m-%d %H:%M %z", "2026-09-27"},
    {"2026-09-27 15:00 GMT+0300", "%Y-%m-%d %H:%M %z", "2026-09-27"},
    {"2026-09-27 15:00 GMT+", "%Y-%m-%d %H:%M %z", NULL},
    {"2026-09-27 15:00 GMT+24", "%Y-%m-%d %H:%M %z", NULL},
    {"2026-09-27 15:00 GMT3", "%Y-%m-%d %H:%M %z", NULL},
    {"2026-09-27 15:00 CET", "%Y-%m-%d %H:%M %z", NULL},
    {"2024-02-29T24:00:00", "%FT%T", NULL},
    {"2024-02-29T23:60:00", "%FT%T", NULL},
    {"100% 2024-02-29", "100%% %F", "2024-02-29"},
    {"2023-02-29", "%F", NULL},
    {"31.04.2024", "%d.%m.%Y", NULL},
    {"01.13.2024", "%d.%m.%Y", NULL},
    {"29.02.2024 ", "%d.%m.%Y", NULL},
    {" 29.02.2024", "%d.%m.%Y", NULL},
    {"29.02.24", "%d.%m.%Y", NULL},
    {"29.02.2024", "%d.%m.%y", NULL},
    {"29.02.02024", "%d.%m.%Y", NULL},
    {"0000-01-01", "%F", NULL},
    {"", "%F", NULL},
    {"2024-02", "%Y-%m", NULL},
    {"2024-02-29", "%Y-%m-%d%", NULL},
};

static void dates_by_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(dates); i++) {
        char text[16] = "";
        int32_t day = DAY_MISSING;
        bool taken = parse_date(dates[i].text, strlen(dates[i].text), dates[i].format, &day);
        day_text(day, text);
        if (taken != (dates[i].date != NULL) || (taken && strcmp(text, dates[i].date) != 0))
            fail_msg("'%s' by %s: got '%s'", dates[i].text, dates[i].format, text);
    }
}

static void formats_of_dates_are_checked(void **state)
{
    (void)state;
    static const char *const good[] = {"%d.%m.%Y", "%FT%T%z 100%%", "%b %d, %y %H:%M %p"};
    static const char *const bad[] = {"%d.%m",     "%Y-%m", "%Y-%d", "%Y-%m-%d %j",
                                      "%Y-%m-%d%", "%F %d", "%F %p", "dd.mm.yyyy"};
    for (size_t i = 0; i < COUNT(good); i++)
        assert_null(date_format_problem(good[i]));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_non_null(date_format_problem(bad[i]));
}

static void iso_dates(void **state)
{
    (void)state;
    static const char *const good[] = {"2024-02-29", "2024-02-29T23:30:00-05:00",
                                       "2024-02-29 10:00:00.000", "2024-02-29T10:00Z",
                                       "2024-02-29 10:00"};
    static const char *const bad[] = {"2024-2-29",
                                      "20240229",
                                      "2024-02-29T",
                                      "2024-02-29x10:00",
                                      "2024-02-29 10",
                                      "2024-02-29 1:00",
                                      "2024-02-29 10:0 x",
                                      "2024-02-29 25:00",
                                      "2024-02-2",
                                      "2024-W09-4",
                                      ""};
    int32_t day;
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(parse_iso_date(good[i], strlen(good[i]), &day) && day == 19782);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(parse_iso_date(bad[i], strlen(bad[i]), &day));
}

static void the_one_format_of_a_column(void **state)
{
    (void)state;
    size_t ambiguous, deciding;
    const char *day_first[] = {"03/04/2024", NULL, "25/12/2024", "01/02/2024"};
    assert_string_equal(date_format_of(day_first, 4, &ambiguous, &deciding), "%d/%m/%Y");
    assert_true(ambiguous == 0 && deciding == 2);
    const char *month_first[] = {"12-25-2024"};
    assert_string_equal(date_format_of(month_first, 1, &ambiguous, &deciding), "%m-%d-%Y");
    assert_true(ambiguous == 1 && deciding == 0);
    const char *iso[] = {"2024-02-29", "2024-03-04"};
    assert_string_equal(date_format_of(iso, 2, &ambiguous, &deciding), "%Y-%m-%d");
    assert_true(ambiguous == 2 && deciding == 0);
    const char *slashes[] = {"2024/02/29 ", "2024/03/04"};
    assert_null(date_format_of(slashes, 2, &ambiguous, &deciding));
    slashes[0] = "2024/02/29";
    assert_string_equal(date_format_of(slashes, 2, &ambiguous, &deciding), "%Y/%m/%d");
    assert_true(ambiguous == 2 && deciding == 0);
    const char *either[] = {NULL, "03.04.2024", "05.06.2024"};
    assert_null(date_format_of(either, 3, &ambiguous, &deciding));
    assert_true(ambiguous == 1 && deciding == 3);
    const char *mixed[] = {"03/04/2024", "25/12/2024", "12/25/2024", "01/02/2024"};
    assert_null(date_format_of(mixed, 4, &ambiguous, &deciding));
    assert_true(ambiguous == 0 && deciding == 2);
    const char *nothing[] = {NULL, NULL};
    assert_null(date_format_of(nothing, 2, &ambiguous, &deciding));
    assert_true(ambiguous == 2 && deciding == 2);
}

/* The time of day and the zone of a date: seconds counted by hand. */
static void times_of_day_and_offsets(void **state)
{
    (void)state;
    static const struct {
        const char *text, *format;
        int second, offset; /* offset 1: none is written */
    } cases[] = {
        {"2024-03-31 23:30:15", "%F %T", 84615, 1},
        {"2024-03-31T23:30:15Z", "%FT%T%z", 84615, 0},
        {"2024-03-31T23:30:15.75-0630", "%FT%T%z", 84615, -23400},
        {"2024-03-31T23:30:15+05:45", "%FT%T%z", 84615, 20700},
        {"2024-03-31 12:00 AM", "%F %H:%M %p", 0, 1},
        {"2024-03-31 12:00 PM", "%F %H:%M %p", 43200, 1},
        {"2024-03-31 11:59 PM", "%F %H:%M %p", 86340, 1},
        {"2024-03-31 23:59:60", "%F %T", 86399, 1},
        {"2024-03-31", "%F", -1, 1},
        {"23:30:15", NULL, 84615, 1},
        {"9:12:44 AM", NULL, 33164, 1},
        {"09:12:44AM", NULL, 33164, 1},
        {"3:00:00 PM GMT+3", NULL, 54000, 10800},
        {"15:00", NULL, 54000, 1},
        {"15:00:00 UTC", NULL, 54000, 0},
        {"15:00:00.123 +0200", NULL, 54000, 7200},
        {"15:00:00Z", NULL, 54000, 0},
        {"15:00:00-07:00", NULL, 54000, -25200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct written_time w = {.day = 7};
        const char *text = cases[i].text, *format = cases[i].format;
        assert_true(format ? parse_date_time(text, strlen(text), format, &w)
                           : parse_time_of_day(text, strlen(text), &w));
        assert_int_equal(w.day, format ? 19813 : 7);
        assert_int_equal(w.second, cases[i].second);
        assert_int_equal(w.has_offset, cases[i].offset != 1);
        assert_int_equal(w.offset, cases[i].offset == 1 ? 0 : cases[i].offset);
    }
}

static void no_times_of_day(void **state)
{
    (void)state;
    static const char *const bad[] = {"",         "24:00",   "12:60",     "13:00 PM",   "0:30 AM",
                                      "12",       "12:0",    "12:00:61",  "12:00 XM",   "12:00 CET",
                                      "12:00+24", "12:00 +", "12:00Z+1x", "12:00 AM PM"};
    struct written_time w;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (parse_time_of_day(bad[i], strlen(bad[i]), &w))
            fail_msg("'%s' is read as a time of day", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes),
        cmocka_unit_test(reals_are_correctly_rounded),
        cmocka_unit_test(what_is_no_real_is_refused),
        cmocka_unit_test(wholes_stop_at_the_ends_of_int64),
        cmocka_unit_test(shortest_texts_of_known_doubles),
        cmocka_unit_test(every_double_reads_back),
        cmocka_unit_test(decimals_come_back_as_they_were_written),
        cmocka_unit_test(wholes_are_printed_as_printf_does),
        cmocka_unit_test(serials_and_lost_zeros),
        cmocka_unit_test(days_of_the_calendar),
        cmocka_unit_test(days_follow_one_another),
        cmocka_unit_test(dates_by_format),
        cmocka_unit_test(formats_of_dates_are_checked),
        cmocka_unit_test(iso_dates),
        cmocka_unit_test(the_one_format_of_a_column),
        cmocka_unit_test(times_of_day_and_offsets),
        cmocka_unit_test(no_times_of_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
