/* SPDX-License-Identifier: GPL-3.0-or-later
   What must hold of every regression of an outcome, on random data. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/outcome/outcome.h"
#include "tests/check.h"
#include "tests/glm_data.h"

enum { N = 150, P = 4 };

/* An intercept, a number and two columns of a factor of three levels. */
struct drawn {
    double x[N], b[N], c[N], y[N];
    const double *column[P];
};

static double response(const struct outcome *o, double t, gsl_rng *rng)
{
    const struct family *f = o->glm;
    double u = gsl_rng_uniform(rng);
    if (o->binary)
        return u < 1 / (1 + exp(-t));
    if (o->ordered)
        return floor(fmin(fmax(t + 3 * u, 0), 3));
    if (o->counts || f == &family_quasipoisson)
        return u < 0.2 ? 0 : gsl_ran_poisson(rng, exp(t) * gsl_ran_gamma(rng, 2, 0.5));
    if (o == &outcome_two_part)
        return u < 0.3 ? 0 : exp(t + gsl_ran_ugaussian(rng));
    if (o == &outcome_tobit)
        return fmax(0, t + gsl_ran_ugaussian(rng));
    if (f && f->border_at_one)
        return 1 / (1 + exp(-t - gsl_ran_ugaussian(rng)));
    return f == &family_gaussian ? t + gsl_ran_ugaussian(rng)
                                 : exp(t) * gsl_ran_gamma(rng, 4, 0.25);
}

static struct drawn *draw(const struct outcome *o, struct arena *keep)
{
    struct drawn *d = ARENA_NEW(keep, struct drawn, 1);
    gsl_rng *rng = rng_stream(29, 1, keep);
    for (size_t i = 0; i < N; i++) {
        size_t level = rng_below(rng, 3);
        d->x[i] = gsl_ran_flat(rng, -1, 1);
        d->b[i] = level == 1;
        d->c[i] = level == 2;
        d->y[i] = response(o, 0.8 + 0.4 * d->x[i] - 0.3 * d->b[i] + 0.2 * d->c[i], rng);
    }
    const double *const column[P] = {NULL, d->x, d->b, d->c};
    memcpy(d->column, column, sizeof column);
    return d;
}

static struct outcome_fit fitted(const struct outcome *o, const char *link, size_t n,
                                 const double *const *column, const double *y, const double *w,
                                 struct arena *keep)
{
    struct design *design = ARENA_NEW(keep, struct design, 1);
    struct outcome_fit fit;
    *design = design_of_columns(n, P, column, y, keep);
    const struct outcome_data data = {design, o->second == SECOND_REPEATED ? design : NULL, w,
                                      w ? WEIGHT_FREQUENCY : WEIGHT_NONE};
    const struct outcome_options options = {.link = link, .left = 0, .right = INFINITY};
    outcome_fit(o, &data, &options, &fit, keep);
    return fit;
}

static void assert_same(const struct outcome_fit *a, const struct outcome_fit *b, double digits)
{
    assert_int_equal(a->fit.status, b->fit.status);
    assert_int_equal(a->fit.n_params, b->fit.n_params);
    for (size_t j = 0; j < a->fit.n_params; j++) {
        assert_digits(b->fit.estimate[j], a->fit.estimate[j], digits);
        assert_digits(fit_std_error(&b->fit, j), fit_std_error(&a->fit, j), digits);
    }
    assert_digits(b->fit.log_lik, a->fit.log_lik, 11);
}

/* Does it converge at all?  Links that may leave the domain need not. */
static bool converges(const struct outcome_fit *fit)
{
    return fit->fit.status == FIT_CONVERGED;
}

/* ---- rows ---- */

static const double *gathered(const double *x, const size_t *order, size_t n, struct arena *keep)
{
    double *out = ARENA_NEW(keep, double, n);
    for (size_t i = 0; x && i < n; i++)
        out[i] = x[order[i]];
    return x ? out : NULL;
}

static struct outcome_fit fit_in_order(const struct outcome *o, const char *link,
                                       const struct drawn *d, const size_t *order, size_t n,
                                       struct arena *keep)
{
    const double *column[P];
    for (size_t j = 0; j < P; j++)
        column[j] = gathered(d->column[j], order, n, keep);
    return fitted(o, link, n, column, gathered(d->y, order, n, keep), NULL, keep);
}

