/* SPDX-License-Identifier: GPL-3.0-or-later
   How often a true equality of standardised slopes is refused at 5 %: docs/methods/twin.md. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "models/base/rng.h"
#include "models/twin/twin.h"
#include "tests/check.h"
#include "tests/glm_data.h"

enum { SLOPES = 2 };

struct setting {
    const char *title;
    size_t n, n_clusters; /* 0: rows are independent */
    bool skewed;          /* the errors of behaviour: exponential, else normal */
    bool known;           /* the outcomes' deviations taken for constants */
};

/* Both outcomes are .5 x + .3 z + error, errors of variance one that share a part; in clusters
   x and the errors share one too. */
static void draw(const struct setting *s, gsl_rng *rng, double *x[3], double *y[2],
                 uint32_t *cluster)
{
    double of_cluster[3] = {0}, root = s->n_clusters ? sqrt(0.5) : 1;
    size_t size = s->n_clusters ? s->n / s->n_clusters : 1;
    for (size_t i = 0; i < s->n; i++) {
        for (int k = 0; k < 3 && s->n_clusters && i % size == 0; k++)
            of_cluster[k] = sqrt(0.5) * gsl_ran_ugaussian(rng);
        double shared = gsl_ran_ugaussian(rng), a = 0.6 * shared, b = 0.6 * shared;
        a = of_cluster[1] + root * (a + 0.8 * gsl_ran_ugaussian(rng));
        b = of_cluster[2] + root * (b + 0.8 * gsl_ran_ugaussian(rng));
        x[0][i] = 1;
        x[1][i] = of_cluster[0] + root * gsl_ran_ugaussian(rng);
        x[2][i] = gsl_ran_ugaussian(rng);
        y[0][i] = 0.5 * x[1][i] + 0.3 * x[2][i] + a;
        y[1][i] =
            0.5 * x[1][i] + 0.3 * x[2][i] + (s->skewed ? -log(gsl_cdf_ugaussian_Q(b)) - 1 : b);
        cluster[i] = (uint32_t)(i / size);
    }
}

/* Is the equality of all slopes refused? */
static bool refused(const struct setting *s, uint64_t sample, struct arena *keep)
{
    gsl_rng *rng = rng_stream(7, sample, keep);
    double *x[3], *y[2];
    uint32_t *cluster = ARENA_NEW(keep, uint32_t, s->n);
    struct outcome_fit fit[2];
    struct contributions side[2];
    struct design design[2];
    struct glm_clusters clusters = {1, {cluster}, {s->n_clusters}, false};
    const struct glm_covariance *kind =
        s->n_clusters ? &glm_covariance_cluster : &glm_covariance_HC3;
    for (int k = 0; k < 3; k++)
        x[k] = ARENA_NEW(keep, double, s->n);
    for (int k = 0; k < 2; k++)
        y[k] = ARENA_NEW(keep, double, s->n);
    draw(s, rng, x, y, cluster);
    for (int k = 0; k < 2; k++) {
        design[k] = design_of_columns(s->n, 3, (const double *const *)x, y[k], keep);
        design[k].intercept = true;
        struct outcome_data data = {.design = &design[k]};
        struct outcome_options options = {.threads = 1};
        outcome_fit(&outcome_gaussian, &data, &options, &fit[k], keep);
        contributions_slopes(&fit[k], kind, &side[k], keep);
        assert_int_equal(side[k].k, SLOPES);
        contributions_in_sd(&side[k], &fit[k].data, y[k], s->known);
    }
    struct twin_options how = {kind, s->n_clusters ? &clusters : NULL, 0.95};
    struct twin twin;
    twin_compare(&side[0], &side[1], &fit[0].data, 3, &how, &twin, keep);
    assert_int_equal(twin.status, FIT_CONVERGED);
    return twin.all.f_p_value < 0.05;
}

static double share_refused(const struct setting *s, size_t n_samples)
{
    struct arena *keep = arena_new();
    double n = 0;
    for (size_t sample = 0; sample < n_samples; sample++) {
        n += refused(s, sample, keep);
        arena_reset(keep);
    }
    arena_free(keep);
    printf("| %s: %.1f %% |\n", s->title, 100 * n / (double)n_samples);
    return n / (double)n_samples;
}

static void test_level(void **state)
{
    (void)state;
    size_t samples = getenv("SLOW") ? 10000 : 1000;
    double wide = 4 * sqrt(0.05 * 0.95 / (double)samples);
    const struct setting normal = {"normal errors, n = 300", 300, 0, false, false};
    const struct setting skewed = {"exponential errors, n = 1000", 1000, 0, true, false};
    const struct setting clusters = {"40 clusters of 10", 400, 40, false, false};
    const struct setting few = {"10 clusters of 40", 400, 10, false, false};
    assert_true(fabs(share_refused(&normal, samples) - 0.05) < wide);
    if (!getenv("SLOW"))
        return;
    assert_true(fabs(share_refused(&skewed, samples) - 0.05) < wide + 0.01);
    assert_true(fabs(share_refused(&clusters, samples) - 0.06) < wide + 0.02);
    assert_true(share_refused(&few, samples) < 0.2);
}

/* With known deviations the test is another one: under normal errors it refuses too little. */
static void test_known(void **state)
{
    (void)state;
    const struct setting normal = {"normal errors, deviations known", 300, 0, false, true};
    assert_true(share_refused(&normal, 1000) < 0.045);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_level), cmocka_unit_test(test_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
