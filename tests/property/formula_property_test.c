/* SPDX-License-Identifier: GPL-3.0-or-later
   What must hold of formulas whatever the numbers. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/curve/curve.h"
#include "models/formula/formula.h"
#include "models/formula/function.h"

static struct formula formula_of(const char *text, size_t n_params, const char *const param[],
                                 struct arena *keep)
{
    struct formula f;
    struct formula_error error;
    const struct formula_names names = {n_params, param, 2, (const char *const[]){"y", "x"}};
    if (!formula_parse(text, &names, &f, &error, keep))
        fail_msg("%s\n%s", error.what, formula_caret(text, error.position, keep));
    return f;
}

/* ---- derivatives ---- */

static double mean_at(const struct formula *f, double x, const double b[], double gradient[])
{
    const double *variables[] = {&x, &x};
    double mean;
    formula_mean(f, variables, 1, b, &mean, gradient);
    return mean;
}

/* Central differences with one step of Richardson's extrapolation: error O(h^4). */
static double difference(const struct formula *f, double x, const double b[2], size_t k, double h)
{
    double d[2];
    for (int i = 0; i < 2; i++) {
        double up[2] = {b[0], b[1]}, down[2] = {b[0], b[1]}, step = h / (1 + i);
        up[k] += step;
        down[k] -= step;
        d[i] = (mean_at(f, x, up, NULL) - mean_at(f, x, down, NULL)) / (up[k] - down[k]);
    }
    return (4 * d[1] - d[0]) / 3;
}

/* Both derivatives of "a * F(b * x [, a * x])" wherever it is defined on a grid. */
static void test_gradients(void **state)
{
    (void)state;
    static const char *const param[] = {"a", "b"};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_functions; i++) {
        const struct function *function = functions[i];
        const char *text = function->n_arguments == 1
                               ? arena_printf(keep, "y ~ a * %s(b * x)", function->name)
                               : arena_printf(keep, "y ~ a * %s(b * x, a * x)", function->name);
        struct formula f = formula_of(text, 2, param, keep);
        size_t n_seen = 0;
        for (double b0 = -2.93; b0 < 3; b0 += 0.17) {
            const double b[2] = {1.1, b0};
            double g[2], x = 0.9, mean = mean_at(&f, x, b, g);
            double by_a = difference(&f, x, b, 0, 4e-4), by_b = difference(&f, x, b, 1, 4e-4);
            if (!isfinite(mean) || !isfinite(by_a) || !isfinite(by_b) || fabs(by_b) > 50)
                continue;
            bool good = agrees(g[0], by_a, 1e-7, 1e-7) && agrees(g[1], by_b, 1e-7, 1e-7);
            if (!good)
                fail_msg("%s at b = %g: %.12g %.12g, by differences %.12g %.12g", text, b0, g[0],
                         g[1], by_a, by_b);
            n_seen++;
        }
        assert_true(n_seen >= 5);
    }
    arena_free(keep);
}

/* ---- the built-in curves, typed ---- */

#define N 60

struct made {
    double x[N], y[N], w[N];
};

static struct made made_of(const struct curve *c, uint64_t task, struct arena *keep)
{
    struct made m;
    gsl_rng *rng = rng_stream(20250601, task, keep);
    for (size_t i = 0; i < N; i++) {
        m.x[i] = (double)(1 + i % 7);
        m.y[i] = c->mean(m.x[i], c->example) + gsl_ran_gaussian(rng, 0.5);
        m.w[i] = (double)(i % 4); /* some rows do not count */
    }
    return m;
}

static void same_fit(const struct fit *got, const struct fit *want, double digits)
{
    assert_string_equal(fit_status_word(got->status), fit_status_word(want->status));
    for (size_t j = 0; j < want->n_params; j++) {
        assert_digits(got->estimate[j], want->estimate[j], digits);
        assert_digits(fit_std_error(got, j), fit_std_error(want, j), digits);
    }
    assert_digits(got->n_obs, want->n_obs, 15);
    assert_digits(got->df_residual, want->df_residual, 15);
    assert_digits(got->deviance, want->deviance, digits);
    assert_digits(got->sigma, want->sigma, digits);
    assert_digits(got->log_lik, want->log_lik, digits);
    assert_digits(got->r_squared, want->r_squared, digits);
}

static void test_same_as_curves(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        if (c->n_constants) /* not a formula of its parameters alone */
            continue;
        struct formula f =
            formula_of(arena_printf(keep, "y ~ %s", c->formula), c->n_params, c->param, keep);
        struct made m = made_of(c, i, keep);
        const double *variables[] = {m.y, m.x};
        for (enum weight_kind kind = WEIGHT_NONE; kind <= WEIGHT_FREQUENCY; kind++) {
            const double *w = kind == WEIGHT_NONE ? NULL : m.w;
            struct sample s = {N, m.x, m.y, w, kind};
            struct fit got, want;
            curve_fit(c, &s, c->linear ? NULL : c->example, NULL, &want, keep);
            formula_fit(&f, variables, N, w, kind, c->example, NULL, &got, keep);
            print_message("%s, weights %d: %s\n", c->name, (int)kind, fit_status_word(got.status));
            assert_int_equal(want.status, FIT_CONVERGED);
            same_fit(&got, &want, 8);
        }
        double g[CURVE_MAX_PARAMS], h[CURVE_MAX_PARAMS];
        for (double x = 0.5; x < 8; x += 0.75) {
            assert_digits(mean_at(&f, x, c->example, g), c->mean(x, c->example), 13);
            c->gradient(x, c->example, h);
            for (size_t k = 0; k < c->n_params; k++)
                assert_digits(g[k], h[k], 12);
        }
    }
    arena_free(keep);
}

