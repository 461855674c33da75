/* SPDX-License-Identifier: GPL-3.0-or-later
   Relative importance against R, from the definitions (all orders one by one; the eigenvectors of
   the correlations): scripts/reference/subsets.R.  What holds of it whatever the data. */
#include <math.h>
#include <string.h>

#include "models/importance/importance.h"
#include "tests/subset_case.h"

#define DIGITS 10
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

static struct importance_table compute(const struct world *w, const char *formula,
                                       const char *forced, struct glm_options options,
                                       struct importance_options o)
{
    struct importance_table table;
    struct subset_case c = case_of(&w->data, formula, forced, w->keep);
    struct subset_case *kept = arena_copy(w->keep, &c, 1, sizeof c);
    relative_importance(&kept->design, &options, &kept->terms, &o, &table, w->keep);
    return table;
}

static void check_sum(const struct importance_table *t, const struct importance *of)
{
    double total = 0, shares = 0;
    for (size_t j = 0; j < t->n; j++) {
        total += of[j].estimate;
        shares += of[j].share;
    }
    assert_digits(total, t->r_squared - t->forced_r_squared, 13);
    assert_digits(shares, 1, 13);
}

static void check_case(const struct world *w, const char *name, const char *formula,
                       const char *forced, struct glm_options options)
{
    bool linear = subset_is_linear(&options);
    double digits = linear ? DIGITS : FITTED_DIGITS;
    struct importance_table t =
        compute(w, formula, forced, options, (struct importance_options){.conf_level = 0.95});
    assert_int_equal(t.status, FIT_OK);
    assert_digits(t.r_squared, expected(w, name, "r_squared"), digits);
    assert_digits(t.forced_r_squared, expected(w, name, "forced_r_squared"), digits);
    for (size_t m = 0; m < n_importance_methods; m++) {
        const struct importance_method *method = importance_methods[m];
        const struct importance *of = t.of_method[m];
        if (method->linear && !linear) {
            assert_null(of);
            continue;
        }
        for (size_t j = 0; j < t.n; j++)
            assert_digits(of[j].estimate,
                          expected(w, name, arena_printf(w->keep, "%s.%zu", method->name, j)),
                          digits);
        if (method->sums)
            check_sum(&t, of);
    }
}

static void test_against_r(void **state)
{
    const struct world *w = *state;
    struct glm_options plain = {.family = &family_gaussian}, weighted = plain;
    struct glm_options binomial = {.family = &family_binomial}, poisson = binomial;
    weighted.weight = case_column(&w->data, "w");
    poisson.family = &family_poisson;
    check_case(w, "importance", "y ~ x1 + x2 + x3 + x4 + x5", NULL, plain);
    check_case(w, "importance_weights", "y ~ x1 + x2 + f + g", NULL, weighted);
    check_case(w, "importance_forced", "y ~ x1 + x2 + x4 + f + x3 + g", "x3 g", plain);
    check_case(w, "importance_margins", "y ~ x1 + g + f + x1:g + x1:f", NULL, plain);
    check_case(w, "importance_binomial", "hit ~ x1 + x2 + f + g", NULL, binomial);
    check_case(w, "importance_poisson", "count ~ x1 + g + x2 + x1:g", NULL, poisson);
}

/* The percentile limits are those of the same draws made one by one, do not depend on the number of
   threads, and hold the estimate of a strong term. */
static void test_intervals(void **state)
{
    const struct world *w = *state;
    struct glm_options plain = {.family = &family_gaussian};
    struct importance_options one = {.conf_level = 0.9, .replicates = 200, .seed = 5, .threads = 1};
    struct importance_options two = one, wide = one;
    const char *formula = "y ~ x1 + x2 + f";
    two.threads = 2;
    wide.conf_level = 0.99;
    struct importance_table a = compute(w, formula, NULL, plain, one);
    struct importance_table b = compute(w, formula, NULL, plain, two);
    struct importance_table c = compute(w, formula, NULL, plain, wide);
    for (size_t m = 0; m < n_importance_methods; m++)
        for (size_t j = 0; j < a.n; j++) {
            struct importance p = a.of_method[m][j], q = b.of_method[m][j];
            assert_true(p.conf_low == q.conf_low && p.conf_high == q.conf_high);
            assert_true(p.conf_low < p.conf_high);
            assert_true(c.of_method[m][j].conf_low < p.conf_low);
            assert_true(c.of_method[m][j].conf_high > p.conf_high);
        }
    assert_true(a.of_method[0][0].conf_low < a.of_method[0][0].estimate);
    assert_true(a.of_method[0][0].conf_high > a.of_method[0][0].estimate);
}

