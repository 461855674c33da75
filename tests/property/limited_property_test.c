/* SPDX-License-Identifier: GPL-3.0-or-later
   What holds of ordered, censored, two-part and count models whatever the data: frequencies are
   copies, rows have no order, threads do not matter, parts add up, random small data end with a
   status. */
#include "tests/limited_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/count/vuong.h"
#include "models/limited/tobit.h"
#include "models/limited/two_part_bootstrap.h"
#include "models/ordinal/ordinal.h"

/* Rows with every kind of response. */
struct people {
    size_t n;
    double *x, *count, *level, *spend, *w; /* x [2 n] with an intercept; w 0 .. 3 */
};

static struct people draw(size_t n, uint64_t task, struct arena *keep)
{
    struct people d = {n,
                       ARENA_NEW(keep, double, 2 * n),
                       ARENA_NEW(keep, double, n),
                       ARENA_NEW(keep, double, n),
                       ARENA_NEW(keep, double, n),
                       ARENA_NEW(keep, double, n)};
    gsl_rng *rng = rng_stream(5, task, keep);
    for (size_t i = 0; i < n; i++) {
        double a = gsl_ran_gaussian(rng, 1), latent = 0.8 * a + gsl_ran_logistic(rng, 1);
        d.x[2 * i] = 1;
        d.x[2 * i + 1] = a;
        double mean = exp(0.5 + 0.4 * a) * gsl_ran_gamma(rng, 2, 0.5);
        d.count[i] = gsl_rng_uniform(rng) < 0.3 ? 0 : gsl_ran_poisson(rng, mean);
        d.level[i] = (latent > -1) + (latent > 0.3) + (latent > 1.5);
        d.spend[i] = latent > 0 ? exp(2 + 0.5 * a + 0.7 * gsl_ran_gaussian(rng, 1)) : 0;
        d.w[i] = (double)rng_below(rng, 4);
    }
    return d;
}

/* Each row w times. */
static struct people copies(const struct people *d, struct arena *keep)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < d->n; i++)
        n += (size_t)d->w[i];
    size_t *from = ARENA_NEW(keep, size_t, n);
    for (size_t i = 0; i < d->n; i++)
        for (size_t c = 0; c < (size_t)d->w[i]; c++)
            from[k++] = i;
    return (struct people){n,
                           reordered(d->x, n, 2, from, keep),
                           reordered(d->count, n, 1, from, keep),
                           reordered(d->level, n, 1, from, keep),
                           reordered(d->spend, n, 1, from, keep),
                           NULL};
}

static struct people backwards(const struct people *d, struct arena *keep)
{
    size_t *from = ARENA_NEW(keep, size_t, d->n);
    for (size_t i = 0; i < d->n; i++)
        from[i] = d->n - 1 - i;
    return (struct people){d->n,
                           reordered(d->x, d->n, 2, from, keep),
                           reordered(d->count, d->n, 1, from, keep),
                           reordered(d->level, d->n, 1, from, keep),
                           reordered(d->spend, d->n, 1, from, keep),
                           reordered(d->w, d->n, 1, from, keep)};
}

/* ---- all models on the same people ---- */

enum { MOST_FITS = 16 };

struct fits {
    size_t n;
    struct fit fit[MOST_FITS];
};

static struct limited_rows rows_of(const struct people *d, const double *y, bool weighted,
                                   size_t threads)
{
    return (struct limited_rows){.n = d->n,
                                 .y = y,
                                 .w = weighted ? d->w : NULL,
                                 .weight_kind = weighted ? WEIGHT_FREQUENCY : WEIGHT_NONE,
                                 .threads = threads};
}

static void add_two_part(const struct people *d, bool weighted, struct fits *all,
                         struct arena *keep)
{
    const struct limited_rows rows = rows_of(d, d->spend, weighted, 1);
    const struct equation e = {.x = d->x, .p = 2};
    for (size_t a = 0; a < n_amounts; a++) {
        struct two_part_fit fit;
        double average[2];
        const struct two_part_options o = {&threshold_logit, amounts[a], e, e};
        two_part_fit(&rows, &o, &fit, keep);
        two_part_expected(&fit, 5, &e, &e, NULL, NULL, average, keep);
        all->fit[all->n++] = fit.any;
        fit.amount.r_squared = fit.smearing; /* compared along */
        all->fit[all->n++] = fit.amount;
    }
}

