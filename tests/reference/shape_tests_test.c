/* SPDX-License-Identifier: GPL-3.0-or-later
   The tests on a shape against R (scripts/reference/shape_tests.R). */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/base/rng.h"
#include "models/curve/shared.h"
#include "models/curve/validation.h"
#include "models/shape/knot.h"
#include "models/shape/smooth.h"
#include "models/shape/two_lines.h"
#include "models/shape/u_test.h"

/* Everything that is asked of one set. */
struct results {
    struct u_test u;
    struct knot_test knot;
    struct two_lines at_4, robin_hood;
    struct points points;
    struct smooth smooth;
    struct shared linear, curved;
};

static struct sample set_of(const struct reference *data, const char *set, const char *group,
                            struct arena *keep)
{
    double *column[3];
    struct sample s = {0};
    for (int i = 0; i < 3; i++)
        column[i] = ARENA_NEW(keep, double, data->n_rows);
    for (size_t i = 0; i < data->n_rows; i++) {
        if (strcmp(reference_text(data, i, "set"), set) != 0 ||
            (group && strcmp(reference_text(data, i, "group"), group) != 0))
            continue;
        column[0][s.n] = reference_real(data, i, "x");
        column[1][s.n] = reference_real(data, i, "y");
        column[2][s.n++] = reference_real(data, i, "w");
    }
    s.x = column[0];
    s.y = column[1];
    s.w = strcmp(set, "counted") && strcmp(set, "weighted") ? NULL : column[2];
    s.weight_kind = strcmp(set, "counted") ? WEIGHT_SAMPLING : WEIGHT_FREQUENCY;
    return s;
}

static void share(const struct reference *data, const char *set, const char *const group[],
                  size_t n, const struct curve *curve, struct shared *out, struct arena *keep)
{
    struct sample s[3];
    struct fit fit[3];
    for (size_t i = 0; i < n; i++) {
        s[i] = set_of(data, set, group[i], keep);
        curve_fit(curve, &s[i], NULL, NULL, &fit[i], keep);
    }
    shared_curves(curve, s, fit, n, NULL, 0, NULL, out, keep);
}

static struct results results_of(const struct reference *data, const char *set, struct arena *keep)
{
    struct results r = {0};
    struct sample s = set_of(data, set, NULL, keep);
    struct knot_options how = {.conf_level = 0.95};
    u_test_of(&s, 0.95, &r.u, keep);
    knot_test_of(&s, &how, &r.knot, keep);
    points_of(&s, &r.points, keep);
    two_lines_at(&r.points, strcmp(set, "many") ? 4 : 0.5, 0.95, &r.at_4);
    two_lines_of(&s, 0.95, &r.robin_hood, keep);
    smooth_of(&r.points, &r.smooth, keep);
    if (strcmp(set, "grouped") == 0) {
        share(data, set, (const char *const[]){"a", "b", "c"}, 3, &curve_linear, &r.linear, keep);
        share(data, set, (const char *const[]){"a", "b", "c"}, 3, &curve_power, &r.curved, keep);
    }
    if (strcmp(set, "puromycin") == 0)
        share(data, set, (const char *const[]){"treated", "untreated"}, 2, &curve_michaelis_menten,
              &r.curved, keep);
    return r;
}

struct figure {
    const char *test, *quantity;
    double value;
};

static double smooth_figure(const struct results *r, const char *quantity)
{
    const char *colon = strchr(quantity, ':');
    for (size_t j = 0; colon && j < r->points.n; j++)
        if (r->points.x[j] == strtod(colon + 1, NULL))
            return quantity[0] == 'f' ? r->smooth.fitted[j] : r->smooth.std_error[j];
    return r->smooth.edf;
}

static double pick(const struct figure *list, size_t n, const char *test, const char *quantity)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].test, test) == 0 && strcmp(list[i].quantity, quantity) == 0)
            return list[i].value;
    fail_msg("no figure %s %s", test, quantity);
    return NAN;
}

