/* SPDX-License-Identifier: GPL-3.0-or-later
   What each distribution behind an answer, of a count and of an amount must hold: derivatives as
   finite differences, probabilities that sum to one, digits in the tails, hard data as a status. */
#include "tests/limited_case.h"

#include <math.h>
#include <string.h>

#include "models/base/rng.h"
#include "models/count/vuong.h"
#include "models/limited/normal.h"
#include "models/limited/tobit.h"
#include "models/limited/two_part.h"
#include "models/ordinal/ordinal.h"

/* ---- lists ---- */

static void lists_are_documented(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_thresholds; i++) {
        assert_ptr_equal(threshold_find(thresholds[i]->name), thresholds[i]);
        assert_true(strlen(thresholds[i]->source) > 10 && strlen(thresholds[i]->title) > 4);
    }
    for (size_t i = 0; i < n_count_kinds; i++)
        assert_ptr_equal(count_kind_find(count_kinds[i]->name), count_kinds[i]);
    for (size_t i = 0; i < n_count_distributions; i++)
        assert_ptr_equal(count_distribution_find(count_distributions[i]->name),
                         count_distributions[i]);
    for (size_t i = 0; i < n_amounts; i++)
        assert_ptr_equal(amount_find(amounts[i]->name), amounts[i]);
    assert_null(threshold_find("normal"));
    assert_null(count_kind_find("zip"));
    assert_null(count_distribution_find("binomial"));
    assert_null(amount_find("normal"));
}

/* ---- thresholds ---- */

static void thresholds_hold(void **state)
{
    (void)state;
    for (size_t t = 0; t < n_thresholds; t++) {
        const struct threshold *f = thresholds[t];
        for (double x = -3; x <= 3; x += 0.25) {
            double h = 1e-5, below = f->log_below(x), above = f->log_above(x);
            assert_digits(exp(below) + exp(above), 1, 14);
            double slope = (exp(f->log_below(x + h)) - exp(f->log_below(x - h))) / (2 * h);
            assert_true(fabs(exp(f->log_density(x)) - slope) < 1e-9);
            double by_x = (f->log_density(x + h) - f->log_density(x - h)) / (2 * h);
            assert_true(fabs(f->slope(x) - by_x) < 1e-8);
            if (x > -2 && x < 1)
                assert_true(fabs(f->quantile(exp(below)) - x) < 1e-10);
        }
        assert_true(f->log_below(-1e200) < -400);
        assert_false(isnan(f->slope(1e200)));
    }
}

static void intervals_keep_their_digits(void **state)
{
    (void)state;
    double g[2], h[3];
    for (size_t t = 0; t < n_thresholds; t++)
        for (double a = -4; a < 3; a += 0.5)
            for (double b = a + 0.3; b < 4; b += 0.8) {
                double e = 1e-5, f = threshold_between(thresholds[t], a, b, g, h);
                double up = threshold_between(thresholds[t], a, b + e, NULL, NULL);
                double down = threshold_between(thresholds[t], a, b - e, NULL, NULL);
                double left = threshold_between(thresholds[t], a - e, b, NULL, NULL);
                double right = threshold_between(thresholds[t], a + e, b, NULL, NULL);
                assert_true(fabs(g[1] - (up - down) / (2 * e)) < 1e-7 * (1 + fabs(g[1])));
                assert_true(fabs(g[0] - (right - left) / (2 * e)) < 1e-7 * (1 + fabs(g[0])));
                assert_true(f < 0 && h[0] < 100 && h[2] < 100);
            }
    /* P(30 < Z <= 31): a difference of tails that are 1e-198 */
    double far = threshold_between(&threshold_probit, 30, 31, NULL, NULL);
    assert_digits(far, normal_log_cdf(-30) + log1p(-exp(normal_log_cdf(-31) - normal_log_cdf(-30))),
                  14);
    assert_digits(threshold_between(&threshold_probit, -31, -30, NULL, NULL), far, 15);
    assert_true(isinf(threshold_between(&threshold_logit, 1, 1, NULL, NULL)));
}

/* R: pnorm(-c(5, 30, 40, 1e5), log.p = TRUE), exp(dnorm(-40, log = TRUE) - pnorm(-40, log.p =
   TRUE)) */
