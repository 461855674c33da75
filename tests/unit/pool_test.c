/* SPDX-License-Identifier: GPL-3.0-or-later
   Pooling on numbers a person can follow, and on two published tables. */
#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/meta/effect.h"
#include "models/meta/pool.h"
#include "tests/check.h"

static const struct pool_options normal = {0.95, false, false}, hartung = {0.95, true, false};

/* Two effects 0 and 2 with variance 1/2 each: weights 2, mean 1, Q = 2(1) + 2(1) = 4,
   and with equal variances tau2 = (sum of squares 2)/(k - 1) - 1/2 = 3/2. */
static void two_effects_by_hand(void **state)
{
    (void)state;
    static const double y[] = {0, 2}, v[] = {0.5, 0.5};
    const struct effects e = {2, y, v};
    struct pooled fe = pool_effects(&e, &pool_fe, &normal);
    assert_digits(fe.estimate, 1, 15);
    assert_digits(fe.q, 4, 15);
    assert_digits(fe.std_error, 0.5, 15);
    assert_digits(fe.i2, 0.75, 15);
    assert_true(isnan(fe.pred_low) && isnan(fe.tau2_low));
    const struct pool_method *unbiased[] = {&pool_dl, &pool_he, &pool_reml, &pool_pm, &pool_eb};
    for (size_t i = 0; i < 5; i++) {
        struct pooled p = pool_effects(&e, unbiased[i], &normal);
        assert_digits(p.tau2, 1.5, 13);
        assert_digits(p.std_error, 1, 13); /* sqrt(2 / 2) */
        assert_digits(p.i2, 0.75, 13);
        assert_digits(p.h2, 4, 13);
        assert_digits(p.pred_high - 1, 1.959963984540054 * sqrt(1 + 1.5), 13);
    }
    assert_digits(pool_effects(&e, &pool_ml, &normal).tau2, 0.5, 13);     /* 2/2 - 1/2 */
    assert_digits(pool_effects(&e, &pool_hs, &normal).tau2, 0.5, 15);     /* (4 - 2)/4 */
    assert_digits(pool_effects(&e, &pool_sj, &normal).tau2, 4.0 / 3, 15); /* 1 * (2/1.5)/1 */
}

