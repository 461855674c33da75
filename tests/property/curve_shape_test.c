/* SPDX-License-Identifier: GPL-3.0-or-later
   The verdict on a shape against known truths: how often it is found, and how
   often a straight line is called something else.  SLOW=1 runs more studies. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/shape/shape.h"

#define MAX_ROWS 2000

/* Intent on 1 to 7 as surveys have it: few at the lower end. */
static double draw_intent(gsl_rng *rng)
{
    static const double cumulated[] = {0.08, 0.16, 0.27, 0.45, 0.67, 0.85, 1};
    double u = gsl_rng_uniform(rng);
    int k = 0;
    while (u > cumulated[k])
        k++;
    return k + 1;
}

static double flat(double t)
{
    (void)t;
    return 20;
}

static double line(double t)
{
    return 10 + 30 * t;
}

static double falling_line(double t)
{
    return 40 - 20 * t;
}

static double convex(double t)
{
    return 10 + 30 * t * t * t;
}

static double concave(double t)
{
    return 40 - 30 * (1 - t) * (1 - t) * (1 - t);
}

static double s_shaped(double t)
{
    return 10 + 30 / (1 + exp(-12 * (t - 0.5)));
}

static double inverse_s(double t)
{
    return 25 + 120 * (t - 0.5) * (t - 0.5) * (t - 0.5);
}

static double saturating(double t)
{
    return 10 - 30 * expm1(-6 * t);
}

static double taking_off(double t)
{
    return 10 + 30 * expm1(6 * t) / expm1(6);
}

static double kinked(double t)
{
    return 10 + 90 * fmin(t, 1.0 / 3);
}

struct truth {
    const char *name;
    double (*mean)(double t); /* t = (x - 1) / 6 */
    bool skewed;              /* gamma with the mean's own spread instead of normal */
    size_t n;
    enum verdict verdict;
    double least; /* share of studies that must find it */
};

/* Noise of standard deviation 15 around means that range over 30. */
static const struct truth truths[] = {
    {"no relation", flat, false, 400, VERDICT_LINEAR, 0.90},
    {"line", line, false, 400, VERDICT_LINEAR, 0.90},
    {"line", line, false, 2000, VERDICT_LINEAR, 0.90},
    {"falling line", falling_line, false, 2000, VERDICT_LINEAR, 0.90},
    {"line, gamma spend", line, true, 1000, VERDICT_LINEAR, 0.90},
    {"convex", convex, false, 400, VERDICT_INCREASING, 0.90},
    {"convex", convex, false, 1000, VERDICT_INCREASING, 0.90},
    {"concave", concave, false, 400, VERDICT_DECREASING, 0.90},
    {"concave", concave, false, 1000, VERDICT_DECREASING, 0.90},
    {"saturating", saturating, false, 1000, VERDICT_DECREASING, 0.90},
    {"saturating", saturating, false, 2000, VERDICT_DECREASING, 0.90},
    {"taking off", taking_off, false, 2000, VERDICT_INCREASING, 0.90},
    {"kinked", kinked, false, 2000, VERDICT_DECREASING, 0.90},
    {"S", s_shaped, false, 400, VERDICT_S_SHAPED, 0.85},
    {"S", s_shaped, false, 2000, VERDICT_S_SHAPED, 0.95},
    {"inverse S", inverse_s, false, 2000, VERDICT_INVERSE_S, 0.95},
};

static void one_study(const struct truth *t, gsl_rng *rng, double *x, double *y)
{
    for (size_t i = 0; i < t->n; i++) {
        x[i] = draw_intent(rng);
        double m = t->mean((x[i] - 1) / 6);
        y[i] = t->skewed ? gsl_ran_gamma(rng, 2, m / 2) : m + gsl_ran_gaussian(rng, 15);
    }
}

static void count_verdicts(const struct truth *t, size_t n_studies, size_t count[VERDICT_N])
{
    struct arena *keep = arena_new();
    static double x[MAX_ROWS], y[MAX_ROWS];
    for (size_t k = 0; k < n_studies; k++) {
        struct shape shape[2];
        one_study(t, rng_stream(11 + t->n, k, keep), x, y);
        struct sample s = {.n = t->n, .x = x, .y = y};
        struct shape_options options = {
            .conf_level = 0.95, .n_replicates = getenv("SLOW") ? 99 : 49, .task = k};
        assert_int_equal(shape_of(&s, &options, shape, keep), 1);
        assert_int_equal(shape[0].status, FIT_OK);
        count[shape[0].verdict]++;
        arena_reset(keep);
    }
    arena_free(keep);
}