static void normal_tail(void **state)
{
    (void)state;
    assert_digits(normal_log_cdf(-5), -15.064998393988725, 14);
    assert_digits(normal_log_cdf(-30), -454.32124395634321, 14);
    assert_digits(normal_log_cdf(-40), -804.6084420137538, 14);
    assert_digits(normal_log_cdf(-1e5), -5000000012.4318638, 15);
    assert_digits(normal_mills(-30.0000001), normal_mills(-29.9999999), 8);
    assert_digits(normal_mills(-40), 40.024968847206338, 13);
    assert_digits(normal_mills(0), 2 / sqrt(2 * M_PI), 15);
}

/* ---- counts ---- */

static void count_densities_sum_to_one(void **state)
{
    (void)state;
    const struct count_at at = {log(2.5), -0.4, log(0.8)};
    for (size_t k = 0; k < n_count_kinds; k++)
        for (size_t d = 0; d < n_count_distributions; d++) {
            double sum = 0, mean = 0;
            for (double y = 0; y < 400; y++) {
                double p =
                    exp(count_kinds[k]->log_density(count_distributions[d], y, &at, NULL, NULL));
                sum += p;
                mean += y * p;
            }
            assert_digits(sum, 1, 12);
            assert_digits(mean, count_kinds[k]->mean(count_distributions[d], &at, NULL), 12);
        }
}

/* Derivatives on rows of all sizes of counts, of every kind and distribution. */
static void count_derivatives(void **state)
{
    struct arena *keep = *state;
    const double x[] = {1, -1, 1, 0.3, 1, 2, 1, -0.4, 1, 0.9, 1, 1.5};
    const double y[] = {0, 1, 7, 30, 60, 500}, theta[] = {1.3, 0.6, -0.5, 0.4, 0.2};
    const struct limited_rows rows = {.n = 6, .y = y};
    const struct equation e = {.x = x, .p = 2};
    for (size_t k = 0; k < n_count_kinds; k++)
        for (size_t d = 0; d < n_count_distributions; d++) {
            struct count_fit fit;
            const struct count_options o = {count_kinds[k], count_distributions[d], e, e};
            count_fit(&rows, &o, &fit, keep);
            assert_true(gradient_error(&fit.model, theta, keep) < 1e-8);
            assert_true(hessian_error(&fit.model, theta, keep) < 1e-8);
        }
}

/* The negative binomial with a huge theta is the Poisson; large counts by exact sums. */
static void negative_binomial_limits(void **state)
{
    (void)state;
    double g[2], h[3], g0[2], h0[3];
    for (double y = 0; y < 200; y += 37) {
        double p = count_distribution_poisson.log_density(y, 3, 0, g0, h0);
        double nb = count_distribution_negative_binomial.log_density(y, 3, log(1e14), g, h);
        assert_true(fabs(p - nb) < 1e-9);
        assert_true(fabs(g[0] - g0[0]) < 1e-9 && fabs(g[1]) < 1e-9);
        double product = 0, theta = 3.7; /* y terms one by one */
        for (double j = 0; j < y; j++)
            product += log((theta + j) / (j + 1));
        product += theta * log(theta / (theta + exp(3))) + y * log(exp(3) / (theta + exp(3)));
        nb = count_distribution_negative_binomial.log_density(y, 3, log(theta), NULL, NULL);
        assert_true(fabs(nb - product) < 1e-12 * (1 + fabs(product)));
    }
    /* the mode of a Poisson of mean 1e9: -log(2 pi 1e9) / 2 - 1 / 12e9 */
    assert_digits(count_distribution_poisson.log_density(1e9, log(1e9), 0, NULL, NULL),
                  -log(2 * M_PI * 1e9) / 2 - 1 / 12e9, 14);
}

/* ---- ordered, censored, amounts ---- */

