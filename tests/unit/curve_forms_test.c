/* SPDX-License-Identifier: GPL-3.0-or-later
   The curves beyond the first thirteen and isotonic regression by hand, on scales
   and units as surveys and ledgers have them, and on data that nobody likes. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/term.h"
#include "models/curve/curve.h"
#include "models/curve/predict.h"
#include "models/shape/isotonic.h"

static struct fit fit_to(const struct curve *c, size_t n, const double *x, const double *y,
                         const struct curve_options *options, struct arena *keep)
{
    struct fit fit;
    struct sample s = {.n = n, .x = x, .y = y};
    curve_fit(c, &s, NULL, options, &fit, keep);
    return fit;
}

/* ---- by hand ---- */

/* 1 2 | 3 4: means 2 and 9, within 2 + 2 = 4 for the threshold 2; n 8, three
   decided, sigma^2 4/5; var(a) = 0.8/4, var(b) = 0.8 (1/4 + 1/4). */
static void test_step_by_hand(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 1, 2, 2, 3, 3, 4, 4};
    const double y[] = {1, 3, 2, 2, 8, 10, 9, 9};
    struct fit fit = fit_to(&curve_step, 8, x, y, NULL, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    assert_true(fit.estimate[2] == 2 && fit.n_params == 2 && fit.n_constants == 1);
    assert_digits(fit.estimate[0], 2, 14);
    assert_digits(fit.estimate[1], 7, 14);
    assert_digits(fit.deviance, 4, 14);
    assert_true(fit.df_residual == 5 && fit_n_estimated(&fit) == 3);
    assert_digits(fit_std_error(&fit, 0), sqrt(0.2), 13);
    assert_digits(fit_std_error(&fit, 1), sqrt(0.4), 13);
    struct term threshold = term_of(&fit, 2, 0.95);
    assert_string_equal(threshold.name, "threshold");
    assert_true(threshold.estimate == 2 && isnan(threshold.std_error) && isnan(threshold.p_value));
    assert_true(isnan(threshold.conf_low) && isnan(threshold.conf_high));
    const double three = 3;
    fit =
        fit_to(&curve_step, 8, x, y, &(struct curve_options){.knots = &three, .n_knots = 1}, keep);
    assert_true(fit.estimate[2] == 3 && fit.df_residual == 6);
    assert_digits(fit.estimate[0], 13.0 / 3, 14);
    assert_digits(fit.estimate[1], 9 - 13.0 / 3, 14);
    arena_free(keep);
}

/* 3 1 | 2 4 on x 1..4: 3 and 1 pool to 2, then with 2 (equal) to one block. */
static void test_isotonic_by_hand(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {4, 2, 3, 1}, y[] = {4, 1, 2, 3};
    struct isotonic iso;
    isotonic_fit(&(struct sample){.n = 4, .x = x, .y = y}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "ok");
    assert_true(iso.rising && iso.n_blocks == 2);
    assert_true(iso.from[0] == 1 && iso.to[0] == 3 && iso.from[1] == 4 && iso.to[1] == 4);
    assert_digits(iso.estimate[0], 2, 15);
    assert_digits(iso.estimate[1], 4, 15);
    assert_true(iso.count[0] == 3 && iso.count[1] == 1 && iso.df_residual == 2);
    assert_digits(iso.deviance, 2, 15);
    assert_digits(iso.r_squared, 1 - 2.0 / 5, 15);
    assert_digits(isotonic_mean(&iso, 0), 2, 15);
    assert_digits(isotonic_mean(&iso, 3), 2, 15);
    assert_digits(isotonic_mean(&iso, 3.01), 4, 15);
    assert_digits(isotonic_mean(&iso, 9), 4, 15);
    arena_free(keep);
}

static void test_isotonic_hard(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4}, same[] = {7, 7, 7, 7},
                 up[] = {1e9 + 1, 1e9 + 2, 1e9 + 4, 1e9 + 3};
    const double none[] = {0, 0, 0, 0}, last[] = {1, 1, 1, 0};
    struct isotonic iso;
    isotonic_fit(&(struct sample){.n = 0, .x = x, .y = x}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "too few observations");
    assert_true(isnan(isotonic_mean(&iso, 1)) && isnan(iso.r_squared));
    isotonic_fit(&(struct sample){.n = 1, .x = x, .y = x}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "too few observations");
    isotonic_fit(&(struct sample){.n = 4, .x = same, .y = x}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "no variation");
    isotonic_fit(&(struct sample){.n = 4, .x = x, .y = same}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "no variation");
    isotonic_fit(&(struct sample){.n = 4, .x = x, .y = x}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "perfect fit");
    assert_true(isnan(iso.log_lik) && isnan(iso.sigma) && iso.n_blocks == 4);
    isotonic_fit(&(struct sample){.n = 4, .x = x, .y = up}, &iso, keep);
    assert_digits(iso.deviance, 0.5, 9);
    assert_digits(iso.estimate[2] - 1e9, 3.5, 9);
    isotonic_fit(&(struct sample){4, x, up, none, WEIGHT_SAMPLING}, &iso, keep);
    assert_string_equal(fit_status_word(iso.status), "too few observations");
    isotonic_fit(&(struct sample){4, x, up, last, WEIGHT_FREQUENCY}, &iso, keep);
    assert_true(iso.n_obs == 3 && iso.n_blocks == 3);
    arena_free(keep);
}

