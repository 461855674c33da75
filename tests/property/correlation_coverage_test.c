/* SPDX-License-Identifier: GPL-3.0-or-later
   How often the intervals hold the true value, where the population is known.  SLOW: the
   figures of docs/methods/correlation.md are what it prints. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/correlation/correlation.h"

enum { MOST = 1000, X_LEVELS = 5, Y_LEVELS = 4, DRAWS = 4000000 };

/* A rating of 1..5 and a response of 1..4, or 0/1, behind which stand normal variables
   of correlation rho: cut so that high ratings are common and large responses rare. */
struct population {
    double rho;
    bool cut_x, cut_y, two; /* ratings; responses; 0/1 instead */
};

static double cut(double z, const double *at, size_t n)
{
    size_t level = 0;
    while (level < n && z > at[level])
        level++;
    return (double)level;
}

static void draw(const struct population *p, gsl_rng *rng, double *x, double *y)
{
    static const double rating[] = {-1.6, -0.9, -0.2, 0.7}, response[] = {0, 0.7, 1.4},
                        half[] = {0.5};
    gsl_ran_bivariate_gaussian(rng, 1, 1, p->rho, x, y);
    if (p->cut_x)
        *x = cut(*x, rating, X_LEVELS - 1);
    if (p->two)
        *y = cut(*y, half, 1);
    else if (p->cut_y)
        *y = cut(*y, response, Y_LEVELS - 1);
}

/* The coefficient of the whole population, by a sample of four million of it: to 0.0005. */
static double truth_of(const struct correlation *c, const struct population *p)
{
    if (!p->cut_x && !p->cut_y && !p->two)
        return c == &correlation_pearson ? p->rho : 2 / M_PI * asin(p->rho);
    if (c == &correlation_biserial && !p->cut_x)
        return p->rho;
    struct arena *a = arena_new();
    gsl_rng *rng = rng_stream(77, 0, a);
    double count[X_LEVELS][Y_LEVELS] = {{0}}, x[X_LEVELS * Y_LEVELS], y[X_LEVELS * Y_LEVELS];
    for (size_t i = 0; i < DRAWS; i++) {
        double u, v;
        draw(p, rng, &u, &v);
        count[(size_t)u][(size_t)v]++;
    }
    for (size_t i = 0; i < X_LEVELS * Y_LEVELS; i++) {
        x[i] = (double)(i / Y_LEVELS);
        y[i] = (double)(i % Y_LEVELS);
    }
    struct sample s = {X_LEVELS * Y_LEVELS, x, y, &count[0][0], WEIGHT_FREQUENCY};
    struct pairs pairs = pairs_of(&s, a);
    double truth = c->estimate(&pairs.x, &pairs.y, pairs.w, a);
    arena_free(a);
    return truth;
}

static double covered(const struct correlation *c, const struct interval *interval,
                      const struct population *p, size_t n, double truth, size_t runs)
{
    double share = 0, x[MOST], y[MOST];
    struct arena *a = arena_new();
    for (size_t run = 0; run < runs; run++) {
        arena_reset(a);
        gsl_rng *rng = rng_stream(31, run, a);
        for (size_t i = 0; i < n; i++)
            draw(p, rng, &x[i], &y[i]);
        const struct sample s = {.n = n, .x = x, .y = y};
        const struct correlation_options how = {.conf_level = 0.95,
                                                .interval = interval,
                                                .replicates = 999,
                                                .p_value = &p_value_asymptotic};
        struct correlation_result r;
        correlation_compute(c, &s, &how, &r, a);
        share += r.conf_low <= truth && truth <= r.conf_high;
    }
    arena_free(a);
    return share / (double)runs;
}

/* 93 to 97 % but where it is known to be otherwise. */
struct expected {
    double lowest_of_50, highest;
};

/* Prints the coverage at n = 50, 200, 1000; within the limits, and four standard errors
   of the simulation. */
static void check(const char *what, const struct correlation *c, const struct population *p,
                  const struct expected *expected)
{
    static const size_t n[] = {50, 200, 1000}, runs[] = {8000, 4000, 2000};
    double truth = truth_of(c, p), share[3];
    for (size_t i = 0; i < 3; i++)
        share[i] = covered(c, c == &correlation_kendall ? &interval_asymptotic : NULL, p, n[i],
                           truth, runs[i]);
    print_message("%-14s %-22s rho %.1f, true value %.3f: %.1f %.1f %.1f %%\n", c->name, what,
                  p->rho, truth, 100 * share[0], 100 * share[1], 100 * share[2]);
    for (size_t i = 0; i < 3; i++) {
        double error = 4 * sqrt(0.05 * 0.95 / (double)runs[i]);
        double lowest = n[i] == 50 ? expected->lowest_of_50 : 0.935;
        if (share[i] < lowest - error || share[i] > expected->highest + error)
            fail_msg("%s, %s, rho %g, n = %zu: %.4f covered", c->name, what, p->rho, n[i],
                     share[i]);
    }
}

static const double rhos[] = {0, 0.3, 0.7};

