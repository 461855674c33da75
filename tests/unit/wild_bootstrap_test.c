/* SPDX-License-Identifier: GPL-3.0-or-later
   The wild cluster bootstrap against its definition with each vector of weights and each refit
   written out in R (scripts/reference/wild.R), and what must hold of it. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/outcome/wild.h"
#include "tests/check.h"
#include "tests/glm_data.h"

static const struct bootstrap_case {
    const char *name, *response;
    const struct family *family;
    const struct link *link;
    const char *weight, *exposure, *cluster;
    enum weight_kind weight_kind;
    const struct wild_weights *draws;
} cases[] = {
    {"gaussian/rademacher/firm", "y", &family_gaussian, NULL, NULL, NULL, "firm", WEIGHT_NONE,
     &wild_weights_rademacher},
    {"gaussian/webb/four", "y", &family_gaussian, NULL, NULL, NULL, "four", WEIGHT_NONE, NULL},
    {"gaussian/rademacher/four", "y", &family_gaussian, NULL, NULL, NULL, "four", WEIGHT_NONE,
     &wild_weights_rademacher},
    {"gaussian/rademacher/firm/weight", "y", &family_gaussian, NULL, "weight", NULL, "firm",
     WEIGHT_SAMPLING, &wild_weights_rademacher},
    {"gaussian/rademacher/firm/times", "y", &family_gaussian, NULL, "times", NULL, "firm",
     WEIGHT_FREQUENCY, &wild_weights_rademacher},
    {"logit/rademacher/firm", "hit", &family_binomial, NULL, NULL, NULL, "firm", WEIGHT_NONE,
     &wild_weights_rademacher},
    {"probit/rademacher/firm", "hit", &family_binomial, &link_probit, NULL, NULL, "firm",
     WEIGHT_NONE, &wild_weights_rademacher},
    {"poisson/rademacher/firm", "count", &family_poisson, NULL, "weight", "days", "firm",
     WEIGHT_SAMPLING, &wild_weights_rademacher},
    {"gamma/webb/four", "spend", &family_gamma, &link_log, NULL, NULL, "four", WEIGHT_NONE, NULL},
};
enum { N_CASES = sizeof cases / sizeof *cases };

static const struct reference *file(const char *path, struct arena *keep)
{
    const struct reference *r = reference_read(path, ',', keep);
    assert_non_null(r);
    return r;
}

static struct glm_clusters clusters_of(const struct reference *data, const char *column,
                                       struct arena *keep)
{
    uint32_t *code = ARENA_NEW(keep, uint32_t, data->n_rows);
    for (size_t i = 0; i < data->n_rows; i++)
        code[i] = (uint32_t)reference_real(data, i, column);
    return (struct glm_clusters){.n_ways = 1, .code = {code}, .n_clusters = {9}};
}

static struct glm fitted(const struct reference *data, const struct bootstrap_case *c,
                         struct arena *keep)
{
    struct design *d = ARENA_NEW(keep, struct design, 1);
    struct glm glm;
    *d = design_of(data, c->response, "x z", keep);
    if (c->exposure) {
        double *offset = reference_column(data, c->exposure, keep);
        for (size_t i = 0; i < d->n; i++)
            offset[i] = log(offset[i]);
        d->offset = offset;
    }
    struct glm_options o = {.family = c->family, .link = c->link, .weight_kind = c->weight_kind};
    o.weight = c->weight ? reference_column(data, c->weight, keep) : NULL;
    glm_fit(d, &o, &glm, keep);
    return glm;
}

static void assert_test(const struct wild_test *test, const struct reference *want, size_t row,
                        double digits)
{
    double low = reference_real(want, row, "low"), high = reference_real(want, row, "high");
    assert_digits(test->statistic, reference_real(want, row, "t"), 10);
    assert_digits(test->p_value, reference_real(want, row, "p"), 14);
    assert_true(test->all && test->replicates > 15);
    if (isnan(low))
        return;
    assert_digits(test->conf_low, low, digits);
    assert_digits(test->conf_high, high, digits);
    assert_int_equal(test->status,
                     isfinite(low) && isfinite(high) ? FIT_CONVERGED : FIT_FEW_CLUSTERS);
}

static void test_against_definition(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *data = file("tests/reference/wild_data.csv", keep);
    const struct reference *want = file("tests/reference/wild.csv", keep);
    size_t n_compared = 0;
    (void)state;
    for (size_t row = 0; row < want->n_rows; row++)
        for (size_t c = 0; c < N_CASES; c++) {
            if (strcmp(reference_text(want, row, "case"), cases[c].name) != 0)
                continue;
            struct glm glm = fitted(data, &cases[c], keep);
            struct glm_clusters k = clusters_of(data, cases[c].cluster, keep);
            struct wild_options o = {.weights = cases[c].draws, .conf_level = 0.95};
            struct wild_test test;
            size_t j = (size_t)reference_real(want, row, "j");
            assert_digits(glm.fit.estimate[j], reference_real(want, row, "b"), 12);
            glm_wild_test(&glm, &k, j, 0, &o, &test, keep);
            bool linear = cases[c].family == &family_gaussian;
            assert_test(&test, want, row, linear ? 8 : 5.5);
            n_compared++;
        }
    assert_int_equal(n_compared, 3 * N_CASES);
    arena_free(keep);
}

static struct outcome_fit fit_outcome(const struct outcome *o, const struct design *d,
                                      struct arena *keep)
{
    const struct outcome_data data = {.design = d};
    const struct outcome_options options = {.left = 0, .right = INFINITY};
    struct outcome_fit fit;
    outcome_fit(o, &data, &options, &fit, keep);
    return fit;
}

/* Ordered answers, whose null is imposed on the linearised model. */
static void test_ordered(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *data = file("tests/reference/wild_data.csv", keep);
    const struct reference *want = file("tests/reference/wild.csv", keep);
    struct glm_clusters firm = clusters_of(data, "firm", keep);
    struct wild_options o = {.weights = &wild_weights_rademacher, .conf_level = 0.95};
    struct design d = design_of(data, "y", "x z", keep);
    double *level = ARENA_NEW(keep, double, d.n);
    size_t n_compared = 0;
    (void)state;
    for (size_t i = 0; i < d.n; i++)
        level[i] = (d.y[i] > 0) + (d.y[i] > 1.5);
    d.y = level;
    struct outcome_fit fit = fit_outcome(&outcome_ordinal, &d, keep);
    for (size_t row = 0; row < want->n_rows; row++) {
        struct wild_test test;
        size_t j = (size_t)reference_real(want, row, "j");
        if (strcmp(reference_text(want, row, "case"), "ordinal/rademacher/firm") != 0)
            continue;
        outcome_wild_test(&fit, &firm, j, 0, &o, &test, keep);
        assert_digits(fit.fit.estimate[j], reference_real(want, row, "b"), 8);
        assert_test(&test, want, row, 8);
        n_compared++;
    }
    assert_int_equal(n_compared, 4);
    arena_free(keep);
}

