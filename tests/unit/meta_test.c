/* SPDX-License-Identifier: GPL-3.0-or-later
   Psychometric meta-analysis, meta-regression and asymmetry on numbers a person can follow,
   and on data that nobody likes. */
#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/meta/effect.h"
#include "models/meta/hunter_schmidt.h"
#include "models/meta/regression.h"
#include "models/meta/small_study.h"
#include "tests/check.h"

static const struct pool_options normal = {0.95, false, false}, hartung = {0.95, true, false};

/* Molloy et al. (2014): r bar .12349416, var_r .01050366, var_e .00444194, 42.29 %. */
static void bare_bones(void **state)
{
    (void)state;
    static const double n[] = {109, 749, 55, 107, 72,  65,  174, 326,
                               58,  771, 56, 91,  116, 537, 158, 65};
    static const double r[] = {.187, .162, .34,  .32, .27, 0,   .175, .05,
                               .26,  .01,  -.09, .37, 0,   .15, .24,  .04};
    struct hunter_schmidt h;
    hunter_schmidt_bare(&(struct artefacts){.k = 16, .r = r, .n = n}, 0.95, &h);
    assert_int_equal(h.status, FIT_OK);
    assert_true(fabs(h.mean - .12349416) < 5.1e-9);
    assert_true(fabs(h.variance - .01050366) < 5.1e-9);
    assert_true(fabs(h.error_variance - .00444194) < 5.1e-9);
    assert_true(fabs(h.artefact_share - .4229) < 5.1e-5);
    assert_digits(h.n, 3509, 15);
}

/* r = .2 and .4 of 101 each: mean .3, variance .01, error (1 - .09)^2/100 = .008281. */
static void two_correlations_by_hand(void **state)
{
    (void)state;
    static const double n[] = {101, 101}, r[] = {.2, .4};
    struct hunter_schmidt h;
    hunter_schmidt_bare(&(struct artefacts){.k = 2, .r = r, .n = n}, 0.95, &h);
    assert_digits(h.mean, 0.3, 15);
    assert_digits(h.variance, 0.01, 14);
    assert_digits(h.error_variance, 0.008281, 14);
    assert_digits(h.artefact_share, 0.8281, 13);
    assert_digits(h.sd_rho, sqrt(0.001719), 12);
    assert_digits(h.std_error, sqrt(0.005), 13);
    assert_digits(h.cred_high, 0.3 + 1.2815515655446004 * sqrt(0.001719), 13);
}

/* Reliabilities .81 and .64 in both: A = .9 * .8 = .72, so everything is over .72, and the
   variances over .72^2. */
static void equal_reliabilities_divide(void **state)
{
    (void)state;
    static const double n[] = {101, 101}, r[] = {.2, .4}, xx[] = {.81, .81}, yy[] = {.64, .64};
    struct hunter_schmidt h;
    struct artefacts a = {.k = 2, .r = r, .n = n, .reliability_x = xx, .reliability_y = yy};
    hunter_schmidt_corrected(&a, 0.95, &h);
    assert_digits(h.mean, 0.3 / 0.72, 14);
    assert_digits(h.variance, 0.01 / (0.72 * 0.72), 13);
    assert_digits(h.error_variance, 0.008281 / (0.72 * 0.72), 13);
    assert_digits(h.artefact_share, 0.8281, 13);
}

/* Two studies whose reliabilities differ, step by step: A = .5 and 1, weights 101/4 and 101;
   corrected .4 and .4; errors e/A^2 with e = (1 - .09)^2/100. */
static void weights_follow_the_artefacts(void **state)
{
    (void)state;
    static const double n[] = {101, 101}, r[] = {.2, .4}, xx[] = {.25, 1};
    struct hunter_schmidt h;
    struct artefacts a = {.k = 2, .r = r, .n = n, .reliability_x = xx};
    hunter_schmidt_corrected(&a, 0.95, &h);
    assert_digits(h.mean, 0.4, 14);
    assert_true(fabs(h.variance) < 1e-30);
    /* sum of w e / A^2 = 101 e + 101 e, over 101 * 1.25 */
    assert_digits(h.error_variance, 2 * 0.008281 / 1.25, 13);
    assert_true(h.sd_rho == 0);
}

/* Case 2 with u = .5: r = .3 becomes 2(.3)/sqrt(3(.09) + 1), and 0 stays 0 with the factor u. */
static void range_restriction(void **state)
{
    (void)state;
    static const double n[] = {101, 101}, r[] = {.3, .3}, u[] = {.5, .5}, zero[] = {0, 0};
    struct hunter_schmidt h;
    struct artefacts a = {.k = 2, .r = r, .n = n, .u = u};
    hunter_schmidt_corrected(&a, 0.95, &h);
    double corrected = 0.6 / sqrt(1.27), factor = 0.3 / corrected;
    assert_digits(h.mean, corrected, 14);
    assert_digits(h.error_variance, 0.91 * 0.91 / 100 / (factor * factor) / (1.27 * 1.27), 13);
    a.r = zero;
    hunter_schmidt_corrected(&a, 0.95, &h);
    assert_digits(h.mean, 0, 15);
    assert_digits(h.error_variance, 0.01 / 0.25, 13);
}

