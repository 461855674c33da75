/* SPDX-License-Identifier: GPL-3.0-or-later
   What every word of POOL_LIST and EFFECT_LIST must keep. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/meta/effect.h"
#include "models/meta/pool.h"
#include "tests/check.h"

static const double y[] = {0.10, 0.35, 0.22, -0.05, 0.48, 0.31};
static const double v[] = {0.010, 0.020, 0.004, 0.015, 0.030, 0.006};
enum { K = sizeof y / sizeof *y };

static const struct pool_options normal = {0.95, false, false}, hartung = {0.95, true, false};

static void is_documented(void **state)
{
    (void)state;
    assert_int_equal(pool_n_methods, 9);
    for (size_t m = 0; m < pool_n_methods; m++) {
        const struct pool_method *p = pool_methods[m];
        assert_true(p->title && *p->title && p->source && strpbrk(p->source, "0123456789"));
        assert_ptr_equal(pool_method(p->name), p);
    }
    assert_ptr_equal(pool_method("reml"), &pool_reml);
    assert_null(pool_method("bayes"));
    for (size_t m = 0; m < effect_n_methods; m++)
        assert_ptr_equal(effect_method(effect_methods[m]->name), effect_methods[m]);
    assert_null(effect_method("polychoric"));
}

static void status_is_good(const struct pooled *p)
{
    assert_true(p->status == FIT_OK || p->status == FIT_CONVERGED);
    assert_true(p->tau2 >= 0 && p->i2 >= 0 && p->i2 <= 1);
    assert_true(p->conf_low < p->estimate && p->estimate < p->conf_high);
}

/* y -> a + b y, v -> b^2 v moves the estimate and scales all that has a unit. */
static void follows_shift_and_scale(void **state)
{
    (void)state;
    double moved[K], stretched[K];
    for (size_t i = 0; i < K; i++) {
        moved[i] = 3 - 1000 * y[i];
        stretched[i] = 1e6 * v[i];
    }
    for (size_t m = 0; m < pool_n_methods; m++) {
        struct pooled a = pool_effects(&(struct effects){K, y, v}, pool_methods[m], &hartung);
        struct pooled b =
            pool_effects(&(struct effects){K, moved, stretched}, pool_methods[m], &hartung);
        status_is_good(&a);
        status_is_good(&b);
        assert_digits(b.estimate, 3 - 1000 * a.estimate, 11);
        assert_digits(b.std_error, 1000 * a.std_error, 11);
        assert_digits(b.tau2, 1e6 * a.tau2, 10);
        assert_digits(b.i2, a.i2, 10);
        assert_digits(b.conf_low, 3 - 1000 * a.conf_high, 11);
    }
}

static void order_does_not_matter(void **state)
{
    (void)state;
    double ry[K], rv[K];
    for (size_t i = 0; i < K; i++) {
        ry[i] = y[K - 1 - i];
        rv[i] = v[K - 1 - i];
    }
    for (size_t m = 0; m < pool_n_methods; m++) {
        struct pooled a = pool_effects(&(struct effects){K, y, v}, pool_methods[m], &normal);
        struct pooled b = pool_effects(&(struct effects){K, ry, rv}, pool_methods[m], &normal);
        assert_digits(b.estimate, a.estimate, 13);
        assert_digits(b.tau2, a.tau2, 12);
    }
}

static void few_effects_have_a_status(void **state)
{
    (void)state;
    for (size_t m = 0; m < pool_n_methods; m++) {
        const struct pool_method *method = pool_methods[m];
        struct pooled none = pool_effects(&(struct effects){0, y, v}, method, &normal);
        assert_int_equal(none.status, FIT_TOO_FEW);
        assert_true(isnan(none.estimate));
        struct pooled one = pool_effects(&(struct effects){1, y, v}, method, &normal);
        assert_int_equal(one.status, method->tau2 ? FIT_TOO_FEW : FIT_OK);
        assert_digits(one.estimate, 0.10, 15);
        assert_digits(one.std_error, 0.1, 15); /* sqrt(0.010) */
        struct pooled hopeless = pool_effects(&(struct effects){1, y, v}, method, &hartung);
        assert_int_equal(hopeless.status, FIT_TOO_FEW);
        assert_true(isnan(hopeless.std_error) && isnan(hopeless.conf_low));
        struct pooled two = pool_effects(&(struct effects){2, y, v}, method, &hartung);
        status_is_good(&two);
        assert_digits(two.df, 1, 15);
    }
}

static void equal_effects_have_no_variance(void **state)
{
    (void)state;
    static const double same[] = {0.3, 0.3, 0.3};
    for (size_t m = 0; m < pool_n_methods; m++) {
        struct pooled p = pool_effects(&(struct effects){3, same, v}, pool_methods[m], &normal);
        status_is_good(&p);
        assert_digits(p.estimate, 0.3, 16);
        assert_true(p.tau2 == 0 && p.q == 0 && p.i2 == 0);
        p = pool_effects(&(struct effects){3, same, v}, pool_methods[m], &hartung);
        assert_int_equal(p.status, FIT_PERFECT);
        assert_true(p.conf_low == p.conf_high && p.std_error == 0);
    }
}

static void bad_input_is_outside_the_domain(void **state)
{
    (void)state;
    static const double bad_v[][2] = {{0.1, 0}, {0.1, -1}, {0.1, NAN}, {0.1, INFINITY}};
    static const double bad_y[] = {0.1, NAN};
    for (size_t m = 0; m < pool_n_methods; m++) {
        for (size_t i = 0; i < sizeof bad_v / sizeof *bad_v; i++) {
            struct pooled p =
                pool_effects(&(struct effects){2, y, bad_v[i]}, pool_methods[m], &normal);
            assert_int_equal(p.status, FIT_DOMAIN);
            assert_true(isnan(p.estimate) && isnan(p.q));
        }
        struct pooled p = pool_effects(&(struct effects){2, bad_y, v}, pool_methods[m], &normal);
        assert_int_equal(p.status, FIT_DOMAIN);
    }
}

/* More heterogeneity than error: all random-effects methods tend to the plain mean. */
static void huge_spread_tends_to_the_mean(void **state)
{
    (void)state;
    static const double far[] = {-1e6, 0, 1e6, 4e6}, small[] = {1e-6, 1e-3, 1e-8, 1};
    for (size_t m = 0; m < pool_n_methods; m++) {
        if (!pool_methods[m]->tau2)
            continue;
        struct pooled p = pool_effects(&(struct effects){4, far, small}, pool_methods[m], &normal);
        status_is_good(&p);
        assert_digits(p.estimate, 1e6, 9);
        assert_true(p.i2 > 0.99);
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_documented),
        cmocka_unit_test(follows_shift_and_scale),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(few_effects_have_a_status),
        cmocka_unit_test(equal_effects_have_no_variance),
        cmocka_unit_test(bad_input_is_outside_the_domain),
        cmocka_unit_test(huge_spread_tends_to_the_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