static void test_truths(void **state)
{
    (void)state;
    size_t n = getenv("SLOW") ? 1000 : 40;
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        const struct truth *t = &truths[i];
        size_t count[VERDICT_N] = {0};
        count_verdicts(t, n, count);
        print_message("%-18s n = %4zu:", t->name, t->n);
        for (int v = 0; v < VERDICT_N; v++)
            if (count[v])
                print_message("  %s %.1f %%", verdict_word((enum verdict)v),
                              100.0 * (double)count[v] / (double)n);
        print_message("\n");
        double share = (double)count[t->verdict] / (double)n;
        double chance = getenv("SLOW") ? 0.02 : 0.1; /* two standard errors of a share */
        if (share < t->least - chance)
            fail_msg("%s: only %.3f", t->name, share);
    }
}

static double square(double t)
{
    return 10 + 30 * t * t;
}

static bool covers(const struct limits *i, double truth)
{
    return i->low <= truth && truth <= i->high;
}

/* 10 + 30 t^2: the exponent is 2 and the second derivative 60 / 36 everywhere;
   their 95 % intervals must hold that about as often as they say. */
static void test_coverage(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static double x[MAX_ROWS], y[MAX_ROWS];
    size_t n_studies = getenv("SLOW") ? 1000 : 100;
    for (int skewed = 0; skewed <= 1; skewed++) {
        const struct truth truth = {.mean = square, .skewed = skewed, .n = 500};
        double exponent = 0, boot = 0, lower = 0, upper = 0, each = 1.0 / (double)n_studies;
        for (size_t k = 0; k < n_studies; k++) {
            struct shape s[2];
            one_study(&truth, rng_stream(77, k, keep), x, y);
            struct sample sample = {.n = truth.n, .x = x, .y = y};
            struct shape_options options = {.conf_level = 0.95, .n_replicates = 199, .task = k};
            shape_of(&sample, &options, s, keep);
            exponent += each * covers(&s->exponent, 2);
            boot += each * covers(&s->second_difference, 60.0 / 36);
            lower += each * covers(&s->bend_lower, 60.0 / 36);
            upper += each * covers(&s->bend_upper, 60.0 / 36);
            arena_reset(keep);
        }
        print_message("%s: 95 %% intervals cover: exponent %.3f, second difference %.3f, bends "
                      "%.3f and %.3f\n",
                      skewed ? "gamma " : "normal", exponent, boot, lower, upper);
        double slack = getenv("SLOW") ? 0.025 : 0.06;
        assert_true(skewed || fabs(exponent - 0.95) < slack);
        assert_true(exponent > 0.8);
        assert_true(fabs(boot - 0.945) < slack);
        assert_true(fabs(lower - 0.95) < slack && fabs(upper - 0.95) < slack);
    }
    arena_free(keep);
}

/* A plain logit model is a line on the logit scale, and bends on the scale of the
   shares where those are low: the verdict on the outcome is the link's. */
static void test_link_artefact(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static double x[MAX_ROWS], y[MAX_ROWS];
    size_t n_studies = getenv("SLOW") ? 1000 : 40, logit_linear = 0, outcome_convex = 0;
    for (size_t k = 0; k < n_studies; k++) {
        struct shape shape[2];
        gsl_rng *rng = rng_stream(5, k, keep);
        for (size_t i = 0; i < MAX_ROWS; i++) {
            x[i] = draw_intent(rng);
            y[i] = gsl_rng_uniform(rng) < 1 / (1 + exp(4.5 - 0.7 * x[i]));
        }
        struct sample s = {.n = MAX_ROWS, .x = x, .y = y};
        struct shape_options options = {
            .conf_level = 0.95, .n_replicates = getenv("SLOW") ? 99 : 49, .task = k};
        assert_int_equal(shape_of(&s, &options, shape, keep), 2);
        assert_string_equal(shape[1].scale, "logit");
        outcome_convex += shape[0].verdict == VERDICT_INCREASING;
        logit_linear += shape[1].verdict == VERDICT_LINEAR;
        arena_reset(keep);
    }
    print_message("logit line, n = 2000: logit linear %.1f %%, outcome increasing %.1f %%\n",
                  100.0 * (double)logit_linear / (double)n_studies,
                  100.0 * (double)outcome_convex / (double)n_studies);
    assert_true((double)logit_linear >= 0.86 * (double)n_studies);
    assert_true((double)outcome_convex >= 0.6 * (double)n_studies);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truths),
        cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_link_artefact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
