/* SPDX-License-Identifier: GPL-3.0-or-later
   What formulas mean: R's parser, arithmetic and deriv(), by scripts/reference/formula.R. */
#include "tests/check.h"

#include <math.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values_and_derivatives)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
