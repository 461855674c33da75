/* SPDX-License-Identifier: GPL-3.0-or-later
   Latent correlations against the same likelihoods in base R and against polycor
   (scripts/reference/latent.R), and on data that have no answer. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/correlation/latent.h"

/* A table as frequencies of its cells; the levels are not those of the table's numbers. */
struct cells {
    double x[16], y[16], w[16];
    struct sample sample;
};

static struct sample sample_of(const double *count, size_t rows, size_t cols, struct cells *c)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++) {
            c->x[i * cols + j] = 10 + 3 * (double)i;
            c->y[i * cols + j] = (double)(j * j) - 4;
            c->w[i * cols + j] = count[i * cols + j];
        }
    return (struct sample){rows * cols, c->x, c->y, c->w, WEIGHT_FREQUENCY};
}

static const struct {
    const char *name;
    size_t rows, cols;
    double count[16];
} tables[] = {
    {"agresti", 4, 4, {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11}},
    {"approval", 2, 2, {794, 150, 86, 570}},
    {"falling", 3, 4, {2, 5, 20, 31, 8, 22, 14, 5, 30, 11, 4, 1}},
    {"sparse", 4, 4, {5, 1, 0, 0, 1, 7, 2, 0, 0, 3, 9, 1, 0, 0, 2, 6}},
    {"strong", 2, 2, {100, 5, 3, 92}},
    {"wide", 2, 6, {12, 9, 14, 30, 22, 41, 3, 8, 12, 31, 48, 66}},
    {"weak", 2, 2, {25, 26, 24, 25}},
};

static const char *value_of(const struct reference *r, const char *name, const char *quantity,
                            const char *column)
{
    for (size_t i = 0; i < r->n_rows; i++)
        if (strcmp(reference_text(r, i, "case"), name) == 0 &&
            strcmp(reference_text(r, i, "quantity"), quantity) == 0)
            return reference_text(r, i, column);
    fail_msg("%s has no %s", name, quantity);
    return NULL;
}

static double real_of(const struct reference *r, const char *name, const char *quantity)
{
    return strtod(value_of(r, name, quantity, "value"), NULL);
}

/* polycor to 4 digits, where it gave a figure. */
static void assert_polycor(const struct reference *r, const char *name, const char *quantity,
                           double got)
{
    const char *text = value_of(r, name, quantity, "polycor");
    if (*text)
        assert_true(agrees(got, strtod(text, NULL), 2e-4, 2e-4));
}

static void check_two_step(const struct reference *r, const char *name,
                           const struct polychoric_fit *f)
{
    assert_int_equal(f->status, FIT_CONVERGED);
    assert_digits(f->rho, real_of(r, name, "two_step"), 11.5);
    assert_digits(f->std_error, real_of(r, name, "two_step_error"), 7);
    assert_digits(f->std_error_given_cuts, real_of(r, name, "two_step_error_given"), 9);
    assert_digits(f->log_lik, real_of(r, name, "two_step_loglik"), 13);
    assert_digits(f->log_lik_0, real_of(r, name, "independent_loglik"), 13);
    assert_true(agrees(f->chi_square, real_of(r, name, "two_step_chi_square"), 1e-10, 1e-10));
    assert_polycor(r, name, "two_step", f->rho);
    assert_polycor(r, name, "two_step_error_given", f->std_error_given_cuts);
    assert_polycor(r, name, "two_step_chi_square", f->chi_square);
}

static void check_joint(const struct reference *r, const char *name, size_t cols,
                        const struct polychoric_fit *f)
{
    assert_int_equal(f->status, FIT_CONVERGED);
    assert_digits(f->rho, real_of(r, name, "ml"), 11.5);
    assert_digits(f->std_error, real_of(r, name, "ml_error"), 8);
    assert_digits(f->log_lik, real_of(r, name, "ml_loglik"), 13);
    assert_true(agrees(f->chi_square, real_of(r, name, "ml_chi_square"), 1e-10, 1e-10));
    assert_digits(f->row_cut[1], real_of(r, name, "ml_row_cut"), 11);
    assert_digits(f->row_error[1], real_of(r, name, "ml_row_error"), 8);
    assert_digits(f->col_cut[cols - 1], real_of(r, name, "ml_col_cut"), 11);
    assert_digits(f->col_error[cols - 1], real_of(r, name, "ml_col_error"), 8);
    assert_polycor(r, name, "ml", f->rho);
    assert_polycor(r, name, "ml_error", f->std_error);
    assert_polycor(r, name, "ml_chi_square", f->chi_square);
}

static void tables_of_r(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct reference *r = reference_read("tests/reference/latent.csv", ',', a);
    assert_non_null(r);
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        struct cells c;
        struct sample s = sample_of(tables[k].count, tables[k].rows, tables[k].cols, &c);
        struct pairs p = pairs_of(&s, a);
        struct latent_table t = latent_table_of_pairs(&p, false, a);
        struct polychoric_fit two = polychoric_two_step(&t, true, a);
        struct polychoric_fit one = polychoric_joint(&t, true, a);
        check_two_step(r, tables[k].name, &two);
        check_joint(r, tables[k].name, t.cols, &one);
        assert_digits(two.df, (double)(t.rows * t.cols - t.rows - t.cols), 15);
        assert_true(isnan(two.p_value) == (two.df == 0));
    }
    arena_free(a);
}

