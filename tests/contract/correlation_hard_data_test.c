/* SPDX-License-Identifier: GPL-3.0-or-later
   Data that leave nothing to correlate, or too much: each coefficient of the list says so by
   a status, by every interval and every way to a p-value that it has. */
#include "tests/check.h"

#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/base/rng.h"
#include "models/correlation/correlation.h"

enum { MOST = 30 };

static struct correlation_result compute(const struct correlation *c, const struct interval *in,
                                         const struct p_value *way, const struct sample *s)
{
    const struct correlation_options how = {.interval = in,
                                            .conf_level = 0.95,
                                            .replicates = 100,
                                            .threads = 1,
                                            .seed = 3,
                                            .p_value = way,
                                            .permutations = 99};
    struct correlation_result r;
    struct arena *a = arena_new();
    correlation_compute(c, s, &how, &r, a);
    arena_free(a);
    return r;
}

/* No figure is missing without a word, none is out of its range. */
static void keeps_to_its_status(const struct correlation *c, const struct interval *in,
                                const struct p_value *way, const struct correlation_result *r)
{
    bool whole = r->status == FIT_OK || r->status == FIT_PERFECT;
    assert_true(r->n >= 0 && r->n_eff >= 0 && r->n_eff <= r->n);
    assert_true(isnan(r->p_value) || (r->p_value >= 0 && r->p_value <= 1));
    assert_true(isnan(r->conf_low) == isnan(r->conf_high));
    if (whole) {
        assert_true(fabs(r->estimate) <= 1 && (!c->unsigned_strength || r->estimate >= 0));
        assert_true(in == &interval_none || r->conf_low <= r->conf_high);
        assert_true(!(r->std_error < 0));
        assert_true(!isnan(r->p_value) || way == &p_value_exact || r->n_eff <= 2);
    } else {
        assert_true(isnan(r->conf_low));
        assert_true(r->status == FIT_TOO_FEW || r->status == FIT_CONSTANT ||
                    r->status == FIT_DOMAIN || (r->status == FIT_BOUNDARY && c->latent_details));
    }
}

/* Every method, interval and way to a p-value, by every kind of weights. */
static void check_all(const struct sample *unweighted, const double *w)
{
    for (size_t m = 0; m < n_correlations; m++)
        for (size_t j = 0; j < n_intervals; j++)
            for (size_t k = 0; k < n_p_values; k++) {
                const struct correlation *c = correlations[m];
                if (!interval_defined(intervals[j], c) || !p_values[k]->defined(c))
                    continue;
                if (c->latent_details && p_values[k] != &p_value_default)
                    continue; /* each takes a search */
                for (enum weight_kind kind = WEIGHT_NONE; kind <= WEIGHT_FREQUENCY; kind++) {
                    struct sample s = *unweighted;
                    if (kind == WEIGHT_SAMPLING &&
                        (!c->weights || p_values[k] == &p_value_permutation))
                        continue;
                    s.w = kind == WEIGHT_NONE ? NULL : w;
                    s.weight_kind = kind;
                    struct correlation_result r = compute(c, intervals[j], p_values[k], &s);
                    keeps_to_its_status(c, intervals[j], p_values[k], &r);
                }
            }
}

static void fill(double *x, size_t n, double first, double step)
{
    for (size_t i = 0; i < n; i++)
        x[i] = first + step * (double)i;
}

static void constant(void **state)
{
    (void)state;
    double x[MOST], y[MOST], w[MOST];
    fill(x, MOST, 4, 0);
    fill(y, MOST, 1, 1);
    fill(w, MOST, 2, 0);
    struct sample flat_x = {.n = MOST, .x = x, .y = y}, flat_y = {.n = MOST, .x = y, .y = x},
                  flat = {.n = MOST, .x = x, .y = x};
    const struct sample *const samples[] = {&flat_x, &flat_y, &flat};
    for (size_t i = 0; i < 3; i++) {
        check_all(samples[i], w);
        for (size_t m = 0; m < n_correlations; m++) {
            struct correlation_result r = compute(correlations[m], NULL, NULL, samples[i]);
            assert_int_equal(r.status, FIT_CONSTANT);
            assert_digits(r.estimate, correlations[m]->zero_if_constant ? 0 : NAN, 16);
            assert_true(isnan(r.p_value) && isnan(r.std_error));
        }
    }
}

/* No row, one row, and so on to five, of two values and of many. */
static void few(void **state)
{
    (void)state;
    const double x[] = {1, 2, 4, 3, 3}, y[] = {2, 5, 3, 9, 9}, two[] = {0, 1, 1, 0, 1};
    const double w[] = {1, 2, 1, 3, 1};
    for (size_t n = 0; n <= 5; n++) {
        struct sample s = {.n = n, .x = x, .y = y}, of_two = {.n = n, .x = x, .y = two};
        check_all(&s, w);
        check_all(&of_two, w);
        for (size_t m = 0; m < n_correlations && n < 2; m++)
            assert_int_equal(compute(correlations[m], NULL, NULL, &s).status, FIT_TOO_FEW);
    }
}

