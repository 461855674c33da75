/* SPDX-License-Identifier: GPL-3.0-or-later
   The evidence on a shape against R: scripts/reference/shape.R; and what it says
   of data that allow no verdict. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/shape/shape.h"

static const struct shape_options no_bootstrap = {.conf_level = 0.95};

static double figure(const struct shape *s, const char *quantity)
{
    const struct {
        const char *name;
        const struct limits *of;
    } intervals[] = {
        {"exponent", &s->exponent},         {"second_difference", &s->second_difference},
        {"bend_lower", &s->bend_lower},     {"bend_upper", &s->bend_upper},
        {"slope_lower", &s->slope_lower},   {"slope_upper", &s->slope_upper},
        {"slope_middle", &s->slope_middle},
    };
    const struct {
        const char *name;
        double value;
    } values[] = {
        {"slope_statistic", s->slope_statistic},
        {"slope_p_value", s->slope_p_value},
        {"middle_lower_statistic", s->middle_lower_statistic},
        {"middle_lower_p_value", s->middle_lower_p_value},
        {"middle_upper_statistic", s->middle_upper_statistic},
        {"middle_upper_p_value", s->middle_upper_p_value},
        {"departure", s->departure},
        {"departure_df1", s->departure_df1},
        {"departure_df2", s->departure_df2},
        {"departure_p_value", s->departure_p_value},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(values[i].name, quantity) == 0)
            return values[i].value;
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        size_t n = strlen(intervals[i].name);
        if (strncmp(intervals[i].name, quantity, n) != 0)
            continue;
        const char *end = quantity + n;
        return strcmp(end, "_low") == 0    ? intervals[i].of->low
               : strcmp(end, "_high") == 0 ? intervals[i].of->high
                                           : intervals[i].of->estimate;
    }
    fail_msg("no figure %s", quantity);
    return NAN;
}

static struct sample set_of(const struct reference *data, const char *set, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, data->n_rows), *y = ARENA_NEW(keep, double, data->n_rows);
    size_t n = 0;
    for (size_t i = 0; i < data->n_rows; i++) {
        if (strcmp(reference_text(data, i, "set"), set) != 0)
            continue;
        x[n] = reference_real(data, i, "x");
        y[n++] = reference_real(data, i, "y");
    }
    return (struct sample){.n = n, .x = x, .y = y};
}

static void test_against_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data = reference_read("tests/reference/shape_data.csv", ',', keep);
    const struct reference *want = reference_read("tests/reference/shape.csv", ',', keep);
    assert_true(data && want);
    const char *sets[] = {"spend", "kept"};
    for (size_t k = 0; k < 2; k++) {
        struct shape shape[2];
        struct sample s = set_of(data, sets[k], keep);
        assert_int_equal(shape_of(&s, &no_bootstrap, shape, keep), k + 1);
        for (size_t i = 0; i < want->n_rows; i++) {
            const char *quantity = reference_text(want, i, "quantity");
            bool logit = strcmp(reference_text(want, i, "scale"), "logit") == 0;
            if (strcmp(reference_text(want, i, "set"), sets[k]) != 0)
                continue;
            /* optimize() finds the smallest of a flat bottom to half the digits */
            double digits = strcmp(quantity, "exponent") == 0 ? 6 : 8;
            check_digits(arena_printf(keep, "%s %s", sets[k], quantity),
                         figure(&shape[logit], quantity), reference_real(want, i, "value"), digits,
                         __FILE__, __LINE__);
        }
    }
    arena_free(keep);
}

/* Sampling weights of one leave the estimates where they are. */
static void test_weights_of_one(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data = reference_read("tests/reference/shape_data.csv", ',', keep);
    struct sample s = set_of(data, "spend", keep);
    double *w = ARENA_NEW(keep, double, s.n);
    for (size_t i = 0; i < s.n; i++)
        w[i] = 1;
    struct shape plain[2], weighted[2], counted[2];
    struct shape_options options = {.conf_level = 0.95, .n_replicates = 199, .seed = 1};
    shape_of(&s, &options, plain, keep);
    s.w = w;
    s.weight_kind = WEIGHT_SAMPLING;
    shape_of(&s, &options, weighted, keep);
    assert_digits(weighted->exponent.estimate, plain->exponent.estimate, 7);
    assert_digits(weighted->second_difference.estimate, plain->second_difference.estimate, 12);
    assert_digits(weighted->second_difference.low, plain->second_difference.low, 12);
    assert_digits(weighted->slope_statistic, plain->slope_statistic, 12);
    assert_int_equal(weighted->verdict, plain->verdict);
    s.weight_kind = WEIGHT_FREQUENCY;
    shape_of(&s, &options, counted, keep);
    assert_digits(counted->departure, plain->departure, 12);
    assert_digits(counted->slope_p_value, plain->slope_p_value, 12);
    arena_free(keep);
}

