/* SPDX-License-Identifier: GPL-3.0-or-later
   Correlations of simulated data: coverage of the intervals, size of the tests,
   and the fast Kendall against counting all pairs. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/correlation/correlation.h"
#include "models/resample/bca.h"

enum { MOST = 200 };

struct share {
    double covered, rejected;
};

/* Shares of `runs` samples of n from a normal distribution of correlation rho whose
   interval covers `truth` and whose test rejects at 5 %. */
static struct share simulate(const struct correlation *c, const struct interval *interval, size_t n,
                             double rho, double truth, size_t runs)
{
    struct share share = {0, 0};
    struct arena *a = arena_new();
    double x[MOST], y[MOST];
    for (size_t run = 0; run < runs; run++) {
        arena_reset(a);
        gsl_rng *rng = rng_stream(2025, run, a);
        for (size_t i = 0; i < n; i++)
            gsl_ran_bivariate_gaussian(rng, 1, 1, rho, &x[i], &y[i]);
        const struct sample s = {.n = n, .x = x, .y = y};
        const struct correlation_options options = {
            .interval = interval, .conf_level = 0.95, .replicates = 1000, .seed = run};
        struct correlation_result r;
        correlation_compute(c, &s, &options, &r, a);
        share.covered += r.conf_low <= truth && truth <= r.conf_high;
        share.rejected += r.p_value <= 0.05;
    }
    arena_free(a);
    share.covered /= (double)runs;
    share.rejected /= (double)runs;
    return share;
}

/* What the three coefficients of a normal distribution of correlation rho are. */
static double truth_of(const struct correlation *c, double rho)
{
    if (c == &correlation_spearman)
        return 6 / M_PI * asin(rho / 2);
    return c == &correlation_kendall ? 2 / M_PI * asin(rho) : rho;
}

/* 4,000 runs: a standard error of 0.0034 at 95 %; four of them, and half a percent
   for the approximations themselves. */
static void coverage(void **state)
{
    (void)state;
    const double rho[] = {0, 0.5, -0.7};
    for (size_t m = 0; m < 3; m++)
        for (size_t i = 0; i < 3; i++) {
            double truth = truth_of(correlations[m], rho[i]);
            struct share s = simulate(correlations[m], NULL, 40, rho[i], truth, 4000);
            if (fabs(s.covered - 0.95) > 0.019)
                fail_msg("%s, rho %g: %.4f covered", correlations[m]->name, rho[i], s.covered);
        }
}

static void size_of_tests(void **state)
{
    (void)state;
    for (size_t m = 0; m < 3; m++) {
        double small = simulate(correlations[m], NULL, 8, 0, 0, 4000).rejected;
        double large = simulate(correlations[m], NULL, 60, 0, 0, 4000).rejected;
        assert_true(small < 0.05 + 0.014 && small > 0.02); /* exact tests of 8 are discrete */
        assert_true(fabs(large - 0.05) < 0.016);
    }
}

/* 1,000 runs: a standard error of 0.007.  BCa of 50 is known to be a little short;
   for tau, whose bootstrap variance has the excess of order 1/n of all statistics
   of pairs (R's boot: a standard deviation 5 % too large at n = 50), a little long. */
static void coverage_of_bca(void **state)
{
    (void)state;
    if (!getenv("SLOW"))
        skip();
    for (size_t m = 0; m < 3; m++) {
        double truth = truth_of(correlations[m], 0.5);
        struct share s = simulate(correlations[m], &interval_bca, 50, 0.5, truth, 1000);
        double expected = correlations[m] == &correlation_kendall ? 0.965 : 0.94;
        if (fabs(s.covered - expected) > 0.025)
            fail_msg("%s: %.4f covered", correlations[m]->name, s.covered);
    }
}

static int sign(double v)
{
    return (v > 0) - (v < 0);
}

static double tau_of_all_pairs(const double *x, const double *y, const double *w, size_t n)
{
    double s = 0, nx = 0, ny = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            s += w[i] * w[j] * sign(x[i] - x[j]) * sign(y[i] - y[j]);
            nx += w[i] * w[j] * (x[i] != x[j]);
            ny += w[i] * w[j] * (y[i] != y[j]);
        }
    return s / sqrt(nx * ny);
}

static void kendall_counts_pairs(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    double x[MOST], y[MOST], w[MOST];
    for (uint64_t run = 0; run < 200; run++) {
        gsl_rng *rng = rng_stream(3, run, a);
        size_t n = 5 + rng_below(rng, MOST - 5), levels = 2 + rng_below(rng, 2 * n);
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)rng_below(rng, levels);
            y[i] = (double)rng_below(rng, 7) + x[i] / 2;
            w[i] = gsl_ran_exponential(rng, 1);
        }
        const struct sample s = {n, x, y, w, WEIGHT_SAMPLING};
        const struct correlation_options options = {.conf_level = 0.95};
        struct correlation_result r;
        correlation_compute(&correlation_kendall, &s, &options, &r, a);
        if (r.status == FIT_OK)
            assert_digits(r.estimate, tau_of_all_pairs(x, y, w, n), 10);
    }
    arena_free(a);
}

/* The mean of 0/1 data jumps: half of the ties count as below, so that a symmetric
   sample has no bias to correct. */
static double share_of_ones(const double *count, const void *context, struct arena *scratch)
{
    const double *y = context;
    double ones = 0;
    (void)scratch;
    for (size_t i = 0; i < 40; i++)
        ones += count[i] * y[i];
    return ones / 40;
}

static void bca_of_a_share(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    double y[40];
    struct bca_result b;
    for (size_t i = 0; i < 40; i++)
        y[i] = i % 2;
    const struct bca_options options = {.conf_level = 0.95, .replicates = 20000, .seed = 4};
    bca_interval(share_of_ones, y, 40, NULL, &options, &b, a);
    assert_int_equal(b.status, FIT_OK);
    assert_true(fabs(b.bias_correction) < 0.03);
    assert_true(fabs(b.std_error - sqrt(0.25 / 40)) < 0.002);
    assert_true(fabs(b.acceleration) < 0.02);
    for (size_t i = 0; i < 40; i++)
        y[i] = 1;
    double ones = share_of_ones(y, y, a);
    assert_true(ones == 1);
    bca_interval(share_of_ones, y, 40, NULL, &options, &b, a);
    assert_int_equal(b.status, FIT_CONSTANT);
    bca_interval(share_of_ones, y, 1, NULL, &options, &b, a);
    assert_int_equal(b.status, FIT_TOO_FEW);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coverage),        cmocka_unit_test(size_of_tests),
        cmocka_unit_test(coverage_of_bca), cmocka_unit_test(kendall_counts_pairs),
        cmocka_unit_test(bca_of_a_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