static void weights_of_zero(void **state)
{
    (void)state;
    double x[MOST], y[MOST], w[MOST];
    fill(x, MOST, 1, 1);
    fill(y, MOST, 5, -2);
    fill(w, MOST, 0, 0);
    struct sample s = {.n = MOST, .x = x, .y = y};
    check_all(&s, w);
    s.w = w;
    s.weight_kind = WEIGHT_FREQUENCY;
    for (size_t m = 0; m < n_correlations; m++)
        assert_int_equal(compute(correlations[m], NULL, NULL, &s).status, FIT_TOO_FEW);
    w[3] = w[4] = 1; /* two rows are left */
    check_all(&s, w);
}

/* y rises with x without exception, falls with it, and is cut in two by it. */
static void perfect(void **state)
{
    (void)state;
    double x[MOST], y[MOST], w[MOST];
    fill(w, MOST, 1, 1);
    for (int shape = 0; shape < 3; shape++) {
        for (size_t i = 0; i < MOST; i++) {
            x[i] = (double)(i / 2);
            y[i] = shape == 0 ? 3 * x[i] + 1 : shape == 1 ? -x[i] : x[i] > 7;
        }
        struct sample s = {.n = MOST, .x = x, .y = y};
        check_all(&s, w);
    }
    struct sample s = {.n = MOST, .x = x, .y = y}; /* cut in two */
    assert_int_equal(compute(&correlation_gamma, NULL, NULL, &s).status, FIT_PERFECT);
    assert_int_equal(compute(&correlation_rank_biserial, NULL, NULL, &s).status, FIT_PERFECT);
    assert_int_equal(compute(&correlation_eta_squared, NULL, NULL, &s).status, FIT_PERFECT);
    for (size_t i = 0; i < MOST; i++)
        y[i] = 0.1 * x[i] + 3;
    struct correlation_result r = compute(&correlation_distance, NULL, NULL, &s);
    assert_int_equal(r.status, FIT_PERFECT);
    assert_true(r.estimate == 1 && r.p_value == 0.01); /* none of 99 is as linear */
}

/* One row differs on x and another on y: there is one pair that differs on both. */
static void one_pair_for_gamma(void **state)
{
    (void)state;
    const double x[] = {1, 1, 2}, y[] = {1, 2, 1}, one[] = {1, 1, 1};
    struct sample s = {.n = 3, .x = x, .y = y};
    assert_true(compute(&correlation_gamma, NULL, NULL, &s).estimate == -1);
    check_all(&s, one);
}

/* Scales far from zero: the figures of the data without the offset, as far as the offset
   leaves the data themselves. */
static void offsets(void **state)
{
    (void)state;
    const double offset[] = {1e9, 1e12, -1e12};
    struct arena *a = arena_new();
    for (size_t m = 0; m < n_correlations; m++) {
        double x[MOST], y[MOST], far_x[MOST], far_y[MOST];
        gsl_rng *rng = rng_stream(7, m, a);
        for (size_t i = 0; i < MOST; i++) {
            x[i] = 1 + (double)rng_below(rng, 7);
            y[i] = correlations[m]->in_domain && correlations[m] != &correlation_eta_squared
                       ? x[i] + (double)rng_below(rng, 4) > 5
                       : x[i] + (double)rng_below(rng, 9) / 4;
        }
        struct sample s = {.n = MOST, .x = x, .y = y}, far = {.n = MOST, .x = far_x, .y = far_y};
        struct correlation_result want = compute(correlations[m], NULL, NULL, &s);
        for (size_t k = 0; k < 3; k++) {
            for (size_t i = 0; i < MOST; i++) {
                far_x[i] = x[i] + offset[k];
                far_y[i] = y[i] - offset[k] / 8;
            }
            struct correlation_result got = compute(correlations[m], NULL, NULL, &far);
            assert_int_equal(got.status, want.status);
            assert_digits(got.estimate, want.estimate, 12);
            assert_digits(got.p_value, want.p_value, 9);
            assert_digits(got.conf_low, want.conf_low, 9);
        }
    }
    arena_free(a);
}

/* Three groups ten thousand standard deviations apart: lambda is some 1e10, and the limits of
   1 - eta^2 are n (1 - eta^2) over the quantiles of chi-square on 27 degrees of freedom. */
static void groups_far_apart(void **state)
{
    (void)state;
    enum { N = 30 };
    double x[N], y[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)(i % 3);
        y[i] = 1e4 * x[i] + (i / 3 % 2 ? 1 : -1);
    }
    struct sample s = {.n = N, .x = x, .y = y};
    struct correlation_result r = compute(&correlation_eta_squared, NULL, NULL, &s);
    double rest = 1 - r.estimate;
    assert_int_equal(r.status, FIT_OK);
    assert_digits(rest, 1.5e-8, 6);
    assert_digits((1 - r.conf_low) / rest, 2.05854745971586, 6);  /* 30 / qchisq(0.025, 27) */
    assert_digits((1 - r.conf_high) / rest, 0.69453269244108, 6); /* 30 / qchisq(0.975, 27) */
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant),           cmocka_unit_test(few),
        cmocka_unit_test(weights_of_zero),    cmocka_unit_test(perfect),
        cmocka_unit_test(one_pair_for_gamma), cmocka_unit_test(offsets),
        cmocka_unit_test(groups_far_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
