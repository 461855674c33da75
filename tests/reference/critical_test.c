/* SPDX-License-Identifier: GPL-3.0-or-later
   Quantiles against R (scripts/reference/critical.R). */
#include <math.h>

#include <gsl/gsl_errno.h>

#include "models/base/critical.h"
#include "tests/check.h"

static void quantiles_are_those_of_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct reference *r = reference_read("tests/reference/critical.csv", ',', keep);
    assert_non_null(r);
    assert_int_equal(r->n_rows, 96);
    for (size_t i = 0; i < r->n_rows; i++) {
        double tail = reference_real(r, i, "tail"), df_1 = reference_real(r, i, "df_1");
        double df_2 = reference_real(r, i, "df_2");
        assert_digits(chi_square_lower(tail, df_1), reference_real(r, i, "chi_square_lower"), 11);
        assert_digits(chi_square_upper(tail, df_1), reference_real(r, i, "chi_square_upper"), 11);
        assert_digits(f_lower(tail, df_1, df_2), reference_real(r, i, "f_lower"), 11);
        assert_digits(f_upper(tail, df_1, df_2), reference_real(r, i, "f_upper"), 11);
        assert_digits(f_exceeds(reference_real(r, i, "f_upper"), df_1, df_2), tail, 8);
    }
    arena_free(keep);
}

/* F(1, 1) is the square of a Cauchy variable: P(F < x) = (2/pi) atan(sqrt x);
   chi-square with 2 df is exponential. */
static void closed_forms(void **state)
{
    (void)state;
    static const double tail[] = {0.4, 0.1, 0.025, 0.0005};
    for (size_t i = 0; i < sizeof tail / sizeof *tail; i++) {
        double root = tan(acos(-1) * tail[i] / 2);
        assert_digits(f_lower(tail[i], 1, 1), root * root, 14);
        assert_digits(f_upper(tail[i], 1, 1), 1 / (root * root), 14);
        assert_digits(chi_square_upper(tail[i], 2), -2 * log(tail[i]), 14);
        assert_digits(chi_square_lower(tail[i], 2), -2 * log1p(-tail[i]), 14);
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(closed_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
