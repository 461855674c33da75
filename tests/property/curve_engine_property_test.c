/* SPDX-License-Identifier: GPL-3.0-or-later
   What must hold of bounds, losses, covariances, profiles and the bootstrap on any data, and how
   they end on hard data. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/curve/curve.h"
#include "models/formula/formula.h"
#include "models/regression/bootstrap.h"
#include "models/regression/covariance.h"
#include "models/regression/loss.h"
#include "models/regression/profile.h"
#include "models/regression/regression.h"

#define N 84

struct made {
    double x[2 * N], y[2 * N], w[2 * N];
    uint32_t cluster[2 * N];
    struct sample sample;
};

/* A scale of seven with heavy tails about a power curve; every row its own cluster. */
static struct made *make(uint64_t seed, struct arena *keep)
{
    struct made *m = ARENA_NEW(keep, struct made, 1);
    gsl_rng *rng = rng_stream(seed, 0, keep);
    for (uint32_t i = 0; i < N; i++) {
        m->x[i] = 1 + i % 7;
        m->y[i] = 10 * pow(m->x[i], 0.7) + 5 + gsl_ran_tdist(rng, 3) * (1 + 0.4 * m->x[i]);
        m->w[i] = 1;
        m->cluster[i] = i;
    }
    m->sample = (struct sample){.n = N, .x = m->x, .y = m->y};
    return m;
}

static struct fit fit_with(const struct curve *c, const struct sample *s,
                           const struct curve_options *o, struct arena *keep)
{
    struct fit fit;
    curve_fit(c, s, NULL, o, &fit, keep);
    return fit;
}

static const struct curve *const some[] = {&curve_linear, &curve_quadratic, &curve_power,
                                           &curve_asymptotic, &curve_logistic};
#define N_SOME (sizeof some / sizeof *some)

static bool same_bytes(const struct fit *a, const struct fit *b)
{
    return a->status == b->status && a->n_iter == b->n_iter && a->deviance == b->deviance &&
           memcmp(a->estimate, b->estimate, a->n_params * sizeof *a->estimate) == 0 &&
           memcmp(a->vcov, b->vcov, a->n_params * a->n_params * sizeof *a->vcov) == 0;
}

static void test_bounds_that_do_not_bind(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(1, keep);
    for (size_t i = 0; i < N_SOME; i++) {
        struct fit plain = fit_with(some[i], &m->sample, NULL, keep);
        double lower[CURVE_MAX_PARAMS], upper[CURVE_MAX_PARAMS];
        assert_int_equal(plain.status, FIT_CONVERGED);
        for (size_t j = 0; j < plain.n_params; j++) {
            lower[j] = plain.estimate[j] - 1;
            upper[j] = INFINITY;
        }
        struct curve_options o = {.lower = lower, .upper = upper};
        struct fit bounded = fit_with(some[i], &m->sample, &o, keep);
        assert_true(same_bytes(&plain, &bounded));
    }
    arena_free(keep);
}

/* No point of the box near the bounded estimate has a smaller deviance, and the bound that
   cuts the estimate off is reached. */
static void test_bounds_that_bind(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(2, keep);
    for (size_t i = 0; i < N_SOME; i++) {
        struct fit plain = fit_with(some[i], &m->sample, NULL, keep);
        for (size_t j = 0; j < plain.n_params; j++) {
            double lower[CURVE_MAX_PARAMS], upper[CURVE_MAX_PARAMS], b[CURVE_MAX_PARAMS];
            for (size_t k = 0; k < plain.n_params; k++) {
                lower[k] = -INFINITY;
                upper[k] = INFINITY;
            }
            lower[j] = plain.estimate[j] + 0.3 * fabs(plain.estimate[j]);
            struct curve_options o = {.lower = lower, .upper = upper};
            struct fit fit = fit_with(some[i], &m->sample, &o, keep);
            print_message("%s %s: %s\n", some[i]->name, fit.term[j], fit_status_word(fit.status));
            assert_int_equal(fit.status, FIT_CONVERGED);
            assert_true(fit.estimate[j] == lower[j]);
            assert_true(isnan(fit_std_error(&fit, j)));
            const struct regression *r = curve_regression(some[i], &m->sample, &o, keep);
            for (size_t k = 0; k < 2 * fit.n_params; k++) {
                memcpy(b, fit.estimate, fit.n_params * sizeof *b);
                b[k / 2] = fmax(lower[k / 2], b[k / 2] * (1 + (k % 2 ? 1e-5 : -1e-5)));
                assert_true(least_squares_deviance(&r->problem, b, keep) >=
                            fit.deviance * (1 - 1e-14));
            }
        }
    }
    arena_free(keep);
}

static const struct covariance *const by_rows[] = {&covariance_HC0, &covariance_HC1,
                                                   &covariance_HC2, &covariance_HC3};

/* Equal sampling weights change nothing, frequencies are repeated rows, and clusters of one
   row are HC0 with another factor. */