static struct fits fit_all(const struct people *d, bool weighted, size_t threads,
                           struct arena *keep)
{
    struct fits all = {0};
    const struct equation e = {.x = d->x, .p = 2};
    const struct limited_rows ordered = rows_of(d, d->level, weighted, threads);
    const struct limited_rows spend = rows_of(d, d->spend, weighted, threads);
    const struct limited_rows count = rows_of(d, d->count, weighted, threads);
    const struct ordinal_options o = {&threshold_logit, e, {0}, 4, NULL};
    struct ordinal_fit ordinal;
    struct tobit_fit tobit;
    ordinal_fit(&ordered, &o, &ordinal, keep);
    all.fit[all.n++] = ordinal.fit;
    tobit_fit(&spend, &(struct tobit_options){e, 0, 25}, &tobit, keep);
    all.fit[all.n++] = tobit.fit;
    for (size_t k = 0; k < n_count_kinds; k++)
        for (size_t j = 0; j < n_count_distributions; j++) {
            const struct count_options c = {count_kinds[k], count_distributions[j], e, e};
            struct count_fit fit;
            count_fit(&count, &c, &fit, keep);
            all.fit[all.n++] = fit.fit;
        }
    add_two_part(d, weighted, &all, keep);
    return all;
}

static void same(const struct fits *a, const struct fits *b, double digits)
{
    assert_int_equal(a->n, b->n);
    for (size_t m = 0; m < a->n; m++) {
        const struct fit *f = &a->fit[m], *g = &b->fit[m];
        assert_int_equal(f->status, g->status);
        assert_digits(f->log_lik, g->log_lik, digits + 1);
        assert_digits(f->n_obs, g->n_obs, 15);
        assert_digits(f->df_residual, g->df_residual, 15);
        assert_digits(f->r_squared, g->r_squared, digits);
        for (size_t j = 0; j < f->n_params; j++) {
            assert_true(isnan(f->estimate[j]) == isnan(g->estimate[j]));
            assert_true(isnan(f->estimate[j]) || fabs(f->estimate[j] - g->estimate[j]) <
                                                     pow(10, -digits) * (1 + fabs(g->estimate[j])));
            assert_digits(fit_std_error(f, j), fit_std_error(g, j), digits);
        }
    }
}

static void frequencies_are_copies(void **state)
{
    struct arena *keep = *state;
    const struct people d = draw(300, 1, keep), twice = copies(&d, keep);
    const struct fits weighted = fit_all(&d, true, 1, keep),
                      copied = fit_all(&twice, false, 1, keep);
    same(&weighted, &copied, 10);
}

/* Sampling weights have no unit: estimates are the same, model errors go with their root. */
static void weights_have_no_unit(void **state)
{
    struct arena *keep = *state;
    struct people d = draw(300, 9, keep);
    for (size_t i = 0; i < d.n; i++)
        d.w[i] += 0.5;
    const struct fits a = fit_all(&d, true, 1, keep);
    for (double unit = 1e-12; unit < 1e13; unit *= 1e24) {
        struct people e = draw(300, 9, keep);
        for (size_t i = 0; i < d.n; i++)
            e.w[i] = d.w[i] * unit;
        const struct fits b = fit_all(&e, true, 1, keep);
        for (size_t m = 0; m < 8; m++) { /* those before the amounts */
            assert_digits(b.fit[m].log_lik / unit, a.fit[m].log_lik, 10);
            for (size_t j = 0; j < a.fit[m].n_params; j++) {
                assert_digits(b.fit[m].estimate[j], a.fit[m].estimate[j], 8);
                if (unit > 1) /* below, the sum of weights leaves no degrees of freedom */
                    assert_int_equal(b.fit[m].status, a.fit[m].status);
                assert_digits(fit_std_error(&b.fit[m], j) * sqrt(unit), fit_std_error(&a.fit[m], j),
                              8);
            }
        }
    }
}

static void rows_have_no_order(void **state)
{
    struct arena *keep = *state;
    const struct people d = draw(300, 2, keep), back = backwards(&d, keep);
    const struct fits a = fit_all(&d, true, 1, keep), b = fit_all(&back, true, 1, keep);
    same(&a, &b, 10);
}

/* More rows than four blocks: the same bytes. */
static void threads_do_not_matter(void **state)
{
    struct arena *keep = *state;
    const struct people d = draw(18000, 3, keep);
    const struct limited_rows rows = rows_of(&d, d.level, false, 1),
                              two = rows_of(&d, d.level, false, 3);
    const struct ordinal_options o = {&threshold_probit, {.x = d.x, .p = 2}, {0}, 4, NULL};
    struct ordinal_fit a, b;
    ordinal_fit(&rows, &o, &a, keep);
    ordinal_fit(&two, &o, &b, keep);
    assert_int_equal(a.fit.status, FIT_CONVERGED);
    assert_memory_equal(a.at, b.at, a.fit.n_params * sizeof *a.at);
    assert_memory_equal(&a.fit.log_lik, &b.fit.log_lik, sizeof a.fit.log_lik);
}