/* ---- scales and units of surveys ---- */

enum { MOST = 400 };

struct study {
    size_t n;
    double x[MOST], y[MOST];
};

/* Kinds of outcome over a scale: rising money, 0/1, falling, flat. */
static double outcome(int kind, double t, gsl_rng *rng)
{
    double money = 40 * t * t + 10 + gsl_ran_gaussian(rng, 8);
    switch (kind) {
    case 0:
        return money;
    case 1:
        return gsl_rng_uniform(rng) < 0.1 + 0.7 * t;
    case 2:
        return 60 - money + gsl_ran_gaussian(rng, 3);
    default:
        return gsl_ran_gamma(rng, 2, 10);
    }
}

static void make_study(struct study *s, size_t n, double low, double high, int kind, size_t task,
                       struct arena *keep)
{
    gsl_rng *rng = rng_stream(77, task, keep);
    s->n = n;
    for (size_t i = 0; i < n; i++) {
        s->x[i] = low + (double)rng_below(rng, (uint32_t)(high - low + 1));
        s->y[i] = outcome(kind, (s->x[i] - low) / (high - low), rng);
    }
}

/* Every figure that a status promises is there, and no other. */
static void sound(const struct curve *c, const struct fit *fit)
{
    size_t total = fit->n_params + fit->n_constants;
    if (fit->status != FIT_CONVERGED) {
        assert_true(isnan(fit->log_lik));
        for (size_t j = 0; j < total; j++)
            assert_true(isnan(fit_std_error(fit, j)));
        return;
    }
    assert_true(isfinite(fit->log_lik) && isfinite(fit->sigma) && fit->deviance >= 0);
    assert_true(fit->r_squared <= 1);
    for (size_t j = 0; j < total; j++) {
        assert_true(isfinite(fit->estimate[j]));
        if (j < fit->n_params && !(fit_std_error(fit, j) > 0))
            fail_msg("%s: no standard error of %s", c->name, c->param[j]);
    }
}

static void test_survey_scales(void **state)
{
    (void)state;
    static const double scale[][2] = {{1, 7}, {1, 10}, {0, 10}, {0, 100}, {-3, 3}};
    static const size_t size[] = {8, 20, 60, MOST};
    struct arena *keep = arena_new();
    struct study s;
    size_t task = 0, converged = 0, fits = 0;
    for (size_t k = 0; k < 5; k++)
        for (size_t n = 0; n < 4; n++)
            for (int kind = 0; kind < 4; kind++) {
                make_study(&s, size[n], scale[k][0], scale[k][1], kind, task++, keep);
                for (size_t i = 0; i < n_curves; i++) {
                    if (!curves[i]->on_request || (task % 13 && !getenv("SLOW")))
                        continue;
                    struct fit fit = fit_to(curves[i], s.n, s.x, s.y, NULL, keep);
                    sound(curves[i], &fit);
                    converged += fit.status == FIT_CONVERGED;
                    fits++;
                }
                arena_reset(keep);
            }
    print_message("%zu of %zu fits converged\n", converged, fits);
    assert_true(converged > fits / 2);
    arena_free(keep);
}

/* x in units u, y in units v: the same share of the variance, and with a level of
   its own far from zero too. */
static void test_units(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study s, other;
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        if (!c->on_request)
            continue;
        make_study(&s, MOST, 1, 10, 0, 1000, keep);
        struct fit fit = fit_to(c, s.n, s.x, s.y, NULL, keep);
        for (int k = 0; k < 5; k++) {
            double u = k == 0 ? 1e-6 : k == 1 ? 1e6 : 1, v = k == 2 ? 1e-6 : k == 3 ? 1e6 : 1;
            double offset = k == 4 && c != &curve_richards ? 1e9 : 0;
            for (size_t r = 0; r < s.n; r++) {
                other.x[r] = s.x[r] * u;
                other.y[r] = s.y[r] * v + offset;
            }
            struct fit moved = fit_to(c, s.n, other.x, other.y, NULL, keep);
            if ((moved.status == FIT_CONVERGED) != (fit.status == FIT_CONVERGED))
                fail_msg("%s, units %d: %s, %s", c->name, k, fit_status_word(fit.status),
                         fit_status_word(moved.status));
            if (fit.status == FIT_CONVERGED)
                check_digits(c->name, moved.deviance / (v * v), fit.deviance, offset > 0 ? 6 : 9,
                             __FILE__, __LINE__);
        }
        arena_reset(keep);
    }
    arena_free(keep);
}

/* ---- what cannot be ---- */