/* ---- invariances ---- */

static void test_order_and_frequencies(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made m = made_of(&curve_asymptotic, 99, keep), turned;
    double x[3 * N], y[3 * N], w[N];
    size_t n = 0;
    for (size_t i = 0; i < N; i++) {
        turned.x[i] = m.x[N - 1 - i];
        turned.y[i] = m.y[N - 1 - i];
        w[i] = m.w[N - 1 - i];
        for (size_t k = 0; k < (size_t)m.w[i]; k++, n++) {
            x[n] = m.x[i];
            y[n] = m.y[i];
        }
    }
    struct formula f = formula_of("y ~ a*(1-exp(-b*x))", 2, (const char *const[]){"a", "b"}, keep);
    struct fit whole, backward, repeated;
    const double start[] = {20, 1};
    formula_fit(&f, (const double *[]){m.y, m.x}, N, m.w, WEIGHT_FREQUENCY, start, NULL, &whole,
                keep);
    formula_fit(&f, (const double *[]){turned.y, turned.x}, N, w, WEIGHT_FREQUENCY, start, NULL,
                &backward, keep);
    formula_fit(&f, (const double *[]){y, x}, n, NULL, WEIGHT_NONE, start, NULL, &repeated, keep);
    assert_int_equal(whole.status, FIT_CONVERGED);
    same_fit(&backward, &whole, 11);
    same_fit(&repeated, &whole, 11);
    arena_free(keep);
}

/* The same curve in other words: other parameters, the same fit. */
static void test_other_words(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made m = made_of(&curve_logistic, 7, keep);
    const double *variables[] = {m.y, m.x};
    static const char *const param[] = {"a", "b", "c"};
    struct formula one = formula_of("y ~ a/(1+exp(b-c*x))", 3, param, keep);
    struct formula two = formula_of("y ~ a*plogis(c*x-b)", 3, param, keep);
    struct formula three = formula_of("y ~ 1000*a*plogis((x-b)/exp(c))", 3, param, keep);
    struct fit first, second, third;
    formula_fit(&one, variables, N, NULL, WEIGHT_NONE, (double[]){40, 3, 0.8}, NULL, &first, keep);
    formula_fit(&two, variables, N, NULL, WEIGHT_NONE, (double[]){40, 3, 0.8}, NULL, &second, keep);
    formula_fit(&three, variables, N, NULL, WEIGHT_NONE, (double[]){0.04, 3.8, 0.2}, NULL, &third,
                keep);
    same_fit(&second, &first, 10);
    assert_int_equal(third.status, FIT_CONVERGED);
    assert_digits(1000 * third.estimate[0], first.estimate[0], 10);
    assert_digits(third.estimate[1], first.estimate[1] / first.estimate[2], 10);
    assert_digits(exp(-third.estimate[2]), first.estimate[2], 10);
    assert_digits(third.deviance, first.deviance, 12);
    arena_free(keep);
}

/* The typed start runs to a rate of zero, and another one, found on the means of equal x, leads to
   the minimum on its other side: the fit that a near start gives, whatever the weights. */
static void test_other_starts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const param[] = {"a", "b"};
    struct formula f = formula_of("y ~ a*(1-exp(-b*x))", 2, param, keep);
    double x[154], y[154], w[154];
    for (size_t i = 0; i < 154; i++) {
        x[i] = (double)(i % 11);
        y[i] = 3 * x[i] + 0.06 * x[i] * x[i] + 2 * ((double)(i % 7) - 3);
        w[i] = 1 + (double)(i % 3);
    }
    for (int weighted = 0; weighted < 2; weighted++) {
        struct fit far, near;
        enum weight_kind kind = weighted ? WEIGHT_SAMPLING : WEIGHT_NONE;
        const double *variables[] = {y, x}, *weight = weighted ? w : NULL;
        formula_fit(&f, variables, 154, weight, kind, (double[]){50, 0.2}, NULL, &far, keep);
        formula_fit(&f, variables, 154, weight, kind, (double[]){-60, -0.05}, NULL, &near, keep);
        assert_int_equal(near.status, FIT_CONVERGED);
        assert_true(far.n_iter > near.n_iter + 50);
        same_fit(&far, &near, 9);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradients),
        cmocka_unit_test(test_same_as_curves),
        cmocka_unit_test(test_order_and_frequencies),
        cmocka_unit_test(test_other_words),
        cmocka_unit_test(test_other_starts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
