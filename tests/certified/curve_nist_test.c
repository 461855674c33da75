/* SPDX-License-Identifier: GPL-3.0-or-later
   NIST StRD nonlinear regression, https://www.itl.nist.gov/div898/strd (public
   domain): data, both published starting values and certified figures. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/curve/curve.h"

#define MAX_N 14

struct problem_set {
    const char *name;
    const struct curve *curve;
    size_t n;
    double x[MAX_N], y[MAX_N];
    double start[2][3];
    double b[3], sd[3], rss, rsd;
};

static const struct problem_set problems[] = {
    {.name = "DanWood",
     .curve = &curve_power,
     .n = 6,
     .x = {1.309, 1.471, 1.490, 1.565, 1.611, 1.680},
     .y = {2.138, 3.421, 3.597, 4.340, 4.882, 5.660},
     .start = {{1, 5}, {0.7, 4}},
     .b = {7.6886226176E-01, 3.8604055871E+00},
     .sd = {1.8281973860E-02, 5.1726610913E-02},
     .rss = 4.3173084083E-03,
     .rsd = 3.2853114039E-02},
    {.name = "Misra1a",
     .curve = &curve_asymptotic,
     .n = 14,
     .x = {77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1,
           760.0},
     .y = {10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40,
           75.47, 81.78},
     .start = {{500, 0.0001}, {250, 0.0005}},
     .b = {2.3894212918E+02, 5.5015643181E-04},
     .sd = {2.7070075241E+00, 7.2668688436E-06},
     .rss = 1.2455138894E-01,
     .rsd = 1.0187876330E-01},
    {.name = "BoxBOD",
     .curve = &curve_asymptotic,
     .n = 6,
     .x = {1, 2, 3, 5, 7, 10},
     .y = {109, 149, 149, 191, 213, 224},
     .start = {{1, 1}, {100, 0.75}},
     .b = {2.1380940889E+02, 5.4723748542E-01},
     .sd = {1.2354515176E+01, 1.0455993237E-01},
     .rss = 1.1680088766E+03,
     .rsd = 1.7088072423E+01},
    {.name = "Rat42",
     .curve = &curve_logistic,
     .n = 9,
     .x = {9, 14, 21, 28, 42, 57, 63, 70, 79},
     .y = {8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080},
     .start = {{100, 1, 0.1}, {75, 2.5, 0.07}},
     .b = {7.2462237576E+01, 2.6180768402E+00, 6.7359200066E-02},
     .sd = {1.7340283401E+00, 8.8295217536E-02, 3.4465663377E-03},
     .rss = 8.0565229338E+00,
     .rsd = 1.1587725499E+00},
};

static double digits(double got, double want)
{
    return fmin(11, -log10(fabs(got - want) / fabs(want)));
}

static void check_problem(const struct problem_set *p, const double *start, const char *from,
                          struct arena *keep)
{
    struct sample s = {.n = p->n, .x = p->x, .y = p->y};
    struct fit fit;
    curve_fit(p->curve, &s, start, NULL, &fit, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    double b = 11, sd = 11;
    for (size_t j = 0; j < p->curve->n_params; j++) {
        b = fmin(b, digits(fit.estimate[j], p->b[j]));
        sd = fmin(sd, digits(fit_std_error(&fit, j), p->sd[j]));
    }
    print_message("%-8s from %-7s %3zu iterations, digits: parameters %4.1f, their SDs %4.1f, RSS "
                  "%4.1f\n",
                  p->name, from, fit.n_iter, b, sd, digits(fit.deviance, p->rss));
    for (size_t j = 0; j < p->curve->n_params; j++) {
        assert_digits(fit.estimate[j], p->b[j], 9);
        assert_digits(fit_std_error(&fit, j), p->sd[j], 9);
    }
    assert_digits(fit.deviance, p->rss, 9);
    assert_digits(fit.sigma, p->rsd, 9);
}

static void test_three_starts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        check_problem(&problems[i], problems[i].start[0], "start 1", keep);
        check_problem(&problems[i], problems[i].start[1], "start 2", keep);
        check_problem(&problems[i], NULL, "itself", keep);
    }
    arena_free(keep);
}

/* One figure of a problem in the oracle's table. */
static double certified(const struct reference *r, const char *name, const char *quantity)
{
    for (size_t i = 0; i < r->n_rows; i++)
        if (strcmp(reference_text(r, i, "case"), name) == 0 &&
            strcmp(reference_text(r, i, "quantity"), quantity) == 0)
            return reference_real(r, i, "value");
    fail_msg("%s: no certified %s", name, quantity);
    return NAN;
}

/* What is typed above is what NIST publishes. */
static void test_typed_values(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("nist/expected.tsv", keep);
    for (size_t i = 0; path && i < sizeof problems / sizeof *problems; i++) {
        const struct problem_set *p = &problems[i];
        const struct reference *r = reference_read(path, '\t', keep);
        const char *csv = oracle_path(arena_printf(keep, "nist/data/%s.csv", p->name), keep);
        assert_non_null(csv);
        const struct reference *data = reference_read(csv, ',', keep);
        assert_int_equal(data->n_rows, p->n);
        for (size_t k = 0; k < p->n; k++) {
            assert_true(reference_real(data, k, "x") == p->x[k]);
            assert_true(reference_real(data, k, "y") == p->y[k]);
        }
        for (size_t j = 0; j < p->curve->n_params; j++) {
            int b = (int)j + 1;
            assert_true(certified(r, p->name, arena_printf(keep, "b%d", b)) == p->b[j]);
            assert_true(certified(r, p->name, arena_printf(keep, "start1_b%d", b)) ==
                        p->start[0][j]);
            assert_true(certified(r, p->name, arena_printf(keep, "start2_b%d", b)) ==
                        p->start[1][j]);
        }
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_starts),
        cmocka_unit_test(test_typed_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
