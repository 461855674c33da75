/* SPDX-License-Identifier: GPL-3.0-or-later
   Wald's test against R's car::linearHypothesis (scripts/reference/margins.R). */
#include <math.h>
#include <string.h>

#include "models/glm/covariance.h"
#include "models/margins/wald.h"
#include "tests/check.h"
#include "tests/glm_data.h"

static const double two[] = {0, 1, 1, 0, 0, 0, 1, -0.5};
static const double line_value[] = {0.2, -0.4};

static void fit_of(const char *response, const struct family *family, struct glm *glm,
                   struct arena *keep)
{
    const struct reference *data = reference_read("tests/reference/glm_data.csv", ',', keep);
    assert_non_null(data);
    struct design *d = ARENA_NEW(keep, struct design, 1);
    *d = design_of(data, response, "x z g", keep);
    glm_fit(d, &(struct glm_options){.family = family}, glm, keep);
}

static void check(const char *name, const struct wald *got, const struct reference *want)
{
    size_t seen = 0;
    bool f = strncmp(name, "line", 4) == 0;
    assert_int_equal(got->status, FIT_OK);
    for (size_t i = 0; i < want->n_rows; i++) {
        const char *quantity = reference_text(want, i, "quantity");
        if (strcmp(reference_text(want, i, "case"), name) != 0)
            continue;
        double value = *quantity == 'f'              ? got->f
                       : *quantity == 'c'            ? got->chi2
                       : strcmp(quantity, "df") == 0 ? got->df
                       : f                           ? got->f_p_value
                                                     : got->chi2_p_value;
        assert_digits(value, reference_real(want, i, "value"), 10);
        seen++;
    }
    assert_int_equal(seen, 3);
}

static void agrees_with_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *want = reference_read("tests/reference/wald.csv", ',', keep);
    struct glm line, hit;
    struct wald w;
    double vcov[16];
    fit_of("line", &family_gaussian, &line, keep);
    fit_of("hit", &family_binomial, &hit, keep);
    double df = line.fit.df_residual;
    wald_test(4, line.fit.estimate, line.fit.vcov, df, 2, two, line_value, &w);
    check("line", &w, want);
    glm_covariance(&line, &glm_covariance_HC3, NULL, vcov, keep);
    wald_test(4, line.fit.estimate, vcov, df, 2, two, line_value, &w);
    check("line_HC3", &w, want);
    wald_test(4, hit.fit.estimate, hit.fit.vcov, INFINITY, 2, two, NULL, &w);
    check("hit", &w, want);
    assert_digits(w.f_p_value, w.chi2_p_value, 15);
    glm_covariance(&hit, &glm_covariance_HC0, NULL, vcov, keep);
    wald_test(4, hit.fit.estimate, vcov, INFINITY, 2, two, NULL, &w);
    check("hit_HC0", &w, want);
    wald_zero(&hit.fit, (const size_t[]){1, 2, 3}, 3, &w);
    check("hit_all", &w, want);
    arena_free(keep);
}

/* b = (3, 1), V = diag(4, 1): b1 = 0 is (3/2)^2; b1 = b2 is 2^2 / 5. */
static void worked_by_hand(void **state)
{
    (void)state;
    const double b[] = {3, 1}, v[] = {4, 0, 0, 1};
    struct wald w;
    wald_test(2, b, v, INFINITY, 1, (const double[]){1, 0}, NULL, &w);
    assert_digits(w.chi2, 2.25, 15);
    wald_test(2, b, v, 10, 1, (const double[]){1, -1}, NULL, &w);
    assert_digits(w.chi2, 0.8, 15);
    assert_digits(w.f, 0.8, 15);
    assert_digits(w.df, 1, 15);
}

/* What follows from the others is not counted; what contradicts them has no test. */
static void hypotheses_that_repeat(void **state)
{
    (void)state;
    const double b[] = {3, 1}, v[] = {4, 0, 0, 1e-12};
    const double l[] = {1, 0, 0, 1, 2, -7};
    struct wald w;
    wald_test(2, b, v, 20, 3, l, NULL, &w);
    assert_int_equal(w.status, FIT_OK);
    assert_digits(w.df, 2, 15);
    assert_digits(w.chi2, 2.25 + 1e12, 10);
    wald_test(2, b, v, 20, 3, l, (const double[]){0, 0, 1e8}, &w);
    assert_int_equal(w.status, FIT_SINGULAR);
    assert_true(isnan(w.chi2) && isnan(w.f_p_value) && isnan(w.df));
}

static void without_estimates(void **state)
{
    (void)state;
    const double b[] = {3, NAN}, v[] = {4, NAN, NAN, NAN}, none[] = {0, 0, 0, 0};
    struct wald w;
    wald_test(2, b, v, 20, 1, (const double[]){1, 0}, NULL, &w);
    assert_digits(w.chi2, 2.25, 15);
    wald_test(2, b, v, 20, 1, (const double[]){1, 1}, NULL, &w);
    assert_int_equal(w.status, FIT_UNIDENTIFIED);
    wald_test(2, (const double[]){3, 1}, none, 20, 1, (const double[]){1, 1}, NULL, &w);
    assert_int_equal(w.status, FIT_SINGULAR);
    wald_test(2, b, v, 20, 0, NULL, NULL, &w);
    assert_int_equal(w.status, FIT_UNIDENTIFIED);
    struct arena *keep = arena_new();
    struct fit fit;
    fit_init(&fit, 2, (const char *const[]){"a", "b"}, keep);
    fit.estimate[0] = 3;
    fit.vcov[0] = 4;
    fit.df_test = INFINITY;
    wald_zero(&fit, (const size_t[]){0, 1}, 2, &w);
    assert_int_equal(w.status, FIT_OK);
    assert_digits(w.df, 1, 15);
    assert_digits(w.chi2, 2.25, 15);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(worked_by_hand),
        cmocka_unit_test(hypotheses_that_repeat),
        cmocka_unit_test(without_estimates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
