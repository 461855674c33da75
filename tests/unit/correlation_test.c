/* SPDX-License-Identifier: GPL-3.0-or-later
   Correlations that a person can follow, and the edges. */
#include "tests/check.h"

#include <math.h>

#include "models/correlation/ceiling.h"
#include "models/correlation/correlation.h"
#include "models/correlation/homogeneity.h"
#include "models/correlation/partial.h"

static struct correlation_result compute_sample(const char *method, const struct sample *s)
{
    const struct correlation_options options = {.conf_level = 0.95};
    struct correlation_result r;
    struct arena *a = arena_new();
    correlation_compute(correlation_find(method), s, &options, &r, a);
    arena_free(a);
    return r;
}

static struct correlation_result compute(const char *method, size_t n, const double *x,
                                         const double *y)
{
    return compute_sample(method, &(struct sample){.n = n, .x = x, .y = y});
}

static struct correlation_result partial(const char *method, size_t n, const double *x,
                                         const double *y, const double *const z[], size_t k)
{
    struct correlation_result r;
    struct arena *a = arena_new();
    const struct sample s = {.n = n, .x = x, .y = y};
    correlation_partial(correlation_find(method), &s, z, k, 0.95, &r, a);
    arena_free(a);
    return r;
}

/* x 1..5, y 2 1 4 3 5: sums of squares 10 and 10, of products 8. */
static void by_hand(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5}, y[] = {2, 1, 4, 3, 5};
    struct correlation_result r = compute("pearson", 5, x, y);
    assert_digits(r.estimate, 8.0 / 10, 15);
    assert_digits(r.statistic, 0.8 * sqrt(3) / 0.6, 15); /* r sqrt(df) / sqrt(1 - r^2) */
    assert_digits(r.df, 3, 16);
    assert_digits(r.std_error, sqrt(1 / 2.0), 15);
    r = compute("spearman", 5, x, y);
    assert_digits(r.estimate, 1 - 6.0 * 4 / (5 * 24), 15); /* four differences of 1 */
    assert_digits(r.statistic, 4, 15);
    assert_digits(r.std_error, sqrt((1 + 0.32) / 2), 15);
    r = compute("kendall", 5, x, y);
    assert_digits(r.estimate, (8.0 - 2) / 10, 15); /* 8 of 10 pairs concordant */
    assert_digits(r.statistic, 8, 15);
    assert_digits(r.p_value, 2 * (1 + 4 + 9) / 120.0, 14); /* Mahonian numbers of 5 */
    assert_digits(r.std_error, sqrt(0.437), 15);
}

/* Income by job satisfaction of 96 people (Agresti, Categorical Data Analysis),
   as frequencies: 1331 concordant pairs, 849 discordant ones. */
