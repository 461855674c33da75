/* SPDX-License-Identifier: GPL-3.0-or-later
   What holds of scores of predictions whatever the data: pairs counted one by one, frequencies are
   copies, monotone transforms keep the order, parts add up, and hard data end with a status. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/scoring/auc.h"
#include "tests/check.h"

/* Random predictions with ties, events of every number, frequencies 0 .. 3. */
static struct predictions draw(size_t n, uint64_t task, struct arena *keep)
{
    double *p = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    double *w = ARENA_NEW(keep, double, n);
    gsl_rng *rng = rng_stream(11, task, keep);
    double steps = (double)(2 + rng_below(rng, 40));
    for (size_t i = 0; i < n; i++) {
        p[i] = (1 + floor(gsl_rng_uniform(rng) * steps)) / (steps + 2);
        y[i] = gsl_rng_uniform(rng) < p[i];
        w[i] = (double)rng_below(rng, 4);
    }
    return (struct predictions){n, p, y, w, WEIGHT_FREQUENCY};
}

/* Each row w times. */
static struct predictions copies(const struct predictions *s, struct arena *keep)
{
    size_t n = 0;
    double *p = ARENA_NEW(keep, double, 3 * s->n), *y = ARENA_NEW(keep, double, 3 * s->n);
    for (size_t i = 0; i < s->n; i++)
        for (size_t c = 0; c < (size_t)s->w[i]; c++) {
            p[n] = s->p[i];
            y[n++] = s->y[i];
        }
    return (struct predictions){n, p, y, NULL, WEIGHT_NONE};
}

/* ---- the area under the curve ---- */

static double area_of_pairs(const struct predictions *s)
{
    double ahead = 0, pairs = 0;
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->n; j++)
            if (s->y[i] == 1 && s->y[j] == 0) {
                double w = s->w[i] * s->w[j];
                pairs += w;
                ahead += w * ((s->p[i] > s->p[j]) + 0.5 * (s->p[i] == s->p[j]));
            }
    return ahead / pairs;
}

static void area_counts_pairs(void **state)
{
    for (uint64_t task = 0; task < 60; task++) {
        struct predictions s = draw(4 + task, task, *state);
        struct auc auc = auc_delong(&s, 0.9, *state);
        assert_digits(auc.estimate, area_of_pairs(&s), 14);
    }
}

static void same_area(const struct auc *a, const struct auc *b)
{
    assert_int_equal(a->status, b->status);
    assert_digits(a->estimate, b->estimate, 14);
    assert_digits(a->std_error, b->std_error, 12);
    assert_digits(a->conf_low, b->conf_low, 12);
    assert_digits(a->logit_high, b->logit_high, 12);
}

static void frequencies_are_copies_in_the_area(void **state)
{
    for (uint64_t task = 0; task < 60; task++) {
        struct predictions s = draw(4 + task, task, *state), c = copies(&s, *state);
        struct auc a = auc_delong(&s, 0.95, *state), b = auc_delong(&c, 0.95, *state);
        same_area(&a, &b);
    }
}

static void monotone_transforms_keep_the_area(void **state)
{
    for (uint64_t task = 0; task < 30; task++) {
        struct predictions s = draw(50, task, *state), t = s, back = s;
        double *up = ARENA_NEW(*state, double, s.n), *down = ARENA_NEW(*state, double, s.n);
        for (size_t i = 0; i < s.n; i++) {
            up[i] = 1e9 + 3 * log(s.p[i]);
            down[i] = -s.p[i];
        }
        t.p = up;
        back.p = down;
        struct auc a = auc_delong(&s, 0.95, *state), b = auc_delong(&t, 0.95, *state);
        struct auc c = auc_delong(&back, 0.95, *state);
        same_area(&a, &b);
        assert_digits(c.estimate, 1 - a.estimate, 13);
        assert_digits(c.std_error, a.std_error, 12);
        struct auc_difference d = auc_paired(&s, up, 0.95, *state);
        assert_int_equal(d.status, FIT_CONSTANT);
        assert_true(d.estimate == 0 && isnan(d.p_value));
    }
}

static void equal_sampling_weights_change_nothing(void **state)
{
    for (uint64_t task = 0; task < 20; task++) {
        struct predictions s = draw(60, task, *state);
        double *w = ARENA_NEW(*state, double, s.n);
        for (size_t i = 0; i < s.n; i++)
            w[i] = 0.37;
        s.w = NULL;
        struct auc a = auc_delong(&s, 0.95, *state);
        s.w = w;
        s.weight_kind = WEIGHT_SAMPLING;
        struct auc b = auc_delong(&s, 0.95, *state);
        same_area(&a, &b);
        assert_digits(b.n_events, a.n_events, 15);
    }
}

static struct auc area(size_t n, const double *p, const double *y, const double *w, void **state)
{
    struct predictions s = {n, p, y, w, WEIGHT_SAMPLING};
    return auc_delong(&s, 0.95, *state);
}

static void hard_data_of_the_area(void **state)
{
    const double p[] = {0.2, 0.4, 0.6, 0.8}, y[] = {0, 0, 1, 1}, no[] = {0, 0, 0, 0};
    const double one[] = {0, 0, 0, 1}, flat[] = {0.3, 0.3, 0.3, 0.3}, bad[] = {0, 2, 1, 0};
    const double w[] = {0.1, 0.7, 1e-9, 1e9}, none[] = {0, 0, 0, 0}, nan[] = {0, NAN, 1, 1};
    struct auc a = area(4, p, y, w, state);
    assert_int_equal(a.status, FIT_PERFECT);
    assert_true(a.estimate == 1 && a.std_error == 0 && isnan(a.conf_low) && isnan(a.logit_low));
    a = area(4, flat, y, w, state);
    assert_int_equal(a.status, FIT_CONSTANT);
    assert_true(a.estimate == 0.5 && isnan(a.conf_high));
    a = area(4, p, no, NULL, state);
    assert_int_equal(a.status, FIT_CONSTANT);
    assert_true(isnan(a.estimate));
    a = area(4, p, one, NULL, state);
    assert_int_equal(a.status, FIT_TOO_FEW);
    assert_true(a.estimate == 1 && isnan(a.std_error));
    assert_int_equal(area(4, p, y, none, state).status, FIT_TOO_FEW);
    assert_int_equal(area(0, p, y, NULL, state).status, FIT_TOO_FEW);
    assert_int_equal(area(4, p, bad, NULL, state).status, FIT_DOMAIN);
    assert_int_equal(area(4, nan, y, NULL, state).status, FIT_DOMAIN);
}

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

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(area_counts_pairs),
        cmocka_unit_test(frequencies_are_copies_in_the_area),
        cmocka_unit_test(monotone_transforms_keep_the_area),
        cmocka_unit_test(equal_sampling_weights_change_nothing),
        cmocka_unit_test(hard_data_of_the_area),
    };
    return cmocka_run_group_tests_name("scoring properties", tests, set_up, tear_down);
}