static void psychometric_edges(void **state)
{
    (void)state;
    static const double n[] = {50, 50}, r[] = {.2, .2}, bad[] = {0.5, 0};
    struct hunter_schmidt h;
    hunter_schmidt_bare(&(struct artefacts){.k = 0, .r = r, .n = n}, 0.95, &h);
    assert_int_equal(h.status, FIT_TOO_FEW);
    hunter_schmidt_bare(&(struct artefacts){.k = 1, .r = r, .n = n}, 0.95, &h);
    assert_int_equal(h.status, FIT_TOO_FEW);
    assert_digits(h.mean, 0.2, 15);
    hunter_schmidt_bare(&(struct artefacts){.k = 2, .r = r, .n = n}, 0.95, &h);
    assert_true(h.status == FIT_OK && h.sd_rho == 0);
    struct artefacts a = {.k = 2, .r = r, .n = n, .reliability_x = bad};
    hunter_schmidt_corrected(&a, 0.95, &h);
    assert_int_equal(h.status, FIT_DOMAIN);
    assert_true(isnan(h.mean));
}

/* y = 1 + 2x, exactly, with unequal variances: tau2 = 0 and the line. */
static void exact_line(void **state)
{
    (void)state;
    static const double y[] = {1, 3, 5, 7}, v[] = {.1, .2, .3, .4}, x[] = {1, 1, 1, 1, 0, 1, 2, 3};
    struct effects e = {4, y, v};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < pool_n_methods; i++) {
        struct meta_regression m;
        meta_regression_fit(&e, x, 2, pool_methods[i], &normal, &m, keep);
        assert_digits(m.estimate[0], 1, 13);
        assert_digits(m.estimate[1], 2, 13);
        assert_true(m.qe < 1e-25);
        assert_true(m.status == FIT_OK || m.status == FIT_CONVERGED);
        meta_regression_fit(&e, x, 2, pool_methods[i], &hartung, &m, keep);
        assert_int_equal(m.status, FIT_PERFECT);
        assert_true(m.std_error[1] == 0);
    }
    arena_free(keep);
}

/* A 0/1 moderator without heterogeneity: intercept and difference are the FE means, and QM is the
   Q between them: (2 - 1)^2 / (.1 + .1). */
static void two_groups_by_hand(void **state)
{
    (void)state;
    static const double y[] = {0.9, 1.1, 1.9, 2.1}, v[] = {.2, .2, .2, .2},
                        x[] = {1, 1, 1, 1, 0, 0, 1, 1};
    struct effects e = {4, y, v};
    struct arena *keep = arena_new();
    struct meta_regression m;
    meta_regression_fit(&e, x, 2, &pool_fe, &normal, &m, keep);
    assert_digits(m.estimate[0], 1, 14);
    assert_digits(m.estimate[1], 1, 13);
    assert_digits(m.std_error[1], sqrt(0.2), 13);
    assert_digits(m.qm, 5, 13);
    assert_digits(m.qe, 4 * 0.01 / 0.2, 12);
    /* Knapp-Hartung: residual mean square 4(.01)/2 = .02, t(2) */
    meta_regression_fit(&e, x, 2, &pool_dl, &hartung, &m, keep);
    assert_true(m.tau2 == 0);
    assert_digits(m.std_error[1], sqrt(0.02), 12);
    assert_digits(m.qm, 50, 12);
    assert_digits(m.df, 2, 15);
    assert_digits(m.qm_p_value, m.p_value[1], 12);
    arena_free(keep);
}

static void regression_edges(void **state)
{
    (void)state;
    static const double y[] = {1, 2, 4}, v[] = {.1, .1, .1}, constant[] = {1, 1, 1, 5, 5, 5},
                        bad_v[] = {.1, 0, .1}, line[] = {1, 1, 1, 0, 1, 2};
    struct effects e = {3, y, v};
    struct arena *keep = arena_new();
    struct meta_regression m;
    meta_regression_fit(&e, constant, 2, &pool_reml, &hartung, &m, keep);
    assert_int_equal(m.status, FIT_SINGULAR);
    assert_true(isnan(m.estimate[1]) && isnan(m.qm));
    meta_regression_fit(&(struct effects){2, y, v}, line, 2, &pool_reml, &hartung, &m, keep);
    assert_int_equal(m.status, FIT_TOO_FEW);
    meta_regression_fit(&(struct effects){3, y, bad_v}, line, 2, &pool_reml, &hartung, &m, keep);
    assert_int_equal(m.status, FIT_DOMAIN);
    arena_free(keep);
}