static void agresti(void **state)
{
    (void)state;
    const double count[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
    double income[16], satisfaction[16];
    for (size_t i = 0; i < 16; i++) {
        income[i] = (double)(i / 4) + 1;
        satisfaction[i] = (double)(i % 4) + 1;
    }
    const struct sample s = {16, income, satisfaction, count, WEIGHT_FREQUENCY};
    double pairs = 96 * 95 / 2.0;
    double tied_x = (20 * 19 + 22 * 21 + 33 * 32 + 21 * 20) / 2.0;
    double tied_y = (4 * 3 + 13 * 12 + 43 * 42 + 36 * 35) / 2.0;
    struct correlation_result r = compute_sample("kendall", &s);
    assert_digits(r.estimate, (1331 - 849) / sqrt((pairs - tied_x) * (pairs - tied_y)), 14);
    assert_digits(r.n, 96, 16);
    assert_digits(compute_sample("pearson", &s).estimate, 0.17720010, 7);
    assert_digits(compute_sample("spearman", &s).estimate, 0.17689171, 7);
}

static double p_of(double r, double df)
{
    struct correlation_result result = correlation_missing(FIT_OK, df + 2, df + 2);
    correlation_t_test(r, df, &result);
    return result.p_value;
}

/* p-values as printed by Keiningham, Cooil, Andreassen & Aksoy (2007), table 1;
   with two degrees of freedom p is 1 - |r|. */
static void keiningham(void **state)
{
    (void)state;
    assert_digits(round(100 * p_of(0.40, 10)), 20, 16);
    assert_digits(round(100 * p_of(0.17, 10)), 60, 16);
    assert_digits(round(100 * p_of(0.37, 10)), 24, 16);
    assert_digits(p_of(0.84, 2), 1 - 0.84, 14);
    assert_digits(p_of(0.62, 2), 1 - 0.62, 14);
    assert_digits(p_of(-0.45, 2), 1 - 0.45, 14);
    assert_true(isnan(p_of(0.5, 0)));
}

static void fisher_limits(void **state)
{
    (void)state;
    struct correlation_result r = correlation_missing(FIT_OK, 30, 30);
    r.estimate = 0.5;
    assert_int_equal(correlation_z_limits(1 / 27.0, 0.95, &r), FIT_OK);
    assert_digits(r.conf_low, 0.17043137, 7);
    assert_digits(r.conf_high, 0.72895856, 8);
    assert_int_equal(correlation_z_limits(NAN, 0.95, &r), FIT_TOO_FEW);
}

/* Of the n! orders one is ascending, and its mirror image as extreme. */
static void exact_ends(void **state)
{
    (void)state;
    double x[12], factorial = 1;
    for (size_t n = 1; n <= 12; n++) {
        x[n - 1] = (double)n;
        factorial *= (double)n;
        if (n >= 3)
            assert_digits(compute("kendall", n, x, x).p_value, 2 / factorial, 13);
        if (n >= 3 && n <= 9)
            assert_digits(compute("spearman", n, x, x).p_value, 2 / factorial, 13);
    }
    assert_digits(compute("spearman", 12, x, x).df, 10, 16);
}

static void too_few(void **state)
{
    (void)state;
    const double x[] = {1, 2, 4}, y[] = {3, 2, 7};
    for (size_t m = 0; m < 3; m++) {
        const char *method = correlations[m]->name;
        for (size_t n = 0; n < 2; n++) {
            struct correlation_result r = compute(method, n, x, y);
            assert_int_equal(r.status, FIT_TOO_FEW);
            assert_true(isnan(r.estimate) && isnan(r.p_value) && isnan(r.conf_low));
        }
        struct correlation_result two = compute(method, 2, x, y), three = compute(method, 3, x, y);
        assert_int_equal(two.status, FIT_TOO_FEW);
        assert_digits(two.estimate, -1, 16);
        assert_true(isnan(two.statistic) && isnan(two.p_value) && isnan(two.conf_low));
        assert_int_equal(three.status, FIT_TOO_FEW);
        assert_false(isnan(three.estimate) || isnan(three.p_value));
        assert_true(isnan(three.std_error) && isnan(three.conf_low) && isnan(three.conf_high));
    }
}

static void no_variation(void **state)
{
    (void)state;
    const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, y[] = {1, 2, 3, 4, 5, 6};
    const double w[] = {1, 0, 0, 0, 0, 0};
    for (size_t m = 0; m < n_correlations; m++) {
        struct correlation_result r = compute(correlations[m]->name, 6, x, y);
        assert_int_equal(r.status, FIT_CONSTANT);
        assert_digits(r.estimate, correlations[m]->zero_if_constant ? 0 : NAN, 16);
        assert_true(isnan(r.df) && isnan(r.p_value));
        r = compute(correlations[m]->name, 6, y, x);
        assert_int_equal(r.status, FIT_CONSTANT);
    }
    const struct sample one = {6, y, y, w, WEIGHT_SAMPLING};
    assert_int_equal(compute_sample("pearson", &one).status, FIT_TOO_FEW);
}

/* y = 0.1 x + 0.3 rounds, and is still a line. */
static void perfect(void **state)
{
    (void)state;
    double x[20], y[20], down[20];
    for (size_t i = 0; i < 20; i++) {
        x[i] = (double)(i * i % 23);
        y[i] = 0.1 * x[i] + 0.3;
        down[i] = -y[i];
    }
    struct arena *a = arena_new();
    for (size_t m = 0; m < 3; m++) {
        struct correlation_result r;
        const struct sample s = {.n = 20, .x = x, .y = y};
        for (size_t i = 0; i < n_intervals; i++) {
            if (!interval_defined(intervals[i], correlations[m]) || intervals[i] == &interval_none)
                continue;
            const struct correlation_options options = {.interval = intervals[i],
                                                        .conf_level = 0.95};
            correlation_compute(correlations[m], &s, &options, &r, a);
            assert_int_equal(r.status, FIT_PERFECT);
            assert_true(r.estimate == 1 && r.conf_low == 1 && r.conf_high == 1);
        }
        r = compute(correlations[m]->name, 20, x, down);
        assert_true(r.estimate == -1 && r.conf_low == -1 && r.conf_high == -1);
    }
    assert_true(compute("pearson", 20, x, y).p_value == 0);
    arena_free(a);
}

/* Squares of the values, or of the deviations, leave the range of a double. */
static void scales_and_offsets(void **state)
{
    (void)state;
    const double scale[] = {1e-307, 1e-200, 1e-20, 1, 1e200, 1e300};
    double x[] = {1, 2, 3, 4, 5, 7}, y[] = {2, 1, 4, 3, 5, 6}, u[6], v[6];
    double want = compute("pearson", 6, x, y).estimate;
    for (size_t s = 0; s < sizeof scale / sizeof *scale; s++) {
        for (size_t i = 0; i < 6; i++) {
            u[i] = x[i] * scale[s];
            v[i] = y[i] / scale[s];
        }
        assert_digits(compute("pearson", 6, u, v).estimate, want, 14);
    }
    for (size_t i = 0; i < 6; i++) {
        u[i] = x[i] + 1e15;
        v[i] = y[i] - 4e15;
    }
    assert_digits(compute("pearson", 6, u, v).estimate, want, 14);
}

static void two_values(void **state)
{
    (void)state;
    const double x[] = {3, 1, 4, 1, 5, 9}, y[] = {0, 0, 1, 0, 1, 1}, three[] = {0, 1, 2, 0, 1, 1};
    struct correlation_result r = compute("point_biserial", 6, x, y);
    assert_int_equal(r.status, FIT_OK);
    assert_digits(r.estimate, compute("pearson", 6, x, y).estimate, 16);
    r = compute("point_biserial", 6, x, three);
    assert_int_equal(r.status, FIT_DOMAIN);
    assert_true(isnan(r.estimate));
}

/* Kish: weights 1 1 1 1 2 2 2 2 count as 144/20 = 7.2 of 8 rows. */
static void effective_n(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8}, y[] = {2, 1, 4, 3, 6, 5, 8, 7};
    const double w[] = {1, 1, 1, 1, 2, 2, 2, 2}, tiny[] = {1, 1, 1e-9, 1e-9, 0, 0, 0, 0};
    struct correlation_result r =
        compute_sample("pearson", &(struct sample){8, x, y, w, WEIGHT_SAMPLING});
    assert_digits(r.n, 8, 16);
    assert_digits(r.n_eff, 7.2, 15);
    assert_digits(r.df, 5.2, 14);
    assert_digits(r.std_error, 1 / sqrt(4.2), 14);
    r = compute_sample("spearman", &(struct sample){8, x, y, w, WEIGHT_SAMPLING});
    assert_digits(r.df, 5.2, 14);
    r = compute_sample("pearson", &(struct sample){8, x, y, tiny, WEIGHT_SAMPLING});
    assert_int_equal(r.status, FIT_TOO_FEW);
}