static void other_derivatives(void **state)
{
    struct arena *keep = *state;
    const double x[] = {0.2, -1, 0.5, 1.1, -0.3, 0.8, 0, 2};
    const double y[] = {0, 1, 2, 1, 0, 2, 2, 1}, theta[] = {-0.5, 0.8, 0.6, -0.3};
    const struct limited_rows rows = {.n = 8, .y = y};
    const struct equation e = {.x = x, .p = 1};
    for (size_t t = 0; t < n_thresholds; t++) {
        struct ordinal_fit fit;
        const struct ordinal_options o = {thresholds[t], e, e, 3, NULL};
        ordinal_fit(&rows, &o, &fit, keep);
        assert_true(gradient_error(&fit.model, theta, keep) < 1e-8);
        assert_true(hessian_error(&fit.model, theta, keep) < 1e-8);
    }
    struct tobit_fit tobit;
    const struct tobit_options o = {e, 0.5, 1.5};
    tobit_fit(&rows, &o, &tobit, keep);
    assert_true(gradient_error(&tobit.model, theta, keep) < 1e-8);
    assert_true(hessian_error(&tobit.model, theta, keep) < 1e-8);
    for (size_t a = 0; a < n_amounts; a++) {
        struct two_part_fit two;
        const struct two_part_options p = {&threshold_probit, amounts[a], e, e};
        two_part_fit(&rows, &p, &two, keep);
        assert_true(gradient_error(&two.any_model, theta, keep) < 1e-8);
        assert_true(hessian_error(&two.any_model, theta, keep) < 1e-8);
        assert_true(gradient_error(&two.amount_model, theta, keep) < 1e-8);
        assert_true(hessian_error(&two.amount_model, theta, keep) < 1e-8);
    }
}

/* ---- hard data ---- */

enum { N = 60 };

/* An intercept, a normal regressor, and their counts, answers and amounts. */
struct drawn {
    double x[2 * N], y[N], level[N];
};

static struct drawn *draw(struct arena *keep)
{
    struct drawn *d = ARENA_NEW(keep, struct drawn, 1);
    gsl_rng *rng = rng_stream(11, 0, keep);
    for (size_t i = 0; i < N; i++) {
        d->x[2 * i] = 1;
        d->x[2 * i + 1] = (double)rng_below(rng, 1000) / 250 - 2;
        d->y[i] = (double)rng_below(rng, 5);
        d->level[i] = (double)rng_below(rng, 4);
    }
    return d;
}

static struct count_fit counts(const struct drawn *d, const double *y,
                               const struct count_kind *kind,
                               const struct count_distribution *distribution, struct arena *keep)
{
    const struct limited_rows rows = {.n = N, .y = y};
    const struct equation e = {.x = d->x, .p = 2}, one = {.x = d->x, .p = 1};
    struct count_fit fit;
    double *ones = ARENA_NEW(keep, double, N);
    for (size_t i = 0; i < N; i++)
        ones[i] = 1;
    struct equation constant = one;
    constant.x = ones;
    const struct count_options o = {kind, distribution, e, constant};
    count_fit(&rows, &o, &fit, keep);
    return fit;
}

static void zeros_only(void **state)
{
    struct arena *keep = *state;
    const double zero[N] = {0};
    const struct drawn *d = draw(keep);
    for (size_t k = 0; k < n_count_kinds; k++)
        for (size_t j = 0; j < n_count_distributions; j++) {
            struct count_fit fit = counts(d, zero, count_kinds[k], count_distributions[j], keep);
            assert_int_equal(fit.fit.status, FIT_CONSTANT);
            assert_true(isnan(fit.fit.estimate[0]) && isnan(count_probability(&fit, 0, 0)));
        }
    struct ordinal_fit ordinal;
    const struct limited_rows rows = {.n = N, .y = zero};
    const struct equation x = {.x = d->x, .p = 2};
    const struct ordinal_options o = {&threshold_logit, x, {0}, 3, NULL};
    ordinal_fit(&rows, &o, &ordinal, keep);
    assert_int_equal(ordinal.fit.status, FIT_CONSTANT);
    struct tobit_fit tobit;
    tobit_fit(&rows, &(struct tobit_options){x, 0, INFINITY}, &tobit, keep);
    assert_int_equal(tobit.fit.status, FIT_CONSTANT);
    struct two_part_fit two;
    double average[2];
    const struct two_part_options p = {&threshold_logit, &amount_gamma, x, x};
    two_part_fit(&rows, &p, &two, keep);
    assert_int_equal(two.amount.status, FIT_CONSTANT);
    two_part_expected(&two, N, &x, &x, NULL, NULL, average, keep);
    assert_true(isnan(average[0]) && isnan(average[1]));
}

