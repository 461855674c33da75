/* SPDX-License-Identifier: GPL-3.0-or-later
   Checks of regressions, tests of terms and of nested models against R: lmtest, car, AER, drop1,
   anova, waldtest (scripts/reference/diagnostics.R). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/diagnostic/brant.h"
#include "models/diagnostic/influence.h"
#include "models/diagnostic/nested.h"
#include "models/diagnostic/non_nested.h"
#include "models/diagnostic/term_tests.h"
#include "models/diagnostic/vif.h"
#include "tests/check.h"
#include "tests/diagnostics_case.h"

/* How R's cases are fitted here. */
static const struct model models[] = {
    {"line", "glm", "line ~ x + z + g", &outcome_gaussian, NULL, NULL, 0, NULL, NULL, 10},
    {"interaction", "glm", "line ~ x * g + z + C(year)", &outcome_gaussian, NULL, NULL, 0, NULL,
     NULL, 10},
    {"skewed", "glm", "spend ~ x + z", &outcome_gaussian, NULL, NULL, 0, NULL, NULL, 10},
    {"through_origin", "glm", "line ~ 0 + x + z + g", &outcome_gaussian, NULL, NULL, 0, NULL, NULL,
     10},
    {"line_frequency", "glm", "line ~ x + z + g", &outcome_gaussian, NULL, "times",
     WEIGHT_FREQUENCY, NULL, NULL, 10},
    {"logit", "glm", "hit ~ x * g + z + C(year)", &outcome_binomial, NULL, NULL, 0, NULL, NULL, 10},
    {"probit", "glm", "hit ~ x + z", &outcome_binomial, "probit", NULL, 0, NULL, NULL, 9},
    {"poisson", "glm", "count ~ x + z + g", &outcome_poisson, NULL, NULL, 0, NULL, NULL, 10},
    {"poisson_offset", "glm", "count ~ x + z + g + offset(log(exposure))", &outcome_poisson, NULL,
     NULL, 0, NULL, NULL, 10},
    {"poisson_frequency", "glm", "count ~ x + z + g", &outcome_poisson, NULL, "times",
     WEIGHT_FREQUENCY, NULL, NULL, 10},
    {"gamma", "glm", "spend ~ x + z + g", &outcome_gamma, "log", NULL, 0, NULL, NULL, 9},
    {"negative_binomial", "glm", "count ~ x + z + g", &outcome_negative_binomial, NULL, NULL, 0,
     NULL, NULL, 9},
    {"brant_logit", "ordinal", "y ~ a + b + c", &outcome_ordinal, "logit", NULL, 0, NULL, NULL, 9},
    {"brant_probit", "ordinal", "y ~ a + b + c", &outcome_ordinal, "probit", NULL, 0, NULL, NULL,
     9},
    {"brant_cauchit", "ordinal", "y ~ a + b + c", &outcome_ordinal, "cauchit", NULL, 0, NULL, NULL,
     9},
    {"brant_one", "ordinal", "y ~ a", &outcome_ordinal, "logit", NULL, 0, NULL, NULL, 9},
    {"brant_cloglog", "ordinal", "y ~ a + b + c", &outcome_ordinal, "cloglog", NULL, 0, NULL, NULL,
     9},
    {"brant_loglog", "ordinal", "y ~ a + b + c", &outcome_ordinal, "loglog", NULL, 0, NULL, NULL,
     9},
    {"brant_frequency", "ordinal", "y ~ a + b + c", &outcome_ordinal, "logit", "w",
     WEIGHT_FREQUENCY, NULL, NULL, 9},
    {"drop_line", "glm", "line ~ x * g + z + C(year)", &outcome_gaussian, NULL, NULL, 0, NULL, NULL,
     10},
    {"drop_logit", "glm", "hit ~ x * g + z + C(year)", &outcome_binomial, NULL, NULL, 0, NULL, NULL,
     10},
    {"drop_poisson", "glm", "count ~ x + z + C(year)", &outcome_poisson, NULL, NULL, 0, NULL, NULL,
     10},
    {"drop_quasipoisson", "glm", "count ~ x + z + C(year)", &outcome_quasipoisson, NULL, NULL, 0,
     NULL, NULL, 10},
    {"drop_gamma", "glm", "spend ~ x + z + g", &outcome_gamma, "log", NULL, 0, NULL, NULL, 9},
    {"drop_negative_binomial", "glm", "count ~ x + z + g", &outcome_negative_binomial, NULL, NULL,
     0, NULL, NULL, 9},
    {"drop_frequency", "glm", "hit ~ x + z + g", &outcome_binomial, NULL, "times", WEIGHT_FREQUENCY,
     NULL, NULL, 10},
    {"drop_weights", "glm", "line ~ x + z + g", &outcome_gaussian, NULL, "weight", WEIGHT_NONE,
     NULL, NULL, 10},
    {"drop_ordinal", "ordinal", "y ~ a + b + c", &outcome_ordinal, "logit", NULL, 0, NULL, NULL, 9},
    {"drop_zero_inflated", "glm", "count ~ x + g | z", &outcome_zero_inflated_poisson, NULL, NULL,
     0, NULL, NULL, 9},
    {"drop_both_parts", "glm", "count ~ x + g", &outcome_zero_inflated_poisson, NULL, NULL, 0, NULL,
     NULL, 9},
    {"wald_line_HC3", "glm", "line ~ x * g + z + C(year)", &outcome_gaussian, NULL, NULL, 0, "HC3",
     NULL, 10},
    {"wald_logit_HC0", "glm", "hit ~ x * g + z + C(year)", &outcome_binomial, NULL, NULL, 0, "HC0",
     NULL, 10},
    {"wald_poisson_cluster", "glm", "count ~ x + z + g", &outcome_poisson, NULL, NULL, 0, NULL,
     "firm", 9},
    {"pair_line", "glm", "line ~ poly(x, 2) * g + z", &outcome_gaussian, NULL, NULL, 0, NULL, NULL,
     9},
    {"pair_logit", "glm", "hit ~ x * g + z + C(year)", &outcome_binomial, NULL, NULL, 0, NULL, NULL,
     10},
    {"pair_logit_HC0", "glm", "hit ~ x * g + z + C(year)", &outcome_binomial, NULL, NULL, 0, "HC0",
     NULL, 10},
    {"vuong_poisson", "glm", "count ~ x + z + g", &outcome_poisson, NULL, NULL, 0, NULL, NULL, 9},
    {"vuong_line", "glm", "line ~ x + g", &outcome_gaussian, NULL, NULL, 0, NULL, NULL, 10},
    {"top", "glm", "spend ~ x + z", &outcome_gaussian, NULL, NULL, 0, NULL, NULL, 10},
};

