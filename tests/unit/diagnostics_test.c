/* SPDX-License-Identifier: GPL-3.0-or-later
   Checks of regressions where there is nothing to test, at far origins, and by their definitions;
   against R in tests/reference/diagnostics_test.c. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/diagnostic/brant.h"
#include "models/diagnostic/influence.h"
#include "models/diagnostic/nested.h"
#include "models/diagnostic/term_tests.h"
#include "models/diagnostic/vif.h"
#include "tests/check.h"
#include "tests/diagnostics_case.h"

enum { N = 12 };

static const double grid[N] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const double other[N] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};

static struct fitted *made(const struct outcome *outcome, const char *formula, const double *y,
                           const double *x, struct arena *keep)
{
    struct model *model = ARENA_NEW(keep, struct model, 1);
    struct model_column *column = ARENA_NEW(keep, struct model_column, 3);
    column[0] = (struct model_column){.name = "y", .value = y};
    column[1] = (struct model_column){.name = "x", .value = x};
    column[2] = (struct model_column){.name = "z", .value = other};
    model->outcome = outcome;
    model->name = formula;
    struct fitted *f = ARENA_NEW(keep, struct fitted, 1);
    *f = (struct fitted){.keep = keep, .model = model, .data = {N, 3, column}};
    diagnostics_fit(f, formula);
    return f;
}

static void all_say(const struct fitted *f, enum fit_status status)
{
    for (size_t k = 0; k < n_model_checks; k++) {
        struct check_result r;
        if (!model_checks[k]->applies(&f->fit))
            continue;
        model_check_run(model_checks[k], &f->fit, &r, f->keep);
        assert_int_equal(r.status, status);
        assert_true(isnan(r.estimate) && isnan(r.p_value));
    }
}

static void term_says(struct fitted *f, enum fit_status status)
{
    struct term_tests tests;
    term_tests(&f->fit, f->formula, &f->options, &tests, f->keep);
    assert_true(tests.n > 0);
    for (size_t i = 0; i < tests.n; i++) {
        assert_int_equal(tests.test[i].tested.status, status);
        assert_true(isnan(tests.test[i].tested.p_value));
    }
}

static void vif_says(struct fitted *f, enum fit_status status)
{
    struct vif vif[2];
    assert_int_equal(vif_of(&f->fit, 2, vif, f->keep), status);
    assert_true(isnan(vif[0].gvif) && isnan(vif[1].gvif));
}

static void test_without_estimates(void **state)
{
    static const double split[N] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    struct arena *keep = arena_new();
    double line[N];
    (void)state;
    for (size_t i = 0; i < N; i++)
        line[i] = 1 + 2 * grid[i] - other[i];
    struct fitted *perfect = made(&outcome_gaussian, "y ~ x + z", line, grid, keep);
    all_say(perfect, FIT_PERFECT);
    term_says(perfect, FIT_PERFECT);
    vif_says(perfect, FIT_PERFECT);
    struct fitted *separated = made(&outcome_binomial, "y ~ x + z", split, grid, keep);
    all_say(separated, FIT_SEPARATION);
    term_says(separated, FIT_SEPARATION);
    vif_says(separated, FIT_SEPARATION);
    arena_free(keep);
}

static enum fit_status status_of(const struct fitted *f, const struct model_check *check)
{
    struct check_result r;
    assert_true(check->applies(&f->fit));
    model_check_run(check, &f->fit, &r, f->keep);
    assert_true(r.status == FIT_OK || isnan(r.p_value));
    return r.status;
}

static void test_nothing_to_test(void **state)
{
    static const double bits[N] = {0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0};
    static const double rare[N] = {1, 1, 1, 1, 2, 1, 2, 2, 1, 2, 2, 3};
    struct arena *keep = arena_new();
    (void)state;
    struct fitted *constant = made(&outcome_gaussian, "y ~ 1", other, grid, keep);
    assert_int_equal(status_of(constant, &check_breusch_pagan), FIT_UNIDENTIFIED);
    assert_int_equal(status_of(constant, &check_reset), FIT_UNIDENTIFIED);
    assert_int_equal(status_of(constant, &check_jarque_bera), FIT_OK);
    struct fitted *twice = made(&outcome_gaussian, "z ~ x + I(2 * x)", other, grid, keep);
    vif_says(twice, FIT_UNIDENTIFIED);
    struct fitted *two = made(&outcome_ordinal, "y ~ x + z", bits, grid, keep);
    assert_int_equal(status_of(two, &check_brant), FIT_UNIDENTIFIED);
    struct fitted *end = made(&outcome_ordinal, "y ~ x", rare, grid, keep);
    assert_int_equal(status_of(end, &check_brant), FIT_SEPARATION);
    arena_free(keep);
}

/* An origin far away and another unit change no check. */
static void test_far_away(void **state)
{
    static const double answer[N] = {1, 2, 1, 3, 2, 1, 3, 2, 3, 2, 1, 3};
    const struct outcome *const outcome[] = {&outcome_gaussian, &outcome_poisson, &outcome_ordinal};
    struct arena *keep = arena_new();
    double far[N];
    (void)state;
    for (size_t i = 0; i < N; i++)
        far[i] = 1e9 + 1e-3 * grid[i] * grid[i];
    double near[N];
    for (size_t i = 0; i < N; i++)
        near[i] = far[i] - 1e9; /* exactly */
    for (size_t o = 0; o < 3; o++) {
        struct fitted *a = made(outcome[o], "y ~ x + z", answer, near, keep);
        struct fitted *b = made(outcome[o], "y ~ x + z", answer, far, keep);
        for (size_t k = 0; k < n_model_checks; k++) {
            struct check_result r, s;
            if (!model_checks[k]->applies(&a->fit))
                continue;
            model_check_run(model_checks[k], &a->fit, &r, keep);
            model_check_run(model_checks[k], &b->fit, &s, keep);
            assert_int_equal(r.status, s.status);
            assert_digits(s.estimate, r.estimate, 7);
        }
        struct vif v[2], w[2];
        assert_int_equal(vif_of(&a->fit, 2, v, keep), FIT_OK);
        assert_int_equal(vif_of(&b->fit, 2, w, keep), FIT_OK);
        assert_digits(w[0].gvif, v[0].gvif, 7);
    }
    arena_free(keep);
}

