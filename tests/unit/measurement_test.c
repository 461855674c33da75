/* SPDX-License-Identifier: GPL-3.0-or-later
   Measurement error and range on data that nobody likes: a word for each, and no NaN or
   infinity beside the word "ok". */
#include "tests/check.h"

#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/correlation/ceiling.h"
#include "models/correlation/disattenuated.h"
#include "models/correlation/range_restriction.h"
#include "models/scale/count_reliability.h"
#include "models/scale/item_covariance.h"
#include "models/scale/one_factor.h"
#include "models/scale/reliability.h"

/* ---- the one-factor model ---- */

static struct one_factor of_items(const double *item, size_t n, size_t k, struct arena *keep)
{
    double *means = ARENA_NEW(keep, double, k);
    return one_factor_fit(item_covariance(item, NULL, n, k, means, keep), k, (double)n, 0.95, keep);
}

static struct one_factor of_correlations(double r12, double r13, double r23, struct arena *keep)
{
    const double cov[] = {1, r12, r13, r12, 1, r23, r13, r23, 1};
    return one_factor_fit(cov, 3, 100, 0.95, keep);
}

static void assert_no_factor(const struct one_factor *f, enum fit_status status)
{
    assert_string_equal(fit_status_word(f->status), fit_status_word(status));
    assert_true(isnan(f->omega) && isnan(f->omega_low) && isnan(f->ave) && isnan(f->chi_square));
    for (size_t i = 0; i < f->n_items; i++)
        assert_true(isnan(f->std_loading[i]) && isnan(f->std_loading_error[i]));
}

static void items_without_a_factor(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const double constant[] = {1, 2, 4, 2, 2, 5, 3, 2, 4, 4, 2, 7, 4, 2, 1},
                        equal[] = {1, 1, 2, 2, 2, 5, 3, 3, 3, 4, 4, 9, 7, 7, 1, 6, 6, 2},
                        few[] = {1, 2, 2, 3, 1, 2, 4, 4, 5}, two[] = {1, 2, 3, 3, 4, 6, 2, 1};
    struct one_factor f = of_items(constant, 5, 3, keep);
    assert_no_factor(&f, FIT_CONSTANT);
    f = of_items(equal, 6, 3, keep);
    assert_no_factor(&f, FIT_SINGULAR);
    f = of_items(few, 3, 3, keep);
    assert_no_factor(&f, FIT_TOO_FEW);
    f = of_items(two, 4, 2, keep);
    assert_no_factor(&f, FIT_UNIDENTIFIED);
    f = of_items(two, 8, 1, keep);
    assert_no_factor(&f, FIT_TOO_FEW);
    f = one_factor_fit(NULL, 0, 0, 0.95, keep);
    assert_no_factor(&f, FIT_TOO_FEW);
    arena_free(keep);
}

/* No loadings have the products -.3, .4 and .5, nor 0, 0 and 0. */
static void covariances_of_no_one_factor(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct one_factor f = of_correlations(-0.3, 0.4, 0.5, keep);
    assert_true(f.status != FIT_CONVERGED && isnan(f.omega));
    f = of_correlations(0, 0, 0, keep);
    assert_true(f.status != FIT_CONVERGED && isnan(f.omega));
    arena_free(keep);
}

/* Loadings .8, .7, .6 by hand; two of them turned, and scales of 1e9. */
static void three_items_by_hand(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct one_factor f = of_correlations(0.56, 0.48, 0.42, keep);
    assert_string_equal(fit_status_word(f.status), "converged");
    assert_digits(f.std_loading[0], 0.8, 12);
    assert_digits(f.std_loading[1], 0.7, 12);
    assert_digits(f.std_loading[2], 0.6, 12);
    assert_digits(f.omega, 4.41 / (4.41 + 0.36 + 0.51 + 0.64), 12);
    assert_digits(f.omega, f.composite_reliability, 14);
    assert_digits(f.ave, (0.64 + 0.49 + 0.36) / 3, 12);
    assert_true(f.chi_square == 0 && f.df == 0 && isnan(f.p_value));
    f = of_correlations(0.56, -0.48, -0.42, keep);
    assert_digits(f.std_loading[2], -0.6, 12);
    const double large[] = {1e18, 0.56e9, 0.48, 0.56e9, 1, 0.42e-9, 0.48, 0.42e-9, 1e-18};
    f = one_factor_fit(large, 3, 100, 0.95, keep);
    assert_digits(f.std_loading[0], 0.8, 12);
    arena_free(keep);
}

/* r12 r13 / r23 = 1.125: the first item's residual variance is -.125. */
static void heywood_is_said(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct one_factor f = of_correlations(0.75, 0.6, 0.4, keep);
    assert_string_equal(fit_status_word(f.status), "improper solution");
    assert_digits(f.residual[0], -0.125, 11);
    arena_free(keep);
}

static void spearman_brown_domain(void **state)
{
    (void)state;
    assert_true(spearman_brown(1, 2) == 1 && spearman_brown(0, 2) == 0);
    assert_true(isnan(spearman_brown(-1, 2)) && isnan(spearman_brown(1.1, 2)));
    assert_true(isnan(spearman_brown(0.5, 0)) && isnan(spearman_brown(NAN, 2)));
    assert_digits(spearman_brown(spearman_brown(0.6, 5), 0.2), 0.6, 14);
}

