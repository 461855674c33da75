/* SPDX-License-Identifier: GPL-3.0-or-later
   Best subsets against R's lm(), glm() and leaps::regsubsets: scripts/reference/subsets.R. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/subset_case.h"

#define DIGITS 11
#define FITTED_DIGITS 9

struct world {
    struct arena *keep;
    struct reference *expected;
    struct model_data data;
};

static double expected(const struct world *w, const char *name, const char *quantity)
{
    for (size_t i = 0; i < w->expected->n_rows; i++)
        if (strcmp(reference_text(w->expected, i, "case"), name) == 0 &&
            strcmp(reference_text(w->expected, i, "quantity"), quantity) == 0)
            return reference_real(w->expected, i, "value");
    fail_msg("no %s of %s", quantity, name);
    return NAN;
}

static double figure(const struct world *w, const char *name, const char *quantity, size_t i)
{
    return expected(w, name, arena_printf(w->keep, "%s.%zu", quantity, i));
}

static const uint32_t *folds(const struct world *w)
{
    const double *column = case_column(&w->data, "fold");
    uint32_t *fold = ARENA_NEW(w->keep, uint32_t, w->data.n);
    for (size_t i = 0; i < w->data.n; i++)
        fold[i] = (uint32_t)column[i];
    return fold;
}

static void compare(const struct world *w, const char *name, const struct subset_model *m, size_t i,
                    bool linear, bool cv)
{
    double digits = linear ? DIGITS : FITTED_DIGITS;
    assert_int_equal(m->status, FIT_OK);
    assert_true((double)m->terms == figure(w, name, "terms", i));
    assert_true((double)m->n_params == figure(w, name, "n_params", i));
    assert_true((double)m->rank == figure(w, name, "rank", i));
    assert_digits(m->deviance, figure(w, name, "deviance", i), digits);
    assert_digits(m->log_lik, figure(w, name, "log_lik", i), digits);
    assert_digits(m->aic, figure(w, name, "aic", i), digits);
    assert_digits(m->aicc, figure(w, name, "aicc", i), digits);
    assert_digits(m->bic, figure(w, name, "bic", i), digits);
    if (cv)
        assert_digits(m->cv, figure(w, name, "cv", i), digits);
    if (cv && m->rank == 1)
        assert_digits(m->cv_selected, figure(w, name, "cv_selected", i), digits);
    if (!linear)
        return;
    assert_digits(m->r_squared, figure(w, name, "r_squared", i), digits);
    assert_digits(m->adj_r_squared, figure(w, name, "adj_r_squared", i), digits);
    assert_digits(m->cp, figure(w, name, "cp", i), 10);
    assert_digits(m->press, figure(w, name, "press", i), digits);
}

static void check_case(const struct world *w, const char *name, const char *formula,
                       const char *forced, struct glm_options options, bool cv)
{
    struct subset_case c = case_of(&w->data, formula, forced, w->keep);
    struct subset_options o = {.n_best = 2, .n_folds = cv ? 5 : 0, .fold = folds(w), .press = true};
    struct subset_table table;
    best_subsets(&c.design, &options, &c.terms, &o, &table, w->keep);
    assert_int_equal(table.status, FIT_OK);
    assert_true((double)table.n == expected(w, name, "n"));
    for (size_t i = 0; i < table.n; i++)
        compare(w, name, &table.model[i], i, subset_is_linear(&options), cv);
}

static void test_linear(void **state)
{
    const struct world *w = *state;
    struct glm_options plain = {.family = &family_gaussian}, weighted = plain, frequency = plain;
    const char *numbers = "y ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8";
    weighted.weight = case_column(&w->data, "w");
    frequency.weight = case_column(&w->data, "times");
    frequency.weight_kind = WEIGHT_FREQUENCY;
    check_case(w, "numbers", numbers, NULL, plain, true);
    check_case(w, "weights", numbers, NULL, weighted, true);
    check_case(w, "factor", "y ~ x1 + x2 + f + x4 + g", NULL, plain, true);
    check_case(w, "margins", "y ~ x1 + g + f + x2 + x1:g + x1:f + g:f", NULL, plain, true);
    check_case(w, "forced", "y ~ x1 + x2 + x3 + f + g", "x3 f", plain, true);
    check_case(w, "frequency", "y ~ x1 + x2 + x3 + x4 + g", NULL, frequency, false);
}

static void test_fitted(void **state)
{
    const struct world *w = *state;
    struct glm_options binomial = {.family = &family_binomial}, poisson = binomial;
    poisson.family = &family_poisson;
    check_case(w, "binomial", "hit ~ x1 + x2 + x3 + f + g", NULL, binomial, true);
    check_case(w, "poisson", "count ~ x1 + g + x2 + f + x1:g", NULL, poisson, true);
}

/* The same sets, sums of squares, Cp and adjusted R2 as leaps::regsubsets. */
static void test_leaps(void **state)
{
    const struct world *w = *state;
    struct subset_case c =
        case_of(&w->data, "y ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8", NULL, w->keep);
    struct glm_options options = {.family = &family_gaussian};
    struct subset_options o = {.n_best = 2};
    struct subset_table table;
    best_subsets(&c.design, &options, &c.terms, &o, &table, w->keep);
    size_t n = (size_t)expected(w, "leaps", "n");
    assert_int_equal(table.n, n + 1); /* regsubsets leaves the empty one out */
    for (size_t i = 0; i < n; i++) {
        const struct subset_model *m = &table.model[i + 1];
        assert_true((double)m->terms == figure(w, "leaps", "terms", i));
        assert_digits(m->deviance, figure(w, "leaps", "rss", i), DIGITS);
        assert_digits(m->cp, figure(w, "leaps", "cp", i), 10);
        assert_digits(m->adj_r_squared, figure(w, "leaps", "adjr2", i), DIGITS);
    }
}

static int setup(void **state)
{
    struct arena *keep = arena_new();
    struct world *w = ARENA_NEW(keep, struct world, 1);
    w->keep = keep;
    w->expected = reference_read("tests/reference/subsets.csv", ',', keep);
    struct reference *data = reference_read("tests/reference/subsets_data.csv", ',', keep);
    if (!w->expected || !data)
        return -1;
    w->data = case_data(data, keep);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct world *)*state)->keep);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_linear),
        cmocka_unit_test(test_fitted),
        cmocka_unit_test(test_leaps),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