/* Lognormal amounts are least squares of the buyers' logarithms; families of glm are theirs. */
static void test_parts(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *data = file("tests/reference/wild_data.csv", keep);
    struct glm_clusters firm = clusters_of(data, "firm", keep), buyers = firm;
    struct wild_options o = {.weights = &wild_weights_rademacher, .conf_level = 0.95};
    struct design d = design_of(data, "spend", "x z", keep), logs = d;
    double *spend = ARENA_NEW(keep, double, d.n), *y = ARENA_NEW(keep, double, d.n);
    double *x = ARENA_NEW(keep, double, d.n *d.p);
    uint32_t *code = ARENA_NEW(keep, uint32_t, d.n);
    (void)state;
    logs.n = 0;
    for (size_t i = 0; i < d.n; i++) {
        spend[i] = i % 5 ? d.y[i] : 0;
        if (!(spend[i] > 0))
            continue;
        memcpy(x + logs.n * d.p, d.x + i * d.p, d.p * sizeof *x);
        code[logs.n] = firm.code[0][i];
        y[logs.n++] = log(spend[i]);
    }
    d.y = spend;
    logs.x = x;
    logs.y = y;
    buyers.code[0] = code;
    struct outcome_fit two = fit_outcome(&outcome_two_part, &d, keep);
    struct outcome_fit line = fit_outcome(&outcome_gaussian, &logs, keep);
    struct wild_test a, b;
    for (size_t j = 0; j < 3; j++) {
        outcome_wild_test(&two, &firm, j, 0, &o, &a, keep);
        outcome_wild_test(&line, &buyers, j, 0, &o, &b, keep);
        assert_digits(a.statistic, b.statistic, 10);
        assert_digits(a.p_value, b.p_value, 14);
        assert_digits(a.conf_low, b.conf_low, 9);
        assert_int_equal(a.status, b.status);
    }
    outcome_wild_test(&two, &firm, 3, 0, &o, &a, keep); /* of any spending */
    assert_true(a.status == FIT_CONVERGED && a.p_value > 0 && a.conf_low < a.conf_high);
    outcome_wild_test(&two, &firm, two.fit.n_params - 1, 0, &o, &a, keep);
    assert_string_equal(two.fit.term[two.fit.n_params - 1], "Smearing");
    assert_int_equal(a.status, FIT_UNIDENTIFIED);
    arena_free(keep);
}