/* ---- parts add up ---- */

/* A hurdle is a binary regression of y > 0 and a regression of the positive counts, apart. */
static void hurdle_is_two_parts(void **state)
{
    struct arena *keep = *state;
    const struct people d = draw(300, 4, keep);
    const struct equation e = {.x = d.x, .p = 2}, slope = {.x = d.x, .p = 2};
    double *some = ARENA_NEW(keep, double, d.n), *positive = ARENA_NEW(keep, double, d.n);
    for (size_t i = 0; i < d.n; i++) {
        some[i] = d.count[i] > 0;
        positive[i] = some[i];
    }
    const struct limited_rows all = {.n = d.n, .y = d.count}, any = {.n = d.n, .y = some};
    const struct limited_rows above = {
        .n = d.n, .y = d.count, .w = positive, .weight_kind = WEIGHT_FREQUENCY};
    struct count_fit hurdle, truncated;
    struct ordinal_fit binary;
    for (size_t j = 0; j < n_count_distributions; j++) {
        const struct count_options o = {&count_kind_hurdle, count_distributions[j], e, e};
        const struct ordinal_options b = {&threshold_logit, slope, {0}, 2, NULL};
        count_fit(&all, &o, &hurdle, keep);
        count_fit(&above, &o, &truncated, keep); /* no zeros: the zero part is separated */
        ordinal_fit(&any, &b, &binary, keep);
        assert_int_equal(truncated.fit.status, FIT_SEPARATION);
        assert_true(fabs(hurdle.fit.log_lik - truncated.fit.log_lik - binary.fit.log_lik) < 1e-7);
        assert_digits(hurdle.fit.estimate[1], truncated.fit.estimate[1], 7);
        assert_digits(hurdle.fit.estimate[2], -binary.fit.estimate[0], 10);
        assert_digits(hurdle.fit.estimate[3], binary.fit.estimate[2], 10);
        assert_digits(fit_std_error(&hurdle.fit, 3), fit_std_error(&binary.fit, 2), 10);
    }
}

/* Probabilities of all levels sum to one, their means are the shares (logit: the score of a
 * threshold). */
static void probabilities_add_up(void **state)
{
    struct arena *keep = *state;
    const struct people d = draw(200, 6, keep);
    const struct limited_rows rows = {.n = d.n, .y = d.level};
    double *p = ARENA_NEW(keep, double, 4 * d.n), *score;
    for (size_t t = 0; t < n_thresholds; t++) {
        const struct ordinal_options o = {
            thresholds[t], {.x = d.x, .p = 2}, {.x = d.x, .p = 2}, 4, NULL};
        struct ordinal_fit fit;
        ordinal_fit(&rows, &o, &fit, keep);
        assert_int_equal(fit.fit.status, FIT_CONVERGED);
        assert_true(isnan(fit.fit.estimate[3]) && isnan(fit.fit.estimate[5])); /* intercepts */
        ordinal_probabilities(&fit, p);
        score = ARENA_NEW(keep, double, d.n *fit.fit.n_params);
        ordinal_scores(&fit, score);
        double log_lik = 0;
        for (size_t i = 0; i < d.n; i++) {
            assert_digits(p[4 * i] + p[4 * i + 1] + p[4 * i + 2] + p[4 * i + 3], 1, 13);
            log_lik += log(p[4 * i + (size_t)d.level[i]]);
        }
        assert_digits(log_lik, fit.fit.log_lik, 12);
        for (size_t j = 0; j < fit.fit.n_params; j++) {
            double sum = 0;
            for (size_t i = 0; i < d.n; i++)
                sum += score[i * fit.fit.n_params + j];
            assert_true(fabs(sum) < 1e-9);
        }
        assert_true(fit.null_log_lik < fit.fit.log_lik);
    }
}