static void check_serial(const struct reference *r, const char *name, const struct sample *s,
                         struct arena *a)
{
    struct polyserial_data d, d1;
    struct pairs p = pairs_of(s, a);
    assert_false(latent_x_is_ordinal(&p.x, &p.y));
    assert_true(polyserial_data_of(&p.x, &p.y, NULL, 0, POLYSERIAL_N, &d, a));
    assert_true(polyserial_data_of(&p.x, &p.y, NULL, 0, POLYSERIAL_N_1, &d1, a));
    struct polyserial_fit two = polyserial_two_step(&d, true, a), one, n_1;
    one = polyserial_joint(&d, true, a);
    n_1 = polyserial_two_step(&d1, true, a);
    assert_int_equal(two.status, FIT_CONVERGED);
    assert_int_equal(one.status, FIT_CONVERGED);
    assert_digits(polyserial_adhoc(&d), real_of(r, name, "serial_adhoc"), 13);
    assert_digits(two.rho, real_of(r, name, "serial_two_step"), 12);
    assert_digits(two.std_error, real_of(r, name, "serial_two_step_error"), 9);
    assert_digits(n_1.rho, real_of(r, name, "serial_two_step_n_1"), 12);
    assert_digits(n_1.std_error_given, real_of(r, name, "serial_two_step_error_given_n_1"), 9);
    assert_polycor(r, name, "serial_two_step_n_1", n_1.rho);
    assert_polycor(r, name, "serial_two_step_error_given_n_1", n_1.std_error_given);
    assert_digits(one.rho, real_of(r, name, "serial_ml"), 9);
    assert_digits(one.std_error, real_of(r, name, "serial_ml_error"), 7);
    assert_digits(one.cut[1], real_of(r, name, "serial_ml_cut"), 9);
    assert_digits(one.cut_error[1], real_of(r, name, "serial_ml_cut_error"), 7);
    assert_digits(one.log_lik, real_of(r, name, "serial_ml_loglik"), 12);
}

static void scales_of_r(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct reference *r = reference_read("tests/reference/latent.csv", ',', a);
    const struct reference *data = reference_read("tests/reference/latent_data.csv", ',', a);
    assert_true(r && data);
    const double *x = reference_column(data, "x", a), *y = reference_column(data, "y", a);
    for (size_t i = 0, end; i < data->n_rows; i = end) {
        const char *set = reference_text(data, i, "set");
        for (end = i; end < data->n_rows; end++)
            if (strcmp(reference_text(data, end, "set"), set) != 0)
                break;
        struct sample s = {end - i, x + i, y + i, NULL, WEIGHT_NONE};
        check_serial(r, set, &s, a);
    }
    arena_free(a);
}

/* ---- through the coefficients ---- */

static struct correlation_result compute(const struct correlation *c, const struct sample *s)
{
    const struct correlation_options options = {.conf_level = 0.95};
    struct correlation_result r;
    struct arena *a = arena_new();
    correlation_compute(c, s, &options, &r, a);
    arena_free(a);
    return r;
}

static struct correlation_result of_four(const struct correlation *c, double a, double b, double d,
                                         double e)
{
    struct cells cells;
    const double count[] = {a, b, d, e};
    struct sample s = sample_of(count, 2, 2, &cells);
    return compute(c, &s);
}

/* An empty cell: the limit of the likelihood, whose sign is that of the empty diagonal.  At
   the limit the table fits exactly: 2 (log_lik - log_lik_0) is the G of the table, here by hand
   from the counts: .1218. */
static void empty_cells(void **state)
{
    (void)state;
    struct correlation_result r = of_four(&correlation_tetrachoric, 44268, 193, 14, 0);
    assert_int_equal(r.status, FIT_BOUNDARY);
    assert_true(r.estimate == -1 && isnan(r.conf_low) && isnan(r.std_error));
    double g =
        2 * (44268 * log(44268.0 * 44475 / (44461.0 * 44282)) +
             193 * log(193.0 * 44475 / (44461.0 * 193)) + 14 * log(14.0 * 44475 / (14.0 * 44282)));
    assert_digits(r.statistic, -sqrt(g), 7);
    assert_digits(r.p_value, 0.7271011, 6.5); /* R: pchisq(g, 1, lower.tail = FALSE) */
    r = of_four(&correlation_tetrachoric, 40, 0, 10, 35);
    assert_int_equal(r.status, FIT_BOUNDARY);
    assert_true(r.estimate == 1 && r.p_value < 1e-6);
    r = of_four(&correlation_polychoric_ml, 40, 0, 10, 35);
    assert_true(r.status == FIT_BOUNDARY && r.estimate == 1);
}