static void no_zeros(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = d->y[i] + 1;
    struct count_fit plain = counts(d, y, &count_kind_plain, &count_distribution_poisson, keep);
    struct count_fit zip =
        counts(d, y, &count_kind_zero_inflated, &count_distribution_poisson, keep);
    struct count_fit hurdle = counts(d, y, &count_kind_hurdle, &count_distribution_poisson, keep);
    assert_int_equal(zip.fit.status, FIT_BOUNDARY);
    assert_true(isnan(zip.fit.estimate[2])); /* no extra zero: the plain model */
    assert_digits(zip.fit.estimate[1], plain.fit.estimate[1], 7);
    assert_digits(zip.fit.log_lik, plain.fit.log_lik, 9);
    assert_digits(fit_std_error(&zip.fit, 1), fit_std_error(&plain.fit, 1), 6);
    assert_int_equal(hurdle.fit.status, FIT_SEPARATION);
    assert_true(isnan(hurdle.fit.estimate[2]) && isfinite(hurdle.fit.estimate[1]));
    /* less spread than Poisson: theta is infinite */
    struct count_fit nb =
        counts(d, y, &count_kind_plain, &count_distribution_negative_binomial, keep);
    assert_int_equal(nb.fit.status, FIT_BOUNDARY);
    assert_true(isinf(nb.theta) && isnan(nb.fit.estimate[2]));
    assert_digits(nb.fit.estimate[1], plain.fit.estimate[1], 6);
    assert_digits(fit_std_error(&nb.fit, 1), fit_std_error(&plain.fit, 1), 6);
}

static void hurdle_of_ones(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = d->y[i] > 2;
    struct count_fit fit = counts(d, y, &count_kind_hurdle, &count_distribution_poisson, keep);
    assert_int_equal(fit.fit.status, FIT_BOUNDARY);
    assert_true(isfinite(fit.fit.estimate[2]) && isfinite(fit_std_error(&fit.fit, 2)));
}

static void an_empty_level(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double gap[N], without[N];
    for (size_t i = 0; i < N; i++) {
        gap[i] = d->level[i] >= 2 ? d->level[i] + 1 : d->level[i]; /* 0 1 . 3 4 */
        without[i] = d->level[i];
    }
    static const char *const name[] = {"a", "b", "c", "d", "e"};
    struct limited_rows rows = {.n = N, .y = gap};
    const struct equation x = {.x = d->x, .p = 2};
    struct ordinal_options o = {&threshold_probit, x, {0}, 5, name};
    struct ordinal_fit with_gap, plain;
    ordinal_fit(&rows, &o, &with_gap, keep);
    rows.y = without;
    o.n_levels = 4;
    ordinal_fit(&rows, &o, &plain, keep);
    assert_int_equal(with_gap.n_used, 4);
    assert_string_equal(with_gap.fit.term[1], "b|d");
    assert_true(isnan(with_gap.fit.estimate[3])); /* the intercept: thresholds are one */
    for (size_t j = 0; j < 5; j++)
        assert_digits(with_gap.fit.estimate[j], plain.fit.estimate[j], 15);
}

static void separation(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double y[N], x[2 * N];
    for (size_t i = 0; i < N; i++) {
        y[i] = d->x[2 * i + 1] < -0.5 ? 0 : d->x[2 * i + 1] < 0.7 ? 1 : 2;
        x[2 * i] = d->x[2 * i + 1];
        x[2 * i + 1] = (double)(i % 7);
    }
    const struct limited_rows rows = {.n = N, .y = y};
    for (size_t t = 0; t < n_thresholds; t++) {
        const struct ordinal_options o = {thresholds[t], {.x = x, .p = 2}, {0}, 3, NULL};
        struct ordinal_fit fit;
        ordinal_fit(&rows, &o, &fit, keep);
        if (t == 0)
            assert_int_equal(fit.fit.status, FIT_SEPARATION);
        assert_int_not_equal(fit.fit.status, FIT_CONVERGED);
        assert_true(fit.fit.log_lik > -1e-3);
    }
    double some[N]; /* quasi-separation: all with x above 0 buy; the others at random */
    for (size_t i = 0; i < N; i++)
        some[i] = x[2 * i] > 0 ? 5 + d->y[i] : d->y[i] * (double)(i % 2);
    for (size_t i = 0; i < N; i++)
        x[2 * i] = x[2 * i] > 0;
    double ones[2 * N];
    for (size_t i = 0; i < N; i++) {
        ones[2 * i] = 1;
        ones[2 * i + 1] = x[2 * i];
    }
    const struct limited_rows spend = {.n = N, .y = some};
    const struct equation e = {.x = ones, .p = 2};
    struct two_part_fit two;
    const struct two_part_options p = {&threshold_logit, &amount_lognormal, e, e};
    two_part_fit(&spend, &p, &two, keep);
    assert_int_equal(two.any.status, FIT_SEPARATION);
    assert_true(isfinite(two.any.estimate[0]) && isnan(two.any.estimate[1]));
    double n = 0, buy = 0;
    for (size_t i = 0; i < N; i++) {
        n += x[2 * i] == 0;
        buy += x[2 * i] == 0 && some[i] > 0;
    }
    assert_digits(two.any.estimate[0], log(buy / (n - buy)), 9); /* the rest is given */
    assert_digits(fit_std_error(&two.any, 0), sqrt(1 / buy + 1 / (n - buy)), 6);
    assert_int_equal(two.amount.status, FIT_CONVERGED);
}

