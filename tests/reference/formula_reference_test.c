/* SPDX-License-Identifier: GPL-3.0-or-later
   What formulas mean: R's parser, arithmetic and deriv(), by scripts/reference/formula.R. */
#include "tests/check.h"

#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/formula/formula.h"

static void test_values_and_derivatives(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *r = reference_read("tests/reference/formula.csv", ',', keep);
    const double b[] = {1.3, -0.7}, x[] = {2.25}, z[] = {0.4};
    const struct formula_names names = {2, (const char *const[]){"a", "b"}, 0, NULL};
    assert_non_null(r);
    assert_true(r->n_rows > 60);
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *right = reference_text(r, i, "formula");
        const char *text = arena_printf(keep, "y ~ %s", right);
        struct formula f;
        struct formula_error error;
        if (!formula_parse(text, &names, &f, &error, keep))
            fail_msg("%s\n%s", error.what, formula_caret(text, error.position, keep));
        const double *variables[3] = {x}; /* y, not asked for */
        for (size_t j = 1; j < f.n_variables; j++)
            variables[j] = f.variable[j][0] == 'x' ? x : z;
        double mean, gradient[2], value = reference_real(r, i, "value");
        formula_mean(&f, variables, 1, b, &mean, gradient);
        print_message("%s\n", right);
        assert_digits(mean, value, 14);
        formula_mean(&f, variables, 1, b, &mean, NULL);
        assert_digits(mean, value, 14);
        double by_a = reference_real(r, i, "by_a"), by_b = reference_real(r, i, "by_b");
        if (isnan(by_a))
            continue; /* R has no derivative of it */
        assert_digits(gradient[0], by_a, 13);
        assert_digits(gradient[1], by_b, 13);
    }
    arena_free(keep);
}

/* nls ends at a relative offset of 1e-9. */
static void check_term(const struct reference *want, size_t row, const struct fit *fit)
{
    size_t j = row % fit->n_params;
    assert_string_equal(reference_text(want, row, "term"), fit->term[j]);
    assert_digits(fit->estimate[j], reference_real(want, row, "estimate"), 8);
    assert_digits(fit_std_error(fit, j), reference_real(want, row, "std_error"), 8);
    assert_digits(fit->sigma, reference_real(want, row, "sigma"), 11);
    assert_digits(fit->log_lik, reference_real(want, row, "log_lik"), 11);
    assert_digits(fit->deviance, reference_real(want, row, "deviance"), 11);
}

static void test_two_predictors(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data = reference_read("tests/reference/formula_data.csv", ',', keep);
    const struct reference *want = reference_read("tests/reference/formula_fit.csv", ',', keep);
    const char *const param[] = {"a", "b", "c", "k"};
    const double *w = reference_column(data, "w", keep);
    assert_int_equal(want->n_rows, 16);
    for (size_t row = 0; row < want->n_rows; row++) {
        struct formula f;
        struct formula_error error;
        const struct formula_names names = {4, param, data->n_cols,
                                            (const char *const *)data->header};
        bool weighted = reference_text(want, row, "weights")[0] == 's';
        assert_true(formula_parse(reference_text(want, row, "formula"), &names, &f, &error, keep));
        assert_int_equal(f.n_variables, 3);
        const double *variables[3];
        for (size_t j = 0; j < 3; j++)
            variables[j] = reference_column(data, f.variable[j], keep);
        struct fit fit;
        formula_fit(&f, variables, data->n_rows, weighted ? w : NULL,
                    weighted ? WEIGHT_SAMPLING : WEIGHT_NONE, (double[]){3, 1, -0.3, 1}, NULL, &fit,
                    keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        check_term(want, row, &fit);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_and_derivatives),
        cmocka_unit_test(test_two_predictors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