/* Random draws tend to the share of all; they are the same for any number of threads. */
static void test_random_draws(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *data = file("tests/reference/wild_data.csv", keep);
    struct glm glm = fitted(data, &cases[0], keep), logit = fitted(data, &cases[5], keep);
    struct glm_clusters firm = clusters_of(data, "firm", keep);
    struct wild_options all = {
        .weights = &wild_weights_webb, .replicates = 1679616, .conf_level = 0.95};
    struct wild_options one = {.replicates = 20000, .conf_level = 0.9, .seed = 5, .threads = 1};
    struct wild_options three = one;
    struct wild_test exact, a, b;
    (void)state;
    glm_wild_test(&glm, &firm, 2, 0, &all, &exact, keep);
    assert_true(exact.all && exact.replicates == 1679616); /* 6^8 */
    glm_wild_test(&glm, &firm, 2, 0, &one, &a, keep);
    assert_true(!a.all && a.weights == &wild_weights_webb && a.replicates == 20000);
    assert_true(fabs(a.p_value - exact.p_value) <
                4 * sqrt(exact.p_value * (1 - exact.p_value) / 20000));
    three.threads = 3;
    glm_wild_test(&glm, &firm, 2, 0, &three, &b, keep);
    assert_memory_equal(&a.p_value, &b.p_value, sizeof(double));
    assert_memory_equal(&a.conf_low, &b.conf_low, sizeof(double));
    one.replicates = three.replicates = 499;
    glm_wild_test(&logit, &firm, 1, 0, &one, &a, keep);
    glm_wild_test(&logit, &firm, 1, 0, &three, &b, keep);
    assert_memory_equal(&a.p_value, &b.p_value, sizeof(double));
    assert_memory_equal(&a.conf_high, &b.conf_high, sizeof(double));
    arena_free(keep);
}

/* The estimate is never rejected, its limits are; units and origins do not matter; a coefficient
   that does not exist has no test. */
static void test_what_holds(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *data = file("tests/reference/wild_data.csv", keep);
    struct glm_clusters firm = clusters_of(data, "firm", keep);
    struct wild_options o = {.weights = &wild_weights_rademacher, .conf_level = 0.95};
    (void)state;
    for (size_t c = 0; c < N_CASES; c++) {
        struct glm glm = fitted(data, &cases[c], keep);
        struct wild_test test, at;
        glm_wild_test(&glm, &firm, 1, glm.fit.estimate[1], &o, &test, keep);
        assert_digits(test.p_value, 1, 12);
        assert_true(fabs(test.statistic) < 1e-6);
        assert_int_equal(test.status, FIT_CONVERGED);
        double width = test.conf_high - test.conf_low;
        glm_wild_test(&glm, &firm, 1, test.conf_low - 1e-5 * width, &o, &at, keep);
        assert_true(at.p_value <= 0.05);
        glm_wild_test(&glm, &firm, 1, test.conf_low + 1e-5 * width, &o, &at, keep);
        assert_true(at.p_value > 0.05);
    }
    arena_free(keep);
}