/* ---- counts ---- */

static struct count_reliability of_counts(const double *y, size_t n, struct arena *keep)
{
    return count_reliability(y, NULL, n, 0.95, keep);
}

static void assert_no_count(const struct count_reliability *r, enum fit_status status)
{
    assert_string_equal(fit_status_word(r->status), fit_status_word(status));
    assert_true(isnan(r->reliability) && isnan(r->conf_low) && isnan(r->ceiling));
}

static void counts_without_figures(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const double zero[] = {0, 0, 0, 0}, same[] = {3, 3, 3}, half[] = {1, 2.5, 0},
                        negative[] = {1, -1, 4}, missing[] = {1, NAN, 3}, none[] = {0, 0, 0};
    struct count_reliability r = of_counts(zero, 4, keep);
    assert_no_count(&r, FIT_CONSTANT);
    r = of_counts(same, 3, keep);
    assert_no_count(&r, FIT_CONSTANT);
    r = of_counts(half, 3, keep);
    assert_no_count(&r, FIT_DOMAIN);
    r = of_counts(negative, 3, keep);
    assert_no_count(&r, FIT_DOMAIN);
    r = of_counts(missing, 3, keep);
    assert_no_count(&r, FIT_DOMAIN);
    r = of_counts(same, 1, keep);
    assert_no_count(&r, FIT_TOO_FEW);
    r = of_counts(same, 0, keep);
    assert_no_count(&r, FIT_TOO_FEW);
    r = count_reliability(same, none, 3, 0.95, keep);
    assert_no_count(&r, FIT_TOO_FEW);
    arena_free(keep);
}

/* Less scatter than chance: no difference of rates to be seen, up to a limit. */
static void underdispersed_counts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const double zero_one[] = {0, 1, 1, 0, 1, 0, 0, 1}, tight[] = {2, 3, 2, 3, 2, 2, 3};
    struct count_reliability r = of_counts(zero_one, 8, keep);
    assert_string_equal(fit_status_word(r.status), "at the boundary");
    assert_true(r.reliability == 0 && r.conf_low == 0 && r.conf_high > 0 && r.conf_high < 1);
    assert_true(isinf(r.shape) && isfinite(r.log_lik) && isnan(r.delta_low));
    r = of_counts(tight, 7, keep);
    assert_true(r.status == FIT_BOUNDARY && r.conf_high < 1);
    arena_free(keep);
}

/* From all but equal rates to one customer who buys a million times. */
static void extreme_counts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const double one[] = {0, 0, 0, 0, 0, 0, 0, 1e6}, wide[] = {1e9, 1, 0, 3e7, 12},
                        barely[] = {0, 1, 2, 3, 4, 1, 2, 0, 4, 2, 3, 0}, pair[] = {0, 5};
    struct count_reliability r = of_counts(one, 8, keep);
    assert_true(r.status == FIT_CONVERGED && r.reliability > 0.99 && r.reliability < 1);
    assert_true(r.conf_low < r.reliability && r.reliability < r.conf_high && r.conf_high <= 1);
    r = of_counts(wide, 5, keep);
    assert_true(r.status == FIT_CONVERGED && r.conf_low > 0.9 && r.conf_high <= 1);
    r = of_counts(barely, 12, keep);
    assert_true(r.status == FIT_CONVERGED && r.conf_low == 0 && r.shape > 5);
    r = of_counts(pair, 2, keep);
    assert_true(r.status == FIT_CONVERGED && r.conf_low == 0 && r.conf_high > r.reliability);
    arena_free(keep);
}

/* A frequency is a repetition, and a frequency of 0 nobody. */
static void frequencies_repeat(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const double y[] = {0, 3, 1, 9}, times[] = {3, 2, 0, 1}, whole[] = {0, 0, 0, 3, 3, 9};
    struct count_reliability a = count_reliability(y, times, 4, 0.95, keep),
                             b = count_reliability(whole, NULL, 6, 0.95, keep);
    assert_true(a.n == 6 && b.n == 6);
    assert_digits(a.reliability, b.reliability, 13);
    assert_digits(a.conf_high, b.conf_high, 12);
    assert_digits(a.log_lik, b.log_lik, 13);
    arena_free(keep);
}

/* m = 1, r = 1 gives .50; 3, 1 gives .75; 3, 2 gives .60: in counts of that exact
   distribution, cut where the rest is below 1e-12. */