/* A row of frequency f is f equal rows, draws included. */
static void test_frequencies(void **state)
{
    const struct world *w = *state;
    struct glm_options counted = {.family = &family_gaussian}, plain = counted;
    size_t n = w->data.n, k = 0;
    const double *times = case_column(&w->data, "times");
    struct subset_case c = case_of(&w->data, "y ~ x1 + x2 + g", NULL, w->keep), copies = c;
    double *x = ARENA_NEW(w->keep, double, 10 * n * c.design.p);
    double *y = ARENA_NEW(w->keep, double, 10 * n);
    for (size_t i = 0; i < n; i++)
        for (double t = 0; t < times[i]; t++, k++) {
            memcpy(x + k * c.design.p, c.design.x + i * c.design.p, c.design.p * sizeof *x);
            y[k] = c.design.y[i];
        }
    copies.design.n = k;
    copies.design.x = x;
    copies.design.y = y;
    copies.design.row = NULL;
    counted.weight = times;
    counted.weight_kind = WEIGHT_FREQUENCY;
    struct importance_options o = {.conf_level = 0.9, .replicates = 50, .seed = 5};
    struct importance_table a, b;
    relative_importance(&c.design, &counted, &c.terms, &o, &a, w->keep);
    relative_importance(&copies.design, &plain, &copies.terms, &o, &b, w->keep);
    for (size_t m = 0; m < n_importance_methods; m++)
        for (size_t j = 0; j < a.n; j++) {
            assert_digits(a.of_method[m][j].estimate, b.of_method[m][j].estimate, 11);
            assert_digits(a.of_method[m][j].conf_low, b.of_method[m][j].conf_low, 11);
            assert_digits(a.of_method[m][j].conf_high, b.of_method[m][j].conf_high, 11);
        }
}

/* Clusters of two equal rows each are drawn as the rows of the single table are. */
static void test_clusters(void **state)
{
    const struct world *w = *state;
    struct glm_options plain = {.family = &family_gaussian};
    size_t n = w->data.n;
    struct subset_case c = case_of(&w->data, "y ~ x1 + x2 + g", NULL, w->keep), twice = c;
    double *x = ARENA_NEW(w->keep, double, 2 * n * c.design.p);
    double *y = ARENA_NEW(w->keep, double, 2 * n);
    uint32_t *cluster = ARENA_NEW(w->keep, uint32_t, 2 * n);
    for (size_t i = 0; i < 2 * n; i++) {
        memcpy(x + i * c.design.p, c.design.x + i % n * c.design.p, c.design.p * sizeof *x);
        y[i] = c.design.y[i % n];
        cluster[i] = (uint32_t)(i % n);
    }
    twice.design.n = 2 * n;
    twice.design.x = x;
    twice.design.y = y;
    twice.design.row = NULL;
    struct importance_options o = {.conf_level = 0.9, .replicates = 50, .seed = 5}, of_two = o;
    of_two.cluster = cluster;
    of_two.n_clusters = n;
    struct importance_table a, b;
    relative_importance(&c.design, &plain, &c.terms, &o, &a, w->keep);
    relative_importance(&twice.design, &plain, &twice.terms, &of_two, &b, w->keep);
    for (size_t m = 0; m < n_importance_methods; m++)
        for (size_t j = 0; j < a.n; j++) {
            assert_digits(a.of_method[m][j].conf_low, b.of_method[m][j].conf_low, 11);
            assert_digits(a.of_method[m][j].conf_high, b.of_method[m][j].conf_high, 11);
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
        cmocka_unit_test(test_against_r),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_frequencies),
        cmocka_unit_test(test_clusters),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
