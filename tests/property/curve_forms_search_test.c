/* SPDX-License-Identifier: GPL-3.0-or-later
   Is what the searches choose the least there is?  Knots, thresholds and blocks
   against brute force and against definitions that search nothing. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/curve/curve.h"
#include "models/shape/isotonic.h"

#define N 150

/* Noisy data of every curve's making, on a scale of 1 to `points`. */
static struct sample noisy(size_t k, size_t points, double *x, double *y, struct arena *keep)
{
    const struct curve *truth = curves[k % n_curves];
    gsl_rng *rng = rng_stream(2026, k, keep);
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)(1 + rng_below(rng, (uint32_t)points));
        y[i] = truth->mean(1 + (x[i] - 1) * 6 / ((double)points - 1), truth->example) +
               gsl_ran_gaussian(rng, k % 2 ? 2 : 10);
    }
    return (struct sample){.n = N, .x = x, .y = y};
}

static double deviance_at_knots(const struct curve *c, const struct sample *s, const double *knots,
                                struct arena *keep)
{
    struct fit fit;
    struct curve_options options = {.knots = knots, .n_knots = c->n_knots};
    curve_fit(c, s, NULL, &options, &fit, keep);
    return fit.status == FIT_CONVERGED ? fit.deviance : INFINITY;
}

/* Least squares for given knots is another way to the same sum: none of a fine
   grid of pairs may leave less, two points and more in each zone. */