static void shares_of_the_catalogue(void **state)
{
    (void)state;
    static const double m[] = {1, 3, 3}, shape[] = {1, 1, 2}, want[] = {0.5, 0.75, 0.6};
    enum { MOST_COUNT = 400 };
    struct arena *keep = arena_new();
    for (size_t k = 0; k < 3; k++) {
        double count[MOST_COUNT], chance[MOST_COUNT], p = m[k] / (m[k] + shape[k]);
        for (size_t y = 0; y < MOST_COUNT; y++) {
            double before = y ? chance[y - 1] / ((double)y) * (shape[k] + (double)y - 1) * p
                              : 1e6 * pow(1 - p, shape[k]);
            count[y] = (double)y;
            chance[y] = before;
        }
        struct count_reliability r = count_reliability(count, chance, MOST_COUNT, 0.95, keep);
        assert_digits(r.reliability, want[k], 9);
        assert_digits(r.ceiling, sqrt(want[k]), 9);
    }
    arena_free(keep);
}

/* ---- corrections ---- */

static const struct with_limits known_8 = {0.8, NAN, NAN}, perfect = {1, NAN, NAN};

static void disattenuation_domain(void **state)
{
    (void)state;
    const struct with_limits r = {0.4, 0.2, 0.6}, none = {NAN, NAN, NAN}, bare = {0.4, NAN, NAN};
    const double bad[] = {0, -0.2, 1.01, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct with_limits rel = {bad[i], 0.1, 0.5};
        struct disattenuated c = disattenuated(&r, &rel, &known_8);
        assert_true(c.status == FIT_DOMAIN && isnan(c.estimate) && isnan(c.low));
        c = disattenuated(&r, &known_8, &rel);
        assert_true(c.status == FIT_DOMAIN && isnan(c.estimate));
    }
    assert_true(disattenuated(&none, &known_8, &known_8).status == FIT_DOMAIN);
    struct disattenuated c = disattenuated(&bare, &known_8, &known_8);
    assert_true(c.status == FIT_TOO_FEW && isnan(c.low));
    assert_digits(c.estimate, 0.5, 15);
    c = disattenuated(&r, &perfect, &perfect);
    assert_true(c.estimate == 0.4);
    assert_digits(c.low, 0.2, 15);
    assert_digits(c.high, 0.6, 15);
}

/* Beyond 1: as it is, with the word. */
static void nothing_is_clipped(void **state)
{
    (void)state;
    const struct with_limits r = {0.6, 0.5, 0.7}, half = {0.5, -0.1, 0.8};
    struct disattenuated c = disattenuated(&r, &half, &half);
    assert_string_equal(fit_status_word(c.status), "beyond 1");
    assert_digits(c.estimate, 1.2, 15);
    assert_true(isinf(c.high) && c.low < 1.2); /* a reliability may be 0 */
    const struct with_limits minus = {-0.6, -0.7, -0.5};
    c = disattenuated(&minus, &half, &half);
    assert_true(c.status == FIT_BEYOND_ONE && isinf(c.low) && c.low < 0);
}

static void range_domain(void **state)
{
    (void)state;
    const struct with_limits r = {0.4, 0.2, 0.6}, one = {1, NAN, NAN};
    const double bad[] = {0, -1, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct with_limits u = {bad[i], NAN, NAN};
        struct range_corrected c = range_corrected(&r, &u);
        assert_true(c.status == FIT_DOMAIN && isnan(c.estimate));
        assert_true(isnan(thorndike_case_3(0.3, 0.1, 0.1, bad[i])));
    }
    struct range_corrected c = range_corrected(&r, &one);
    assert_true(c.status == FIT_OK);
    assert_digits(c.estimate, 0.4, 15);
    assert_digits(c.low, 0.2, 14);
    assert_true(thorndike_case_2(1, 0.5) == 1 && thorndike_case_2(-1, 3) == -1);
    assert_true(isnan(thorndike_case_2(1.1, 2)) && isnan(thorndike_case_3(0.9, 0.9, -0.9, 2)));
    assert_digits(thorndike_case_2(thorndike_case_2(0.37, 1.7), 1 / 1.7), 0.37, 14);
    assert_true(isnan(range_ratio(1, 0, 1, 10, 0.95).estimate));
    assert_true(isnan(range_ratio(NAN, 1, 1, 10, 0.95).estimate));
    assert_true(isnan(range_ratio(0, 1, 1, 10, 0.95).estimate));
}

static void ceilings_multiply(void **state)
{
    (void)state;
    assert_digits(ceiling_of_reliability(0.64, NAN), 0.8, 15);
    assert_digits(ceiling_of_reliability(0.64, ceiling_of_rate(0.5)), 0.8 * sqrt(2 / M_PI), 14);
    assert_true(isnan(ceiling_of_reliability(0, NAN)) && isnan(ceiling_of_reliability(NAN, 0.5)));
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_without_a_factor), cmocka_unit_test(covariances_of_no_one_factor),
        cmocka_unit_test(three_items_by_hand),    cmocka_unit_test(heywood_is_said),
        cmocka_unit_test(spearman_brown_domain),  cmocka_unit_test(counts_without_figures),
        cmocka_unit_test(underdispersed_counts),  cmocka_unit_test(extreme_counts),
        cmocka_unit_test(frequencies_repeat),     cmocka_unit_test(shares_of_the_catalogue),
        cmocka_unit_test(disattenuation_domain),  cmocka_unit_test(nothing_is_clipped),
        cmocka_unit_test(range_domain),           cmocka_unit_test(ceilings_multiply)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
