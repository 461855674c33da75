/* SPDX-License-Identifier: GPL-3.0-or-later
   Rectangle probabilities against 60-digit arithmetic (scripts/reference/bivariate_normal.py)
   and against the laws that they obey. */
#include <math.h>

#include "models/base/bivariate_normal.h"
#include "models/base/normal.h"
#include "tests/check.h"

static double limit(const struct reference *r, size_t row, const char *column)
{
    const char *text = reference_text(r, row, column);
    return text[0] == 'I' ? INFINITY : text[1] == 'I' ? -INFINITY : reference_real(r, row, column);
}

static void agrees_with_60_digits(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct reference *r = reference_read("tests/reference/bivariate_normal.csv", ',', keep);
    assert_non_null(r);
    assert_true(r->n_rows > 120);
    for (size_t i = 0; i < r->n_rows; i++) {
        double a = limit(r, i, "a"), b = limit(r, i, "b"), c = limit(r, i, "c");
        double d = limit(r, i, "d"), rho = reference_real(r, i, "rho");
        double p = bivariate_normal_rectangle(a, b, c, d, rho), want = reference_real(r, i, "p");
        assert_digits(p, want, want > 1e-12 ? 13 : 11.5);
    }
    arena_free(keep);
}

/* The quadrants of Sheppard (1899): 1/4 + asin(rho) / (2 pi). */
static void quadrants(void **state)
{
    (void)state;
    for (double rho = -0.9999; rho < 1; rho += 0.0101)
        assert_digits(bivariate_normal_rectangle(0, INFINITY, 0, INFINITY, rho),
                      0.25 + asin(rho) / (2 * acos(-1)), 13);
}

/* Cells of a partition add up to one, and to the normal distribution in each margin;
   the derivative in rho is the density's double difference. */
static void partitions(void **state)
{
    (void)state;
    static const double at[] = {-INFINITY, -2.7, -1, -0.2, 0.9, 1.1, 3.2, INFINITY};
    static const double rho[] = {-1, -0.9999999, -0.97, -0.7, -0.4, 0, 0.2, 0.69, 0.8, 0.9999, 1};
    for (size_t k = 0; k < sizeof rho / sizeof *rho; k++)
        for (size_t i = 0; i < 7; i++) {
            double sum = 0;
            for (size_t j = 0; j < 7; j++)
                sum += bivariate_normal_rectangle(at[i], at[i + 1], at[j], at[j + 1], rho[k]);
            assert_digits(sum, normal_between(at[i], at[i + 1]), 13.5);
        }
}

/* The table's quick way against the rectangle's. */
static void tables(void **state)
{
    (void)state;
    static const double row[] = {-INFINITY, -3.4, -1, -0.2, 0.9, 1.1, 2.9, INFINITY};
    static const double col[] = {-INFINITY, -1.9, 0.01, 2.2, 4, INFINITY};
    static const double rho[] = {-1, -0.97, -0.9, -0.55, 0, 1e-9, 0.3, 0.74, 0.8999, 0.95, 1};
    double p[35], some[35], needed[35] = {[0] = 1, [3] = 2, [4] = 0.5, [12] = 1, [33] = 7};
    for (size_t k = 0; k < sizeof rho / sizeof *rho; k++) {
        bivariate_normal_table(row, 7, col, 5, rho[k], NULL, p);
        bivariate_normal_table(row, 7, col, 5, rho[k], needed, some);
        for (size_t i = 0; i < 35; i++)
            assert_true(some[i] == (needed[i] > 0 ? p[i] : 0));
        for (size_t i = 0; i < 7; i++)
            for (size_t j = 0; j < 5; j++) {
                double want =
                    bivariate_normal_rectangle(row[i], row[i + 1], col[j], col[j + 1], rho[k]);
                assert_digits(p[i * 5 + j], want, 12.3);
                assert_true(fabs(p[i * 5 + j] - want) < 4e-16);
            }
    }
}

static void slope_in_rho(void **state)
{
    (void)state;
    const double a = -0.3, b = 1.2, c = 0.4, d = 2.0, rho = 0.62, h = 1e-4;
    double slope = bivariate_normal_density(b, d, rho) - bivariate_normal_density(a, d, rho) -
                   bivariate_normal_density(b, c, rho) + bivariate_normal_density(a, c, rho);
    double p[4];
    for (int i = 0; i < 4; i++)
        p[i] = bivariate_normal_rectangle(a, b, c, d, rho + (i < 2 ? i - 2 : i - 1) * h);
    assert_digits((p[0] - 8 * p[1] + 8 * p[2] - p[3]) / (12 * h), slope, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_60_digits),
        cmocka_unit_test(quadrants),
        cmocka_unit_test(partitions),
        cmocka_unit_test(tables),
        cmocka_unit_test(slope_in_rho),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
