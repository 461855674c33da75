/* SPDX-License-Identifier: GPL-3.0-or-later
   What every coefficient, interval and adjustment of the lists must keep to. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/correlation/correlation.h"
#include "models/multiple/adjust.h"

enum { ROWS = 60, EXPANDED = 3 * ROWS };

/* A rating of 1..7 and a response that goes with it: 0/1 where the coefficient
   wants two values, few levels for latent correlations, amounts with ties elsewhere. */
struct data {
    size_t n;
    double x[EXPANDED], y[EXPANDED], w[EXPANDED];
};

/* Is a response of three values outside its domain?  And a rating of three? */
static bool wants_two_values(const struct correlation *c, bool of_x, struct arena *a)
{
    const double three[] = {1, 2, 3, 3}, two[] = {1, 2, 2, 1};
    struct sample s = {4, three, of_x ? two : three, NULL, WEIGHT_NONE};
    struct pairs p = pairs_of(&s, a);
    return c->in_domain && !c->in_domain(&p);
}

static struct data data_for(const struct correlation *c, struct arena *a)
{
    bool two = wants_two_values(c, false, a), two_x = wants_two_values(c, true, a);
    struct data d = {.n = ROWS};
    gsl_rng *rng = rng_stream(11, 0, a);
    for (size_t i = 0; i < ROWS; i++) {
        d.x[i] = 1 + (double)rng_below(rng, 7);
        double y = d.x[i] + gsl_ran_gaussian(rng, 2);
        d.y[i] = two ? y > 4 : c->latent_details ? round(y / 2) : round(y * 4) / 4;
        d.x[i] = two_x ? d.x[i] > 4 : d.x[i];
        d.w[i] = 1 + (double)rng_below(rng, 3);
    }
    return d;
}

static struct correlation_result compute(const struct correlation *c, const struct interval *in,
                                         const struct data *d, enum weight_kind kind)
{
    const struct correlation_options options = {
        .interval = in, .conf_level = 0.9, .replicates = 300, .seed = 5};
    const struct sample s = {d->n, d->x, d->y, kind == WEIGHT_NONE ? NULL : d->w, kind};
    struct correlation_result r;
    struct arena *a = arena_new();
    correlation_compute(c, &s, &options, &r, a);
    arena_free(a);
    return r;
}

static void assert_same(const struct correlation_result *a, const struct correlation_result *b)
{
    assert_int_equal(a->status, b->status);
    assert_digits(a->n, b->n, 14);
    assert_digits(a->n_eff, b->n_eff, 13);
    assert_digits(a->estimate, b->estimate, 12);
    assert_digits(a->std_error, b->std_error, 11);
    assert_digits(a->statistic, b->statistic, 11);
    assert_digits(a->df, b->df, 13);
    assert_digits(a->p_value, b->p_value, 9);
    assert_digits(a->conf_low, b->conf_low, 10);
    assert_digits(a->conf_high, b->conf_high, 10);
}

static void described(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_correlations; i++) {
        const struct correlation *c = correlations[i];
        assert_ptr_equal(correlation_find(c->name), c);
        assert_true(*c->title && *c->symbol && strlen(c->source) > 20);
        assert_true(*c->phrase && strlen(c->phrase) < 80);
        assert_true(c->interval && c->estimate && c->resampled);
        assert_true(c->test || p_value_permutation.defined(c));
        assert_true((c->permutation_start != NULL) == (c->permuted != NULL));
        assert_true(p_value_default.defined(c) && (!c->partial_test || c->z_variance));
        assert_true(interval_defined(c->interval, c) && interval_defined(&interval_bca, c));
        assert_true(interval_defined(&interval_fisher_z, c) == (c->z_variance != NULL));
        assert_true(interval_defined(&interval_asymptotic, c) == (c->std_error != NULL));
        if (!c->z_variance)
            continue;
        assert_true(isnan(c->z_variance(0.5, (double)c->smallest_n - 1)));
        assert_true(c->z_variance(0.5, (double)c->smallest_n) > 0);
    }
    for (size_t i = 0; i < n_intervals; i++) {
        const struct interval *in = intervals[i];
        assert_ptr_equal(interval_find(in->name), in);
        assert_true(*in->title && *in->std_error && strlen(in->source) > 20 && in->limits);
    }
    for (size_t i = 0; i < n_p_values; i++) {
        const struct p_value *way = p_values[i];
        assert_ptr_equal(p_value_find(way->name), way);
        assert_true(*way->title && strlen(way->source) > 20 && way->defined && way->test);
    }
    for (size_t i = 0; i < n_adjustments; i++) {
        assert_ptr_equal(adjustment_find(adjustments[i]->name), adjustments[i]);
        assert_true(*adjustments[i]->title && *adjustments[i]->source);
    }
    assert_null(correlation_find("pearsn"));
    assert_null(interval_find(""));
    assert_null(adjustment_find("fdr"));
}