/* Other units, the offset of a moderator and of the effects: nothing changes but the scale. */
static void regression_follows_units(void **state)
{
    (void)state;
    static const double y[] = {.1, .5, .2, .9, .4, .8}, v[] = {.01, .03, .02, .05, .01, .02};
    double x[12], far[12], ys[6], vs[6];
    for (size_t i = 0; i < 6; i++) {
        x[i] = far[i] = 1;
        x[6 + i] = (double)i;
        far[6 + i] = 1e6 + 10 * (double)i;
        ys[i] = 1e6 * y[i];
        vs[i] = 1e12 * v[i];
    }
    struct arena *keep = arena_new();
    for (size_t i = 0; i < pool_n_methods; i++) {
        struct meta_regression a, b;
        meta_regression_fit(&(struct effects){6, y, v}, x, 2, pool_methods[i], &hartung, &a, keep);
        meta_regression_fit(&(struct effects){6, ys, vs}, far, 2, pool_methods[i], &hartung, &b,
                            keep);
        assert_digits(b.estimate[1], 1e5 * a.estimate[1], 9);
        assert_digits(b.tau2, 1e12 * a.tau2, 8);
        assert_digits(b.statistic[1], a.statistic[1], 9);
        assert_digits(b.qe, a.qe, 9);
    }
    arena_free(keep);
}

static void asymmetry_edges(void **state)
{
    (void)state;
    static const double y[] = {.1, .2, .3}, v[] = {.1, .1, .1};
    struct arena *keep = arena_new();
    for (size_t t = 0; t < n_asymmetry_tests; t++)
        for (size_t k = 0; k <= 3; k++) {
            struct asymmetry a;
            asymmetry_tests[t]->run(&(struct effects){k, y, v}, &pool_reml, 0.95, &a, keep);
            assert_true(a.status != FIT_OK && a.status != FIT_CONVERGED);
            assert_true(isnan(a.p_value));
        }
    assert_true(isnan(fail_safe_number(&(struct effects){0, y, v})));
    assert_true(fail_safe_number(&(struct effects){3, y, v}) == 0);
    arena_free(keep);
}

/* R 4.2.2, metafor 3.8-1: trimfill(rma(yi, vi, method = "DL")); and the same turned round. */
static void trims_and_fills(void **state)
{
    (void)state;
    static const double y[] = {.1, .3, .2, .6, .9}, v[] = {.01, .02, .03, .05, .09};
    double turned[5];
    struct arena *keep = arena_new();
    struct asymmetry a;
    asymmetry_trim_and_fill.run(&(struct effects){5, y, v}, &pool_dl, 0.95, &a, keep);
    assert_true(a.estimate == 2);
    assert_digits(a.limit, 0.185145940341060744, 12);
    assert_digits(a.limit_low, -0.070953963458135205, 12);
    assert_digits(a.limit_high, 0.441245844140256693, 12);
    for (size_t i = 0; i < 5; i++)
        turned[i] = -y[i];
    asymmetry_trim_and_fill.run(&(struct effects){5, turned, v}, &pool_dl, 0.95, &a, keep);
    assert_true(a.estimate == 2);
    assert_digits(a.limit, -0.185145940341060744, 12);
    arena_free(keep);
}

/* Delta method: the variance of raw r is that of z times (1 - r^2)^2, but for Pearson's n - 1. */
static void measures(void **state)
{
    (void)state;
    struct effect e = effect_measure("r")->from(0.6, 65, effect_method("pearson"));
    assert_digits(e.z, 0.6, 16);
    assert_digits(e.variance, 0.64 * 0.64 / 64, 14);
    e = effect_measure("r")->from(0.6, 28, effect_method("kendall"));
    assert_digits(e.variance, 0.64 * 0.64 * 0.437 / 24, 14);
    /* n = 6: F(1/2, 1/2; 2; 3/4), 400 terms of its series in fractions */
    e = effect_measure("r_unbiased")->from(0.5, 6, effect_method("pearson"));
    assert_digits(e.z, 0.5 * 1.140698899841153, 14);
    /* n = 8 and 20: 1e5 terms of the series in R; metafor 3.8-1 gives GSL's 1.13249557, 1.03236825
     */
    e = effect_measure("r_unbiased")->from(0.05, 8, effect_method("pearson"));
    assert_digits(e.z, 0.05 * 1.131070995103234, 13);
    e = effect_measure("r_unbiased")->from(-0.05, 20, effect_method("pearson"));
    assert_digits(e.z, -0.05 * 1.031630439144047, 13);
    assert_int_equal(effect_measure("r_unbiased")->from(0.5, 4, effect_method("pearson")).status,
                     FIT_TOO_FEW);
    assert_null(effect_measure("log"));
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bare_bones),
        cmocka_unit_test(two_correlations_by_hand),
        cmocka_unit_test(equal_reliabilities_divide),
        cmocka_unit_test(weights_follow_the_artefacts),
        cmocka_unit_test(range_restriction),
        cmocka_unit_test(psychometric_edges),
        cmocka_unit_test(exact_line),
        cmocka_unit_test(two_groups_by_hand),
        cmocka_unit_test(regression_edges),
        cmocka_unit_test(regression_follows_units),
        cmocka_unit_test(asymmetry_edges),
        cmocka_unit_test(trims_and_fills),
        cmocka_unit_test(measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