/* The other models of the pairs. */
static const struct other_model {
    const char *name, *formula;
} others[] = {
    {"vuong_poisson", "count ~ x + I(x^2) + firm"},
    {"vuong_line", "line ~ z + C(year)"},
    {"pair_line", "line ~ x + g"},
    {"pair_logit", "hit ~ x"},
    {"pair_logit_HC0", "hit ~ x"},
};

/* ---- data ---- */

static struct model_column letters(size_t n, struct arena *keep)
{
    static const char *const level[] = {"a", "b", "c"};
    int32_t *code = ARENA_NEW(keep, int32_t, n);
    for (size_t i = 0; i < n; i++)
        code[i] = (int32_t)(i % 3);
    return (struct model_column){.name = "c", .code = code, .n_levels = 3, .level = level};
}

static struct model_data data_of(const char *name, struct arena *keep)
{
    struct reference *r =
        reference_read(arena_printf(keep, "tests/reference/%s_data.csv", name), ',', keep);
    assert_non_null(r);
    struct model_column *column = ARENA_NEW(keep, struct model_column, r->n_cols + 1);
    for (size_t j = 0; j < r->n_cols; j++)
        column[j] = (struct model_column){.name = r->header[j],
                                          .value = reference_column(r, r->header[j], keep)};
    column[r->n_cols] = letters(r->n_rows, keep);
    return (struct model_data){r->n_rows, r->n_cols + 1, column};
}

/* ---- fits ---- */

static void fit_model(struct fitted *f, const struct model *model, const char *formula,
                      struct arena *keep)
{
    *f = (struct fitted){.keep = keep, .model = model, .data = data_of(model->data, keep)};
    f->options = (struct outcome_options){.link = model->link, .covariance = model->covariance};
    if (model->cluster) {
        const double *id = diagnostics_column(&f->data, model->cluster);
        uint32_t *code = ARENA_NEW(keep, uint32_t, f->data.n);
        for (size_t i = 0; i < f->data.n; i++)
            code[i] = (uint32_t)id[i] - 1;
        f->clusters = (struct glm_clusters){.n_ways = 1, .code = {code}, .n_clusters = {24}};
        f->options.clusters = &f->clusters;
    }
    diagnostics_fit(f, formula ? formula : model->formula);
    assert_int_equal(f->fit.fit.status, FIT_CONVERGED);
}