/* The order of rows does not matter, and a frequency of two is a row twice. */
static void test_rows(void **state)
{
    size_t n = 0, turned[N], twice[2 * N];
    double two[N];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        turned[i] = (i * 77 + 5) % N;
        twice[i] = twice[N + i] = i;
        two[i] = 2;
    }
    for (size_t k = 0; k < n_outcomes; k++)
        for (const char *const *link = outcomes[k]->link; *link; link++) {
            struct arena *keep = arena_new();
            const struct drawn *d = draw(outcomes[k], keep);
            struct outcome_fit a = fitted(outcomes[k], *link, N, d->column, d->y, NULL, keep);
            if (converges(&a)) {
                struct outcome_fit b = fit_in_order(outcomes[k], *link, d, turned, N, keep);
                assert_same(&a, &b, 8);
                a = fitted(outcomes[k], *link, N, d->column, d->y, two, keep);
                b = fit_in_order(outcomes[k], *link, d, twice, 2 * N, keep);
                assert_same(&a, &b, 8);
                n++;
            }
            arena_free(keep);
        }
    assert_true(n > 35);
}

/* ---- levels ---- */

/* Another reference level: the same fit, its contrasts the differences of the former. */
static void test_levels(void **state)
{
    size_t n = 0;
    (void)state;
    for (size_t k = 0; k < n_outcomes; k++)
        for (const char *const *link = outcomes[k]->link; *link; link++) {
            struct arena *keep = arena_new();
            const struct drawn *d = draw(outcomes[k], keep);
            double *first = ARENA_NEW(keep, double, N);
            for (size_t i = 0; i < N; i++)
                first[i] = 1 - d->b[i] - d->c[i];
            const double *const other[P] = {NULL, d->x, d->c, first}; /* reference: b */
            struct outcome_fit a = fitted(outcomes[k], *link, N, d->column, d->y, NULL, keep);
            struct outcome_fit b = fitted(outcomes[k], *link, N, other, d->y, NULL, keep);
            size_t x = outcomes[k]->ordered ? 3 : 1;
            if (converges(&a)) {
                assert_digits(b.fit.log_lik, a.fit.log_lik, 11);
                assert_digits(b.fit.estimate[x], a.fit.estimate[x], 8);
                assert_digits(b.fit.estimate[x + 1], a.fit.estimate[x + 2] - a.fit.estimate[x + 1],
                              7);
                assert_digits(b.fit.estimate[x + 2], -a.fit.estimate[x + 1], 7);
                assert_digits(fit_std_error(&b.fit, x + 2), fit_std_error(&a.fit, x + 1), 7);
                n++;
            }
            arena_free(keep);
        }
    assert_true(n > 35);
}

/* ---- the estimate is a maximum ---- */

static void assert_definite(const double *m, size_t k, struct arena *keep)
{
    double *copy = arena_copy(keep, m, k * k, sizeof *copy);
    gsl_matrix_view view = gsl_matrix_view_array(copy, k, k);
    assert_int_equal(gsl_linalg_cholesky_decomp1(&view.matrix), 0);
}

static void test_score_and_information(void **state)
{
    size_t n = 0;
    (void)state;
    for (size_t k = 0; k < n_outcomes; k++)
        for (const char *const *link = outcomes[k]->link; *link; link++) {
            struct arena *keep = arena_new();
            const struct drawn *d = draw(outcomes[k], keep);
            struct outcome_fit a = fitted(outcomes[k], *link, N, d->column, d->y, NULL, keep);
            size_t p = a.fit.n_params;
            double *influence = ARENA_NEW(keep, double, N *p);
            if (converges(&a)) {
                outcome_influence(&a, influence, keep);
                assert_definite(a.fit.vcov, p, keep);
                for (size_t j = 0; j < p; j++) {
                    double sum = 0;
                    for (size_t i = 0; i < N; i++)
                        sum += influence[i * p + j];
                    assert_true(fabs(sum) < 1e-7 * fit_std_error(&a.fit, j));
                }
                n++;
            }
            arena_free(keep);
        }
    assert_true(n > 35);
}

/* ---- the observed information is the Hessian ---- */

static double deviance_at(const struct glm *g, const double *b)
{
    const struct design *d = g->design;
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        double eta = 0;
        for (size_t j = 0; j < P; j++)
            eta += d->x[i * P + j] * b[j];
        sum += g->family->unit_deviance(d->y[i], g->link->mean(eta), g->theta);
    }
    return sum;
}

/* Half the deviance by second differences of fourth order, in steps of errors. */
static double hessian_of(const struct glm *g, const double *h, size_t i, size_t j)
{
    double sum = 0;
    static const double weight[] = {1. / 12, -2. / 3, 0, 2. / 3, -1. / 12};
    for (int a = -2; a <= 2; a++)
        for (int c = -2; c <= 2; c++) {
            double b[P];
            if (a == 0 || c == 0)
                continue;
            memcpy(b, g->fit.estimate, sizeof b);
            b[i] += a * h[i];
            b[j] += c * h[j];
            sum += weight[a + 2] * weight[c + 2] * deviance_at(g, b) / 2;
        }
    return sum / (h[i] * h[j]);
}

