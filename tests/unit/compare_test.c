/* SPDX-License-Identifier: GPL-3.0-or-later
   Published comparisons of dependent correlations. */
#include "models/correlation/compare.h"

#include <math.h>

#include "tests/check.h"

/* Williams's t with df n - 3; half is half a unit of the last digit printed.  First: r .3 .4 .5, n
   100 (Diedenhofen & Musch 2015, PLoS ONE 10, e0121945, example of cocor).  Second: Steiger's case
   computed by psych::r.test.  Third: cocor's help example. */
static void williams(void **state)
{
    static const struct {
        struct overlapping r;
        double t, half_t, p, half_p;
    } cases[] = {
        {{0.3, 0.4, 0.5, 100}, -1.0767, 5e-5, 0.2843, 5e-5},
        {{0.4, 0.5, 0.1, 103}, -0.89127990, 5e-9, 0.37491852, 5e-9},
        {{0.2, 0.5, 0.1, 315}, -4.4949925, 5e-8, 9.8181e-6, 5e-11},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct overlapping_test t = compare_overlapping(&cases[i].r, 0.95);
        assert_int_equal(t.status, FIT_OK);
        assert_true(fabs(t.statistic - cases[i].t) <= cases[i].half_t);
        assert_true(fabs(t.p_value - cases[i].p) <= cases[i].half_p);
        assert_digits(t.df, cases[i].r.n - 3, 15);
    }
}

/* Zou (2007), example 2: .396, .179, .088, n 66 gives [-.093, .517]; cocor's help
   example gives (-.4307124, -.1674904). */
static void zou(void **state)
{
    (void)state;
    struct overlapping_test t =
        compare_overlapping(&(struct overlapping){0.396, 0.179, 0.088, 66}, 0.95);
    assert_true(fabs(t.conf_low + 0.093) < 0.0005 && fabs(t.conf_high - 0.517) < 0.0005);
    t = compare_overlapping(&(struct overlapping){0.2, 0.5, 0.1, 315}, 0.95);
    assert_digits(t.conf_low, -0.4307124, 6.5);
    assert_digits(t.conf_high, -0.1674904, 6.5);
}

static void hard(void **state)
{
    (void)state;
    assert_int_equal(compare_overlapping(&(struct overlapping){0.1, 0.2, 0.3, 3}, 0.95).status,
                     FIT_TOO_FEW);
    assert_int_equal(compare_overlapping(&(struct overlapping){0.9, -0.9, 0.9, 50}, 0.95).status,
                     FIT_SINGULAR);
    struct overlapping_test a = compare_overlapping(&(struct overlapping){0.5, 0.2, 0.3, 40}, 0.9);
    struct overlapping_test b = compare_overlapping(&(struct overlapping){0.2, 0.5, 0.3, 40}, 0.9);
    assert_digits(a.statistic, -b.statistic, 14);
    assert_digits(a.conf_low, -b.conf_high, 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(williams),
        cmocka_unit_test(zou),
        cmocka_unit_test(hard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