static void perfect_and_few(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = fmax(0, 3 + 2 * d->x[2 * i + 1]);
    struct limited_rows rows = {.n = N, .y = y};
    const struct tobit_options o = {{.x = d->x, .p = 2}, 0, INFINITY};
    struct tobit_fit fit;
    tobit_fit(&rows, &o, &fit, keep);
    assert_int_equal(fit.fit.status, FIT_PERFECT);
    const struct tobit_options uncensored = {{.x = d->x, .p = 2}, -1e9, INFINITY};
    rows.n = 2;
    tobit_fit(&rows, &uncensored, &fit, keep);
    assert_int_equal(fit.fit.status, FIT_PERFECT);
    rows = (struct limited_rows){.n = 4, .y = d->level};
    const double level[] = {0, 1, 2, 1};
    rows.y = level;
    struct ordinal_fit few;
    const struct ordinal_options p = {&threshold_logit, {.x = d->x, .p = 2}, {0}, 3, NULL};
    ordinal_fit(&rows, &p, &few, keep);
    assert_true(few.fit.status == FIT_CONVERGED || few.fit.status == FIT_SEPARATION);
}

/* Units, origins and offsets of 1e9. */
static void large_values(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double x[2 * N], offset[N], y[N], far[N];
    for (size_t i = 0; i < N; i++) {
        x[2 * i] = 1;
        x[2 * i + 1] = 1e9 + 1024 * d->x[2 * i + 1] * 250;
        offset[i] = 1e9;
        y[i] = d->y[i];
        far[i] = 1e9 * (1 + d->y[i] / 8);
    }
    const struct limited_rows rows = {.n = N, .y = y}, high = {.n = N, .y = far};
    const struct equation small = {.x = d->x, .p = 2}, large = {.x = x, .p = 2};
    const struct equation moved = {.x = d->x, .p = 2, .offset = offset};
    struct count_fit count, count_moved, count_large;
    const struct count_kind *kind = &count_kind_zero_inflated;
    const struct count_distribution *poisson = &count_distribution_poisson;
    count_fit(&rows, &(struct count_options){kind, poisson, small, small}, &count, keep);
    count_fit(&rows, &(struct count_options){kind, poisson, moved, small}, &count_moved, keep);
    count_fit(&rows, &(struct count_options){kind, poisson, large, large}, &count_large, keep);
    assert_int_equal(count_moved.fit.status, count.fit.status);
    assert_digits(count_moved.fit.estimate[1], count.fit.estimate[1], 10);
    assert_digits(count_moved.fit.log_lik, count.fit.log_lik, 12);
    assert_digits(count_large.fit.estimate[1] * 1024 * 250, count.fit.estimate[1], 8);
    assert_digits(count_large.fit.log_lik, count.fit.log_lik, 12);
    struct tobit_fit tobit, tobit_far;
    tobit_fit(&rows, &(struct tobit_options){small, 0, 4}, &tobit, keep);
    tobit_fit(&high, &(struct tobit_options){small, 1e9, 1.5e9}, &tobit_far, keep);
    assert_digits(tobit_far.fit.estimate[1] / (1e9 / 8), tobit.fit.estimate[1], 9);
    tobit_fit(&rows, &(struct tobit_options){moved, 0, 4}, &tobit_far, keep);
    assert_digits(tobit_far.fit.estimate[1], tobit.fit.estimate[1], 6);
    struct ordinal_fit ordinal, ordinal_moved;
    struct ordinal_options o = {&threshold_logit, small, {0}, 5, NULL};
    ordinal_fit(&rows, &o, &ordinal, keep);
    o.location = moved;
    ordinal_fit(&rows, &o, &ordinal_moved, keep);
    assert_digits(ordinal_moved.fit.estimate[5], ordinal.fit.estimate[5], 12);
    o.location = large;
    ordinal_fit(&rows, &o, &ordinal_moved, keep);
    assert_digits(ordinal_moved.fit.estimate[5] * 1024 * 250, ordinal.fit.estimate[5], 8);
}