static void test_domains(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {-2, -1, 0, 1, 2, 3, 4, 5}, y[] = {1, 1.1, 3, 5, 6, 9, 9.5, 12};
    struct fit fit = fit_to(&curve_weibull, 8, x, y, NULL, keep);
    assert_string_equal(fit_status_word(fit.status), "outside the domain");
    fit = fit_to(&curve_fractional_polynomial1, 8, x, y, NULL, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    assert_true(fit.estimate[3] == 3); /* -2 becomes 1, the distance of neighbours */
    fit = fit_to(&curve_fractional_polynomial2, 6, x + 2, y + 2, NULL, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    assert_true(fit.estimate[5] == 1);
    const double below[] = {-5, 2};
    struct prediction p = curve_predict(&curve_fractional_polynomial2, &fit, below, 2, 0.95, keep);
    assert_true(isnan(p.estimate[0]) && isnan(p.low[0]) && isfinite(p.high[1]));
    arena_free(keep);
}

/* Knots outside the data tell nothing apart. */
static void test_knots_outside(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8}, y[] = {1, 1.1, 3, 5, 6, 9, 9.5, 12};
    const double above[] = {9, 10}, half[] = {3, 10}, inside[] = {3, 6};
    static const struct curve *const two[] = {&curve_three_zone, &curve_natural_spline};
    static const struct curve *const one[] = {&curve_hinge, &curve_step};
    for (size_t k = 0; k < 2; k++) {
        struct curve_options o = {.knots = above, .n_knots = 2};
        assert_true(fit_to(two[k], 8, x, y, &o, keep).status != FIT_CONVERGED);
        o.knots = half;
        struct fit fit = fit_to(two[k], 8, x, y, &o, keep);
        assert_true(fit.status != FIT_CONVERGED && isnan(fit.log_lik));
        o.knots = inside;
        fit = fit_to(two[k], 8, x, y, &o, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        assert_true(fit.df_residual == 4);
        o = (struct curve_options){.knots = above, .n_knots = 1};
        fit = fit_to(one[k], 8, x, y, &o, keep);
        assert_string_equal(fit_status_word(fit.status), "singular information");
        o.knots = inside;
        fit = fit_to(one[k], 8, x, y, &o, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        assert_true(fit_n_estimated(&fit) == 3 - k);
    }
    arena_free(keep);
}

/* Rows of weight zero do not move a threshold, a knot or a block. */
static void test_weights_of_zero(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study s, more;
    double w[MOST];
    make_study(&s, 100, 1, 10, 0, 5, keep);
    more = s;
    more.n = 130;
    for (size_t i = 0; i < more.n; i++)
        w[i] = i < 100 ? 1 : 0;
    for (size_t i = 100; i < 130; i++) {
        more.x[i] = (double)i;
        more.y[i] = -1e6;
    }
    for (size_t i = 0; i < n_curves; i++)
        for (int kind = WEIGHT_SAMPLING; kind <= WEIGHT_FREQUENCY && curves[i]->on_request;
             kind++) {
            struct fit fit = fit_to(curves[i], s.n, s.x, s.y, NULL, keep), weighted;
            struct sample sample = {more.n, more.x, more.y, w, (enum weight_kind)kind};
            curve_fit(curves[i], &sample, NULL, NULL, &weighted, keep);
            assert_true(fit.status == weighted.status);
            for (size_t j = 0; fit.status == FIT_CONVERGED && j < fit.n_params + fit.n_constants;
                 j++)
                check_digits(curves[i]->param[j], weighted.estimate[j], fit.estimate[j], 10,
                             __FILE__, __LINE__);
        }
    arena_free(keep);
}

/* A line has no knots: whatever is said, no standard errors without a word. */
static void test_line_without_noise(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[30], y[30];
    for (size_t i = 0; i < 30; i++) {
        x[i] = (double)(i % 10);
        y[i] = 3 + 2 * x[i];
    }
    for (size_t i = 0; i < n_curves; i++) {
        struct fit fit = fit_to(curves[i], 30, x, y, NULL, keep);
        if (curves[i]->on_request)
            sound(curves[i], &fit);
    }
    arena_free(keep);
}

/* As many distinct x as rows: no search may take the square of that. */
static void test_many_points(void **state)
{
    (void)state;
    enum { n = 5000 };
    struct arena *keep = arena_new();
    double *x = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    gsl_rng *rng = rng_stream(9, 1, keep);
    for (size_t i = 0; i < n; i++) {
        x[i] = 100 * gsl_rng_uniform(rng);
        y[i] = 20 + 60 / (1 + exp((50 - x[i]) / 9)) + gsl_ran_gaussian(rng, 10);
    }
    for (size_t i = 0; i < n_curves; i++)
        if (curves[i]->on_request) {
            struct fit fit = fit_to(curves[i], n, x, y, NULL, keep);
            sound(curves[i], &fit);
        }
    struct isotonic iso;
    isotonic_fit(&(struct sample){.n = n, .x = x, .y = y}, &iso, keep);
    assert_true(iso.rising && iso.n_blocks > 10 && iso.n_blocks < 1000);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_step_by_hand),
        cmocka_unit_test(test_isotonic_by_hand),
        cmocka_unit_test(test_isotonic_hard),
        cmocka_unit_test(test_survey_scales),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_domains),
        cmocka_unit_test(test_knots_outside),
        cmocka_unit_test(test_weights_of_zero),
        cmocka_unit_test(test_line_without_noise),
        cmocka_unit_test(test_many_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
