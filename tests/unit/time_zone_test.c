/* SPDX-License-Identifier: GPL-3.0-or-later
   Days and instants in zones: against R's (scripts/reference/time_zone.R), and by hand where
   the clocks change. */
#include "io/text/time_zone.h"

#include <stdlib.h>
#include <string.h>

#include "io/text/parse.h"
#include "tests/check.h"

static struct written_time written(const char *text)
{
    struct written_time w;
    assert_true(parse_date_time(text, strlen(text), "%F %T", &w));
    return w;
}

static void instants_and_days_are_those_of_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *r = reference_read("tests/reference/time_zone.csv", ',', keep);
    assert_non_null(r);
    assert_true(r->n_rows > 500);
    for (size_t i = 0; i < r->n_rows; i++) {
        struct time_zone *from = time_zone_open(reference_text(r, i, "from"));
        struct time_zone *to = time_zone_open(reference_text(r, i, "to"));
        const struct written_time w = written(reference_text(r, i, "local"));
        int32_t day;
        const char *want = reference_text(r, i, "day");
        assert_true(parse_date(want, strlen(want), "%F", &day));
        const int64_t instant = time_zone_instant(from, w.day, w.second);
        assert_true(instant == strtoll(reference_text(r, i, "instant"), NULL, 10));
        assert_int_equal(time_zone_day(to, instant), day);
        time_zone_close(from);
        time_zone_close(to);
    }
    arena_free(keep);
}

/* The instant of a clock time, as a clock in Greenwich shows it. */
static void check_instant(const char *zone, const char *local, const char *utc)
{
    struct time_zone *z = time_zone_open(zone);
    const struct written_time shown = written(local), want = written(utc);
    assert_true(time_zone_instant(z, shown.day, shown.second) ==
                (int64_t)want.day * 86400 + want.second);
    time_zone_close(z);
}

/* Berlin goes from 02:00 (+1) to 03:00 (+2) at 01:00 UTC: what lies between is taken as +1. */
static void skipped_times_go_on_after_the_gap(void **state)
{
    (void)state;
    check_instant("Europe/Berlin", "2024-03-31 01:59:59", "2024-03-31 00:59:59");
    check_instant("Europe/Berlin", "2024-03-31 02:00:00", "2024-03-31 01:00:00");
    check_instant("Europe/Berlin", "2024-03-31 02:30:00", "2024-03-31 01:30:00");
    check_instant("Europe/Berlin", "2024-03-31 03:00:00", "2024-03-31 01:00:00");
    check_instant("Europe/Berlin", "2024-03-31 03:30:00", "2024-03-31 01:30:00");
    /* Samoa went without 2011-12-30: from -10 to +14 at 10:00 UTC. */
    check_instant("Pacific/Apia", "2011-12-29 23:59:59", "2011-12-30 09:59:59");
    check_instant("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30 22:00:00");
    check_instant("Pacific/Apia", "2011-12-31 00:00:00", "2011-12-30 10:00:00");
}

/* Berlin shows 02:00 to 03:00 twice, first as +2, then from 01:00 UTC as +1: the first counts. */
static void repeated_times_are_the_first_of_the_two(void **state)
{
    (void)state;
    check_instant("Europe/Berlin", "2024-10-27 01:59:59", "2024-10-26 23:59:59");
    check_instant("Europe/Berlin", "2024-10-27 02:00:00", "2024-10-27 00:00:00");
    check_instant("Europe/Berlin", "2024-10-27 02:59:59", "2024-10-27 00:59:59");
    check_instant("Europe/Berlin", "2024-10-27 03:00:00", "2024-10-27 02:00:00");
    /* Denver shows 01:00 to 02:00 twice on 2024-11-03, first as -6. */
    check_instant("America/Denver", "2024-11-03 01:30:00", "2024-11-03 07:30:00");
    check_instant("America/Denver", "2024-11-03 02:00:00", "2024-11-03 09:00:00");
}

static void days_before_1970_are_days(void **state)
{
    (void)state;
    struct time_zone *z = time_zone_open("UTC");
    assert_int_equal(time_zone_day(z, 0), 0);
    assert_int_equal(time_zone_day(z, -1), -1);
    assert_int_equal(time_zone_day(z, -86400), -1);
    assert_int_equal(time_zone_day(z, -86401), -2);
    assert_true(time_zone_instant(z, -2, 86399) == -86401);
    time_zone_close(z);
}

static void names_are_looked_at(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "Europe/Berln",
                                      "/etc/localtime",
                                      ":UTC",
                                      "../../etc/passwd",
                                      "Europe/",
                                      "Europe/Berlin ",
                                      "+x",
                                      "local",
                                      "/usr/share/zoneinfo/UTC",
                                      "Europe\nBerlin"};
    static const char *const good[] = {
        "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "+02:00", "-0930"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (time_zone_open(bad[i]))
            fail_msg("'%s' is a time zone", bad[i]);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct time_zone *z = time_zone_open(good[i]);
        if (!z)
            fail_msg("'%s' is no time zone", good[i]);
        time_zone_close(z);
    }
}

/* Neither TZ nor the machine's zone plays a part. */
static void the_machine_has_no_say(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    check_instant("Europe/Berlin", "2024-07-01 00:30:00", "2024-06-30 22:30:00");
    unsetenv("TZ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instants_and_days_are_those_of_r),
        cmocka_unit_test(skipped_times_go_on_after_the_gap),
        cmocka_unit_test(repeated_times_are_the_first_of_the_two),
        cmocka_unit_test(days_before_1970_are_days),
        cmocka_unit_test(names_are_looked_at),
        cmocka_unit_test(the_machine_has_no_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
