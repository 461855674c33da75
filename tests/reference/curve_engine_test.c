/* SPDX-License-Identifier: GPL-3.0-or-later
   The fitting engine against R: covariances by sandwich, losses by rlm and nlrob, bounds by nls'
   port, limits by profile (scripts/reference/curve_engine.R). */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/formula/formula.h"
#include "models/regression/covariance.h"
#include "models/regression/loss.h"
#include "models/regression/profile.h"

#define P_MAX 3

/* One case: the rows of the reference that belong to one fit. */
struct task {
    const struct reference *want;
    size_t row, p;
    struct formula formula;
    const double **variables;
    const double *w;
    enum weight_kind kind;
    size_t n;
    struct curve_options options;
};

static uint32_t *clusters(const struct reference *data, size_t *below, struct arena *keep)
{
    double *g = reference_column(data, "g", keep);
    uint32_t *id = ARENA_NEW(keep, uint32_t, data->n_rows);
    *below = 0;
    for (size_t i = 0; i < data->n_rows; i++) {
        id[i] = (uint32_t)g[i];
        *below = id[i] >= *below ? id[i] + 1 : *below;
    }
    return id;
}

static void take_weights(struct task *t, const struct reference *data, struct arena *keep)
{
    const char *weights = reference_text(t->want, t->row, "weights");
    t->kind = WEIGHT_NONE;
    if (strcmp(weights, "sampling") == 0) {
        t->kind = WEIGHT_SAMPLING;
        t->w = reference_column(data, "w", keep);
    } else if (strcmp(weights, "frequency") == 0) {
        t->kind = WEIGHT_FREQUENCY;
        t->w = reference_column(data, "f", keep);
    }
}

static void take_options(struct task *t, const struct reference *data, struct arena *keep)
{
    double *lower = ARENA_NEW(keep, double, t->p), *upper = ARENA_NEW(keep, double, t->p);
    const char *kind = reference_text(t->want, t->row, "covariance");
    t->options = (struct curve_options){.lower = lower, .upper = upper};
    for (size_t j = 0; j < t->p; j++) {
        lower[j] = reference_real(t->want, t->row + j, "lower");
        upper[j] = reference_real(t->want, t->row + j, "upper");
        lower[j] = isnan(lower[j]) ? -INFINITY : lower[j];
        upper[j] = isnan(upper[j]) ? INFINITY : upper[j];
    }
    t->options.loss = loss_find(reference_text(t->want, t->row, "loss"));
    assert_non_null(t->options.loss);
    if (!*kind)
        return;
    t->options.covariance = covariance_find(kind);
    assert_non_null(t->options.covariance);
    if (t->options.covariance->clusters)
        t->options.cluster = clusters(data, &t->options.n_clusters, keep);
}

/* The case that starts at this row: as many rows as its formula has parameters. */
static struct task task_at(const struct reference *want, size_t row, const struct reference *data,
                           struct arena *keep)
{
    struct task t = {.want = want, .row = row, .n = data->n_rows};
    const char **param = ARENA_NEW(keep, const char *, P_MAX);
    do
        param[t.p] = reference_text(want, row + t.p, "term");
    while (++t.p < P_MAX && row + t.p < want->n_rows &&
           strcmp(reference_text(want, row + t.p, "term"), param[0]) != 0);
    struct formula_names names = {t.p, param, data->n_cols, (const char *const *)data->header};
    struct formula_error error;
    assert_true(
        formula_parse(reference_text(want, row, "formula"), &names, &t.formula, &error, keep));
    t.variables = ARENA_NEW(keep, const double *, t.formula.n_variables);
    for (size_t j = 0; j < t.formula.n_variables; j++)
        t.variables[j] = reference_column(data, t.formula.variable[j], keep);
    take_weights(&t, data, keep);
    take_options(&t, data, keep);
    return t;
}

static void check_limits(const struct task *t, const struct fit *fit, struct arena *keep)
{
    double low[P_MAX], high[P_MAX];
    if (isnan(reference_real(t->want, t->row, "conf_low")))
        return;
    struct regression *r =
        formula_regression(&t->formula, t->variables, t->n, t->w, t->kind, &t->options, keep);
    profile_limits(r, &t->options, fit, 0.95, low, high, keep);
    for (size_t j = 0; j < t->p; j++) {
        assert_digits(low[j], reference_real(t->want, t->row + j, "conf_low"), 8);
        assert_digits(high[j], reference_real(t->want, t->row + j, "conf_high"), 8);
    }
}

static void check(const struct task *t, struct arena *keep)
{
    struct fit fit;
    double start[P_MAX], digits = reference_real(t->want, t->row, "digits");
    for (size_t j = 0; j < t->p; j++)
        start[j] = reference_real(t->want, t->row + j, "start");
    formula_fit(&t->formula, t->variables, t->n, t->w, t->kind, start, &t->options, &fit, keep);
    print_message("%s %s %s %s %s: %s\n", reference_text(t->want, t->row, "case"), t->formula.text,
                  reference_text(t->want, t->row, "weights"),
                  reference_text(t->want, t->row, "loss"),
                  reference_text(t->want, t->row, "covariance"), fit_status_word(fit.status));
    assert_int_equal(fit.status, FIT_CONVERGED);
    assert_digits(fit_df(&fit), reference_real(t->want, t->row, "df"), 15);
    for (size_t j = 0; j < t->p; j++) {
        assert_digits(fit.estimate[j], reference_real(t->want, t->row + j, "estimate"), digits);
        assert_digits(fit_std_error(&fit, j), reference_real(t->want, t->row + j, "std_error"),
                      digits);
    }
    check_limits(t, &fit, keep);
}

static void test_engine(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *want = reference_read("tests/reference/curve_engine.csv", ',', keep);
    const struct reference *data =
        reference_read("tests/reference/curve_engine_data.csv", ',', keep);
    assert_int_equal(want->n_rows, 147);
    for (size_t row = 0; row < want->n_rows;) {
        struct task t = task_at(want, row, data, keep);
        check(&t, keep);
        row += t.p;
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_engine)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