/* The unit of sampling weights is free: 1e-12 as good as 1. */
static void tiny_weights(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8}, y[] = {2, 1, 4, 3, 6, 5, 8, 7};
    const double w[] = {1, 1, 1, 1, 2, 2, 2, 2};
    double tiny[8];
    for (size_t i = 0; i < 8; i++)
        tiny[i] = w[i] * 1e-12;
    for (size_t m = 0; m < 3; m++) {
        const char *method = correlations[m]->name;
        struct correlation_result want =
            compute_sample(method, &(struct sample){8, x, y, w, WEIGHT_SAMPLING});
        struct correlation_result got =
            compute_sample(method, &(struct sample){8, x, y, tiny, WEIGHT_SAMPLING});
        assert_digits(got.estimate, want.estimate, 14);
        assert_digits(got.p_value, want.p_value, 13);
    }
}

static void partial_recursion(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8}, y[] = {2, 1, 4, 3, 6, 5, 9, 7};
    const double z[] = {1, 3, 2, 2, 5, 4, 4, 6};
    const double *const controls[] = {z};
    const char *const method[] = {"pearson", "spearman", "kendall"};
    for (size_t m = 0; m < 3; m++) {
        double xy = compute(method[m], 8, x, y).estimate, xz = compute(method[m], 8, x, z).estimate;
        double yz = compute(method[m], 8, y, z).estimate;
        double want = (xy - xz * yz) / sqrt((1 - xz * xz) * (1 - yz * yz));
        struct correlation_result r = partial(method[m], 8, x, y, controls, 1);
        assert_int_equal(r.status, FIT_OK);
        assert_digits(r.estimate, want, 13);
    }
}

