/* SPDX-License-Identifier: GPL-3.0-or-later
   What every regression curve keeps, whatever it is. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/curve/curve.h"
#include "models/regression/least_squares.h"

#define N 210

/* A scale of 1 to 7 and the curve's example with noise, in the order of x or not. */
struct made {
    double x[N], y[N];
    struct sample sample;
};

static void make(const struct curve *c, double noise, bool sorted, struct made *m,
                 struct arena *keep)
{
    gsl_rng *rng = rng_stream(7, c->n_params, keep);
    for (size_t i = 0; i < N; i++) {
        m->x[i] = (double)(sorted ? 1 + i * 7 / N : 1 + i * 5 % 7);
        m->y[i] = c->mean(m->x[i], c->example) + gsl_ran_gaussian(rng, noise);
    }
    m->sample = (struct sample){.n = N, .x = m->x, .y = m->y};
}

static struct fit fitted(const struct curve *c, const struct sample *s, struct arena *keep)
{
    struct fit fit;
    curve_fit(c, s, NULL, NULL, &fit, keep);
    if (fit.status != FIT_CONVERGED)
        fail_msg("%s: %s", c->name, fit_status_word(fit.status));
    return fit;
}

static void same_fit(const struct curve *c, const struct fit *a, const struct fit *b, double digits,
                     struct arena *keep)
{
    check_digits(arena_printf(keep, "%s deviance", c->name), a->deviance, b->deviance, digits,
                 __FILE__, __LINE__);
    for (size_t j = 0; j < c->n_params + c->n_constants; j++) {
        check_digits(arena_printf(keep, "%s %s", c->name, c->param[j]), a->estimate[j],
                     b->estimate[j], digits, __FILE__, __LINE__);
        check_digits(arena_printf(keep, "%s se of %s", c->name, c->param[j]), fit_std_error(a, j),
                     fit_std_error(b, j), digits, __FILE__, __LINE__);
    }
}

static void test_described(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        assert_ptr_equal(curve_find(c->name), c);
        assert_string_equal(curve_names[i], c->name);
        assert_true(strlen(c->title) > 0 && strlen(c->source) > 10);
        assert_true(c->n_params >= 2 && c->n_params <= CURVE_MAX_PARAMS);
        assert_true(c->n_params + c->n_constants <= CURVE_MAX_PARAMS);
        assert_true((c->start == NULL) == c->linear);
        assert_true((c->choose != NULL) == (c->n_constants > 0) && c->n_chosen <= c->n_constants);
        assert_true(c->first_knot + c->n_knots <= c->n_params + c->n_constants);
        for (size_t j = 0; j < c->n_params + c->n_constants; j++)
            assert_non_null(strstr(c->formula, c->param[j]));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(curves[k]->title, c->title);
    }
    assert_null(curve_find("straight"));
}

static void test_documented(void **state)
{
    (void)state;
    static char text[65536];
    FILE *f = fopen("docs/methods/curve.md", "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    char name[64];
    for (size_t i = 0; i < n_curves; i++) {
        snprintf(name, sizeof name, "| `%s` |", curves[i]->name);
        if (!strstr(text, name) || !strstr(text, curves[i]->formula))
            fail_msg("docs/methods/curve.md: no row for %s: %s", curves[i]->name,
                     curves[i]->formula);
    }
}

/* Against central differences of the mean, extrapolated to step zero (Richardson). */
static void test_gradient(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        double g[CURVE_MAX_PARAMS], b[CURVE_MAX_PARAMS];
        for (double x = 0.7; x < 8; x += 0.5) {
            c->gradient(x, c->example, g);
            for (size_t j = 0; j < c->n_params; j++) {
                double difference[2], h = 1e-3 * fabs(c->example[j]);
                for (size_t k = 0; k < 2; k++) {
                    double step = k ? h / 2 : h;
                    memcpy(b, c->example, (c->n_params + c->n_constants) * sizeof *b);
                    b[j] = c->example[j] + step;
                    double up = c->mean(x, b);
                    b[j] = c->example[j] - step;
                    difference[k] = (up - c->mean(x, b)) / (2 * step);
                }
                double want = (4 * difference[1] - difference[0]) / 3;
                if (fabs(g[j] - want) > 1e-8 * fmax(1, fabs(want)))
                    fail_msg("%s d/d%s at %g: %.12g, by differences %.12g", c->name, c->param[j], x,
                             g[j], want);
            }
        }
    }
}

static void test_start_is_possible(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        struct made m;
        double b[CURVE_MAX_PARAMS];
        make(c, 3, true, &m, keep);
        if (c->linear)
            continue;
        assert_true(c->start(&m.sample, b));
        for (size_t k = 0; k < N; k++) {
            assert_true(c->in_domain(m.x[k]));
            assert_true(isfinite(c->mean(m.x[k], b)));
        }
    }
    arena_free(keep);
}

static void test_noise_free_recovery(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        struct made m;
        struct fit fit;
        make(c, 0, false, &m, keep);
        curve_fit(c, &m.sample, NULL, NULL, &fit, keep);
        if (fit.status != FIT_PERFECT)
            fail_msg("%s: %s", c->name, fit_status_word(fit.status));
        for (size_t j = 0; j < c->n_params + c->n_chosen; j++)
            check_digits(arena_printf(keep, "%s %s", c->name, c->param[j]), fit.estimate[j],
                         c->example[j], 11, __FILE__, __LINE__);
        assert_digits(fit.r_squared, 1, 12);
        assert_true(isnan(fit.log_lik) && isnan(fit_std_error(&fit, 0)));
    }
    arena_free(keep);
}

