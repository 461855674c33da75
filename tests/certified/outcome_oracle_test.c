/* SPDX-License-Identifier: GPL-3.0-or-later
   Ordered, censored and zero-heavy families of formulas against R's ordinal, AER and pscl. */
#include "tests/outcome_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Texts that are the reference of their factor, as in the oracles' factors.tsv and R's contrasts.
 */
static bool is_reference(const char *text)
{
    const char *const first[] = {"Men", "Single", "average", "cold", "female", "no"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (strcmp(text, first[i]) == 0)
            return true;
    return false;
}

static void make_factor(const struct reference *file, struct model_column *column,
                        struct arena *keep)
{
    const char **level = ARENA_NEW(keep, const char *, 16);
    int32_t *code = ARENA_NEW(keep, int32_t, file->n_rows);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < file->n_rows; i++) {
            const char *text = reference_text(file, i, column->name);
            size_t l = 0;
            while (l < column->n_levels && strcmp(level[l], text) != 0)
                l++;
            if (l == column->n_levels && (pass == 1 || is_reference(text)))
                level[column->n_levels++] = text;
            code[i] = (int32_t)l;
        }
    column->code = code;
    column->level = level;
}

/* Columns of a file: texts are factors. */
static struct model_data table_of(const struct reference *file, struct arena *keep)
{
    struct model_column *column = ARENA_NEW(keep, struct model_column, file->n_cols);
    for (size_t c = 0; c < file->n_cols; c++) {
        char *end;
        column[c].name = file->header[c];
        strtod(reference_text(file, 0, column[c].name), &end);
        if (*end)
            make_factor(file, &column[c], keep);
        else
            column[c].value = reference_column(file, column[c].name, keep);
    }
    return (struct model_data){file->n_rows, file->n_cols, column};
}

/* The oracle's name of a figure: "count.b.Intercept", R's names without brackets. */
static double figure(const struct outcome_fit *fit, const char *quantity, struct arena *keep)
{
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        char *plain = arena_strdup(keep, fit->fit.term[j]), *to = plain;
        for (const char *s = fit->fit.term[j]; *s; s++)
            if (*s != '(' && *s != ')')
                *to++ = *s;
        *to = '\0';
        const char *part = fit->count ? arena_printf(keep, "%s.", fit->component[j]) : "";
        if (strcmp(quantity, arena_printf(keep, "%sb.%s", part, plain)) == 0)
            return fit->fit.estimate[j];
        if (strcmp(quantity, arena_printf(keep, "%sse.%s", part, plain)) == 0)
            return fit_std_error(&fit->fit, j);
    }
    return strcmp(quantity, "logLik") == 0  ? fit->fit.log_lik
           : strcmp(quantity, "AIC") == 0   ? 2 * (fit->n_parameters - fit->fit.log_lik)
           : strcmp(quantity, "n_par") == 0 ? fit->n_parameters
           : strcmp(quantity, "theta") == 0 ? fit->theta
           : strcmp(quantity, "scale") == 0 ? fit->fit.sigma
                                            : NAN;
}

struct oracle {
    const char *name, *data;
    struct asked asked;
    size_t least; /* figures that are compared */
};

static const struct oracle oracles[] = {
    {"ordered_logit:wine", "wine", {&outcome_ordinal, "rating ~ temp + contact", {0}}, 13},
    {"tobit:affairs",
     "affairs",
     {&outcome_tobit,
      "affairs ~ age + yearsmarried + religiousness + occupation + rating",
      {.left = 0, .right = INFINITY}},
     16},
    {"hurdle_negbin:nmes",
     "nmes",
     {&outcome_hurdle_negative_binomial,
      "visits ~ hospital + health + chronic + gender + school + insurance",
      {0}},
     38},
    {"zeroinfl_poisson:biochemists",
     "biochemists",
     {&outcome_zero_inflated_poisson, "art ~ fem + mar + kid5 + phd + ment", {0}},
     27},
};

static void compare(const struct oracle *o, const struct reference *expected, struct arena *keep)
{
    const char *path = oracle_path(arena_printf(keep, "glm/data/%s.csv", o->data), keep);
    const struct reference *file = path ? reference_read(path, ',', keep) : NULL;
    assert_non_null(file);
    const struct model_data data = table_of(file, keep);
    struct outcome_fit fit = fit_formula(&o->asked, &data, NULL, WEIGHT_NONE, keep);
    size_t compared = 0;
    assert_int_equal(fit.fit.status, FIT_CONVERGED);
    for (size_t i = 0; i < expected->n_rows; i++) {
        if (strcmp(reference_text(expected, i, "case"), o->name) != 0)
            continue;
        const char *quantity = reference_text(expected, i, "quantity");
        double got = figure(&fit, quantity, keep), want = reference_real(expected, i, "value");
        if (isnan(got))
            continue;
        if (!agrees(got, want, reference_real(expected, i, "abs_tol"),
                    reference_real(expected, i, "rel_tol")))
            fail_msg("%s %s: %.15g, want %.15g", o->name, quantity, got, want);
        compared++;
    }
    assert_int_equal(compared, o->least);
}

static void figures_of_r(void **state)
{
    struct arena *keep = *state;
    const char *path = oracle_path("glm/expected.tsv", keep);
    if (!path)
        skip();
    const struct reference *expected = reference_read(path, '\t', keep);
    assert_non_null(expected);
    for (size_t i = 0; i < sizeof oracles / sizeof *oracles; i++)
        compare(&oracles[i], expected, keep);
}

static int begin(void **state)
{
    *state = arena_new();
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_of_r, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