static double figure(const struct results *r, const char *test, const char *quantity)
{
    const struct two_lines *t = strcmp(test, "two_lines") ? &r->at_4 : &r->robin_hood;
    const struct shared *s = strcmp(test, "linear") ? &r->curved : &r->linear;
    const struct figure list[] = {
        {"slope_low_end", "estimate", r->u.low.slope},
        {"slope_low_end", "std_error", r->u.low.std_error},
        {"slope_low_end", "statistic", r->u.low.statistic},
        {"slope_high_end", "estimate", r->u.high.slope},
        {"slope_high_end", "std_error", r->u.high.std_error},
        {"u_shape", "statistic", r->u.u.statistic},
        {"u_shape", "p_value", r->u.u.p_value},
        {"u_shape", "df2", r->u.df},
        {"inverse_u_shape", "p_value", r->u.inverse_u.p_value},
        {"u_shape", "estimate", r->u.turn},
        {"u_shape", "std_error", r->u.std_error},
        {"u_shape", "conf_low", r->u.fieller.low},
        {"u_shape", "conf_high", r->u.fieller.high},
        {"knot", "sup_f", r->knot.sup_f},
        {"knot", "davies", r->knot.davies},
        {"knot", "davies_p_value", r->knot.davies_p_value},
        {"knot", "estimate", r->knot.knot.estimate},
        {"knot", "slope_below", r->knot.slope_below},
        {"knot", "slope_above", r->knot.slope_above},
        {"knot", "conf_low", r->knot.knot.low},
        {"knot", "conf_high", r->knot.knot.high},
        {test, "slope_low", t->slope[0].estimate},
        {test, "std_error_low", t->std_error[0]},
        {test, "slope_high", t->slope[1].estimate},
        {test, "std_error_high", t->std_error[1]},
        {"two_lines_4", "p_value", t->p_value},
        {"two_lines", "p_value", t->p_value},
        {"two_lines", "estimate", t->breakpoint},
        {test, "deviance_shared", s->deviance_shared},
        {test, "deviance_separate", s->deviance_separate},
        {test, "f", s->f.statistic},
        {test, "f_p_value", s->f.p_value},
        {test, "df1", s->f.df1},
        {test, "df2", s->f.df2},
        {test, "wald", s->wald.statistic},
        {test, "wald_p_value", s->wald.p_value},
    };
    if (strcmp(test, "smooth") == 0)
        return smooth_figure(r, quantity);
    return pick(list, sizeof list / sizeof *list, test, quantity);
}

/* p of a two-sided t on the parabola's df: what the table shows of an end's slope. */
static bool elsewhere(const char *test, const char *quantity)
{
    return strcmp(test, "slope_high_end") == 0 && strcmp(quantity, "p_value") == 0;
}

/* Closed forms to ten digits; a knot is the bottom of a parabola for R's optimize() (half
   the digits), the smoother's lambda where mgcv's search ends. */
static double digits_of(const char *set, const char *test, const char *quantity)
{
    if (strcmp(test, "smooth") == 0)
        return 4.5;
    if (strcmp(test, "two_lines") == 0 && strcmp(set, "turn") != 0)
        return 8;
    if (strcmp(quantity, "davies_p_value") == 0)
        return 8;
    if (strcmp(test, "knot") == 0)
        return strncmp(quantity, "davies", 6) == 0 || strcmp(quantity, "sup_f") == 0 ? 9 : 6.5;
    if (strcmp(test, "power") == 0 || strcmp(test, "michaelis_menten") == 0)
        return 8;
    if (strstr(quantity, "p_value")) /* of 1e-50: the statistic's last digits count tenfold */
        return 8;
    return 9.5;
}

static void test_against_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data =
        reference_read("tests/reference/shape_tests_data.csv", ',', keep);
    const struct reference *want = reference_read("tests/reference/shape_tests.csv", ',', keep);
    assert_true(data && want);
    const char *now = "";
    struct results r = {0};
    size_t n = 0;
    for (size_t i = 0; i < want->n_rows; i++) {
        const char *set = reference_text(want, i, "set"), *test = reference_text(want, i, "test");
        const char *quantity = reference_text(want, i, "quantity");
        if (strcmp(set, now) != 0)
            r = results_of(data, now = set, keep);
        if (elsewhere(test, quantity) || strncmp(test, "cv_", 3) == 0)
            continue;
        check_digits(arena_printf(keep, "%s %s %s", set, test, quantity),
                     figure(&r, test, quantity), reference_real(want, i, "value"),
                     digits_of(set, test, quantity), __FILE__, __LINE__);
        n++;
    }
    assert_true(n > 190);
    arena_free(keep);
}

/* ---- cross-validation ---- */

enum { FOLDS = 5, SEED = 11 };