/* No regressors, no rows, rows without weight. */
static void nothing_to_estimate(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double half[N], square = 0, level[N];
    for (size_t i = 0; i < N; i++) {
        half[i] = i < N / 2;
        level[i] = i < N / 2 ? (double)(i % 3) : 3; /* the top level has no weight */
        square += d->y[i] * d->y[i] / N;
    }
    struct limited_rows rows = {.n = N, .y = d->y};
    struct tobit_fit tobit;
    tobit_fit(&rows, &(struct tobit_options){.left = -1, .right = INFINITY}, &tobit, keep);
    assert_digits(tobit.fit.sigma, sqrt(square), 12);
    const struct count_options c = {.kind = &count_kind_hurdle,
                                    .distribution = &count_distribution_negative_binomial,
                                    .zero = {.x = d->x, .p = 2}};
    struct count_fit count;
    count_fit(&rows, &c, &count, keep);
    assert_int_equal(count.fit.n_params, 3);
    assert_true(count.fit.status == FIT_CONVERGED || count.fit.status == FIT_BOUNDARY);
    rows = (struct limited_rows){.n = N, .y = level, .w = half, .weight_kind = WEIGHT_FREQUENCY};
    struct ordinal_options o = {&threshold_logit, {0}, {0}, 4, NULL};
    struct ordinal_fit ordinal;
    double p[3 * N];
    ordinal_fit(&rows, &o, &ordinal, keep);
    ordinal_probabilities(&ordinal, p);
    assert_int_equal(ordinal.fit.status, FIT_CONVERGED);
    assert_digits(ordinal.fit.log_lik, ordinal.null_log_lik, 12);
    assert_digits(p[0], 1.0 / 3, 12);
    assert_digits(p[3 * N - 1], 1.0 / 3, 12);
    rows.n = 0;
    ordinal_fit(&rows, &o, &ordinal, keep);
    count_fit(&rows, &c, &count, keep);
    tobit_fit(&rows, &(struct tobit_options){.left = 0, .right = INFINITY}, &tobit, keep);
    assert_int_equal(ordinal.fit.status, FIT_CONSTANT);
    assert_int_equal(count.fit.status, FIT_CONSTANT);
    assert_int_equal(tobit.fit.status, FIT_CONSTANT);
}

/* Collinear columns are NaN, as R's NA; the rest is as without them. */
static void collinear(void **state)
{
    struct arena *keep = *state;
    const struct drawn *d = draw(keep);
    double x[3 * N];
    for (size_t i = 0; i < N; i++) {
        x[3 * i] = 1;
        x[3 * i + 1] = d->x[2 * i + 1];
        x[3 * i + 2] = 3 - 2 * d->x[2 * i + 1];
    }
    const struct limited_rows rows = {.n = N, .y = d->y};
    const struct equation e = {.x = x, .p = 3}, plain = {.x = d->x, .p = 2};
    struct tobit_fit a, b;
    tobit_fit(&rows, &(struct tobit_options){e, 0, INFINITY}, &a, keep);
    tobit_fit(&rows, &(struct tobit_options){plain, 0, INFINITY}, &b, keep);
    assert_int_equal(a.fit.status, FIT_CONVERGED);
    assert_true(isnan(a.fit.estimate[2]));
    assert_digits(a.fit.estimate[1], b.fit.estimate[1], 12);
    assert_digits(fit_std_error(&a.fit, 1), fit_std_error(&b.fit, 1), 11);
    assert_true(a.fit.df_residual == b.fit.df_residual);
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
        cmocka_unit_test(lists_are_documented),
        cmocka_unit_test(thresholds_hold),
        cmocka_unit_test(intervals_keep_their_digits),
        cmocka_unit_test(normal_tail),
        cmocka_unit_test(count_densities_sum_to_one),
        cmocka_unit_test(count_derivatives),
        cmocka_unit_test(negative_binomial_limits),
        cmocka_unit_test(other_derivatives),
        cmocka_unit_test(zeros_only),
        cmocka_unit_test(no_zeros),
        cmocka_unit_test(hurdle_of_ones),
        cmocka_unit_test(an_empty_level),
        cmocka_unit_test(separation),
        cmocka_unit_test(perfect_and_few),
        cmocka_unit_test(large_values),
        cmocka_unit_test(nothing_to_estimate),
        cmocka_unit_test(collinear),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