static void tobit_without_limits_is_least_squares(void **state)
{
    struct arena *keep = *state;
    const struct people d = draw(100, 7, keep);
    const struct limited_rows rows = {.n = d.n, .y = d.spend};
    struct tobit_fit fit;
    double mx = 0, my = 0, xx = 0, xy = 0, rss = 0, n = (double)d.n;
    tobit_fit(&rows, &(struct tobit_options){{.x = d.x, .p = 2}, -INFINITY, INFINITY}, &fit, keep);
    for (size_t i = 0; i < d.n; i++) {
        mx += d.x[2 * i + 1] / n;
        my += d.spend[i] / n;
    }
    for (size_t i = 0; i < d.n; i++) {
        xx += pow(d.x[2 * i + 1] - mx, 2);
        xy += (d.x[2 * i + 1] - mx) * d.spend[i];
    }
    for (size_t i = 0; i < d.n; i++)
        rss += pow(d.spend[i] - my - xy / xx * (d.x[2 * i + 1] - mx), 2);
    assert_digits(fit.fit.estimate[1], xy / xx, 11);
    assert_digits(fit.fit.estimate[0], my - xy / xx * mx, 11);
    assert_digits(fit.fit.sigma, sqrt(rss / n), 12);
    assert_digits(fit_std_error(&fit.fit, 1), sqrt(rss / n / xx), 11);
}

/* ---- resampling agrees with the delta method ---- */

/* The error of the mean expected spend beside its spread over samples of the same people. */
static void spend_errors_are_honest(void **state)
{
    struct arena *keep = *state;
    enum { N = 400, TIMES = 400 };
    for (size_t a = 0; a < n_amounts; a++) {
        double sum = 0, square = 0, said = 0, average[2];
        const double at[] = {1, 0.5};
        const struct equation here = {.x = at, .p = 2};
        struct arena *scratch = arena_new();
        for (uint64_t t = 0; t < TIMES; t++) {
            arena_reset(scratch);
            const struct people d = draw(N, 1000 + t, scratch);
            const struct equation e = {.x = d.x, .p = 2};
            const struct limited_rows rows = {.n = d.n, .y = d.spend};
            const struct two_part_options o = {&threshold_logit, amounts[a], e, e};
            struct two_part_fit fit;
            two_part_fit(&rows, &o, &fit, scratch);
            two_part_expected(&fit, 1, &here, &here, NULL, NULL, average, scratch);
            sum += average[0] / TIMES;
            square += average[0] * average[0] / TIMES;
            said += average[1] / TIMES;
        }
        arena_free(scratch);
        double seen = sqrt(square - sum * sum);
        /* the truth: P(latent > 0 | 0.5) exp(2 + 0.25 + 0.7^2 / 2), though latent is not in the
         * spend */
        double truth = exp(2.25 + 0.245) / (1 + exp(-0.4));
        assert_true(fabs(sum / truth - 1) < 4 * seen / sqrt(TIMES) / truth + 0.005);
        assert_true(fabs(said / seen - 1) < 0.12);
    }
    (void)keep;
}

/* Samples drawn again from one set of people scatter as the delta method says, by rows and by
   clusters of copies; threads do not matter. */
static void resampling_agrees(void **state)
{
    struct arena *keep = *state;
    enum { N = 400, TIMES = 200 };
    const struct people d = draw(N, 77, keep);
    const struct equation e = {.x = d.x, .p = 2};
    const struct limited_rows rows = {.n = N, .y = d.spend};
    const struct two_part_options o = {&threshold_logit, &amount_lognormal, e, e};
    struct two_part_fit fit;
    double delta[2], average[TIMES], again[TIMES];
    size_t n_used;
    uint32_t *pair = ARENA_NEW(keep, uint32_t, N);
    two_part_fit(&rows, &o, &fit, keep);
    two_part_expected(&fit, 3, &e, &e, NULL, NULL, delta, keep);
    struct two_part_bootstrap how = {TIMES, 9, 1, NULL, 0};
    double error = two_part_resample(&rows, &o, 3, &e, &e, &how, average, &n_used, keep);
    assert_int_equal(n_used, TIMES);
    assert_true(fabs(error / delta[1] - 1) < 0.2);
    how.threads = 3;
    two_part_resample(&rows, &o, 3, &e, &e, &how, again, &n_used, keep);
    assert_memory_equal(average, again, sizeof average);
    for (uint32_t i = 0; i < N; i++)
        pair[i] = i; /* each its own cluster: the same draws */
    how.cluster = pair;
    how.n_clusters = N;
    two_part_resample(&rows, &o, 3, &e, &e, &how, again, &n_used, keep);
    assert_memory_equal(average, again, sizeof average);
}

/* ---- coverage ---- */

enum { SIZE = 300, SAMPLES = 1000 };

static bool covers(const struct fit *f, size_t j, double truth)
{
    return fabs(f->estimate[j] - truth) < 1.959964 * fit_std_error(f, j);
}