/* Each word has its heading in the page of the methods. */
static void documented(void **state)
{
    (void)state;
    char page[32768], heading[64];
    FILE *f = fopen("docs/methods/correlation.md", "r");
    assert_non_null(f);
    page[fread(page, 1, sizeof page - 1, f)] = '\0';
    fclose(f);
    for (size_t i = 0; i < n_correlations + n_intervals + n_adjustments; i++) {
        size_t j = i - n_correlations, k = j - n_intervals;
        const char *name = i < n_correlations ? correlations[i]->name
                           : j < n_intervals  ? intervals[j]->name
                                              : adjustments[k]->name;
        snprintf(heading, sizeof heading, "`%s`", name);
        if (!strstr(page, heading))
            fail_msg("%s is not in docs/methods/correlation.md", heading);
    }
}

static void in_order(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++)
        for (size_t j = 0; j < n_intervals; j++) {
            if (!interval_defined(intervals[j], correlations[i]))
                continue;
            struct data d = data_for(correlations[i], a);
            struct correlation_result r = compute(correlations[i], intervals[j], &d, WEIGHT_NONE);
            assert_int_equal(r.status, FIT_OK);
            assert_true(r.p_value > 0 && r.p_value < 1e-3);
            if (intervals[j] == &interval_none) {
                assert_true(isnan(r.conf_low) && isnan(r.conf_high) && isnan(r.std_error));
                continue;
            }
            assert_true(-1 < r.conf_low && r.conf_low < r.estimate);
            assert_true(r.estimate < r.conf_high && r.conf_high <= 1);
            /* A table of four cells may lose one in a resample: then its r is 1. */
            assert_true(r.conf_high < 1 || correlations[i]->latent_details);
            assert_true(r.std_error > 0 || intervals[j] == &interval_noncentral_f);
        }
    arena_free(a);
}

/* The fast form of the bootstrap is the coefficient. */
static void resampled_is_estimate(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++) {
        const struct correlation *c = correlations[i];
        struct data d = data_for(c, a);
        for (size_t k = 0; k < d.n; k++)
            d.w[k] -= 1; /* 0, 1 or 2 */
        struct variable x = variable_ordered(d.x, d.n, a), y = variable_ordered(d.y, d.n, a);
        assert_digits(c->resampled(&x, &y, d.w, a), c->estimate(&x, &y, d.w, a), 13);
        for (size_t k = 0; k < d.n; k++)
            d.w[k] = k == 7 ? 3 : 0;
        assert_digits(c->resampled(&x, &y, d.w, a), c->zero_if_constant ? 0 : NAN, 16);
        assert_digits(c->estimate(&x, &y, d.w, a), c->zero_if_constant ? 0 : NAN, 16);
    }
    arena_free(a);
}

static double monotone(double v)
{
    return exp(v / 2) + v;
}

/* A change of units changes nothing; a reversed scale, the sign; and where only
   the order counts, no ascending map changes anything. */
static void units(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++) {
        const struct correlation *c = correlations[i];
        struct data d = data_for(c, a), affine = d, mirrored = d, mapped = d;
        for (size_t k = 0; k < d.n; k++) {
            affine.x[k] = 1e6 + 2 * d.x[k]; /* exact */
            affine.y[k] = 0.01 * d.y[k] - 3;
            mirrored.x[k] = 8 - d.x[k];
            mapped.x[k] = monotone(d.x[k]);
            mapped.y[k] = monotone(d.y[k]);
        }
        struct correlation_result want = compute(c, NULL, &d, WEIGHT_NONE);
        struct correlation_result got = compute(c, NULL, &affine, WEIGHT_NONE);
        assert_same(&got, &want);
        got = compute(c, NULL, &mirrored, WEIGHT_NONE);
        assert_digits(got.estimate, c->unsigned_strength ? want.estimate : -want.estimate, 13);
        assert_digits(got.p_value, want.p_value, 10);
        if (!c->unsigned_strength)
            assert_digits(got.conf_low, -want.conf_high, 12);
        got = compute(c, NULL, &mapped, WEIGHT_NONE);
        if (c->measure == MEASURE_ORDINAL)
            assert_same(&got, &want);
        else
            assert_true(fabs(got.estimate - want.estimate) > 1e-6);
    }
    arena_free(a);
}

static void order_of_rows(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++) {
        struct data d = data_for(correlations[i], a), shuffled = d;
        for (size_t k = 0; k < d.n; k++) {
            size_t from = k * 17 % d.n;
            shuffled.x[k] = d.x[from];
            shuffled.y[k] = d.y[from];
            shuffled.w[k] = d.w[from];
        }
        for (enum weight_kind kind = WEIGHT_NONE; kind <= WEIGHT_FREQUENCY; kind++) {
            struct correlation_result want = compute(correlations[i], NULL, &d, kind);
            struct correlation_result got = compute(correlations[i], NULL, &shuffled, kind);
            /* Draws are of the rows in their order. */
            if (correlations[i]->interval == &interval_bca || !correlations[i]->test)
                assert_digits(got.estimate, want.estimate, 12);
            else
                assert_same(&got, &want);
        }
    }
    arena_free(a);
}

