/* SPDX-License-Identifier: GPL-3.0-or-later
   The 27 nonlinear regressions of NIST's StRD, https://www.itl.nist.gov/div898/strd
   (public domain), typed as formulas: both published starts against the
   certified figures, in agreeing digits (LRE, at most the 11 that NIST prints). */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/formula/formula.h"

#define MAX_PARAMS 9
#define N_PROBLEMS 27

static double agreement(double got, double want)
{
    return fmin(11, -log10(fabs(got - want) / fabs(want)));
}

static double certified(const struct reference *r, const char *name, const char *quantity)
{
    for (size_t i = 0; i < r->n_rows; i++)
        if (strcmp(reference_text(r, i, "case"), name) == 0 &&
            strcmp(reference_text(r, i, "quantity"), quantity) == 0)
            return reference_real(r, i, "value");
    fail_msg("%s: no certified %s", name, quantity);
    return NAN;
}

struct task {
    const char *name;
    struct formula formula;
    size_t n;
    const double **variables;
};

static struct task task_of(const struct reference *models, size_t row, struct arena *keep)
{
    static const char *const param[] = {"b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9"};
    struct task t = {.name = reference_text(models, row, "case")};
    const char *csv = oracle_path(arena_printf(keep, "nist/data/%s.csv", t.name), keep);
    assert_non_null(csv);
    const struct reference *data = reference_read(csv, ',', keep);
    t.n = data->n_rows;
    struct formula_names names = {.n_params = (size_t)reference_real(models, row, "n_par"),
                                  .param = param,
                                  .n_columns = data->n_cols,
                                  .column = (const char *const *)data->header};
    const char *text = arena_printf(keep, "%s ~ %s", reference_text(models, row, "response"),
                                    reference_text(models, row, "model"));
    struct formula_error error;
    if (!formula_parse(text, &names, &t.formula, &error, keep))
        fail_msg("%s: %s\n%s", t.name, error.what, formula_caret(text, error.position, keep));
    t.variables = ARENA_NEW(keep, const double *, t.formula.n_variables);
    for (size_t j = 0; j < t.formula.n_variables; j++)
        t.variables[j] = reference_column(data, t.formula.variable[j], keep);
    return t;
}

struct score {
    enum fit_status status;
    size_t n_iter;
    double b, sd, rss; /* worst LRE */
};

static struct score score_of(const struct task *t, const struct reference *values, int from,
                             struct arena *keep)
{
    double start[MAX_PARAMS];
    size_t p = t->formula.n_params;
    for (size_t j = 0; j < p; j++)
        start[j] = certified(values, t->name, arena_printf(keep, "start%d_b%zu", from, j + 1));
    struct fit fit;
    formula_fit(&t->formula, t->variables, t->n, NULL, WEIGHT_NONE, start, &fit, keep);
    struct score s = {fit.status, fit.n_iter, 11, 11,
                      agreement(fit.deviance, certified(values, t->name, "rss"))};
    for (size_t j = 0; j < p; j++) {
        double b = certified(values, t->name, arena_printf(keep, "b%zu", j + 1));
        double sd = certified(values, t->name, arena_printf(keep, "sd_b%zu", j + 1));
        s.b = fmin(s.b, agreement(fit.estimate[j], b));
        s.sd = fmin(s.sd, agreement(fit_std_error(&fit, j), sd));
    }
    return s;
}

static void test_nist(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("nist/models.tsv", keep);
    if (!path)
        skip();
    const struct reference *models = reference_read(path, '\t', keep);
    const struct reference *values =
        reference_read(oracle_path("nist/expected.tsv", keep), '\t', keep);
    print_message("| %-9s | start 1: iterations, digits of b, sd | start 2: the same\n", "NIST");
    for (size_t i = 0; i < N_PROBLEMS; i++) {
        struct task t = task_of(models, i, keep);
        struct score one = score_of(&t, values, 1, keep), two = score_of(&t, values, 2, keep);
        print_message("| %-9s | %-12s %4zu %5.1f %5.1f %5.1f | %-12s %4zu %5.1f %5.1f %5.1f |\n", t.name,
                      fit_status_word(one.status), one.n_iter, one.b, one.sd, one.rss,
                      fit_status_word(two.status), two.n_iter, two.b, two.sd, two.rss);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nist)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