/* 95 % intervals of slopes of known models: between 93 and 97 of 100. */
static void intervals_cover(void **state)
{
    if (!getenv("SLOW"))
        skip();
    struct arena *scratch = arena_new();
    double ordinal_in = 0, tobit_in = 0, count_in = 0, zero_in = 0, n = SAMPLES;
    (void)state;
    for (uint64_t t = 0; t < SAMPLES; t++) {
        arena_reset(scratch);
        gsl_rng *rng = rng_stream(21, t, scratch);
        double x[2 * SIZE], level[SIZE], y[SIZE], counts[SIZE];
        for (size_t i = 0; i < SIZE; i++) {
            double a = gsl_ran_gaussian(rng, 1), latent = 0.8 * a + gsl_ran_logistic(rng, 1);
            x[2 * i] = 1;
            x[2 * i + 1] = a;
            level[i] = (latent > -1) + (latent > 0.3) + (latent > 1.5);
            y[i] = fmax(0, 1 + 0.7 * a + gsl_ran_gaussian(rng, 1.5));
            bool extra = gsl_rng_uniform(rng) < 1 / (1 + exp(0.8 - 0.6 * a));
            counts[i] = extra ? 0 : gsl_ran_poisson(rng, exp(1 + 0.4 * a));
        }
        const struct equation e = {.x = x, .p = 2};
        struct ordinal_fit ordinal;
        struct tobit_fit tobit;
        struct count_fit count;
        ordinal_fit(&(struct limited_rows){.n = SIZE, .y = level},
                    &(struct ordinal_options){&threshold_logit, e, {0}, 4, NULL}, &ordinal,
                    scratch);
        tobit_fit(&(struct limited_rows){.n = SIZE, .y = y},
                  &(struct tobit_options){e, 0, INFINITY}, &tobit, scratch);
        count_fit(
            &(struct limited_rows){.n = SIZE, .y = counts},
            &(struct count_options){&count_kind_zero_inflated, &count_distribution_poisson, e, e},
            &count, scratch);
        ordinal_in += covers(&ordinal.fit, 4, 0.8) / n;
        tobit_in += covers(&tobit.fit, 1, 0.7) / n;
        count_in += covers(&count.fit, 1, 0.4) / n;
        zero_in += covers(&count.fit, 3, 0.6) / n;
    }
    arena_free(scratch);
    print_message("coverage: ordinal %.3f tobit %.3f count %.3f zero %.3f\n", ordinal_in, tobit_in,
                  count_in, zero_in);
    assert_true(ordinal_in > 0.93 && ordinal_in < 0.97);
    assert_true(tobit_in > 0.93 && tobit_in < 0.97);
    assert_true(count_in > 0.93 && count_in < 0.97);
    assert_true(zero_in > 0.93 && zero_in < 0.97);
}

/* ---- random small data ---- */

static void check_status(const struct fit *fit, struct arena *keep)
{
    bool converged = fit->status == FIT_CONVERGED;
    assert_non_null(fit_status_word(fit->status));
    (void)keep;
    for (size_t j = 0; converged && j < fit->n_params; j++) {
        if (isnan(fit->estimate[j]))
            continue; /* collinear */
        assert_true(isfinite(fit->estimate[j]));
        assert_true(fit_std_error(fit, j) > 0 && fit_std_error(fit, j) < 1e6);
    }
    assert_true(!converged || isfinite(fit->log_lik));
    assert_true(fit->status != FIT_MAX_ITER && fit->status != FIT_NO_START);
}

static void small_data_have_a_status(void **state)
{
    (void)state;
    struct arena *scratch = arena_new();
    size_t separated = 0, converged = 0, most = getenv("SLOW") ? 3000 : 150;
    for (uint64_t t = 0; t < most; t++) {
        arena_reset(scratch);
        const struct people d = draw(3 + t % 17, 100000 + t, scratch);
        const struct fits all = fit_all(&d, t % 2, 1, scratch);
        for (size_t m = 0; m < all.n; m++) {
            check_status(&all.fit[m], scratch);
            separated += all.fit[m].status == FIT_SEPARATION;
            converged += all.fit[m].status == FIT_CONVERGED;
        }
    }
    arena_free(scratch);
    assert_true(separated > most / 10 && converged > most);
}

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frequencies_are_copies),
        cmocka_unit_test(weights_have_no_unit),
        cmocka_unit_test(rows_have_no_order),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(hurdle_is_two_parts),
        cmocka_unit_test(probabilities_add_up),
        cmocka_unit_test(tobit_without_limits_is_least_squares),
        cmocka_unit_test(spend_errors_are_honest),
        cmocka_unit_test(resampling_agrees),
        cmocka_unit_test(intervals_cover),
        cmocka_unit_test(small_data_have_a_status),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