static void assert_observed(const struct glm *g, struct arena *keep)
{
    double h[P], *m = ARENA_NEW(keep, double, P *P);
    for (size_t j = 0; j < P; j++)
        h[j] = 0.02 * fit_std_error(&g->fit, j);
    for (size_t i = 0; i < P; i++)
        for (size_t j = 0; j < P; j++)
            m[i * P + j] = hessian_of(g, h, i, j);
    /* its product with the covariance is the dispersion times one */
    for (size_t i = 0; i < P; i++)
        for (size_t j = 0; j < P; j++) {
            double sum = 0, size = fit_std_error(&g->fit, j) / fit_std_error(&g->fit, i);
            for (size_t a = 0; a < P; a++)
                sum += m[i * P + a] * g->fit.vcov[a * P + j];
            assert_true(fabs(sum - (i == j ? g->dispersion : 0)) < 2e-5 * g->dispersion * size);
        }
}

static void test_observed_information(void **state)
{
    size_t n = 0;
    (void)state;
    for (size_t f = 0; f < n_families; f++)
        for (size_t l = 0; l < families[f]->n_links; l++) {
            struct arena *keep = arena_new();
            const struct outcome *o = outcome_find(families[f]->name);
            const struct drawn *d = draw(o, keep);
            struct design design = design_of_columns(N, P, d->column, d->y, keep);
            struct glm_options options = {.family = families[f],
                                          .link = families[f]->link[l],
                                          .theta = families[f] == &family_negative_binomial ? 2 : 0,
                                          .observed_information = true};
            struct glm g;
            glm_fit(&design, &options, &g, keep);
            if (g.fit.status == FIT_CONVERGED) {
                assert_observed(&g, keep);
                n++;
            }
            arena_free(keep);
        }
    assert_true(n > 20);
}

/* ---- gaussian = least squares ---- */

static void test_least_squares(void **state)
{
    struct arena *keep = arena_new();
    const struct drawn *d = draw(&outcome_gaussian, keep);
    struct outcome_fit a = fitted(&outcome_gaussian, NULL, N, d->column, d->y, NULL, keep);
    gsl_matrix *x = gsl_matrix_alloc(N, P), *cov = gsl_matrix_alloc(P, P);
    gsl_vector *c = gsl_vector_alloc(P);
    gsl_vector_const_view y = gsl_vector_const_view_array(d->y, N);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(N, P);
    double squares;
    (void)state;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < P; j++)
            gsl_matrix_set(x, i, j, d->column[j] ? d->column[j][i] : 1);
    assert_int_equal(gsl_multifit_linear(x, &y.vector, c, cov, &squares, work), 0);
    for (size_t j = 0; j < P; j++) {
        assert_digits(a.fit.estimate[j], gsl_vector_get(c, j), 12);
        assert_digits(fit_std_error(&a.fit, j), sqrt(gsl_matrix_get(cov, j, j)), 12);
    }
    assert_digits(a.fit.deviance, squares, 12);
    assert_digits(a.fit.sigma * a.fit.sigma, squares / (N - P), 12);
    gsl_multifit_linear_free(work);
    gsl_vector_free(c);
    gsl_matrix_free(cov);
    gsl_matrix_free(x);
    arena_free(keep);
}

/* Counts summed over rows alike, with their number as exposure, are the counts of the rows. */
static void test_summed_counts(void **state)
{
    struct arena *keep = arena_new();
    const struct drawn *d = draw(&outcome_poisson, keep);
    double level[P][3] = {{0}}, total[3] = {0}, number[3] = {0}, offset[3], whole[N];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        size_t at = d->b[i] > 0 ? 1 : d->c[i] > 0 ? 2 : 0;
        total[at] += d->y[i];
        number[at]++;
        whole[i] = 0;
    }
    for (size_t g = 0; g < 3; g++) {
        offset[g] = log(number[g]);
        level[2][g] = g == 1;
        level[3][g] = g == 2;
    }
    const double *const rows[P] = {NULL, whole, d->b, d->c};
    const double *const sums[P] = {NULL, level[1], level[2], level[3]};
    struct outcome_fit a = fitted(&outcome_poisson, NULL, N, rows, d->y, NULL, keep), b;
    struct design design = design_of_columns(3, P, sums, total, keep);
    design.offset = offset;
    const struct outcome_data data = {&design, NULL, NULL, WEIGHT_NONE};
    const struct outcome_options options = {.threads = 1};
    outcome_fit(&outcome_poisson, &data, &options, &b, keep);
    for (size_t j = 0; j < P; j++) {
        assert_digits(b.fit.estimate[j], a.fit.estimate[j], 11); /* the column of zeros: NaN */
        assert_digits(fit_std_error(&b.fit, j), fit_std_error(&a.fit, j), 11);
    }
    assert_digits(a.fit.estimate[2], log(total[1] / number[1] / (total[0] / number[0])), 11);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_score_and_information),
        cmocka_unit_test(test_observed_information),
        cmocka_unit_test(test_least_squares),
        cmocka_unit_test(test_summed_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