static void test_three_zone_against_grid(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[N], y[N];
    size_t n_studies = getenv("SLOW") ? 4 * n_curves : n_curves / 2, steps = 40;
    for (size_t k = 0; k < n_studies; k++) {
        struct fit fit;
        struct sample s = noisy(k, 7 + k % 4, x, y, keep);
        double top = (double)(7 + k % 4);
        curve_fit(&curve_three_zone, &s, NULL, NULL, &fit, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        for (size_t i = 0; i <= steps; i++)
            for (size_t j = 0; j <= steps; j++) {
                double knots[] = {2 + (top - 3) * (double)i / (double)steps,
                                  2 + (top - 3) * (double)j / (double)steps};
                if (knots[1] < knots[0] + 2 || knots[1] > top - 1)
                    continue;
                double deviance = deviance_at_knots(&curve_three_zone, &s, knots, keep);
                if (fit.deviance > deviance * (1 + 1e-12))
                    fail_msg("study %zu: %.15g at %g and %g, found %.15g at %g and %g", k, deviance,
                             knots[0], knots[1], fit.deviance, fit.estimate[4], fit.estimate[5]);
            }
        /* Lower than the grid's it may be, where its knots are closer to each other (a step), but
           it is the sum at its own knots. */
        assert_digits(deviance_at_knots(&curve_three_zone, &s, fit.estimate + 4, keep),
                      fit.deviance, 12);
        arena_reset(keep);
    }
    arena_free(keep);
}

/* The minimum found is that of its own knots. */
static void test_three_zone_is_what_it_says(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[N], y[N];
    for (size_t k = 0; k < 2 * n_curves; k++) {
        struct fit fit, given;
        struct sample s = noisy(k, 8, x, y, keep);
        curve_fit(&curve_three_zone, &s, NULL, NULL, &fit, keep);
        struct curve_options options = {.knots = fit.estimate + 4, .n_knots = 2};
        curve_fit(&curve_three_zone, &s, NULL, &options, &given, keep);
        assert_digits(given.deviance, fit.deviance, 12);
        for (size_t j = 0; j < 4; j++)
            assert_digits(given.estimate[j], fit.estimate[j], 9);
        assert_true(given.df_residual == fit.df_residual + 2);
        arena_reset(keep);
    }
    arena_free(keep);
}

/* Of 1,000 distinct x the pairs are searched in groups first: no move of either
   knot may help. */
static void test_three_zone_of_many_points(void **state)
{
    (void)state;
    enum { n = 1000 };
    struct arena *keep = arena_new();
    double *x = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    const double b[] = {20, 3, -2, 5, 30, 80};
    gsl_rng *rng = rng_stream(5, 5, keep);
    for (size_t i = 0; i < n; i++) {
        x[i] = 100 * gsl_rng_uniform(rng);
        y[i] = curve_three_zone.mean(x[i], b) + gsl_ran_gaussian(rng, 8);
    }
    struct sample s = {.n = n, .x = x, .y = y};
    struct fit fit;
    curve_fit(&curve_three_zone, &s, NULL, NULL, &fit, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    for (size_t j = 0; j < 6; j++)
        assert_true(fabs(fit.estimate[j] - b[j]) < 4 * fit_std_error(&fit, j));
    for (double d1 = -8; d1 <= 8; d1 += 1.6)
        for (double d2 = -8; d2 <= 8; d2 += 1.6) {
            double knots[] = {fit.estimate[4] + d1 * fabs(d1) / 8,
                              fit.estimate[5] + d2 * fabs(d2) / 8};
            assert_true(deviance_at_knots(&curve_three_zone, &s, knots, keep) >=
                        fit.deviance * (1 - 1e-12));
        }
    arena_free(keep);
}

static void test_step_against_every_threshold(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[N], y[N];
    for (size_t k = 0; k < 2 * n_curves; k++) {
        struct fit fit;
        struct sample s = noisy(k, 10, x, y, keep);
        double least = INFINITY;
        curve_fit(&curve_step, &s, NULL, NULL, &fit, keep);
        for (double t = 1; t < 10; t++)
            least = fmin(least, deviance_at_knots(&curve_step, &s, &t, keep));
        assert_digits(fit.deviance, least, 13);
        arena_reset(keep);
    }
    arena_free(keep);
}

/* ---- isotonic ---- */

/* Mean of y over the x from a to b. */
static double mean_between(const struct sample *s, double a, double b)
{
    double total = 0, w = 0;
    for (size_t i = 0; i < s->n; i++) {
        double own = s->x[i] >= a && s->x[i] <= b ? s->w[i] : 0;
        total += own * s->y[i];
        w += own;
    }
    return total / w;
}

/* The min-max formula (Barlow et al. 1972): the mean at x is the highest,
   over all a <= x, of the lowest mean of a .. b, over all b >= x. */
static double min_max(const struct sample *s, double x, double low, double high, double sign)
{
    double highest = -INFINITY;
    for (double a = low; a <= x; a++) {
        double lowest = INFINITY;
        for (double b = x; b <= high; b++)
            lowest = fmin(lowest, sign * mean_between(s, a, b));
        highest = fmax(highest, lowest);
    }
    return sign * highest;
}

static void test_isotonic_by_min_max(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[N], y[N], w[N];
    size_t falling = 0;
    for (size_t k = 0; k < 3 * n_curves; k++) {
        struct isotonic iso;
        struct sample s = noisy(k, 9, x, y, keep);
        for (size_t i = 0; i < N; i++) {
            w[i] = (double)(1 + i % 3);
            y[i] *= k % 3 ? 1 : -1;
        }
        s.w = w;
        s.weight_kind = WEIGHT_SAMPLING;
        isotonic_fit(&s, &iso, keep);
        falling += !iso.rising;
        for (double at = 1; at <= 9; at++)
            assert_digits(isotonic_mean(&iso, at), min_max(&s, at, 1, 9, iso.rising ? 1 : -1), 11);
        for (size_t b = 1; b < iso.n_blocks; b++)
            assert_true((iso.estimate[b] > iso.estimate[b - 1]) == iso.rising);
        arena_reset(keep);
    }
    assert_true(falling > 0);
    arena_free(keep);
}

/* Two blocks are what the step finds; isotonic regression never leaves more than
   any step in its direction. */
static void test_isotonic_beats_step(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[N], y[N];
    for (size_t k = 0; k < 2 * n_curves; k++) {
        struct isotonic iso;
        struct fit step;
        struct sample s = noisy(k, 7, x, y, keep);
        isotonic_fit(&s, &iso, keep);
        curve_fit(&curve_step, &s, NULL, NULL, &step, keep);
        assert_true(iso.deviance <= step.deviance * (1 + 1e-12));
        arena_reset(keep);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_zone_against_grid),
        cmocka_unit_test(test_three_zone_is_what_it_says),
        cmocka_unit_test(test_three_zone_of_many_points),
        cmocka_unit_test(test_step_against_every_threshold),
        cmocka_unit_test(test_isotonic_by_min_max),
        cmocka_unit_test(test_isotonic_beats_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