static struct data expanded(const struct data *d)
{
    struct data e = {.n = 0};
    for (size_t i = 0; i < d->n; i++)
        for (double k = 0; k < d->w[i]; k++, e.n++) {
            e.x[e.n] = d->x[i];
            e.y[e.n] = d->y[i];
        }
    return e;
}

/* To the bootstrap's limits: its draws are of people, not of rows. */
static void frequencies_are_rows(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++)
        for (size_t j = 0; j < n_intervals; j++) {
            if (!interval_defined(intervals[j], correlations[i]))
                continue;
            struct data d = data_for(correlations[i], a), e = expanded(&d);
            struct correlation_result got =
                compute(correlations[i], intervals[j], &d, WEIGHT_FREQUENCY);
            struct correlation_result want =
                compute(correlations[i], intervals[j], &e, WEIGHT_NONE);
            assert_same(&got, &want);
        }
    arena_free(a);
}

/* Equal weights say nothing, nor does the unit of weights, nor rows of weight 0. */
static void sampling_weights(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++) {
        const struct correlation *c = correlations[i];
        if (!c->weights)
            continue;
        struct data d = data_for(c, a), equal = d, scaled = d, longer = d;
        for (size_t k = 0; k < d.n; k++) {
            equal.w[k] = 0.3;
            scaled.w[k] = d.w[k] / 7;
        }
        longer.n = d.n + 1;
        longer.x[d.n] = 99;
        longer.y[d.n] = -99;
        longer.w[d.n] = 0;
        struct correlation_result want = compute(c, NULL, &d, WEIGHT_NONE);
        struct correlation_result got = compute(c, NULL, &equal, WEIGHT_SAMPLING);
        assert_same(&got, &want);
        want = compute(c, NULL, &d, WEIGHT_SAMPLING);
        got = compute(c, NULL, &scaled, WEIGHT_SAMPLING);
        assert_same(&got, &want);
        got = compute(c, NULL, &longer, WEIGHT_SAMPLING);
        assert_same(&got, &want);
        assert_true(want.n_eff < want.n);
    }
    arena_free(a);
}

static void same_for_any_threads(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < n_correlations; i++) {
        struct data d = data_for(correlations[i], a);
        struct correlation_result r[3];
        const struct sample s = {d.n, d.x, d.y, d.w, WEIGHT_SAMPLING};
        for (size_t threads = 1; threads <= 3; threads++) {
            const struct correlation_options options = {.interval = &interval_bca,
                                                        .conf_level = 0.95,
                                                        .replicates = 500,
                                                        .threads = threads,
                                                        .seed = 9,
                                                        .p_value = &p_value_permutation,
                                                        .permutations = 199};
            correlation_compute(correlations[i], &s, &options, &r[threads - 1], a);
        }
        assert_true(r[0].conf_low == r[1].conf_low && r[0].conf_low == r[2].conf_low);
        assert_true(r[0].conf_high == r[1].conf_high && r[0].std_error == r[2].std_error);
        assert_true(isnan(r[0].p_value) ||
                    (r[0].p_value == r[1].p_value && r[0].p_value == r[2].p_value));
    }
    arena_free(a);
}

/* Not below p, not above 1, in the order of p, and the same in any order. */
static void adjustments_of_a_family(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    enum { N = 7 };
    const double p[N] = {0.001, 0.01, 0.02, 0.02, NAN, 0.4, 0.9};
    double back[N], got[N], mirrored[N];
    for (size_t i = 0; i < N; i++)
        back[i] = p[N - 1 - i];
    for (size_t j = 0; j < n_adjustments; j++) {
        adjust_p_values(adjustments[j], p, N, got, a);
        adjust_p_values(adjustments[j], back, N, mirrored, a);
        assert_true(isnan(got[4]));
        for (size_t i = 0; i < N; i++) {
            assert_digits(got[i], mirrored[N - 1 - i], 16);
            if (i != 4)
                assert_true(got[i] >= p[i] && got[i] <= 1);
            if (i > 0 && i != 4 && i != 5)
                assert_true(got[i] >= got[i - 1]);
        }
        adjust_p_values(adjustments[j], p + 4, 1, got, a);
        assert_true(isnan(got[0]));
        adjust_p_values(adjustments[j], p, 1, got, a);
        assert_digits(got[0], p[0], 16);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(described),
        cmocka_unit_test(documented),
        cmocka_unit_test(in_order),
        cmocka_unit_test(resampled_is_estimate),
        cmocka_unit_test(units),
        cmocka_unit_test(order_of_rows),
        cmocka_unit_test(frequencies_are_rows),
        cmocka_unit_test(sampling_weights),
        cmocka_unit_test(same_for_any_threads),
        cmocka_unit_test(adjustments_of_a_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
