/* SPDX-License-Identifier: GPL-3.0-or-later
   R's nls on R's data sets, typed as formulas, from starts 20 % off; among them
   several predictors and the Bass diffusion model. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/formula/formula.h"
#include "models/regression/profile.h"

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Two models are described there in words that are no formula. */
static const char *model_of(const struct reference *models, size_t row)
{
    const char *name = reference_text(models, row, "case");
    if (begins(name, "bass_nls"))
        return "M*((1-exp(-(p+q)*t))/(1+q/p*exp(-(p+q)*t))"
               "-(1-exp(-(p+q)*(t-1)))/(1+q/p*exp(-(p+q)*(t-1))))";
    if (strcmp(name, "michaelis_dummy") == 0)
        return "(Vm+dV*state)*conc/(K+conc)";
    return reference_text(models, row, "model");
}

/* A column as numbers; the text "treated" counts as 1 and "untreated" as 0. */
static const double *column_of(const struct reference *data, const char *name, struct arena *keep)
{
    if (strcmp(name, "state") != 0)
        return reference_column(data, name, keep);
    double *x = ARENA_NEW(keep, double, data->n_rows);
    for (size_t i = 0; i < data->n_rows; i++)
        x[i] = strcmp(reference_text(data, i, name), "treated") == 0;
    return x;
}

static void fit_case(const struct reference *models, size_t row, struct fit *fit,
                     struct arena *keep)
{
    const char *name = reference_text(models, row, "data");
    const struct reference *data =
        reference_read(oracle_path(arena_printf(keep, "nls/data/%s.csv", name), keep), ',', keep);
    char *given = arena_strdup(keep, reference_text(models, row, "start"));
    for (char *c = given; (c = strchr(c, ';'));)
        *c = ',';
    const char *text = arena_printf(keep, "%s ~ %s", reference_text(models, row, "response"),
                                    model_of(models, row));
    struct formula_start start;
    struct formula_error error;
    struct formula f;
    assert_true(formula_start_parse(given, &start, &error, keep));
    struct formula_names names = {start.n, start.param, data->n_cols,
                                  (const char *const *)data->header};
    if (!formula_parse(text, &names, &f, &error, keep))
        fail_msg("%s\n%s", error.what, formula_caret(text, error.position, keep));
    const double **variables = ARENA_NEW(keep, const double *, f.n_variables);
    for (size_t j = 0; j < f.n_variables; j++)
        variables[j] = column_of(data, f.variable[j], keep);
    formula_fit(&f, variables, data->n_rows, NULL, WEIGHT_NONE, start.value, NULL, fit, keep);
    const struct curve_options plain = {0};
    fit->conf_low = ARENA_NEW(keep, double, fit->n_params);
    fit->conf_high = ARENA_NEW(keep, double, fit->n_params);
    const struct regression *r =
        formula_regression(&f, variables, data->n_rows, NULL, WEIGHT_NONE, &plain, keep);
    profile_limits(r, &plain, fit, 0.95, fit->conf_low, fit->conf_high, keep);
}

static size_t term_of(const struct fit *fit, const char *name)
{
    for (size_t j = 0; j < fit->n_params; j++)
        if (strcmp(fit->term[j], name) == 0)
            return j;
    fail_msg("no parameter %s", name);
    return 0;
}

/* The figure that the table names so; false if it is none of ours. */
static bool figure(const struct fit *fit, const char *quantity, double *got)
{
    if (begins(quantity, "b."))
        *got = fit->estimate[term_of(fit, quantity + 2)];
    else if (begins(quantity, "se."))
        *got = fit_std_error(fit, term_of(fit, quantity + 3));
    else if (begins(quantity, "profile_lo."))
        *got = fit->conf_low[term_of(fit, quantity + 11)];
    else if (begins(quantity, "profile_hi."))
        *got = fit->conf_high[term_of(fit, quantity + 11)];
    else if (strcmp(quantity, "rss") == 0)
        *got = fit->deviance;
    else if (strcmp(quantity, "sigma") == 0)
        *got = fit->sigma;
    else if (strcmp(quantity, "df") == 0)
        *got = fit->df_residual;
    else if (strcmp(quantity, "logLik") == 0)
        *got = fit->log_lik;
    else if (strcmp(quantity, "pseudo_r2") == 0)
        *got = fit->r_squared;
    else
        return false;
    return true;
}

static void test_nls(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("nls/models.tsv", keep);
    if (!path)
        skip();
    const struct reference *models = reference_read(path, '\t', keep);
    const struct reference *want =
        reference_read(oracle_path("nls/expected.tsv", keep), '\t', keep);
    size_t n = 0;
    for (size_t row = 0; row < models->n_rows; row++) {
        const char *name = reference_text(models, row, "case");
        struct fit fit;
        fit_case(models, row, &fit, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        for (size_t i = 0; i < want->n_rows; i++) {
            double got, value = reference_real(want, i, "value");
            if (strcmp(reference_text(want, i, "case"), name) != 0 ||
                !figure(&fit, reference_text(want, i, "quantity"), &got))
                continue;
            if (!agrees(got, value, reference_real(want, i, "abs_tol"),
                        reference_real(want, i, "rel_tol")))
                fail_msg("%s: %s: got %.17g, want %.17g", name, reference_text(want, i, "quantity"),
                         got, value);
            n++;
        }
    }
    print_message("| formulas against R's nls: %zu figures of %zu models agree |\n", n,
                  models->n_rows);
    assert_true(n >= 220);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