/* By definition, of a line: 1 / (1 - R-squared) of a regressor on the other. */
static void test_vif_is_one_over_tolerance(void **state)
{
    struct arena *keep = arena_new();
    double y[N], sxx = 0, szz = 0, sxz = 0;
    struct vif vif[2];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        y[i] = (double)(i * i % 7);
        sxx += (grid[i] - 6.5) * (grid[i] - 6.5);
        szz += (other[i] - 52.0 / 12) * (other[i] - 52.0 / 12);
        sxz += (grid[i] - 6.5) * (other[i] - 52.0 / 12);
    }
    struct fitted *f = made(&outcome_gaussian, "y ~ x + z", y, grid, keep);
    assert_int_equal(vif_of(&f->fit, 2, vif, keep), FIT_OK);
    assert_digits(vif[0].gvif, 1 / (1 - sxz * sxz / sxx / szz), 13);
    assert_digits(vif[1].per_coefficient, sqrt(vif[0].gvif), 13);
    arena_free(keep);
}

/* A tobit without limits is a line: with e a residual, s^2 their mean square and h the leverage,
   its score's distance is ((e/s)^2 h + ((e/s)^2 - 1)^2 / (2 n)) / (p + 1). */
static void test_cook_of_scores(void **state)
{
    struct arena *keep = arena_new();
    double y[N], total = 0;
    struct row_influence row[N], plain[N];
    (void)state;
    for (size_t i = 0; i < N; i++)
        y[i] = (double)(i * i % 7);
    struct fitted *line = made(&outcome_gaussian, "y ~ x + z", y, grid, keep);
    influence_of_rows(&line->fit, plain, keep);
    struct fitted *tobit = ARENA_NEW(keep, struct fitted, 1);
    *tobit = *line;
    tobit->options = (struct outcome_options){.left = -INFINITY, .right = INFINITY};
    struct model model = {.name = "tobit", .outcome = &outcome_tobit};
    tobit->model = &model;
    diagnostics_fit(tobit, "y ~ x + z");
    assert_int_equal(tobit->fit.fit.status, FIT_CONVERGED);
    influence_of_rows(&tobit->fit, row, keep);
    for (size_t i = 0; i < N; i++)
        total += (y[i] - line->fit.mean[i]) * (y[i] - line->fit.mean[i]) / N;
    for (size_t i = 0; i < N; i++) {
        double gap = y[i] - line->fit.mean[i], square = gap * gap / total;
        double want = (square * plain[i].leverage + (square - 1) * (square - 1) / (2 * N)) / 4;
        assert_digits(row[i].cook, want, 9);
        assert_true(isnan(row[i].leverage));
    }
    const uint32_t *order = influence_order(row, N, keep);
    for (size_t i = 1; i < N; i++)
        assert_true(row[order[i - 1]].cook >= row[order[i]].cook);
    arena_free(keep);
}