static void test_no_answer(void **state)
{
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 4, 5, 6}, twice[] = {2, 4, 6, 8, 10, 12};
    const double y[] = {1, 3, 2, 5, 4, 7}, line[] = {2, 4, 6, 8, 10, 12};
    const double *const columns[] = {NULL, x, twice};
    const uint32_t one[6] = {0}, pairs[] = {0, 0, 4, 4, 2, 2};
    struct glm_clusters c = {.n_ways = 1, .code = {one}, .n_clusters = {1}};
    struct glm_options o = {.family = &family_gaussian};
    struct design d = design_of_columns(6, 3, columns, y, keep);
    struct wild_options w = {.conf_level = 0.95};
    struct wild_test test;
    struct glm glm;
    (void)state;
    glm_fit(&d, &o, &glm, keep);
    glm_wild_test(&glm, &c, 1, 0, &w, &test, keep);
    assert_int_equal(test.status, FIT_FEW_CLUSTERS);
    assert_true(isnan(test.p_value) && isnan(test.conf_low));
    c = (struct glm_clusters){.n_ways = 1, .code = {pairs}, .n_clusters = {5}};
    glm_wild_test(&glm, &c, 2, 0, &w, &test, keep); /* collinear */
    assert_int_equal(test.status, FIT_UNIDENTIFIED);
    glm_wild_test(&glm, &c, 1, 0, &w, &test, keep); /* 6^3 vectors, 3 clusters that have rows */
    assert_int_equal(test.n_clusters, 3);
    assert_true(test.all && test.replicates == 216 && test.p_value > 0);
    d = design_of_columns(6, 2, columns, line, keep);
    glm_fit(&d, &o, &glm, keep);
    glm_wild_test(&glm, &c, 1, 0, &w, &test, keep);
    assert_int_equal(test.status, FIT_PERFECT);
    arena_free(keep);
}

/* A column about 1e6 and an offset, in other units: the same p, the limits in those units. */
static void test_units(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *data = file("tests/reference/wild_data.csv", keep);
    struct glm_clusters firm = clusters_of(data, "firm", keep);
    struct wild_options o = {.weights = &wild_weights_rademacher, .conf_level = 0.95};
    const size_t which[] = {0, 5, 7};
    (void)state;
    for (size_t m = 0; m < 3; m++) {
        struct glm glm = fitted(data, &cases[which[m]], keep), moved;
        struct design d = *glm.design;
        double *x = arena_copy(keep, d.x, d.n * d.p, sizeof *x);
        for (size_t i = 0; i < d.n; i++)
            x[i * d.p + 1] = 1e6 + 1024 * x[i * d.p + 1];
        d.x = x;
        struct glm_options g = {.family = glm.family, .weight = glm.w};
        glm_fit(&d, &g, &moved, keep);
        struct wild_test a, b;
        glm_wild_test(&glm, &firm, 1, 0, &o, &a, keep);
        glm_wild_test(&moved, &firm, 1, 0, &o, &b, keep);
        assert_digits(b.p_value, a.p_value, 14);
        assert_digits(b.conf_low * 1024, a.conf_low, 4.5);
        assert_digits(b.conf_high * 1024, a.conf_high, 4.5);
    }
    arena_free(keep);
}

static void test_weights(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_wild_weights; i++) {
        const struct wild_weights *w = wild_weights_all[i];
        double sum = 0, square = 0;
        for (size_t p = 0; p < w->n_points; p++) {
            sum += w->point[p];
            square += w->point[p] * w->point[p] / (double)w->n_points;
            assert_true((w->point[p] > 0) == (p < w->n_points / 2));
        }
        assert_digits(sum, 0, 15);
        assert_digits(square, 1, 15);
        assert_ptr_equal(wild_weights_find(w->name), w);
    }
    assert_null(wild_weights_find("mammen"));
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_definition),
        cmocka_unit_test(test_ordered),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_random_draws),
        cmocka_unit_test(test_what_holds),
        cmocka_unit_test(test_no_answer),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