static void coefficients_of_pairs(void **state)
{
    (void)state;
    const struct correlation *const of_pairs[] = {&correlation_gamma, &correlation_kendall,
                                                  &correlation_somers_d, &correlation_kendall_c,
                                                  &correlation_kendall_a};
    if (!getenv("SLOW"))
        skip();
    for (size_t m = 0; m < 5; m++)
        for (size_t i = 0; i < 3; i++) {
            /* The standard error of gamma is too small where few pairs are discordant. */
            bool strong = rhos[i] > 0.5 && of_pairs[m] == &correlation_gamma;
            const struct population ratings = {rhos[i], true, true, false};
            const struct expected expected = {strong ? 0.905 : 0.925, 0.96};
            check("5 ratings, 4 responses", of_pairs[m], &ratings, &expected);
        }
    for (size_t i = 0; i < 3; i++) {
        const struct population normal = {rhos[i], false, false, false};
        check("normal", &correlation_kendall, &normal, &(struct expected){0.93, 0.96});
    }
}

static void two_groups(void **state)
{
    (void)state;
    if (!getenv("SLOW"))
        skip();
    for (size_t i = 0; i < 3; i++) {
        const struct population two = {rhos[i], true, false, true};
        const struct population normal = {rhos[i], false, false, true};
        const struct expected expected = {rhos[i] > 0.5 ? 0.908 : 0.925, 0.96};
        check("5 ratings, 0/1", &correlation_rank_biserial, &two, &expected);
        check("normal, 0/1", &correlation_biserial, &normal, &expected);
    }
}

/* Where the asymptotic intervals of small samples are too short. */
static void bca(void **state)
{
    (void)state;
    if (!getenv("SLOW"))
        skip();
    const struct {
        const struct correlation *c;
        struct population p;
    } cases[] = {{&correlation_gamma, {0.7, true, true, false}},
                 {&correlation_rank_biserial, {0.7, true, false, true}},
                 {&correlation_biserial, {0.7, false, false, true}}};
    for (size_t i = 0; i < 3; i++) {
        double truth = truth_of(cases[i].c, &cases[i].p);
        double share = covered(cases[i].c, &interval_bca, &cases[i].p, 50, truth, 2000);
        print_message("%-14s bca, n = 50: %.1f %%\n", cases[i].c->name, 100 * share);
        if (fabs(share - 0.945) > 0.035)
            fail_msg("%s: %.4f covered", cases[i].c->name, share);
    }
}

/* y rises with the square of a rating of 1..5, all as common, with normal errors. */
static double eta_covered(double truth, size_t n, size_t runs)
{
    double share = 0, x[MOST], y[MOST], spread = 1. / 5 * (0 + 1 + 16 + 81 + 256) - 36;
    double slope = sqrt(truth / (1 - truth) / spread);
    struct arena *a = arena_new();
    for (size_t run = 0; run < runs; run++) {
        arena_reset(a);
        gsl_rng *rng = rng_stream(13, run, a);
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)rng_below(rng, 5);
            y[i] = slope * x[i] * x[i] + gsl_ran_ugaussian(rng);
        }
        const struct sample s = {.n = n, .x = x, .y = y};
        struct correlation_result r;
        correlation_compute(&correlation_eta_squared, &s,
                            &(struct correlation_options){.conf_level = 0.95}, &r, a);
        share += r.conf_low <= truth && truth <= r.conf_high;
    }
    arena_free(a);
    return share / (double)runs;
}

static void eta_squared(void **state)
{
    (void)state;
    if (!getenv("SLOW"))
        skip();
    const double truth[] = {0.02, 0.1, 0.4};
    for (size_t i = 0; i < 3; i++) {
        double few = eta_covered(truth[i], 50, 4000), more = eta_covered(truth[i], 200, 2000),
               many = eta_covered(truth[i], 1000, 1000);
        print_message("eta_squared, true value %.2f: %.1f %.1f %.1f %%\n", truth[i], 100 * few,
                      100 * more, 100 * many);
        assert_true(fabs(few - 0.95) < 0.02 + 0.014 && fabs(more - 0.95) < 0.02 + 0.02);
        assert_true(fabs(many - 0.95) < 0.02 + 0.028);
    }
}

static void pearson(void **state)
{
    (void)state;
    if (!getenv("SLOW"))
        skip();
    for (size_t i = 0; i < 3; i++) {
        const struct population normal = {rhos[i], false, false, false};
        const struct population ratings = {rhos[i], true, true, false};
        /* Fisher's z takes both for normal: of ratings it is too long where they agree. */
        const struct expected expected = {0.94, 0.96}, of_ratings = {0.94, 0.985};
        check("normal", &correlation_pearson, &normal, &expected);
        check("5 ratings, 4 responses", &correlation_pearson, &ratings, &of_ratings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coefficients_of_pairs),
        cmocka_unit_test(two_groups),
        cmocka_unit_test(bca),
        cmocka_unit_test(eta_squared),
        cmocka_unit_test(pearson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
