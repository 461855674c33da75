/* SPDX-License-Identifier: GPL-3.0-or-later
   Average marginal effects against R (scripts/reference/margins.R). */
#include "models/margins/margins.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "tests/margins_case.h"

/* A case of the script, and the digits that its models and differences allow. */
static const struct model {
    const char *name, *family, *link, *formula, *weight, *covariance;
    const char *set, *to; /* a variable and its level in all rows */
    double digits, error_digits;
} models[] = {
    {"logit", "binomial", NULL, "hit ~ x + z + g", NULL, NULL, NULL, NULL, 11, 11},
    {"logit_HC1", "binomial", NULL, "hit ~ x + z + g", NULL, "HC1", NULL, NULL, 11, 11},
    {"logit_firm", "binomial", NULL, "hit ~ x + z + g", NULL, "firm", NULL, NULL, 11, 11},
    {"logit_interaction", "binomial", NULL, "hit ~ x * seg + log(z) + g", NULL, NULL, NULL, NULL,
     11, 11},
    {"logit_interaction_at", "binomial", NULL, "hit ~ x * seg + log(z) + g", NULL, NULL, "seg", "B",
     11, 11},
    {"probit_poly", "binomial", "probit", "hit ~ poly(x, 2) * g + z", NULL, NULL, NULL, NULL, 10,
     10},
    {"poisson_ns", "poisson", NULL, "count ~ ns(x, 3) + x:z + offset(log(exposure))", NULL, NULL,
     NULL, NULL, 10, 10},
    {"poisson_weights", "poisson", NULL, "count ~ x + z + seg", "weight", NULL, NULL, NULL, 11, 11},
    {"gamma_log", "gamma", "log", "spend ~ I(x^2) + x + log(z) * seg", NULL, NULL, NULL, NULL, 9,
     9},
    {"gaussian", "gaussian", NULL, "line ~ x * z + seg + scale(exposure)", NULL, NULL, NULL, NULL,
     11, 11},
    {"cloglog_wave", "binomial", "cloglog", "hit ~ x + factor(wave) + I(z > 1)", NULL, NULL, NULL,
     NULL, 9, 9},
    {"cloglog_above", "binomial", "cloglog", "hit ~ x + factor(wave) + I(z > 1)", NULL, NULL, NULL,
     NULL, 9, 9},
    {"ordinal", "ordinal", "probit", "answer ~ x * g + z", NULL, NULL, NULL, NULL, 8, 7},
    {"tobit", "tobit", NULL, "paid ~ x * z + seg", NULL, NULL, NULL, NULL, 8, 7},
    {"hurdle_poisson", "hurdle_poisson", NULL, "visits ~ x + g | z + x", NULL, NULL, NULL, NULL, 8,
     7},
    {"zero_inflated_negative_binomial", "zero_inflated_negative_binomial", NULL,
     "visits ~ x + g | z + x", NULL, NULL, NULL, NULL, 8, 7},
    {"two_part", "two_part", NULL, "bought ~ x * g | x + z", NULL, NULL, NULL, NULL, 8, 7},
};

static struct outcome_options options_of(const struct model *m, const struct model_data *data,
                                         struct arena *keep)
{
    struct outcome_options o = {.link = m->link, .left = -INFINITY, .right = INFINITY};
    bool firm = m->covariance && strcmp(m->covariance, "firm") == 0;
    o.covariance = firm ? NULL : m->covariance;
    if (strcmp(m->family, "tobit") == 0)
        o.left = 0;
    if (strcmp(m->family, "two_part") == 0)
        o.amount = "gamma";
    if (firm) {
        struct glm_clusters *c = ARENA_NEW(keep, struct glm_clusters, 1);
        uint32_t *code = ARENA_NEW(keep, uint32_t, data->n);
        for (size_t i = 0; i < data->n; i++)
            code[i] = (uint32_t)numbers_of(data, "firm")[i];
        *c = (struct glm_clusters){.n_ways = 1, .code = {code}, .n_clusters = {25}};
        o.clusters = c;
    }
    return o;
}

/* The row of the reference for an effect; want->n_rows if there is none. */
static size_t row_of(const struct reference *want, const char *name, const char *term,
                     const char *category)
{
    size_t i = 0;
    while (i < want->n_rows && (strcmp(reference_text(want, i, "case"), name) != 0 ||
                                strcmp(reference_text(want, i, "term"), term) != 0 ||
                                strcmp(reference_text(want, i, "category"), category) != 0))
        i++;
    return i;
}

static const char *term_of_query(const struct margin_query *q, struct arena *keep)
{
    if (strcmp(q->of->name, "I(z > 1)") == 0)
        return "above TRUE";
    return q->of->n_levels ? arena_printf(keep, "%s %s", q->of->name, q->of->level[q->level])
                           : q->of->name;
}

/* How many rows of the reference were compared. */
static size_t check_answer(const struct model *m, const struct fitted_case *c,
                           const struct margin_query *q, const struct margin *a,
                           const struct reference *want, struct arena *keep)
{
    size_t seen = 0;
    assert_int_equal(a->status, FIT_OK);
    for (size_t k = 0; k < a->n; k++) {
        const char *category = a->n == 1 ? "" : c->fit.mean_name[k];
        size_t i = row_of(want, m->name, term_of_query(q, keep), category);
        if (i == want->n_rows)
            continue;
        assert_digits(a->estimate[k], reference_real(want, i, "estimate"), m->digits);
        assert_digits(a->std_error[k], reference_real(want, i, "std_error"), m->error_digits);
        seen++;
    }
    return seen;
}

static size_t rows_of_case(const struct reference *want, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < want->n_rows; i++)
        n += strcmp(reference_text(want, i, "case"), name) == 0;
    return n;
}

static void check_model(const struct model *m, const struct model_data *data,
                        const struct reference *want, struct arena *keep)
{
    struct outcome_options o = options_of(m, data, keep);
    struct fitted_case *c = fit_case(data, m->family, m->formula, m->weight, &o, keep);
    size_t n, seen = 0;
    struct margin_query *query = margins_effects(&c->margins, &n, keep);
    struct margin *answer = ARENA_NEW(keep, struct margin, n);
    for (size_t q = 0; q < n && m->set; q++) {
        const struct margin_variable *v = margins_variable(&c->margins, m->set);
        size_t level = 0;
        while (strcmp(v->level[level], m->to) != 0)
            level++;
        query[q].n_settings = 1;
        query[q].setting[0] = (struct margin_setting){.variable = v, .level = level};
    }
    margins_average(&c->margins, query, n, answer, keep);
    for (size_t q = 0; q < n; q++)
        seen += check_answer(m, c, &query[q], &answer[q], want, keep);
    assert_int_equal(seen, rows_of_case(want, m->name));
}

static void agrees_with_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *want = reference_read("tests/reference/margins.csv", ',', keep);
    const struct reference *table = reference_read("tests/reference/margins_data.csv", ',', keep);
    assert_non_null(want);
    assert_non_null(table);
    struct model_data data = data_of(table, keep);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        print_message("%s\n", models[i].name);
        check_model(&models[i], &data, want, keep);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
