/* SPDX-License-Identifier: GPL-3.0-or-later
   models/scale on numbers a person can follow, and at the edges. */
#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/scale/difference.h"
#include "models/scale/distribution.h"
#include "models/scale/net_promoter.h"
#include "models/scale/proportion.h"
#include "models/scale/reliability.h"
#include "models/scale/retention.h"
#include "tests/check.h"

static const double Z = 1.959963984540054;

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

/* No success: Wilson's upper limit is z^2/(n + z^2); the lower one is 0 exactly. */
static void wilson_at_the_ends(void **state)
{
    (void)state;
    struct proportion none = proportion_wilson(0, 10, 0.95);
    assert_true(none.conf_low == 0);
    assert_digits(none.conf_high, Z * Z / (10 + Z * Z), 14);
    struct proportion all = proportion_wilson(1, 10, 0.95);
    assert_true(all.conf_high == 1);
    assert_digits(all.conf_low, 10 / (10 + Z * Z), 14);
    struct proportion empty = proportion_wilson(NAN, 0, 0.95);
    assert_int_equal(empty.status, FIT_TOO_FEW);
    assert_true(isnan(empty.estimate) && isnan(empty.conf_low));
    assert_int_equal(proportion_wilson(1.1, 10, 0.95).status, FIT_DOMAIN);
    assert_int_equal(proportion_wilson(NAN, 10, 0.95).status, FIT_DOMAIN);
}

static void distribution_by_hand(void **state)
{
    static const double x[] = {4, 1, 3, 2};
    struct sample s = {.n = 4, .x = x};
    struct distribution d = distribution(&s, 0.95, *state);
    assert_int_equal(d.status, FIT_OK);
    assert_digits(d.mean, 2.5, 15);
    assert_digits(d.sd, sqrt(5.0 / 3), 15);
    assert_digits(d.lower_quartile, 1.75, 15); /* position 1 + 3/4 */
    assert_digits(d.median, 2.5, 15);
    assert_digits(d.upper_quartile, 3.25, 15);
    assert_digits(d.skewness, 0, 14);
    assert_digits(d.conf_low, 2.5 - 3.1824463052837082 * sqrt(5.0 / 3) / 2, 12);
}

/* A weight of zero is no observation; equal weights are none at all. */
static void weights_at_the_edges(void **state)
{
    static const double x[] = {4, 1, 3, 2, 99}, equal[] = {.1, .1, .1, .1, 0};
    static const double times[] = {1, 1, 1, 1, 0};
    struct sample plain = {.n = 4, .x = x};
    struct sample sampling = {.n = 5, .x = x, .w = equal, .weight_kind = WEIGHT_SAMPLING};
    struct sample frequency = {.n = 5, .x = x, .w = times, .weight_kind = WEIGHT_FREQUENCY};
    struct distribution want = distribution(&plain, 0.95, *state), got[2];
    got[0] = distribution(&sampling, 0.95, *state);
    got[1] = distribution(&frequency, 0.95, *state);
    for (int i = 0; i < 2; i++) {
        assert_digits(got[i].n, 4, 15);
        assert_digits(got[i].n_eff, 4, 14);
        assert_digits(got[i].sd, want.sd, 14);
        assert_digits(got[i].lower_quartile, want.lower_quartile, 14);
        assert_digits(got[i].max, 4, 15);
        assert_digits(got[i].conf_high, want.conf_high, 12);
    }
}

static void few_or_equal_answers_have_a_status(void **state)
{
    static const double x[] = {0.1, 0.1, 0.1};
    struct distribution d = distribution(&(struct sample){.n = 0, .x = x}, 0.95, *state);
    assert_int_equal(d.status, FIT_TOO_FEW);
    assert_true(isnan(d.mean) && isnan(d.median) && isnan(d.sd));
    d = distribution(&(struct sample){.n = 1, .x = x}, 0.95, *state);
    assert_int_equal(d.status, FIT_TOO_FEW);
    assert_digits(d.mean, 0.1, 16);
    assert_digits(d.median, 0.1, 16);
    assert_true(isnan(d.sd) && isnan(d.conf_low));
    d = distribution(&(struct sample){.n = 3, .x = x}, 0.95, *state);
    assert_int_equal(d.status, FIT_CONSTANT);
    assert_true(d.sd == 0 && d.conf_low == d.conf_high && isnan(d.skewness));
}

