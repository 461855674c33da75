/* SPDX-License-Identifier: GPL-3.0-or-later
   Curves on data that nobody likes: too few, constant, perfect, far from zero,
   outside the domain, with nothing to converge to. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/term.h"
#include "models/curve/curve.h"
#include "models/curve/predict.h"
#include "models/curve/saturated.h"
#include "models/regression/criteria.h"

static struct fit fit_to(const struct curve *c, size_t n, const double *x, const double *y,
                         struct arena *keep)
{
    struct fit fit;
    struct sample s = {.n = n, .x = x, .y = y};
    curve_fit(c, &s, NULL, NULL, &fit, keep);
    return fit;
}

static const char *status_of(const struct curve *c, size_t n, const double *x, const double *y,
                             struct arena *keep)
{
    return fit_status_word(fit_to(c, n, x, y, keep).status);
}

static void test_few_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4}, y[] = {1, 3, 2, 5};
    for (size_t i = 0; i < n_curves; i++)
        for (size_t n = 0; n <= curves[i]->n_params + curves[i]->n_chosen && n <= 4; n++) {
            struct fit fit = fit_to(curves[i], n, x, y, keep);
            assert_string_equal(fit_status_word(fit.status), "too few observations");
            assert_true(fit.n_obs == (double)n);
            assert_true(isnan(fit.estimate[0]) && isnan(fit.log_lik) && isnan(fit.r_squared));
        }
    assert_string_equal(status_of(&curve_linear, 3, x, y, keep), "converged");
    arena_free(keep);
}

/* Ten rows on two points carry no more than a line. */
static void test_few_points(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 1, 1, 1, 1, 7, 7, 7, 7, 7}, y[] = {1, 2, 3, 2, 1, 8, 9, 7, 8, 9};
    for (size_t i = 0; i < n_curves; i++)
        assert_string_equal(
            status_of(curves[i], 10, x, y, keep),
            curves[i]->n_params + curves[i]->n_chosen == 2 ? "converged" : "too few observations");
    arena_free(keep);
}

static void test_constant(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double same[] = {4, 4, 4, 4, 4, 4, 4}, other[] = {1, 2, 3, 4, 5, 7, 8};
    for (size_t i = 0; i < n_curves; i++) {
        assert_string_equal(status_of(curves[i], 7, same, other, keep), "no variation");
        assert_string_equal(status_of(curves[i], 7, other, same, keep), "no variation");
    }
    arena_free(keep);
}

static void test_domain(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {-1, 0, 1, 2, 3, 4, 5}, y[] = {1, 1.1, 3, 5, 6, 9, 9.5};
    assert_string_equal(status_of(&curve_logarithmic, 7, x, y, keep), "outside the domain");
    assert_string_equal(status_of(&curve_logarithmic, 6, x + 1, y + 1, keep), "outside the domain");
    assert_string_equal(status_of(&curve_logarithmic, 5, x + 2, y + 2, keep), "converged");
    assert_string_equal(status_of(&curve_power, 7, x, y, keep), "outside the domain");
    assert_string_equal(status_of(&curve_power, 6, x + 1, y + 1, keep), "converged");
    assert_string_equal(status_of(&curve_michaelis_menten, 7, x, y, keep), "outside the domain");
    assert_string_equal(status_of(&curve_linear, 7, x, y, keep), "converged");
    arena_free(keep);
}

/* y = 3 + 2x exactly: a = 3, b = 2, nothing left over. */
static void test_perfect(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4, 5}, y[] = {5, 7, 9, 11, 13};
    struct fit fit = fit_to(&curve_linear, 5, x, y, keep);
    assert_string_equal(fit_status_word(fit.status), "perfect fit");
    assert_digits(fit.estimate[0], 3, 14);
    assert_digits(fit.estimate[1], 2, 14);
    assert_true(isnan(fit.log_lik) && isnan(fit_std_error(&fit, 0)));
    const double at[] = {6};
    struct prediction p = curve_predict(&curve_linear, &fit, at, 1, 0.95, keep);
    assert_digits(p.estimate[0], 15, 14);
    assert_true(isnan(p.low[0]) && isnan(p.high[0]));
    arena_free(keep);
}

/* By hand: x 1..5, y 2 4 5 4 5. Means 3 and 4, Sxx 10, Sxy 6: slope 0.6, intercept
   2.2, deviance 2.4, sigma^2 0.8, var(b) 0.08, var(a) 0.8 (1/5 + 9/10) = 0.88. */