/* Knapp-Hartung on equal weights is the one-sample t interval. */
static void knapp_hartung_is_a_t_interval(void **state)
{
    (void)state;
    static const double y[] = {1, 2, 3, 4, 5}, v[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    struct pooled p = pool_effects(&(struct effects){5, y, v}, &pool_reml, &hartung);
    assert_digits(p.std_error, sqrt(2.5 / 5), 13);
    assert_digits(p.df, 4, 15);
    assert_digits(p.conf_low, 3 - 2.7764451051977987 * sqrt(0.5), 13);
    assert_digits(p.tau2, 2.5 - 0.1, 13);
}

/* Q-profile by its definition: with equal variances Q = SS / (v + tau2). */
static void q_profile_by_hand(void **state)
{
    (void)state;
    static const double y[] = {1, 2, 3, 4, 5}, v[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    struct pooled p = pool_effects(&(struct effects){5, y, v}, &pool_dl, &normal);
    assert_digits(p.tau2_low, 10 / 11.143286781877796 - 0.1, 12);
    assert_digits(p.tau2_high, 10 / 0.48441855708792981 - 0.1, 12);
}

/* BCG vaccine against tuberculosis, log relative risks (Colditz et al. 1994, JAMA
   271, 698-702); figures as in metafor's documentation (Viechtbauer 2010). */
static void bcg_vaccine(void **state)
{
    (void)state;
    static const double trial[13][4] = {
        {4, 119, 11, 128},       {6, 300, 29, 274},        {3, 228, 11, 209},
        {62, 13536, 248, 12619}, {33, 5036, 47, 5761},     {180, 1361, 372, 1079},
        {8, 2537, 10, 619},      {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
        {17, 1699, 65, 1600},    {186, 50448, 141, 27197}, {5, 2493, 3, 2338},
        {27, 16886, 29, 17825},
    };
    double y[13], v[13];
    for (size_t i = 0; i < 13; i++) {
        const double *t = trial[i], n = t[0] + t[1], m = t[2] + t[3];
        y[i] = log(t[0] / n) - log(t[2] / m);
        v[i] = 1 / t[0] - 1 / n + 1 / t[2] - 1 / m;
    }
    static const struct {
        const char *name;
        double estimate, std_error, tau2, i2;
    } row[] = {
        {"FE", -.4303, .0405, 0, .9212},     {"DL", -.7141, .1787, .3088, .9212},
        {"HE", -.7159, .1833, .3286, .9256}, {"HS", -.7045, .1587, .2284, .8963},
        {"ML", -.7112, .1719, .2800, .9138}, {"REML", -.7145, .1798, .3132, .9222},
        {"PM", -.7150, .1809, .3181, .9233}, {"EB", -.7150, .1809, .3181, .9233},
        {"SJ", -.7172, .1871, .3455, .9290},
    };
    const struct effects e = {13, y, v};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct pooled p = pool_effects(&e, pool_method(row[i].name), &normal);
        assert_true(fabs(p.estimate - row[i].estimate) < 5.1e-5);
        assert_true(fabs(p.std_error - row[i].std_error) < 5.1e-5);
        assert_true(fabs(p.tau2 - row[i].tau2) < 5.1e-5);
        assert_true(fabs(p.i2 - row[i].i2) < 5.1e-5);
        assert_true(fabs(p.q - 152.2330) < 5.1e-5);
    }
    struct pooled p = pool_effects(&e, &pool_reml, &hartung);
    /* printed as .18079175 where the iteration stops at 1e-5; at the maximum: */
    assert_true(fabs(p.std_error - .180791744) < 5.1e-10);
    assert_true(fabs(p.tau2_low - .1197) < 5.1e-5 && fabs(p.tau2_high - 1.1115) < 5.1e-5);
}

/* Conscientiousness and medication adherence (Molloy et al. 2014, Ann. Behav. Med. 47, 92-101). */
static void molloy_correlations(void **state)
{
    (void)state;
    static const double n[] = {109, 749, 55, 107, 72,  65,  174, 326,
                               58,  771, 56, 91,  116, 537, 158, 65};
    static const double r[] = {.187, .162, .34,  .32, .27, 0,   .175, .05,
                               .26,  .01,  -.09, .37, 0,   .15, .24,  .04};
    enum { K = 16 };
    double y[K], v[K];
    for (size_t i = 0; i < K; i++) {
        struct effect e = effect_from_correlation(r[i], n[i], effect_method("pearson"));
        y[i] = e.z;
        v[i] = e.variance;
    }
    struct pooled p = pool_effects(&(struct effects){K, y, v}, &pool_reml, &normal);
    assert_true(fabs(p.estimate - .1499) < 5.1e-5 && fabs(p.std_error - .0316) < 5.1e-5);
    assert_true(fabs(p.tau2 - .0081) < 5.1e-5 && fabs(p.i2 - .6173) < 5.1e-5);
    assert_true(fabs(p.q - 38.1595) < 5.1e-5);
    assert_true(fabs(effect_to_correlation(p.estimate) - .1488) < 5.1e-5);
    assert_true(fabs(effect_to_correlation(p.conf_low) - .0878) < 5.1e-5);
    assert_true(fabs(effect_to_correlation(p.conf_high) - .2087) < 5.1e-5);
    assert_true(fabs(effect_to_correlation(p.pred_low) - -.0371) < 5.1e-5);
    /* printed as .3248; R's uniroot() on the restricted score gives .324745714149 */
    assert_true(fabs(effect_to_correlation(p.pred_high) - .324745714149) < 5.1e-12);
}

static void variances_of_z(void **state)
{
    (void)state;
    struct effect e = effect_from_correlation(0.6, 28, effect_method("pearson"));
    assert_digits(e.z, log(2), 15); /* atanh(.6) = ln(1.6/.4)/2 */
    assert_digits(e.variance, 0.04, 15);
    assert_digits(effect_from_correlation(0.6, 28, effect_method("spearman")).variance, 1.18 / 25,
                  15);
    assert_digits(effect_from_correlation(0.6, 28, effect_method("kendall")).variance, 0.437 / 24,
                  15);
    assert_int_equal(effect_from_correlation(1, 28, effect_method("pearson")).status, FIT_DOMAIN);
    assert_int_equal(effect_from_correlation(NAN, 28, effect_method("pearson")).status, FIT_DOMAIN);
    assert_int_equal(effect_from_correlation(0.5, 3, effect_method("pearson")).status, FIT_TOO_FEW);
    assert_int_equal(effect_from_correlation(0.5, 4, effect_method("kendall")).status, FIT_TOO_FEW);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_effects_by_hand), cmocka_unit_test(knapp_hartung_is_a_t_interval),
        cmocka_unit_test(q_profile_by_hand),   cmocka_unit_test(bcg_vaccine),
        cmocka_unit_test(molloy_correlations), cmocka_unit_test(variances_of_z),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