/* ---- what R says of it ---- */

/* A term as R's factor() or ours, C(), labels it. */
static bool same_label(const char *ours, const char *r)
{
    return strcmp(ours, r) == 0 || (strcmp(ours, "C(year)") == 0 && strcmp(r, "year") == 0);
}

static size_t term_of(const struct fitted *f, const char *label)
{
    size_t n;
    const char *const *terms = model_formula_terms(f->formula, &n);
    for (size_t t = 0; t < n; t++)
        if (same_label(terms[t], label))
            return t;
    fail_msg("%s: no term %s", f->model->name, label);
    return 0;
}

static double inflation(struct fitted *f, const char *label, bool root)
{
    size_t n;
    model_formula_terms(f->formula, &n);
    struct vif *vif = ARENA_NEW(f->keep, struct vif, n);
    assert_int_equal(vif_of(&f->fit, n, vif, f->keep), FIT_OK);
    const struct vif *v = &vif[term_of(f, label)];
    return root ? v->per_coefficient : v->gvif;
}

static double brant_of(struct fitted *f, const char *label, bool p_value)
{
    size_t n;
    struct brant brant;
    model_formula_terms(f->formula, &n);
    brant_test(&f->fit, n, &brant, f->keep);
    const struct check_result *r = &brant.term[term_of(f, label)];
    assert_int_equal(r->status, FIT_OK);
    return p_value ? r->p_value : r->estimate;
}

static double checked(struct fitted *f, const char *name, bool p_value)
{
    const struct model_check *check = model_check_find(name);
    struct check_result result;
    if (!check)
        fail_msg("no check %s", name);
    assert_true(check->applies(&f->fit));
    model_check_run(check, &f->fit, &result, f->keep);
    assert_int_equal(result.status, FIT_OK);
    return p_value ? result.p_value : result.estimate;
}

static double part_of(const struct tested *t, const char *what)
{
    assert_int_equal(t->status, FIT_OK);
    return strcmp(what, "statistic") == 0 ? t->statistic
           : strcmp(what, "df") == 0      ? t->df
           : strcmp(what, "df2") == 0     ? t->df2
                                          : t->p_value;
}

static double of_term(struct fitted *f, const char *what, const char *label)
{
    struct term_tests tests;
    bool zero = strncmp(label, "zero.", 5) == 0;
    term_tests(&f->fit, f->formula, &f->options, &tests, f->keep);
    for (size_t i = 0; i < tests.n; i++) {
        const struct term_test *t = &tests.test[i];
        bool of_zero = t->component && strcmp(t->component, "zero") == 0;
        if (of_zero == zero && same_label(t->term, zero ? label + 5 : label))
            return part_of(&t->tested, what);
    }
    fail_msg("%s: %s is not tested", f->model->name, label);
    return NAN;
}

static void fit_other(const struct fitted *f, struct fitted *other)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i].name, f->model->name) == 0)
            fit_model(other, f->model, others[i].formula, f->keep);
}

static double of_vuong(struct fitted *f, bool p_value)
{
    struct fitted b;
    struct tested forth, back;
    fit_other(f, &b);
    assert_false(nested_within(&f->fit, &b.fit) || nested_within(&b.fit, &f->fit));
    vuong_test(&f->fit, &b.fit, &forth, f->keep);
    vuong_test(&b.fit, &f->fit, &back, f->keep);
    assert_int_equal(forth.status, FIT_OK);
    assert_digits(back.statistic, -forth.statistic, 12);
    return p_value ? forth.p_value : forth.statistic;
}

/* "b0", "se1" of the fit without the 1 % of rows with the largest response. */
static double without_top(struct fitted *f, const char *what)
{
    struct outcome_fit rest;
    double n_without;
    size_t j = (size_t)(what[strlen(what) - 1] - '0');
    influence_without_top(&f->fit, &f->options, 0.01, &rest, &n_without, f->keep);
    assert_true(n_without == 3);
    return *what == 'b' ? rest.fit.estimate[j] : fit_std_error(&rest.fit, j);
}

static double of_pair(struct fitted *f, const char *what)
{
    struct fitted small;
    struct tested tested;
    fit_other(f, &small);
    assert_true(nested_same_rows(&small.fit, &f->fit));
    assert_true(nested_within(&small.fit, &f->fit));
    assert_false(nested_within(&f->fit, &small.fit));
    nested_test(&small.fit, &f->fit, &f->options, &tested);
    return part_of(&tested, what);
}