static void test_shares(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *data = reference_read("tests/reference/shape_data.csv", ',', keep);
    struct sample s = set_of(data, "spend", keep);
    struct shape a[2], b[2];
    struct shape_options options = {.conf_level = 0.95, .n_replicates = 199, .seed = 1};
    shape_of(&s, &options, a, keep);
    shape_of(&s, &options, b, keep);
    double total = 0;
    for (int v = 0; v < VERDICT_N; v++) {
        total += a->share[v];
        assert_true(a->share[v] == b->share[v]);
    }
    assert_digits(total, 1, 12);
    assert_int_equal(a->verdict, VERDICT_INCREASING);
    assert_true(a->share[VERDICT_INCREASING] > 0.5);
    assert_true(a->second_difference.low == b->second_difference.low);
    /* the bootstrap's interval is about the normal one */
    shape_of(&s, &no_bootstrap, b, keep);
    double width = a->second_difference.high - a->second_difference.low;
    double normal = b->second_difference.high - b->second_difference.low;
    assert_true(width > 0.75 * normal && width < 1.25 * normal);
    arena_free(keep);
}

static const char *status_of(size_t n, const double *x, const double *y, struct arena *keep)
{
    struct shape shape[2];
    struct shape_options options = {.conf_level = 0.95, .n_replicates = 19};
    size_t k = shape_of(&(struct sample){.n = n, .x = x, .y = y}, &options, shape, keep);
    assert_true(shape[k - 1].status == FIT_OK || isnan(shape[k - 1].departure));
    assert_true(shape[k - 1].status == FIT_OK || shape[k - 1].verdict == VERDICT_UNDETERMINED);
    return fit_status_word(shape[0].status);
}

static void test_no_verdict(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 1, 2, 3, 2, 1}, y[] = {2, 4, 5, 3, 4, 6, 5, 2};
    const double same[] = {2, 2, 2, 2, 2, 2, 2, 2}, exact[] = {2, 4, 6, 2, 4, 6, 4, 2};
    for (size_t n = 0; n <= 3; n++)
        assert_string_equal(status_of(n, x, y, keep), "too few observations");
    assert_string_equal(status_of(8, x, y, keep), "ok");
    assert_string_equal(status_of(8, same, y, keep), "no variation");
    assert_string_equal(status_of(8, x, same, keep), "no variation");
    assert_string_equal(status_of(8, x, exact, keep), "perfect fit");
    arena_free(keep);
}

/* Nobody at intent 1 bought anything: that mean is not known without error. */
static void test_point_of_zeros(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[40], y[40];
    for (size_t i = 0; i < 40; i++) {
        x[i] = (double)(1 + i % 4);
        y[i] = x[i] > 1 ? 10 * x[i] + (double)(i * 7 % 11) : 0;
    }
    struct sample s = {.n = 40, .x = x, .y = y};
    struct shape shape[2];
    for (int kind = WEIGHT_NONE; kind <= WEIGHT_FREQUENCY; kind++) {
        double w[40];
        for (size_t i = 0; i < 40; i++)
            w[i] = 1;
        s.w = kind == WEIGHT_NONE ? NULL : w;
        s.weight_kind = (enum weight_kind)kind;
        assert_int_equal(shape_of(&s, &no_bootstrap, shape, keep), 1);
        assert_true(shape->slope_lower.high - shape->slope_lower.low > 1);
        assert_true(shape->departure > 0 && shape->departure < 1000);
        assert_true(shape->departure_p_value > 0 && shape->slope_p_value > 0);
        assert_int_equal(shape->verdict, VERDICT_DECREASING);
    }
    arena_free(keep);
}

/* A predictor of a thousand values is cut into ten groups. */
static void test_many_values(void **state)
{
    (void)state;
    enum { n = 1000 };
    struct arena *keep = arena_new();
    double x[n], y[n];
    for (size_t i = 0; i < n; i++) {
        x[i] = (double)(i * 7 % n);
        y[i] = x[i] + (double)(i * 13 % 101);
    }
    struct shape shape[2];
    assert_int_equal(shape_of(&(struct sample){.n = n, .x = x, .y = y}, &no_bootstrap, shape, keep),
                     1);
    assert_int_equal(shape->n_points, 10);
    assert_true(shape->n_obs == n);
    assert_int_equal(shape->verdict, VERDICT_LINEAR);
    assert_true(fabs(shape->slope_lower.estimate - 1) < 0.1);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_r),   cmocka_unit_test(test_weights_of_one),
        cmocka_unit_test(test_shares),      cmocka_unit_test(test_no_verdict),
        cmocka_unit_test(test_many_values), cmocka_unit_test(test_point_of_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
