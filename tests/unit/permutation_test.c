/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/resample/permutation.h"

#include <math.h>

#include "models/base/rng.h"
#include "models/correlation/correlation.h"
#include "tests/check.h"

/* Each of the 24 orders of four comes as often as any other: chi-squared of 23 degrees of
   freedom, which exceeds 49.7 once in a thousand. */
static void all_orders_are_equal(void **state)
{
    (void)state;
    enum { RUNS = 24000 };
    double count[256] = {0}, chi = 0;
    struct arena *a = arena_new();
    uint32_t place[4];
    for (uint64_t run = 0; run < RUNS; run++) {
        permutation_draw(5, run, 4, place, a);
        assert_int_equal(place[0] + place[1] + place[2] + place[3], 6);
        count[place[0] + 4 * place[1] + 16 * place[2] + 64 * place[3]]++;
        arena_reset(a);
    }
    size_t orders = 0;
    for (size_t i = 0; i < 256; i++) {
        orders += count[i] > 0;
        chi += count[i] > 0 ? (count[i] - 1000) * (count[i] - 1000) / 1000 : 0;
    }
    assert_int_equal(orders, 24);
    assert_true(chi < 49.7);
    arena_free(a);
}

/* Is the first observation in its place?  One order of three in three has it so. */
static double stays(const uint32_t *place, const void *context, struct arena *scratch)
{
    (void)context, (void)scratch;
    return place[0] == 0 ? -2 : 1;
}

static double missing(const uint32_t *place, const void *context, struct arena *scratch)
{
    (void)context, (void)scratch;
    return place[0] == 0 && place[1] == 1 ? 1 : NAN;
}

static double none(const uint32_t *place, const void *context, struct arena *scratch)
{
    (void)place, (void)context, (void)scratch;
    return NAN;
}

static void p_counts_the_extreme(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct permutation_result r;
    struct permutation_options how = {.permutations = 9999, .seed = 1};
    permutation_test(stays, NULL, 3, &how, &r, a);
    assert_true(r.statistic == -2 && r.permutations == 9999);
    assert_true(r.p_value == (1 + (double)r.as_extreme) / 10000);
    assert_true(fabs(r.p_value - 1. / 3) < 4 * sqrt(2. / 9 / 9999));
    how.tolerance = 3; /* now all are as extreme */
    permutation_test(stays, NULL, 3, &how, &r, a);
    assert_true(r.p_value == 1);
    how = (struct permutation_options){.permutations = 600, .seed = 1};
    permutation_test(missing, NULL, 3, &how, &r, a);
    assert_true(r.as_extreme > 60 && r.as_extreme < 140); /* one in six */
    permutation_test(none, NULL, 3, &how, &r, a);
    assert_true(isnan(r.p_value) && isnan(r.statistic));
    how.permutations = 0;
    permutation_test(stays, NULL, 2, &how, &r, a);
    assert_int_equal(r.permutations, PERMUTATIONS);
    arena_free(a);
}

static struct correlation_result compute(const struct correlation *c, const struct sample *s,
                                         const struct p_value *way, size_t threads)
{
    const struct correlation_options how = {.interval = &interval_bca,
                                            .conf_level = 0.95,
                                            .replicates = 20,
                                            .threads = threads,
                                            .seed = 8,
                                            .p_value = way};
    struct arena *a = arena_new();
    struct correlation_result r;
    correlation_compute(c, s, &how, &r, a);
    arena_free(a);
    return r;
}

/* Where there is an exact test, permutations come near it: within four standard errors of
   9,999 of them; and the same for any number of threads. */
static void near_the_exact_test(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8}, y[] = {3, 1, 2, 5, 8, 4, 6, 7};
    const double two[] = {0, 0, 1, 0, 1, 0, 1, 1};
    for (size_t m = 0; m < n_correlations; m++) {
        const struct correlation *c = correlations[m];
        if (!p_value_exact.defined(c))
            continue;
        struct sample s = {.n = 8, .x = x, .y = c == &correlation_rank_biserial ? two : y};
        double exact = compute(c, &s, &p_value_exact, 1).p_value;
        struct correlation_result one = compute(c, &s, &p_value_permutation, 1);
        struct correlation_result three = compute(c, &s, &p_value_permutation, 3);
        assert_true(exact > 0.01 && exact < 0.5);
        assert_true(fabs(one.p_value - exact) < 4 * sqrt(exact * (1 - exact) / 9999));
        assert_true(one.p_value == three.p_value && one.statistic == one.estimate);
    }
}

/* A frequency is so many persons; and a permutation of a table with ties is as extreme as the
   table itself in each order of summation. */
static void frequencies(void **state)
{
    (void)state;
    const double x[] = {1, 1, 2, 2, 3}, y[] = {0, 1, 0, 1, 1}, w[] = {3, 1, 2, 2, 4};
    double long_x[12], long_y[12];
    size_t n = 0;
    for (size_t i = 0; i < 5; i++)
        for (double k = 0; k < w[i]; k++, n++) {
            long_x[n] = x[i];
            long_y[n] = y[i];
        }
    struct sample counted = {5, x, y, w, WEIGHT_FREQUENCY},
                  rows = {.n = 12, .x = long_x, .y = long_y};
    for (size_t m = 0; m < n_correlations; m++) {
        struct correlation_result a = compute(correlations[m], &counted, &p_value_permutation, 1);
        struct correlation_result b = compute(correlations[m], &rows, &p_value_permutation, 1);
        assert_true(a.p_value == b.p_value && a.p_value > 0.001);
    }
}

/* No association at all: T is 0, and every permutation is as extreme. */
static void none_at_all(void **state)
{
    (void)state;
    const double x[] = {1, 1, 2, 2, 3, 3}, y[] = {0, 1, 0, 1, 0, 1};
    struct sample s = {.n = 6, .x = x, .y = y};
    for (size_t m = 0; m < n_correlations; m++)
        assert_true(compute(correlations[m], &s, &p_value_permutation, 1).p_value == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_orders_are_equal), cmocka_unit_test(p_counts_the_extreme),
        cmocka_unit_test(near_the_exact_test),  cmocka_unit_test(frequencies),
        cmocka_unit_test(none_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