static void test_covariances(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(3, keep);
    struct sample weighted = m->sample, twice = {.n = 2 * N, .x = m->x, .y = m->y};
    for (size_t i = 0; i < N; i++) {
        m->x[N + i] = m->x[i];
        m->y[N + i] = m->y[i];
        m->cluster[N + i] = m->cluster[i];
    }
    weighted.w = m->w;
    for (size_t i = 0; i < N_SOME; i++) {
        for (size_t k = 0; k < sizeof by_rows / sizeof *by_rows; k++) {
            struct curve_options o = {.covariance = by_rows[k]};
            struct fit plain = fit_with(some[i], &m->sample, &o, keep);
            weighted.weight_kind = WEIGHT_SAMPLING;
            for (size_t j = 0; j < N; j++)
                m->w[j] = 2.5;
            struct fit equal = fit_with(some[i], &weighted, &o, keep);
            weighted.weight_kind = WEIGHT_FREQUENCY;
            for (size_t j = 0; j < N; j++)
                m->w[j] = 2;
            struct fit counted = fit_with(some[i], &weighted, &o, keep);
            struct fit repeated = fit_with(some[i], &twice, &o, keep);
            for (size_t j = 0; j < plain.n_params; j++) {
                assert_digits(fit_std_error(&equal, j), fit_std_error(&plain, j), 9);
                assert_digits(fit_std_error(&counted, j), fit_std_error(&repeated, j), 9);
            }
        }
        struct curve_options hc0 = {.covariance = &covariance_HC0};
        struct curve_options own = {.cluster = m->cluster, .n_clusters = N};
        struct fit rows = fit_with(some[i], &m->sample, &hc0, keep);
        struct fit alone = fit_with(some[i], &m->sample, &own, keep);
        struct fit pairs = fit_with(some[i], &twice, &own, keep);
        double p = (double)rows.n_params, factor = sqrt(N / (N - p));
        double pair_factor = sqrt(N / (N - 1.0) * (2 * N - 1) / (2 * N - p));
        assert_true(fit_df(&alone) == N - 1);
        for (size_t j = 0; j < rows.n_params; j++) {
            assert_digits(fit_std_error(&alone, j), factor * fit_std_error(&rows, j), 10);
            assert_digits(fit_std_error(&pairs, j), pair_factor * fit_std_error(&rows, j), 9);
        }
    }
    arena_free(keep);
}

static double weight_of_one(double u)
{
    (void)u;
    return 1;
}

/* A loss that never bends is least squares; repeated rows keep every M-estimate. */
static void test_losses(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(4, keep);
    const struct loss straight = {"straight", "", "", weight_of_one, weight_of_one, NULL};
    const struct loss *const robust[] = {&loss_huber, &loss_tukey};
    struct sample twice = m->sample;
    for (size_t j = 0; j < N; j++)
        m->w[j] = 2;
    twice.w = m->w;
    twice.weight_kind = WEIGHT_FREQUENCY;
    for (size_t i = 0; i < N_SOME; i++) {
        struct fit plain = fit_with(some[i], &m->sample, NULL, keep);
        struct curve_options never = {.loss = &straight};
        struct fit same = fit_with(some[i], &m->sample, &never, keep);
        for (size_t j = 0; j < plain.n_params; j++) {
            assert_digits(same.estimate[j], plain.estimate[j], 9);
            assert_digits(fit_std_error(&same, j), fit_std_error(&plain, j), 9);
        }
        for (size_t k = 0; k < 2; k++) {
            struct curve_options o = {.loss = robust[k]};
            struct fit one = fit_with(some[i], &m->sample, &o, keep);
            struct fit two = fit_with(some[i], &twice, &o, keep);
            print_message("%s %s: %s\n", some[i]->name, robust[k]->name,
                          fit_status_word(one.status));
            assert_int_equal(one.status, FIT_CONVERGED);
            assert_true(isnan(one.deviance) && isnan(one.log_lik) && isnan(one.r_squared));
            assert_digits(two.sigma, one.sigma, 9);
            for (size_t j = 0; j < one.n_params; j++)
                assert_digits(two.estimate[j], one.estimate[j], 8);
        }
    }
    arena_free(keep);
}

/* Rows in any order draw the same distribution; the same seed the same replicates; the spread
   of replicates is near the robust standard error. */
static void test_bootstrap(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(5, keep);
    const struct bootstrap how = {.replicates = 400, .seed = 7, .task = 3};
    for (size_t i = 0; i < N_SOME; i++) {
        struct curve_options o = {.covariance = &covariance_HC0};
        struct fit fit = fit_with(some[i], &m->sample, &o, keep);
        const struct regression *r = curve_regression(some[i], &m->sample, &o, keep);
        double *first = bootstrap_estimates(r, &o, &fit, &how, keep);
        double *again = bootstrap_estimates(r, &o, &fit, &how, keep);
        size_t p = fit.n_params;
        assert_memory_equal(first, again, how.replicates * p * sizeof *first);
        double value[400], spread, low, high;
        for (size_t k = 0; k < how.replicates; k++)
            value[k] = first[k * p];
        bootstrap_summary(value, how.replicates, fit.estimate[0], 0.95, &bootstrap_percentile,
                          &spread, &low, &high);
        print_message("%s: %g, bootstrap %g\n", some[i]->name, fit_std_error(&fit, 0), spread);
        assert_true(low < fit.estimate[0] && fit.estimate[0] < high);
        if (some[i]->linear)
            assert_true(fabs(log(spread / fit_std_error(&fit, 0))) < 0.25);
    }
    arena_free(keep);
}