static double of_quantity(struct fitted *f, const char *quantity)
{
    char what[64];
    size_t length = strlen(quantity);
    bool p_value = length > 2 && strcmp(quantity + length - 2, "_p") == 0;
    snprintf(what, sizeof what, "%.*s", (int)(length - (p_value ? 2 : 0)), quantity);
    char *label = strchr(what, '.');
    if (strcmp(what, "vuong") == 0)
        return of_vuong(f, p_value);
    if (strcmp(f->model->name, "top") == 0)
        return without_top(f, what);
    if (!label)
        return checked(f, what, p_value);
    *label++ = '\0';
    if (strcmp(what, "vif") == 0 || strcmp(what, "root") == 0)
        return inflation(f, label, *what == 'r');
    if (strcmp(what, "brant") == 0)
        return brant_of(f, label, p_value);
    return *label ? of_term(f, what, label) : of_pair(f, what);
}

/* Leverages of a row with all its copies are not those of the copies. */
static bool comparable(const struct model *m, const char *quantity)
{
    return m->weight_kind != WEIGHT_FREQUENCY || strncmp(quantity, "max_", 4) != 0;
}

static void test_reference(void **state)
{
    struct arena *keep = arena_new();
    const struct reference *r = reference_read("tests/reference/diagnostics.csv", ',', keep);
    struct fitted f = {0};
    size_t compared = 0;
    (void)state;
    assert_non_null(r);
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *name = reference_text(r, i, "case"), *what = reference_text(r, i, "quantity");
        for (size_t m = 0; m < sizeof models / sizeof *models; m++)
            if (strcmp(models[m].name, name) == 0 && f.model != &models[m])
                fit_model(&f, &models[m], NULL, keep);
        assert_true(f.model && strcmp(f.model->name, name) == 0);
        if (!comparable(f.model, what))
            continue;
        double got = of_quantity(&f, what), want = reference_real(r, i, "value");
        double digits = f.model->digits - (what[strlen(what) - 1] == 'p' || *what == 'p' ? 1 : 0);
        if (!agrees(got, want, 1e-300, pow(10, -digits)))
            fail_msg("%s %s: got %.17g, want %.17g", name, what, got, want);
        compared++;
    }
    assert_true(compared > 340);
    arena_free(keep);
}

/* ---- the oracle ---- */

static struct model_data longley(struct arena *keep)
{
    const char *path = oracle_path("glm/data/longley.csv", keep);
    if (!path)
        skip();
    struct reference *r = reference_read(path, ',', keep);
    struct model_column *column = ARENA_NEW(keep, struct model_column, r->n_cols);
    for (size_t j = 0; j < r->n_cols; j++)
        column[j] = (struct model_column){.name = r->header[j],
                                          .value = reference_column(r, r->header[j], keep)};
    return (struct model_data){r->n_rows, r->n_cols, column};
}

static const char *our_name(const char *oracle)
{
    return strcmp(oracle, "breusch_pagan_studentized") == 0 ? "breusch_pagan"
           : strcmp(oracle, "reset_F") == 0                 ? "reset"
           : strcmp(oracle, "max_cooks") == 0               ? "max_cook"
                                                            : oracle;
}

static void test_longley(void **state)
{
    static const struct model line = {.name = "ols:longley", .outcome = &outcome_gaussian};
    struct arena *keep = arena_new();
    struct fitted f = {.keep = keep, .model = &line, .data = longley(keep)};
    const struct reference *r = reference_read(oracle_path("glm/expected.tsv", keep), '\t', keep);
    size_t compared = 0;
    (void)state;
    diagnostics_fit(&f, "Employed ~ GNP.deflator + GNP + Unemployed + Armed.Forces + Population + "
                        "Year");
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *what = reference_text(r, i, "quantity"), *ours = our_name(what);
        bool known = strncmp(what, "vif.", 4) == 0 || model_check_find(ours) ||
                     strcmp(what, "breusch_pagan_p") == 0;
        if (strcmp(reference_text(r, i, "case"), line.name) != 0 || !known)
            continue;
        double got = of_quantity(&f, ours), want = reference_real(r, i, "value");
        if (!agrees(got, want, reference_real(r, i, "abs_tol"), reference_real(r, i, "rel_tol")))
            fail_msg("%s: got %.17g, want %.17g", what, got, want);
        compared++;
    }
    assert_int_equal(compared, 14);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference),
        cmocka_unit_test(test_longley),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