/* Customers that fall into the folds of the R script: row i in fold i mod 5. */
static uint64_t *customers(size_t n, struct arena *keep)
{
    uint64_t *out = ARENA_NEW(keep, uint64_t, n), id = 0;
    for (size_t i = 0; i < n; i++) {
        do
            id++;
        while (rng_mix(id, rng_mix(SEED, 0)) % FOLDS != i % FOLDS);
        out[i] = id;
    }
    return out;
}

static struct validation validated(const struct sample *s, const char *name, struct arena *keep)
{
    const struct curve *curve = curve_find(name);
    struct validation_options how = {FOLDS, 1, SEED, NULL};
    struct validation out;
    struct fit fit;
    curve_fit(curve, s, NULL, NULL, &fit, keep);
    validate_curves(s, customers(s->n, keep), &curve, &fit, 1, &how, &out, keep);
    return out;
}

static void test_cross_validation(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data =
        reference_read("tests/reference/shape_tests_data.csv", ',', keep);
    const struct reference *want = reference_read("tests/reference/shape_tests.csv", ',', keep);
    size_t n = 0;
    for (size_t i = 0; i < want->n_rows; i++) {
        const char *set = reference_text(want, i, "set"), *test = reference_text(want, i, "test");
        const char *quantity = reference_text(want, i, "quantity");
        if (strncmp(test, "cv_", 3) != 0)
            continue;
        struct sample s = set_of(data, set, NULL, keep);
        struct validation v = validated(&s, test + 3, keep);
        assert_int_equal(v.status, FIT_OK);
        assert_int_equal(v.n_folds, FOLDS);
        const struct figure list[] = {{test, "mse", v.mse},
                                      {test, "r_squared", v.r_squared},
                                      {test, "std_error", v.std_error},
                                      {test, "optimism", v.optimism}};
        check_digits(arena_printf(keep, "%s %s %s", set, test, quantity),
                     pick(list, 4, test, quantity), reference_real(want, i, "value"),
                     strcmp(test, "cv_power") ? 9.5 : 6, __FILE__, __LINE__);
        n++;
    }
    assert_int_equal(n, 28);
    arena_free(keep);
}

/* The order of the rows, and rows without a customer in any order, change nothing. */
static void test_order_of_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data =
        reference_read("tests/reference/shape_tests_data.csv", ',', keep);
    struct sample s = set_of(data, "turn", NULL, keep), back = s;
    double *x = ARENA_NEW(keep, double, s.n), *y = ARENA_NEW(keep, double, s.n);
    uint64_t *who = customers(s.n, keep), *whose = ARENA_NEW(keep, uint64_t, s.n);
    for (size_t i = 0; i < s.n; i++) {
        x[i] = s.x[s.n - 1 - i];
        y[i] = s.y[s.n - 1 - i];
        whose[i] = who[s.n - 1 - i];
    }
    back.x = x;
    back.y = y;
    const struct curve *curve[] = {&curve_linear, &curve_hinge, &curve_logistic};
    struct validation_options how = {10, 2, 1, NULL};
    struct validation a[3], b[3];
    struct fit fit[3];
    for (int named = 0; named <= 1; named++) {
        for (size_t k = 0; k < 3; k++)
            curve_fit(curve[k], &s, NULL, NULL, &fit[k], keep);
        validate_curves(&s, named ? who : NULL, curve, fit, 3, &how, a, keep);
        validate_curves(&back, named ? whose : NULL, curve, fit, 3, &how, b, keep);
        for (size_t k = 0; k < 2; k++) {
            assert_int_equal(a[k].status, FIT_OK);
            assert_digits(b[k].mse, a[k].mse, 9);
            assert_digits(b[k].std_error, a[k].std_error, 9);
        }
        assert_true(a[1].mse < a[0].mse);
    }
    arena_free(keep);
}

/* One customer alone is one fold: nothing is left to fit to. */
static void test_one_customer(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 1, 2, 3}, y[] = {1, 2, 2, 2, 3, 4};
    const uint64_t who[6] = {0};
    struct sample s = {.n = 6, .x = x, .y = y};
    const struct curve *curve = &curve_linear;
    struct validation_options how = {10, 1, 1, NULL};
    struct validation v;
    struct fit fit;
    curve_fit(curve, &s, NULL, NULL, &fit, keep);
    validate_curves(&s, who, &curve, &fit, 1, &how, &v, keep);
    assert_string_equal(fit_status_word(v.status), "too few observations");
    assert_true(isnan(v.mse));
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_r), cmocka_unit_test(test_cross_validation),
        cmocka_unit_test(test_order_of_rows), cmocka_unit_test(test_one_customer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