static void partial_statuses(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8}, y[] = {2, 1, 4, 3, 6, 5, 9, 7};
    const double z[] = {1, 3, 2, 2, 5, 4, 4, 6}, twice[] = {2, 6, 4, 4, 10, 8, 8, 12};
    const double none[] = {1, 1, 1, 1, 1, 1, 1, 1};
    const double *const collinear[] = {z, twice}, *const itself[] = {x}, *const flat[] = {none};
    const char *const method[] = {"pearson", "spearman", "kendall"};
    for (size_t m = 0; m < 3; m++) {
        assert_int_equal(partial(method[m], 8, x, y, collinear, 2).status, FIT_SINGULAR);
        assert_int_equal(partial(method[m], 8, x, y, itself, 1).status, FIT_CONSTANT);
        assert_int_equal(partial(method[m], 8, x, y, flat, 1).status, FIT_SINGULAR);
        assert_int_equal(partial(method[m], 8, none, y, itself, 1).status, FIT_CONSTANT);
        assert_int_equal(partial(method[m], 3, x, y, itself, 1).status, FIT_TOO_FEW);
    }
}

static void homogeneity(void **state)
{
    (void)state;
    struct correlation_result cell[4];
    for (size_t i = 0; i < 4; i++)
        cell[i] = correlation_missing(i < 2 ? FIT_OK : FIT_PERFECT, 103, 103);
    cell[0].estimate = 0;
    cell[1].estimate = tanh(0.2);
    cell[2].estimate = 1;
    struct homogeneity h;
    correlation_homogeneity(&correlation_pearson, cell, 4, 0.95, &h);
    assert_int_equal(h.status, FIT_OK);
    assert_int_equal(h.k, 2);
    assert_int_equal(h.dropped, 2);
    assert_digits(h.q, 100 * 0.1 * 0.1 * 2, 14); /* both z are 0.1 from their mean */
    assert_digits(h.i2, 0.5, 13);
    assert_digits(h.pooled, tanh(0.1), 14);
    assert_digits(h.std_error, 1 / sqrt(200), 15);
    assert_digits(h.p_value, erfc(1), 13); /* chi-squared of 2 on one df */
    correlation_homogeneity(&correlation_kendall, cell, 4, 0.95, &h);
    assert_digits(h.q, 99 / 0.437 * 0.1 * 0.1 * 2, 14);
    correlation_homogeneity(&correlation_pearson, cell + 1, 3, 0.95, &h);
    assert_int_equal(h.status, FIT_TOO_FEW);
    assert_true(isnan(h.q) && isnan(h.pooled));
}

static void ceilings(void **state)
{
    (void)state;
    const double y[] = {0, 1, 1, 0}, w[] = {1, 1, 1, 0}, counts[] = {0, 1, 2, 0};
    assert_digits(ceiling_of_outcome(y, NULL, 4), sqrt(2 / M_PI), 15);
    assert_digits(ceiling_of_outcome(y, w, 4), ceiling_of_rate(2 / 3.0), 15);
    assert_digits(ceiling_of_rate(0.2), ceiling_of_rate(0.8), 14);
    assert_true(isnan(ceiling_of_outcome(counts, NULL, 4)));
    assert_true(isnan(ceiling_of_outcome(y + 1, NULL, 2)));
    assert_true(isnan(ceiling_of_outcome(y, NULL, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(agresti),
        cmocka_unit_test(keiningham),
        cmocka_unit_test(fisher_limits),
        cmocka_unit_test(exact_ends),
        cmocka_unit_test(too_few),
        cmocka_unit_test(no_variation),
        cmocka_unit_test(perfect),
        cmocka_unit_test(scales_and_offsets),
        cmocka_unit_test(two_values),
        cmocka_unit_test(effective_n),
        cmocka_unit_test(tiny_weights),
        cmocka_unit_test(partial_recursion),
        cmocka_unit_test(partial_statuses),
        cmocka_unit_test(homogeneity),
        cmocka_unit_test(ceilings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