/* The curve on all rows, as least_squares.h takes it. */
struct on_rows {
    const struct curve *curve;
    const double *x;
    size_t n;
    const double *fitted; /* for the constants behind the parameters */
};

static void whole(const struct on_rows *on, const double b[], double out[])
{
    memcpy(out, on->fitted, (on->curve->n_params + on->curve->n_constants) * sizeof *out);
    memcpy(out, b, on->curve->n_params * sizeof *out);
}

static void mean_on_rows(const void *context, const double b[], double mean[])
{
    const struct on_rows *on = context;
    double all[CURVE_MAX_PARAMS];
    whole(on, b, all);
    for (size_t i = 0; i < on->n; i++)
        mean[i] = on->curve->mean(on->x[i], all);
}

static void jacobian_on_rows(const void *context, const double b[], double jacobian[])
{
    const struct on_rows *on = context;
    double all[CURVE_MAX_PARAMS];
    whole(on, b, all);
    for (size_t i = 0; i < on->n; i++)
        on->curve->gradient(on->x[i], all, jacobian + i * on->curve->n_params);
}

/* Drawing equal x together changes nothing: the same minimum, row by row. */
static void test_points_are_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        const struct curve *c = curves[i];
        struct made m;
        size_t n_iter;
        make(c, 3, false, &m, keep);
        struct fit fit = fitted(c, &m.sample, keep), rows;
        struct on_rows on = {c, m.x, N, fit.estimate};
        struct least_squares problem = {.n = N,
                                        .n_params = c->n_params,
                                        .y = m.y,
                                        .df = fit.df_residual,
                                        .mean = mean_on_rows,
                                        .jacobian = jacobian_on_rows,
                                        .context = &on};
        fit_init(&rows, c->n_params, c->param, keep);
        if (c->n_constants)
            fit_add_constants(&rows, c->n_constants, c->n_chosen, keep);
        memcpy(rows.estimate, c->example, c->n_params * sizeof *rows.estimate);
        for (size_t j = c->n_params; j < c->n_params + c->n_constants; j++)
            rows.estimate[j] = fit.estimate[j];
        assert_string_equal(
            fit_status_word(least_squares_solve(&problem, rows.estimate, &n_iter, keep)),
            "converged");
        rows.deviance = least_squares_deviance(&problem, rows.estimate, keep);
        assert_true(least_squares_inverse(&problem, rows.estimate, rows.vcov, keep));
        for (size_t j = 0; j < c->n_params * c->n_params; j++)
            rows.vcov[j] *= rows.deviance / fit.df_residual;
        same_fit(c, &fit, &rows, 9, keep);
    }
    arena_free(keep);
}

static void test_order_of_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        struct made m, turned;
        make(curves[i], 3, false, &m, keep);
        for (size_t k = 0; k < N; k++) {
            turned.x[k] = m.x[N - 1 - k];
            turned.y[k] = m.y[N - 1 - k];
        }
        turned.sample = (struct sample){.n = N, .x = turned.x, .y = turned.y};
        struct fit a = fitted(curves[i], &m.sample, keep);
        struct fit b = fitted(curves[i], &turned.sample, keep);
        same_fit(curves[i], &a, &b, 9, keep);
    }
    arena_free(keep);
}

/* A frequency is that many rows; sampling weights have no unit. */
static void test_weights(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        struct made m;
        double w[N], w1000[N], x[2 * N], y[2 * N];
        size_t n = 0;
        make(curves[i], 3, false, &m, keep);
        for (size_t k = 0; k < N; k++) {
            w[k] = (double)(k % 3);
            w1000[k] = 1000 * (1 + w[k]);
            for (size_t f = 0; f < k % 3; f++, n++) {
                x[n] = m.x[k];
                y[n] = m.y[k];
            }
        }
        struct sample expanded = {.n = n, .x = x, .y = y};
        struct sample counted = m.sample;
        counted.w = w;
        counted.weight_kind = WEIGHT_FREQUENCY;
        struct fit a = fitted(curves[i], &expanded, keep), b = fitted(curves[i], &counted, keep);
        same_fit(curves[i], &a, &b, 9, keep);
        assert_true(a.n_obs == b.n_obs);
        assert_digits(a.log_lik, b.log_lik, 12);

        counted.weight_kind = WEIGHT_SAMPLING;
        counted.w = w1000;
        a = fitted(curves[i], &counted, keep);
        for (size_t k = 0; k < N; k++)
            w1000[k] /= 1000;
        b = fitted(curves[i], &counted, keep);
        b.deviance *= 1000;
        same_fit(curves[i], &a, &b, 9, keep);
        assert_digits(a.log_lik, b.log_lik, 10);
    }
    arena_free(keep);
}

/* In cents instead of euros, on 10..70 instead of 1..7: the same fit. */
static void test_units(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_curves; i++) {
        struct made m;
        make(curves[i], 3, false, &m, keep);
        struct fit a = fitted(curves[i], &m.sample, keep);
        for (size_t k = 0; k < N; k++) {
            m.x[k] *= 10;
            m.y[k] *= 100;
        }
        struct fit b = fitted(curves[i], &m.sample, keep);
        assert_digits(b.deviance, 10000 * a.deviance, 10);
        assert_digits(b.r_squared, a.r_squared, 10);
        assert_digits(b.sigma, 100 * a.sigma, 10);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_described),
        cmocka_unit_test(test_documented),
        cmocka_unit_test(test_gradient),
        cmocka_unit_test(test_start_is_possible),
        cmocka_unit_test(test_noise_free_recovery),
        cmocka_unit_test(test_points_are_rows),
        cmocka_unit_test(test_order_of_rows),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