/* Where the mean is linear, profile limits are Student's t, also when typed so that it does
   not show. */
static void test_profile_of_a_line(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(6, keep);
    struct formula f;
    struct formula_error error;
    const struct formula_names names = {2, (const char *const[]){"a", "b"}, 0, NULL};
    assert_true(formula_parse("y ~ log(exp(a)) + b * x", &names, &f, &error, keep));
    const double *variables[] = {m->y, m->x};
    struct curve_options o = {0};
    struct fit fit;
    double low[2], high[2];
    formula_fit(&f, variables, N, NULL, WEIGHT_NONE, (double[]){1, 1}, &o, &fit, keep);
    const struct regression *r = formula_regression(&f, variables, N, NULL, WEIGHT_NONE, &o, keep);
    assert_false(r->linear);
    profile_limits(r, &o, &fit, 0.95, low, high, keep);
    struct fit line = fit_with(&curve_linear, &m->sample, NULL, keep);
    const struct regression *straight = curve_regression(&curve_linear, &m->sample, &o, keep);
    double t_low[2], t_high[2];
    profile_limits(straight, &o, &line, 0.95, t_low, t_high, keep);
    for (size_t j = 0; j < 2; j++) {
        assert_digits(low[j], t_low[j], 10);
        assert_digits(high[j], t_high[j], 10);
    }
    arena_free(keep);
}

/* ---- hard data ---- */

static const double five_x[] = {1, 2, 3, 4, 5, 6}, far_x[] = {1, 1, 1, 1, 1, 9};
static const double noisy[] = {1, 2.5, 2.8, 4.6, 4.9, 6.4}, exact[] = {1, 2, 3, 4, 5, 60};

static struct fit six(const double *x, const double *y, const struct curve_options *o,
                      struct arena *keep)
{
    return fit_with(&curve_linear, &(struct sample){.n = 6, .x = x, .y = y}, o, keep);
}

static void test_hard_data(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const uint32_t one[6] = {0}, two[] = {0, 0, 0, 1, 1, 1};
    struct curve_options hc1 = {.covariance = &covariance_HC1};
    struct curve_options hc2 = {.covariance = &covariance_HC2};
    struct curve_options huber = {.loss = &loss_huber}, tukey = {.loss = &loss_tukey};
    struct curve_options cluster1 = {.cluster = one, .n_clusters = 1};
    struct curve_options cluster2 = {.cluster = two, .n_clusters = 2};

    struct fit fit = six(far_x, noisy, &hc2, keep); /* the last row has the slope to itself */
    assert_int_equal(fit.status, FIT_LEVERAGE);
    assert_true(isfinite(fit.estimate[1]) && isnan(fit_std_error(&fit, 1)));
    assert_int_equal(six(far_x, noisy, &hc1, keep).status, FIT_CONVERGED);

    assert_int_equal(six(five_x, noisy, &cluster1, keep).status, FIT_FEW_CLUSTERS);
    fit = six(five_x, noisy, &cluster2, keep);
    assert_int_equal(fit.status, FIT_CONVERGED);
    assert_true(fit_df(&fit) == 1 && fit_std_error(&fit, 1) > 0);

    assert_int_equal(six(five_x, five_x, &huber, keep).status, FIT_PERFECT);
    assert_int_equal(six(five_x, five_x, &hc2, keep).status, FIT_PERFECT);
    assert_int_equal(six(five_x, exact, &tukey, keep).status, FIT_NO_SCALE);
    assert_int_equal(six(far_x, (double[]){3, 3, 3, 3, 3, 3}, &huber, keep).status, FIT_CONSTANT);
    arena_free(keep);
}

/* An offset of 1e9 in x leaves HC3 of the slope its digits. */
static void test_offset(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct made *m = make(8, keep);
    struct curve_options o = {.covariance = &covariance_HC3};
    struct fit near = fit_with(&curve_linear, &m->sample, &o, keep);
    for (size_t i = 0; i < N; i++)
        m->x[i] += 1e9;
    struct fit far = fit_with(&curve_linear, &m->sample, &o, keep);
    assert_int_equal(far.status, FIT_CONVERGED);
    assert_digits(far.estimate[1], near.estimate[1], 13);
    assert_digits(fit_std_error(&far, 1), fit_std_error(&near, 1), 7);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_that_do_not_bind),
        cmocka_unit_test(test_bounds_that_bind),
        cmocka_unit_test(test_covariances),
        cmocka_unit_test(test_losses),
        cmocka_unit_test(test_bootstrap),
        cmocka_unit_test(test_profile_of_a_line),
        cmocka_unit_test(test_hard_data),
        cmocka_unit_test(test_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