/* Which of two formulas is within the other. */
static void nests(const char *smaller_text, const char *larger_text, bool forth, bool back,
                  struct arena *keep)
{
    double *y = ARENA_NEW(keep, double, N);
    for (size_t i = 0; i < N; i++)
        y[i] = (double)(i * i % 7);
    struct fitted *s = made(&outcome_gaussian, smaller_text, y, grid, keep);
    struct fitted *l = made(&outcome_gaussian, larger_text, y, grid, keep);
    assert_true(nested_same_rows(&s->fit, &l->fit));
    assert_int_equal(nested_within(&s->fit, &l->fit), forth);
    assert_int_equal(nested_within(&l->fit, &s->fit), back);
}

static void test_nesting(void **state)
{
    struct arena *keep = arena_new();
    (void)state;
    nests("y ~ x", "y ~ x + z", true, false, keep);
    nests("y ~ x", "y ~ poly(x, 2)", true, false, keep);
    nests("y ~ x + z", "y ~ I(x + z) + I(x - z)", true, true, keep);
    nests("y ~ x", "y ~ log(x)", false, false, keep);
    nests("y ~ x", "y ~ z", false, false, keep);
    nests("y ~ x", "y ~ 0 + C(x)", true, false, keep);
    nests("y ~ offset(z)", "y ~ x + z", true, false, keep);
    nests("y ~ offset(z)", "y ~ x", false, false, keep);
    arena_free(keep);
}

/* Every check has a title, a source and its place in the documentation. */
static void test_documented(void **state)
{
    char page[1 << 16], name[64];
    FILE *f = fopen("docs/methods/regression-diagnostics.md", "r");
    (void)state;
    assert_non_null(f);
    page[fread(page, 1, sizeof page - 1, f)] = '\0';
    fclose(f);
    for (size_t k = 0; k < n_model_checks; k++) {
        const struct model_check *check = model_checks[k];
        assert_true(*check->title && strpbrk(check->source, "0123456789"));
        assert_ptr_equal(model_check_find(check->name), check);
        snprintf(name, sizeof name, "`%s`", check->name);
        if (!strstr(page, name))
            fail_msg("%s is not documented", name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_estimates), cmocka_unit_test(test_nothing_to_test),
        cmocka_unit_test(test_far_away),          cmocka_unit_test(test_vif_is_one_over_tolerance),
        cmocka_unit_test(test_cook_of_scores),    cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_documented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
