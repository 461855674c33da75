/* SPDX-License-Identifier: GPL-3.0-or-later
   The linear regressions of NIST's StRD, https://www.itl.nist.gov/div898/strd
   (public domain), typed as formulas, against the certified figures in agreeing
   digits (LRE, at most the 15 that NIST prints). */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/formula/formula.h"

#define MAX_PARAMS 11

/* Floors in digits: of the coefficients, their standard errors, and the residual
   standard deviation.  NAN: the fit is perfect, there are none. */
struct problem {
    const char *name;
    double b, sd, sigma;
};

static const struct problem problems[] = {
    {"Norris", 13.5, 13.5, 13.5}, {"Pontius", 13, 13, 13},    {"NoInt1", 14, 14, 14},
    {"NoInt2", 14, 14, 14},       {"Filip", 13, 10, 14},      {"Longley", 14, 14, 14},
    {"Wampler1", 14, NAN, NAN},   {"Wampler2", 13, NAN, NAN}, {"Wampler3", 14, 13, 14},
    {"Wampler4", 14, 13, 14},     {"Wampler5", 14, 13, 14},
};

static double agreement(double got, double want)
{
    return fmin(15, -log10(fabs(got - want) / fabs(want)));
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

static size_t row_of(const struct reference *models, const char *name)
{
    size_t i = 0;
    while (i < models->n_rows && strcmp(reference_text(models, i, "case"), name) != 0)
        i++;
    assert_true(i < models->n_rows);
    return i;
}

/* Parameters are B0, B1, ... or, without an intercept, B1, ... */
static void fit_problem(const char *name, const struct reference *models, struct fit *fit,
                        struct arena *keep)
{
    static const double start[MAX_PARAMS] = {0};
    size_t row = row_of(models, name);
    const char *model = reference_text(models, row, "model");
    struct formula_names names = {.n_params = (size_t)reference_real(models, row, "n_par")};
    const char **param = ARENA_NEW(keep, const char *, names.n_params);
    for (size_t j = 0; j < names.n_params; j++)
        param[j] = arena_printf(keep, "B%zu", j + (strstr(model, "B0") == NULL));
    const struct reference *data =
        reference_read(oracle_path(arena_printf(keep, "nist/data/%s.csv", name), keep), ',', keep);
    names.param = param;
    names.n_columns = data->n_cols;
    names.column = (const char *const *)data->header;
    struct formula *f = ARENA_NEW(keep, struct formula, 1);
    struct formula_error error;
    assert_true(formula_parse(arena_printf(keep, "y ~ %s", model), &names, f, &error, keep));
    const double **variables = ARENA_NEW(keep, const double *, f->n_variables);
    for (size_t j = 0; j < f->n_variables; j++)
        variables[j] = reference_column(data, f->variable[j], keep);
    formula_fit(f, variables, data->n_rows, NULL, WEIGHT_NONE, start, NULL, fit, keep);
}

static bool reached(const struct problem *p, const struct reference *models,
                    const struct reference *values, struct arena *keep)
{
    struct fit fit;
    double b = 15, sd = 15, sigma = 15;
    bool perfect = isnan(p->sd);
    fit_problem(p->name, models, &fit, keep);
    for (size_t j = 0; j < fit.n_params; j++) {
        const char *name = fit.term[j];
        b = fmin(b, agreement(fit.estimate[j], certified(values, p->name, name)));
        if (!perfect)
            sd = fmin(sd, agreement(fit_std_error(&fit, j),
                                    certified(values, p->name, arena_printf(keep, "sd_%s", name))));
    }
    if (!perfect)
        sigma = agreement(fit.sigma, certified(values, p->name, "rsd"));
    print_message("| %-8s | %-11s | b %4.1f | sd %4.1f | sigma %4.1f |\n", p->name,
                  fit_status_word(fit.status), b, perfect ? NAN : sd, perfect ? NAN : sigma);
    return fit.status == (perfect ? FIT_PERFECT : FIT_CONVERGED) && b >= p->b &&
           (perfect || (sd >= p->sd && sigma >= p->sigma));
}

static void test_linear(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("nist/models.tsv", keep);
    size_t n = sizeof problems / sizeof *problems, n_reached = 0;
    if (!path)
        skip();
    const struct reference *models = reference_read(path, '\t', keep);
    const struct reference *values =
        reference_read(oracle_path("nist/expected.tsv", keep), '\t', keep);
    for (size_t i = 0; i < n; i++)
        n_reached += reached(&problems[i], models, values, keep);
    assert_int_equal(n_reached, n);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