/* Units do not matter, even where squares under- or overflow. */
static void extreme_units_keep_their_spread(void **state)
{
    const double power[] = {-1000, -700, 700, 1020};
    for (size_t i = 0; i < sizeof power / sizeof *power; i++) {
        const double unit = exp2(power[i]), x[] = {1 * unit, 2 * unit, 4 * unit, 5 * unit};
        struct distribution d = distribution(&(struct sample){.n = 4, .x = x}, 0.95, *state);
        assert_int_equal(d.status, FIT_OK);
        assert_true(d.mean == 3 * unit && d.median == 3 * unit && d.max == 5 * unit);
        assert_digits(d.sd / unit, sqrt(10.0 / 3), 15);
        assert_digits(d.std_error / unit, sqrt(10.0 / 12), 15);
    }
}

static void points_and_boxes_by_hand(void **state)
{
    static const double x[] = {1, 2, 4, 5, 5, 5, 4.5, 3};
    struct sample s = {.n = 8, .x = x};
    struct scale_points p = scale_points(&s, 1, 5, 0.95, *state);
    assert_int_equal(p.status, FIT_OK);
    assert_int_equal(p.n_points, 5);
    static const double want[] = {1, 1, 1, 1, 3};
    for (size_t i = 0; i < 5; i++) {
        assert_digits(p.weight[i], want[i], 15);
        assert_digits(p.share[i], want[i] / 8, 15);
    }
    assert_digits(p.between, 1.0 / 8, 15);
    assert_digits(p.top_box.estimate, 3.0 / 8, 15);
    assert_digits(p.top_2.estimate, 5.0 / 8, 15); /* 4, 4.5 and the fives */
    assert_digits(p.bottom_box.estimate, 1.0 / 8, 15);
    assert_digits(p.bottom_2.estimate, 2.0 / 8, 15);
}

static void points_outside_the_scale_are_told(void **state)
{
    static const double x[] = {1, 9, -99};
    struct scale_points p = scale_points(&(struct sample){.n = 3, .x = x}, 1, 5, 0.95, *state);
    assert_int_equal(p.status, FIT_DOMAIN);
    assert_int_equal(p.n_outside, 2);
    p = scale_points(&(struct sample){.n = 0, .x = x}, 1, 5, 0.95, *state);
    assert_int_equal(p.status, FIT_TOO_FEW);
    assert_true(isnan(p.share[0]) && isnan(p.top_box.estimate));
}

/* 1000 answers, 45 % promoters, 35 % passives, 20 % detractors. */
static void net_promoter_by_hand(void **state)
{
    (void)state;
    struct net_promoter r = net_promoter_from_shares(0.45, 0.20, 1000, 0.95);
    assert_digits(r.estimate, 0.25, 14);
    assert_digits(r.std_error, sqrt((0.65 - 0.0625) / 1000), 14); /* .0242384 */
    assert_digits(r.conf_low, 0.25 - Z * sqrt(0.5875 / 1000), 13);
    double n = 1003, p = 450.75 / n, d = 200.75 / n;
    assert_digits(r.adj_high, p - d + Z * sqrt((p + d - (p - d) * (p - d)) / n), 13);
}

static void net_promoter_cuts_and_edges(void **state)
{
    (void)state;
    static const double x[] = {10, 9, 8, 7, 6, 5};
    struct sample s = {.n = 6, .x = x};
    struct net_promoter usual = net_promoter(&s, &(struct net_promoter_cuts){9, 6}, 0.95);
    assert_digits(usual.estimate, 0, 15);
    struct net_promoter mild = net_promoter(&s, &(struct net_promoter_cuts){8, 5}, 0.95);
    assert_digits(mild.estimate, 2.0 / 6, 15);
    assert_digits(mild.passives, 2.0 / 6, 14);
    struct net_promoter all =
        net_promoter(&(struct sample){.n = 2, .x = x}, &(struct net_promoter_cuts){9, 6}, 0.95);
    assert_int_equal(all.status, FIT_CONSTANT);
    assert_true(isnan(all.conf_low) && all.adj_low < 1 && all.adj_high == 1);
    struct net_promoter none =
        net_promoter(&(struct sample){.n = 0, .x = x}, &(struct net_promoter_cuts){9, 6}, 0.95);
    assert_int_equal(none.status, FIT_TOO_FEW);
    assert_true(isnan(none.estimate) && isnan(none.adj_low));
}