/* psych::tetrachoric(correct = .5): .232318 and .970906, where its optimiser stops. */
static void half_in_empty_cells(void **state)
{
    (void)state;
    struct correlation_result r = of_four(correlation_tetrachoric.half, 44268, 193, 14, 0);
    assert_int_equal(r.status, FIT_OK);
    assert_true(fabs(r.estimate - 0.232318202602) < 2e-5);
    r = of_four(correlation_tetrachoric.half, 40, 0, 10, 35);
    assert_true(fabs(r.estimate - 0.97090628636861) < 2e-5);
    double half = of_four(&correlation_tetrachoric, 40, 0.5, 10, 35).estimate;
    assert_digits(r.estimate, half, 13);
    assert_digits(of_four(correlation_polychoric.half, 40, 0, 10, 35).estimate, half, 13);
    assert_digits(of_four(correlation_polychoric_ml.half, 40, 0, 10, 35).estimate, half, 11);
    r = of_four(correlation_tetrachoric.half, 40, 15, 10, 35);
    assert_digits(r.estimate, of_four(&correlation_tetrachoric, 40, 15, 10, 35).estimate, 15);
}

/* Transposed, turned round, one level given another number: the same. */
static void symmetry(void **state)
{
    (void)state;
    struct cells c, turned;
    struct sample s = sample_of(tables[2].count, 3, 4, &c);
    struct sample t = {s.n, s.y, s.x, s.w, s.weight_kind};
    static const struct correlation *const both[] = {&correlation_polychoric,
                                                     &correlation_polychoric_ml};
    for (size_t i = 0; i < 2; i++) {
        struct correlation_result want = compute(both[i], &s), got = compute(both[i], &t);
        assert_digits(got.estimate, want.estimate, 12);
        assert_digits(got.std_error, want.std_error, 10);
        turned = c;
        for (size_t k = 0; k < s.n; k++)
            turned.x[k] = -exp(c.x[k]);
        struct sample u = {s.n, turned.x, s.y, s.w, s.weight_kind};
        got = compute(both[i], &u);
        assert_digits(got.estimate, -want.estimate, 12);
        assert_digits(got.conf_low, -want.conf_high, 10);
        assert_digits(got.statistic, -want.statistic, 10);
    }
}

/* Of small, perfect and coarse data every coefficient says what it is, and a figure that it does
   not have is NaN. */
static void hard_data(void **state)
{
    (void)state;
    static const double up[] = {1, 2, 3, 4, 5, 6}, tied[] = {1, 1, 1, 2, 2, 2}, flat[6] = {0};
    static const double huge[] = {1e9 + 1, 1e9 + 2, 1e9 + 2, 1e9 + 3, 1e9 + 3, 1e9 + 4};
    static const double *const column[] = {up, tied, flat, huge};
    for (size_t i = 0; i < n_correlations; i++)
        for (size_t x = 0; x < 4; x++)
            for (size_t y = 0; y < 4; y++)
                for (size_t n = 0; n <= 6; n++) {
                    struct sample s = {n, column[x], column[y], NULL, WEIGHT_NONE};
                    struct correlation_result r = compute(correlations[i], &s);
                    if (!correlations[i]->latent_details)
                        continue;
                    assert_true(isnan(r.estimate) || fabs(r.estimate) <= 1);
                    assert_true(r.status != FIT_OK ||
                                (r.conf_low <= r.estimate && r.estimate <= r.conf_high &&
                                 r.std_error > 0 && !isnan(r.p_value)));
                    if (n >= 2 && (x == 2 || y == 2))
                        assert_int_equal(r.status, FIT_CONSTANT);
                }
    struct sample s = {6, up, huge, NULL, WEIGHT_NONE};
    struct correlation_result r = compute(&correlation_polychoric, &s);
    assert_true(r.status == FIT_BOUNDARY && r.estimate == 1);
    r = compute(&correlation_polyserial_ml, &s);
    assert_true(r.status == FIT_BOUNDARY && r.estimate == 1);
}

static void too_many_levels(void **state)
{
    (void)state;
    double x[40], y[40];
    for (size_t i = 0; i < 40; i++) {
        x[i] = (double)(i % 5);
        y[i] = (double)i;
    }
    struct sample s = {40, x, y, NULL, WEIGHT_NONE}, turned = {40, y, x, NULL, WEIGHT_NONE};
    struct sample neither = {40, y, y, NULL, WEIGHT_NONE};
    assert_int_equal(compute(&correlation_polychoric, &s).status, FIT_DOMAIN);
    assert_int_equal(compute(&correlation_polychoric_ml, &turned).status, FIT_DOMAIN);
    assert_int_equal(compute(&correlation_tetrachoric, &s).status, FIT_DOMAIN);
    assert_int_equal(compute(&correlation_polyserial, &neither).status, FIT_DOMAIN);
    struct correlation_result a = compute(&correlation_polyserial, &s);
    struct correlation_result b = compute(&correlation_polyserial, &turned);
    assert_int_equal(a.status, FIT_OK);
    assert_digits(a.estimate, b.estimate, 14);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_r),     cmocka_unit_test(scales_of_r),
        cmocka_unit_test(empty_cells),     cmocka_unit_test(half_in_empty_cells),
        cmocka_unit_test(symmetry),        cmocka_unit_test(hard_data),
        cmocka_unit_test(too_many_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
