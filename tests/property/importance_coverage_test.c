/* SPDX-License-Identifier: GPL-3.0-or-later
   How often the bootstrap's percentile limits hold the true share of R2, and how much too kind the
   validation of a chosen subset is.  Slow: SLOW=1. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/importance/importance.h"
#include "tests/glm_data.h"

enum { TERMS = 3, SAMPLES = 600 };

/* Terms of unit variance that correlate by 0.5; y = 0.5 a + 0.3 b + 0 c + e, var e = 1. */
static const double slope[TERMS] = {0.5, 0.3, 0};

/* R2 of a subset in the population: by the normal equations of its correlations. */
static double population_r_squared(unsigned set)
{
    double a[TERMS][TERMS + 1], explained = 0, total = 1;
    size_t at[TERMS], m = 0;
    for (size_t j = 0; j < TERMS; j++)
        for (size_t i = 0; i < TERMS; i++)
            total += slope[i] * slope[j] * (i == j ? 1 : 0.5);
    for (size_t j = 0; j < TERMS; j++)
        if (set >> j & 1)
            at[m++] = j;
    for (size_t i = 0; i < m; i++) {
        a[i][m] = 0;
        for (size_t j = 0; j < m; j++)
            a[i][j] = i == j ? 1 : 0.5;
        for (size_t j = 0; j < TERMS; j++)
            a[i][m] += slope[j] * (at[i] == j ? 1 : 0.5);
    }
    for (size_t k = 0; k < m; k++) { /* what each adds, by elimination */
        explained += a[k][m] * a[k][m] / a[k][k];
        for (size_t i = k + 1; i < m; i++) {
            double f = a[i][k] / a[k][k];
            for (size_t j = k; j <= m; j++)
                a[i][j] -= f * a[k][j];
        }
    }
    return explained / total;
}

static double population_lmg(unsigned term)
{
    unsigned other[2], bit = 1u << term;
    size_t n = 0;
    for (unsigned j = 0; j < TERMS; j++)
        if (j != term)
            other[n++] = 1u << j;
    double alone = population_r_squared(bit), after_0, after_1, last;
    after_0 = population_r_squared(bit | other[0]) - population_r_squared(other[0]);
    after_1 = population_r_squared(bit | other[1]) - population_r_squared(other[1]);
    last = population_r_squared(7) - population_r_squared(7 & ~bit);
    return alone / 3 + after_0 / 6 + after_1 / 6 + last / 3;
}

static struct design draw(size_t n, uint64_t task, struct arena *keep)
{
    gsl_rng *rng = rng_stream(31, task, keep);
    double *x[TERMS + 1] = {NULL}, *y = ARENA_NEW(keep, double, n);
    for (size_t j = 1; j <= TERMS; j++)
        x[j] = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++) {
        double common = gsl_ran_gaussian(rng, sqrt(0.5));
        y[i] = gsl_ran_gaussian(rng, 1);
        for (size_t j = 1; j <= TERMS; j++) {
            x[j][i] = common + gsl_ran_gaussian(rng, sqrt(0.5));
            y[i] += slope[j - 1] * x[j][i];
        }
    }
    return design_of_columns(n, TERMS + 1, (const double *const *)x, y, keep);
}

static void coverage(size_t n, double covered[TERMS])
{
    double truth[TERMS];
    for (unsigned j = 0; j < TERMS; j++)
        truth[j] = population_lmg(j);
    for (uint64_t s = 0; s < SAMPLES; s++) {
        struct arena *keep = arena_new();
        struct design d = draw(n, 1000 * n + s, keep);
        struct subset_terms terms = {.n = TERMS, .label = d.name + 1};
        struct glm_options how = {.family = &family_gaussian};
        struct importance_options o = {.conf_level = 0.95, .replicates = 400, .seed = s};
        struct importance_table t;
        relative_importance(&d, &how, &terms, &o, &t, keep);
        for (size_t j = 0; j < TERMS; j++) {
            const struct importance *of = &t.of_method[0][j];
            covered[j] += (of->conf_low <= truth[j] && truth[j] <= of->conf_high) / (double)SAMPLES;
        }
        arena_free(keep);
    }
}

static void test_coverage(void **state)
{
    (void)state;
    if (!getenv("SLOW")) {
        print_message("skipped: coverage of relative importance (SLOW=1)\n");
        return;
    }
    for (size_t n = 60; n <= 540; n *= 3) {
        double covered[TERMS] = {0};
        coverage(n, covered);
        printf("| importance | n = %zu | LMG of slopes 0.5, 0.3, 0 | 95 %% limits hold %.3f %.3f "
               "%.3f |\n",
               n, covered[0], covered[1], covered[2]);
        if (n >= 180) {
            assert_true(covered[0] > 0.91 && covered[0] < 0.98);
            assert_true(covered[1] > 0.91 && covered[1] < 0.98);
        }
    }
}

/* Pure noise: the best of 12 terms looks better on its own folds than the constant, and the
   repeated choice says that it is not. */
static void test_selection(void **state)
{
    enum { NOISE = 12, ROWS = 60 };
    double kind = 0, honest = 0;
    (void)state;
    for (uint64_t s = 0; s < 40; s++) {
        struct arena *keep = arena_new();
        gsl_rng *rng = rng_stream(32, s, keep);
        double *x[NOISE + 1] = {NULL}, *y = ARENA_NEW(keep, double, ROWS);
        for (size_t j = 1; j <= NOISE; j++)
            x[j] = ARENA_NEW(keep, double, ROWS);
        for (size_t i = 0; i < ROWS; i++) {
            y[i] = gsl_ran_gaussian(rng, 1);
            for (size_t j = 1; j <= NOISE; j++)
                x[j][i] = gsl_ran_gaussian(rng, 1);
        }
        struct design d = design_of_columns(ROWS, NOISE + 1, (const double *const *)x, y, keep);
        struct subset_terms terms = {.n = NOISE, .label = d.name + 1};
        struct glm_options how = {.family = &family_gaussian};
        struct subset_options o = {
            .n_best = 1, .n_folds = 10, .fold = subset_folds(NULL, ROWS, 10, s, keep)};
        struct subset_table t;
        best_subsets(&d, &how, &terms, &o, &t, keep);
        kind += t.model[3].cv / t.model[0].cv / 40;
        honest += t.model[3].cv_selected / t.model[0].cv / 40;
        arena_free(keep);
    }
    assert_true(kind < 0.99); /* three terms of noise seem to help */
    assert_true(honest > 1.02);
    printf(
        "| best subsets | three of twelve terms of noise, 60 rows | error against the constant's: "
        "%.3f with the subset held, %.3f with the choice repeated |\n",
        kind, honest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_selection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