/* Items 1 2 3 4 and 1 3 2 4: variances 5/3, covariance 4/3; alpha = 2(1 - (10/3)/6). */
static void alpha_by_hand(void **state)
{
    static const double item[] = {1, 1, 2, 3, 3, 2, 4, 4};
    struct reliability r = reliability_alpha(item, NULL, 4, 2, 0.95, *state);
    assert_int_equal(r.status, FIT_OK);
    assert_digits(r.alpha, 8.0 / 9, 14);
    assert_digits(r.mean_correlation, 0.8, 14);
    assert_digits(r.std_alpha, 1.6 / 1.8, 14);
    assert_digits(r.item_rest[1], 0.8, 14);
    assert_true(isnan(r.alpha_if_dropped[0]));
}

static void alpha_at_the_edges(void **state)
{
    static const double opposed[] = {1, 3, 2, 2, 3, 1}, contrary[] = {1, 4, 2, 2, 3, 1};
    struct reliability r = reliability_alpha(opposed, NULL, 3, 2, 0.95, *state);
    assert_int_equal(r.status, FIT_CONSTANT); /* the sum is always 4 */
    assert_true(isnan(r.alpha));
    r = reliability_alpha(contrary, NULL, 3, 2, 0.95, *state);
    assert_int_equal(r.status, FIT_OK);
    assert_true(r.alpha < 0 && r.conf_low < r.alpha && r.alpha < r.conf_high);
    /* Correlation -1 but unequal spread: alpha = 2 (1 - 2.5 / 0.5), the standardised sum is flat.
     */
    static const double mirrored[] = {1, 5, 2, 3};
    r = reliability_alpha(mirrored, NULL, 2, 2, 0.95, *state);
    assert_digits(r.alpha, -8, 14);
    assert_true(isnan(r.std_alpha) && r.item_rest[0] >= -1);
    static const double constant[] = {1, 7, 1, 2, 7, 3, 3, 7, 2};
    r = reliability_alpha(constant, NULL, 3, 3, 0.95, *state);
    assert_int_equal(r.status, FIT_CONSTANT);
    assert_true(isfinite(r.alpha) && isnan(r.std_alpha) && isnan(r.item_rest[1]));
    r = reliability_alpha(constant, NULL, 9, 1, 0.95, *state);
    assert_int_equal(r.status, FIT_TOO_FEW);
    r = reliability_alpha(constant, NULL, 1, 3, 0.95, *state);
    assert_int_equal(r.status, FIT_TOO_FEW);
    assert_true(isnan(r.alpha) && isnan(r.item_rest[0]));
}

static void differences_at_the_edges(void **state)
{
    static const double x[] = {5, 5, 5, 3, 3, 4};
    struct distribution fives = distribution(&(struct sample){.n = 3, .x = x}, 0.95, *state);
    struct distribution other = distribution(&(struct sample){.n = 3, .x = x + 3}, 0.95, *state);
    struct distribution single = distribution(&(struct sample){.n = 1, .x = x}, 0.95, *state);
    struct difference d = difference_of_means(&fives, &fives, 0.95);
    assert_int_equal(d.status, FIT_CONSTANT);
    assert_true(d.estimate == 0 && isnan(d.std_error) && isnan(d.smd));
    d = difference_of_means(&fives, &other, 0.95);
    assert_int_equal(d.status, FIT_OK);
    assert_digits(d.df, 2, 14); /* all of the variance is the second group's */
    d = difference_of_means(&fives, &single, 0.95);
    assert_int_equal(d.status, FIT_TOO_FEW);
    struct proportion none = proportion_wilson(0, 10, 0.95);
    struct difference p = difference_of_proportions(&none, &none);
    assert_int_equal(p.status, FIT_CONSTANT);
    assert_digits(p.conf_high, Z * Z / (10 + Z * Z), 13);
    assert_true(isnan(p.statistic));
    struct proportion empty = proportion_wilson(NAN, 0, 0.95);
    assert_int_equal(difference_of_proportions(&none, &empty).status, FIT_TOO_FEW);
}

