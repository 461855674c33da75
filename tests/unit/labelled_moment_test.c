/* SPDX-License-Identifier: GPL-3.0-or-later
   Days, moments and times of SPSS, Stata and SAS.  Expected values: the manuals' own examples
   and calendar arithmetic by hand; 1582-10-14 is 141428 days, 1960-01-01 3653 days before
   1970-01-01. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "io/labelled/kind.h"

static void assert_text(struct moment_unit unit, double value, const char *want)
{
    char buffer[48];
    assert_string_equal(labelled_text(value, false, unit, buffer), want);
}

static void spss_counts_seconds_from_1582(void **state)
{
    (void)state;
    struct moment_unit day = moment_of_spss("DATE11"), stamp = moment_of_spss("DATETIME23.2");
    assert_text(day, 0, "1582-10-14");
    assert_text(day, 86400.0 * 141428, "1970-01-01");
    assert_text(moment_of_spss("ADATE10"), 86400.0 * 161250 + 3600, "2024-04-09");
    assert_text(stamp, 86400.0 * 141428 + 3661.25, "1970-01-01 01:01:01.25");
    assert_text(stamp, 86400.0 * 141429 - 0.0001, "1970-01-02 00:00:00");
    assert_text(moment_of_spss("TIME8"), 30600.1, "08:30:00.1");
    assert_text(moment_of_spss("DTIME13"), 90000, "25:00:00");
    assert_text(moment_of_spss("TIME8"), -60, "-00:01:00");
    assert_text(moment_of_spss("F8.2"), 86400, "86400");
    assert_text(moment_of_spss("MONTH9"), 3, "3");
    assert_text(moment_of_spss("DOLLAR10.2"), 2.5, "2.5");
}

/* [D] Datetime: %tw week 1 of 1960 is 0, weeks have 7 days and the 52nd the rest. */
static void stata_counts_from_1960(void **state)
{
    (void)state;
    assert_text(moment_of_stata("%td"), 0, "1960-01-01");
    assert_text(moment_of_stata("%-tdDD/NN/CCYY"), 16770, "2005-11-30");
    assert_text(moment_of_stata("%d"), -1, "1959-12-31");
    assert_text(moment_of_stata("%tc"), 1448939655.0 * 1000, "2005-11-30 03:14:15");
    assert_text(moment_of_stata("%tw"), 52, "1961-01-01");
    assert_text(moment_of_stata("%tw"), -1, "1959-12-24");
    assert_text(moment_of_stata("%tm"), 779, "2024-12-01");
    assert_text(moment_of_stata("%tq"), -1, "1959-10-01");
    assert_text(moment_of_stata("%th"), 1, "1960-07-01");
    assert_text(moment_of_stata("%ty"), 2024, "2024");
    assert_text(moment_of_stata("%9.0g"), 3, "3");
    assert_text(moment_of_stata("%-18s"), 3, "3");
    assert_text(moment_of_stata("%8.0gc"), 4099, "4099");
}

/* 2016-12-31 23:59:60 was the 27th leap second: %tC counts it, %tc does not.
   2017-01-01 is day 20820. */
static void leap_seconds_are_taken_out(void **state)
{
    (void)state;
    double midnight = 20820.0 * 86400;
    assert_text(moment_of_stata("%tC"), (midnight + 26 - 1) * 1000, "2016-12-31 23:59:59");
    assert_text(moment_of_stata("%tC"), (midnight + 27) * 1000, "2017-01-01 00:00:00");
    assert_text(moment_of_stata("%tc"), midnight * 1000, "2017-01-01 00:00:00");
    assert_text(moment_of_stata("%tC"), 0, "1960-01-01 00:00:00");
}

static void sas_tells_by_the_name_of_the_format(void **state)
{
    (void)state;
    assert_text(moment_of_sas("DATE9."), 20121, "2015-02-02");
    assert_text(moment_of_sas("MMDDYY10"), 16468, "2005-02-01");
    assert_text(moment_of_sas("YYMMDDD10"), 16468, "2005-02-01");
    assert_text(moment_of_sas("E8601DA"), 0, "1960-01-01");
    assert_text(moment_of_sas("DATETIME19."), 1738507332, "2015-02-02 14:42:12");
    assert_text(moment_of_sas("TIME"), 52932, "14:42:12");
    assert_text(moment_of_sas("WORKSHOP"), 2, "2");
    assert_text(moment_of_sas("BEST12"), 2, "2");
    assert_text(moment_of_sas(""), 2, "2");
}

static void numbers_have_the_fewest_digits(void **state)
{
    (void)state;
    char buffer[48];
    struct moment_unit none = moment_of_spss("F8.2"), day = moment_of_spss("DATE11");
    assert_string_equal(labelled_text((double)3.14F, true, none, buffer), "3.14");
    assert_string_equal(labelled_text((double)0.1F, true, none, buffer), "0.1");
    assert_string_equal(labelled_text((double)16777216.0F, true, none, buffer), "16777216");
    assert_string_equal(labelled_text((double)0.1F, false, none, buffer), "0.10000000149011612");
    assert_string_equal(labelled_text(1e15, false, none, buffer), "1000000000000000");
    assert_string_equal(labelled_text(-0.0, false, none, buffer), "0");
    assert_string_equal(labelled_text(1e300, false, day, buffer), "1e300");
    assert_string_equal(labelled_text(4e14, false, day, buffer), "400000000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spss_counts_seconds_from_1582),
        cmocka_unit_test(stata_counts_from_1960),
        cmocka_unit_test(leap_seconds_are_taken_out),
        cmocka_unit_test(sas_tells_by_the_name_of_the_format),
        cmocka_unit_test(numbers_have_the_fewest_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