static void test_line_by_hand(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4, 5}, y[] = {2, 4, 5, 4, 5};
    struct fit fit = fit_to(&curve_linear, 5, x, y, keep);
    assert_digits(fit.estimate[0], 2.2, 14);
    assert_digits(fit.estimate[1], 0.6, 14);
    assert_digits(fit.deviance, 2.4, 14);
    assert_digits(fit_std_error(&fit, 0), sqrt(0.88), 14);
    assert_digits(fit_std_error(&fit, 1), sqrt(0.08), 14);
    assert_digits(fit.vcov[1], -3 * 0.08, 14);
    assert_digits(fit.r_squared, 0.6, 14);
    assert_digits(fit.log_lik, -2.5 * (log(2 * acos(-1) * 2.4 / 5) + 1), 14);
    struct term slope = term_of(&fit, 1, 0.95); /* R: summary(lm()), confint(lm()) */
    assert_string_equal(slope.name, "b");
    assert_digits(slope.statistic, 0.6 / sqrt(0.08), 13);
    assert_digits(slope.p_value, 0.12402706265755457, 12);
    assert_digits(slope.conf_low, -0.30013174529127296, 12);
    assert_digits(slope.conf_high, 1.5001317452912728, 12);
    arena_free(keep);
}

/* The same line a billion away in x and y: no digit of the slope is lost. */
static void test_offsets(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[] = {1, 2, 3, 4, 5}, y[] = {2, 4, 5, 4, 5};
    for (size_t i = 0; i < 5; i++) {
        x[i] += 1e9;
        y[i] += 1e9;
    }
    struct fit fit = fit_to(&curve_linear, 5, x, y, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    assert_digits(fit.estimate[1], 0.6, 14);
    assert_digits(fit_std_error(&fit, 1), sqrt(0.08), 7);
    assert_digits(fit.deviance, 2.4, 6);
    for (size_t i = 0; i < n_curves; i++) {
        fit = fit_to(curves[i], 5, x, y, keep);
        assert_true(fit.status == FIT_CONVERGED || isnan(fit_std_error(&fit, 0)));
        assert_true(fit.status != FIT_CONVERGED || isfinite(fit.sigma));
    }
    arena_free(keep);
}

/* The knot of a broken line on a scale point: 1, 2, 3 then 6, 9, 12. */
static void test_hinge_on_a_point(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6};
    const double y[] = {1, 2, 3, 6, 9, 12, 1.2, 2.2, 3.2, 6.2, 9.2, 12.2};
    struct fit fit = fit_to(&curve_hinge, 12, x, y, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    assert_digits(fit.estimate[0], 0.1, 9);
    assert_digits(fit.estimate[1], 1, 10);
    assert_digits(fit.estimate[2], 2, 10);
    assert_digits(fit.estimate[3], 3, 10);
    assert_digits(fit.deviance, 12 * 0.01, 10);
    arena_free(keep);
}

/* A falling line through no asymptote: the saturating curve has nowhere to
   converge to and must say so instead of printing errors. */
static void test_nothing_to_converge_to(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[12], y[12];
    for (size_t i = 0; i < 12; i++) {
        x[i] = (double)(i + 1);
        y[i] = 2 * x[i] + 0.1 * (i % 2 ? 1 : -1) + 0.01 * x[i] * x[i];
    }
    struct fit fit = fit_to(&curve_michaelis_menten, 12, x, y, keep);
    assert_true(fit.status == FIT_CONVERGED ? fit.estimate[1] < -12
                                            : isnan(fit_std_error(&fit, 1)));
    arena_free(keep);
}

/* A hundred thousand rows, on seven points and each with an x of its own. */
static void test_many_rows(void **state)
{
    (void)state;
    enum { n = 100000 };
    struct arena *keep = arena_new();
    double *x = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    gsl_rng *rng = rng_stream(3, 0, keep);
    for (int own = 0; own <= 1; own++) {
        for (size_t i = 0; i < n; i++) {
            x[i] = own ? 1 + 6 * gsl_rng_uniform(rng) : (double)(1 + rng_below(rng, 7));
            y[i] = curve_logistic4.mean(x[i], curve_logistic4.example) + gsl_ran_gaussian(rng, 5);
        }
        struct fit fit = fit_to(&curve_logistic4, n, x, y, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        for (size_t j = 0; j < 4; j++)
            assert_true(fabs(fit.estimate[j] - curve_logistic4.example[j]) <
                        4 * fit_std_error(&fit, j));
    }
    struct fit hinge = fit_to(&curve_hinge, n, x, y, keep);
    assert_string_equal(fit_status_word(hinge.status), "converged");
    arena_free(keep);
}

/* NIST Rat42 in R: logLik, AIC, AICc (k = 4, n = 9), BIC. */
static void test_criteria(void **state)
{
    (void)state;
    struct criteria c = criteria_of(-12.2721055, 4, 9);
    assert_digits(c.aic, 32.5442110, 9);
    assert_digits(c.aicc, 42.5442110, 9);
    assert_digits(c.bic, 33.3331093, 8);
    assert_true(isnan(criteria_of(-1, 4, 5).aicc));
    const double aic[] = {100, 102, NAN, 100};
    double weight[4], total = 2 + exp(-1);
    akaike_weights(aic, 4, weight);
    assert_digits(weight[0], 1 / total, 14);
    assert_digits(weight[1], exp(-1) / total, 14);
    assert_true(isnan(weight[2]));
}

static void test_rat42_log_lik(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {9, 14, 21, 28, 42, 57, 63, 70, 79};
    const double y[] = {8.93, 10.80, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08};
    struct fit fit = fit_to(&curve_logistic, 9, x, y, keep);
    assert_digits(fit.log_lik, -12.2721055, 8.5);
    arena_free(keep);
}

/* Two points by hand: means 2 and 6, within 2 + 2, df 2, sigma^2 2. */
static void test_saturated_by_hand(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {5, 1, 5, 1}, y[] = {5, 1, 7, 3};
    struct saturated full;
    saturated_fit(&(struct sample){.n = 4, .x = x, .y = y}, 0.95, &full, keep);
    assert_int_equal(full.status, FIT_OK);
    assert_int_equal(full.n, 2);
    assert_digits(full.estimate[0], 2, 15);
    assert_digits(full.estimate[1], 6, 15);
    assert_digits(full.deviance, 4, 15);
    assert_digits(full.std_error[0], 1, 15);
    assert_digits(full.conf_high[0] - 2, 4.30265272974946, 13); /* t(2) */
    saturated_fit(&(struct sample){.n = 2, .x = x, .y = y}, 0.95, &full, keep);
    assert_int_equal(full.status, FIT_TOO_FEW);
    assert_true(isnan(full.std_error[0]));
    saturated_fit(&(struct sample){.n = 0, .x = x, .y = y}, 0.95, &full, keep);
    assert_int_equal(full.status, FIT_TOO_FEW);
    arena_free(keep);
}

static void test_weights_of_zero(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4, 5, 99}, y[] = {2, 4, 5, 4, 5, -50}, w[] = {1, 1, 1, 1, 1, 0};
    for (int kind = WEIGHT_SAMPLING; kind <= WEIGHT_FREQUENCY; kind++) {
        struct fit fit;
        struct sample s = {6, x, y, w, (enum weight_kind)kind};
        curve_fit(&curve_linear, &s, NULL, NULL, &fit, keep);
        assert_true(fit.n_obs == 5);
        assert_digits(fit.estimate[1], 0.6, 14);
    }
    arena_free(keep);
}

static void test_given_start(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 5, 7, 10}, y[] = {109, 149, 149, 191, 213, 224};
    struct fit fit;
    struct sample s = {.n = 6, .x = x, .y = y};
    curve_fit(&curve_asymptotic, &s, (const double[]){NAN, 1}, NULL, &fit, keep);
    assert_string_equal(fit_status_word(fit.status), "no starting values");
    assert_true(isnan(fit.estimate[0]));
    curve_fit(&curve_asymptotic, &s, (const double[]){100, 0.75}, NULL, &fit, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_rows),
        cmocka_unit_test(test_few_points),
        cmocka_unit_test(test_constant),
        cmocka_unit_test(test_domain),
        cmocka_unit_test(test_perfect),
        cmocka_unit_test(test_line_by_hand),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_hinge_on_a_point),
        cmocka_unit_test(test_nothing_to_converge_to),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_criteria),
        cmocka_unit_test(test_rat42_log_lik),
        cmocka_unit_test(test_saturated_by_hand),
        cmocka_unit_test(test_weights_of_zero),
        cmocka_unit_test(test_given_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