/* Two groups of two, 1 3 and 0 2: difference 1, pooled sd sqrt 2, df 2, and J(2) =
   Gamma(1)/(Gamma(1/2) sqrt 1) = 1/sqrt(pi). */
static void standardised_difference_by_hand(void **state)
{
    static const double x[] = {1, 3, 0, 2};
    struct distribution a = distribution(&(struct sample){.n = 2, .x = x}, 0.95, *state);
    struct distribution b = distribution(&(struct sample){.n = 2, .x = x + 2}, 0.95, *state);
    struct difference d = difference_of_means(&a, &b, 0.95);
    double g = 1 / sqrt(2 * acos(-1));
    assert_digits(d.smd, g, 14);
    assert_digits(d.smd_std_error, sqrt(1 + g * g / 8), 14);
    assert_digits(d.df, 2, 14);
    assert_digits(d.statistic, 1 / sqrt(2), 14);
}

static void retention_by_hand(void **state)
{
    (void)state;
    /* on day 100 customers 0, 1, 2 are there; by day 200 number 2 has gone, 3 has come,
       4 came and went, 5 comes later */
    static const int32_t first[] = {0, 50, 10, 150, 120, 300},
                         last[] = {400, 200, 180, 250, 190, 300};
    struct retention_counts c = retention_counts(first, last, 6, 100, 200);
    assert_digits(c.start, 3, 15);
    assert_digits(c.end, 3, 15);
    assert_digits(c.acquired, 1, 15);
    struct proportion r = retention_rate(&c, 0.95);
    assert_int_equal(r.status, FIT_OK);
    assert_digits(r.estimate, 2.0 / 3, 15);
    assert_digits(r.n, 3, 15);
    struct retention_counts empty = {0, 4, 4}, wrong = {10, 2, 13};
    assert_int_equal(retention_rate(&empty, 0.95).status, FIT_TOO_FEW);
    assert_int_equal(retention_rate(&wrong, 0.95).status, FIT_DOMAIN);
}

static void irregular_buyers_by_hand(void **state)
{
    (void)state;
    /* own gaps of 10 and 100/3 days, and one who bought once */
    static const int32_t first[] = {0, 0, 80}, last[] = {70, 100, 80};
    static const uint32_t days[] = {8, 4, 1};
    struct irregular_buyers two = irregular_buyers(first, last, days, 3, 100, 2, 0.95);
    assert_int_equal(two.n_judged, 2);
    assert_int_equal(two.n_one_purchase, 1);
    assert_int_equal(two.n_active, 1); /* silent for 30 days: more than 20 */
    struct irregular_buyers three = irregular_buyers(first, last, days, 3, 100, 3, 0.95);
    assert_int_equal(three.n_active, 2); /* 30 = 3 * 10 is still active */
    assert_digits(three.active.estimate, 1, 15);
    /* a silence of exactly three gaps of 100/3 days */
    three = irregular_buyers(first + 1, last + 1, days + 1, 1, 200, 3, 0.95);
    assert_int_equal(three.n_active, 1);
    three = irregular_buyers(first + 1, last + 1, days + 1, 1, 201, 3, 0.95);
    assert_int_equal(three.n_active, 0);
    struct irregular_buyers nobody = irregular_buyers(first, last, days, 0, 100, 3, 0.95);
    assert_int_equal(nobody.active.status, FIT_TOO_FEW);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_at_the_ends),
        cmocka_unit_test(distribution_by_hand),
        cmocka_unit_test(weights_at_the_edges),
        cmocka_unit_test(few_or_equal_answers_have_a_status),
        cmocka_unit_test(extreme_units_keep_their_spread),
        cmocka_unit_test(points_and_boxes_by_hand),
        cmocka_unit_test(points_outside_the_scale_are_told),
        cmocka_unit_test(net_promoter_by_hand),
        cmocka_unit_test(net_promoter_cuts_and_edges),
        cmocka_unit_test(alpha_by_hand),
        cmocka_unit_test(alpha_at_the_edges),
        cmocka_unit_test(differences_at_the_edges),
        cmocka_unit_test(standardised_difference_by_hand),
        cmocka_unit_test(retention_by_hand),
        cmocka_unit_test(irregular_buyers_by_hand),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
