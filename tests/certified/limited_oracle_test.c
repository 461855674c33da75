/* SPDX-License-Identifier: GPL-3.0-or-later
   Ordered, censored and zero-heavy responses against R's ordinal, MASS, AER and pscl.  pscl's
   optimiser stops early: its figures have a wide tolerance, but no likelihood of ours may be
   below its. */
#include "tests/limited_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/count/count.h"
#include "models/limited/tobit.h"
#include "models/ordinal/ordinal.h"

static const struct design_column wine[] = {
    {"tempwarm", "temp", "warm"}, {"contactyes", "contact", "yes"}, {NULL, NULL, NULL}};
static const struct design_column affairs[] = {{"Intercept", "1", NULL},
                                               {"age", "age", NULL},
                                               {"yearsmarried", "yearsmarried", NULL},
                                               {"religiousness", "religiousness", NULL},
                                               {"occupation", "occupation", NULL},
                                               {"rating", "rating", NULL},
                                               {NULL, NULL, NULL}};
static const struct design_column mroz[] = {{"Intercept", "1", NULL},
                                            {"inc", "inc", NULL},
                                            {"education", "education", NULL},
                                            {"experience", "experience", NULL},
                                            {"Iexperience^2", "experience", "^2"},
                                            {"age", "age", NULL},
                                            {"youngkids", "youngkids", NULL},
                                            {"oldkids", "oldkids", NULL},
                                            {NULL, NULL, NULL}};
static const struct design_column biochemists[] = {
    {"Intercept", "1", NULL}, {"femWomen", "fem", "Women"}, {"marMarried", "mar", "Married"},
    {"kid5", "kid5", NULL},   {"phd", "phd", NULL},         {"ment", "ment", NULL},
    {NULL, NULL, NULL}};
static const struct design_column one[] = {{"Intercept", "1", NULL}, {NULL, NULL, NULL}};
static const struct design_column nmes[] = {{"Intercept", "1", NULL},
                                            {"hospital", "hospital", NULL},
                                            {"healthpoor", "health", "poor"},
                                            {"healthexcellent", "health", "excellent"},
                                            {"chronic", "chronic", NULL},
                                            {"gendermale", "gender", "male"},
                                            {"school", "school", NULL},
                                            {"insuranceyes", "insurance", "yes"},
                                            {NULL, NULL, NULL}};
static const struct design_column nmes_zero[] = {{"Intercept", "1", NULL},
                                                 {"hospital", "hospital", NULL},
                                                 {"chronic", "chronic", NULL},
                                                 {"insuranceyes", "insurance", "yes"},
                                                 {"school", "school", NULL},
                                                 {"gendermale", "gender", "male"},
                                                 {NULL, NULL, NULL}};
static const struct design_column recreation[] = {
    {"Intercept", "1", NULL},   {"quality", "quality", NULL},     {"skiyes", "ski", "yes"},
    {"income", "income", NULL}, {"userfeeyes", "userfee", "yes"}, {"costC", "costC", NULL},
    {"costS", "costS", NULL},   {"costH", "costH", NULL},         {NULL, NULL, NULL}};
static const struct design_column recreation_zero[] = {{"Intercept", "1", NULL},
                                                       {"quality", "quality", NULL},
                                                       {"income", "income", NULL},
                                                       {NULL, NULL, NULL}};

struct state {
    struct arena *keep;
    const struct reference *expected;
};

/* ---- comparing ---- */

/* A fit by the names of the oracle: component and term, or a figure of its own. */
struct named {
    const struct fit *fit;
    size_t
        n_count; /* parameters before this are "count.", after it "zero." but the last two words */
    bool components; /* does the oracle write count. and zero.? */
    const struct count_fit *count;
    double predicted_zeros;
    bool boundary; /* no zero is an extra one: the oracle's -18 with an error of 1390 is NaN here */
};

static double term_figure(const struct named *n, const char *what, const char *term, bool zero)
{
    for (size_t j = 0; j < n->fit->n_params; j++) {
        const char *name = n->fit->term[j];
        bool aux = strncmp(name, "Log(", 4) == 0,
             in_zero = n->components && j >= n->n_count && !aux;
        bool same = strcmp(name, term) == 0 ||
                    (aux && strncmp(term, "Log", 3) == 0 && strncmp(term + 3, name + 4, 5) == 0);
        if (same && in_zero == zero)
            return strcmp(what, "b") == 0 ? n->fit->estimate[j] : fit_std_error(n->fit, j);
    }
    fail_msg("no term %s", term);
    return NAN;
}

static double figure(const struct named *n, const char *quantity)
{
    bool zero = strncmp(quantity, "zero.", 5) == 0;
    const char *rest = zero                                  ? quantity + 5
                       : strncmp(quantity, "count.", 6) == 0 ? quantity + 6
                                                             : quantity;
    if (strncmp(rest, "polr.b.", 7) == 0)
        rest += 5;
    if (strncmp(rest, "b.", 2) == 0)
        return term_figure(n, "b", rest + 2, zero);
    if (strncmp(rest, "se.", 3) == 0)
        return term_figure(n, "se", rest + 3, zero);
    if (strcmp(rest, "logLik") == 0 || strcmp(rest, "polr.logLik") == 0)
        return n->fit->log_lik;
    if (strcmp(rest, "AIC") == 0)
        return -2 * n->fit->log_lik + 2 * (double)n->fit->n_params;
    if (strcmp(rest, "n_par") == 0)
        return (double)n->fit->n_params;
    if (strcmp(rest, "scale") == 0)
        return n->fit->sigma;
    if (strcmp(rest, "theta") == 0)
        return n->count->theta;
    if (strcmp(rest, "predicted_zero_count") == 0)
        return n->predicted_zeros;
    return NAN; /* counts of rows: compared where the fit is made */
}

/* Every figure of the case; returns how many. */
static size_t compare(const struct state *s, const char *name, const struct named *n)
{
    size_t compared = 0;
    for (size_t i = 0; i < s->expected->n_rows; i++) {
        if (strcmp(reference_text(s->expected, i, "case"), name) != 0)
            continue;
        const char *quantity = reference_text(s->expected, i, "quantity");
        double want = reference_real(s->expected, i, "value"), got = figure(n, quantity);
        double abs_tol = reference_real(s->expected, i, "abs_tol");
        double rel_tol = reference_real(s->expected, i, "rel_tol");
        bool not_here =
            strncmp(quantity, "n_", 2) == 0 || (n->boundary && strncmp(quantity, "zero.", 5) == 0);
        if (isnan(got) && not_here)
            continue;
        if (!agrees(got, want, abs_tol, rel_tol))
            fail_msg("%s %s: got %.15g, want %.15g", name, quantity, got, want);
        if (strcmp(quantity, "logLik") == 0)
            assert_true(got >= want - 1e-12 * fabs(want));
        compared++;
    }
    assert_true(compared > 5);
    return compared;
}

static const struct reference *data_of(const char *name, struct arena *keep)
{
    const char *path = oracle_path(arena_printf(keep, "glm/data/%s.csv", name), keep);
    const struct reference *data = path ? reference_read(path, ',', keep) : NULL;
    if (!data)
        skip();
    return data;
}

/* ---- ordered ---- */

static void ordered(const struct state *s, const char *name, const char *threshold, size_t p,
                    bool scaled)
{
    const struct reference *data = data_of("wine", s->keep);
    struct ordinal_fit fit;
    double *y = reference_column(data, "rating", s->keep);
    for (size_t i = 0; i < data->n_rows; i++)
        y[i] -= 1;
    const struct limited_rows rows = {.n = data->n_rows, .y = y};
    struct design_column location[3] = {wine[0], wine[1]}, scale[2] = {wine[1]};
    location[p] = wine[2];
    struct ordinal_options o = {.threshold = threshold_find(threshold),
                                .location = equation_of(data, location, s->keep),
                                .n_levels = 5};
    if (scaled)
        o.scale = equation_of(data, scale, s->keep);
    ordinal_fit(&rows, &o, &fit, s->keep);
    assert_int_equal(fit.fit.status, FIT_CONVERGED);
    assert_true(score_size(&fit.model, fit.at, &fit.fit, s->keep) < 1e-9);
    compare(s, name, &(struct named){.fit = &fit.fit});
}

static void ordered_wine(void **state)
{
    ordered(*state, "ordered_logit:wine", "logit", 2, false);
    ordered(*state, "ordered_probit:wine", "probit", 2, false);
    ordered(*state, "ordered_probit_location_scale:wine", "probit", 1, true);
}

/* ---- censored ---- */

static double count_of(const struct state *s, const char *name, const char *quantity)
{
    for (size_t i = 0; i < s->expected->n_rows; i++)
        if (strcmp(reference_text(s->expected, i, "case"), name) == 0 &&
            strcmp(reference_text(s->expected, i, "quantity"), quantity) == 0)
            return reference_real(s->expected, i, "value");
    return NAN;
}

static void censored(const struct state *s, const char *name, const char *file, const char *y,
                     const struct design_column *columns, double right)
{
    const struct reference *data = data_of(file, s->keep);
    struct tobit_fit fit;
    const struct limited_rows rows = {.n = data->n_rows, .y = reference_column(data, y, s->keep)};
    const struct tobit_options o = {equation_of(data, columns, s->keep), 0, right};
    tobit_fit(&rows, &o, &fit, s->keep);
    assert_int_equal(fit.fit.status, FIT_CONVERGED);
    assert_true(score_size(&fit.model, fit.at, &fit.fit, s->keep) < 1e-9);
    compare(s, name, &(struct named){.fit = &fit.fit});
    assert_true(fit.n_left == count_of(s, name, "n_left"));
    assert_true(fit.n_right == count_of(s, name, "n_right"));
    assert_true(fit.n_uncensored == count_of(s, name, "n_uncensored"));
}

static void tobit_cases(void **state)
{
    censored(*state, "tobit:affairs", "affairs", "affairs", affairs, INFINITY);
    censored(*state, "tobit_two_limit:affairs", "affairs", "affairs", affairs, 4);
    censored(*state, "tobit:mroz", "mroz", "hours", mroz, INFINITY);
}

/* ---- counts ---- */

static void count_case(const struct state *s, const char *model, const char *file, const char *y,
                       const struct design_column *count, const struct design_column *zero)
{
    const struct reference *data = data_of(file, s->keep);
    struct count_fit fit;
    const struct limited_rows rows = {.n = data->n_rows, .y = reference_column(data, y, s->keep)};
    const struct count_options o = {
        .kind = count_kind_find(strncmp(model, "hurdle", 6) == 0 ? "hurdle" : "zero_inflated"),
        .distribution =
            count_distribution_find(strstr(model, "negbin") ? "negative_binomial" : "poisson"),
        .count = equation_of(data, count, s->keep),
        .zero = equation_of(data, zero, s->keep)};
    double *p = ARENA_NEW(s->keep, double, rows.n), zeros = 0;
    count_fit(&rows, &o, &fit, s->keep);
    bool boundary = fit.fit.status == FIT_BOUNDARY;
    assert_true(boundary ? strcmp(model, "zeroinfl_const_negbin") == 0
                         : fit.fit.status == FIT_CONVERGED);
    if (!boundary)
        assert_true(score_size(&fit.model, fit.at, &fit.fit, s->keep) < 1e-9);
    count_means(&fit, NULL, p);
    for (size_t i = 0; i < rows.n; i++)
        zeros += p[i];
    compare(s, arena_printf(s->keep, "%s:%s", model, file),
            &(struct named){&fit.fit, fit.n_count, true, &fit, zeros, boundary});
}

static void biochemists_cases(void **state)
{
    static const char *const model[] = {"hurdle_poisson", "hurdle_negbin", "zeroinfl_poisson",
                                        "zeroinfl_negbin"};
    for (size_t m = 0; m < 4; m++)
        count_case(*state, model[m], "biochemists", "art", biochemists, biochemists);
    count_case(*state, "zeroinfl_const_poisson", "biochemists", "art", biochemists, one);
    count_case(*state, "zeroinfl_const_negbin", "biochemists", "art", biochemists, one);
}

static void nmes_cases(void **state)
{
    count_case(*state, "hurdle_poisson", "nmes", "visits", nmes, nmes);
    count_case(*state, "hurdle_negbin", "nmes", "visits", nmes, nmes);
    count_case(*state, "zeroinfl_poisson", "nmes", "visits", nmes, nmes);
    count_case(*state, "zeroinfl_negbin", "nmes", "visits", nmes, nmes_zero);
}

static void recreation_cases(void **state)
{
    count_case(*state, "hurdle_negbin", "recreation", "trips", recreation, recreation_zero);
    count_case(*state, "zeroinfl_negbin", "recreation", "trips", recreation, recreation_zero);
}

static int open_state(void **state)
{
    struct arena *keep = arena_new();
    struct state *s = ARENA_NEW(keep, struct state, 1);
    const char *path = oracle_path("glm/expected.tsv", keep);
    *s = (struct state){keep, path ? reference_read(path, '\t', keep) : NULL};
    *state = s;
    if (!s->expected)
        exit(0);
    return 0;
}

static int close_state(void **state)
{
    arena_free(((struct state *)*state)->keep);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordered_wine),      cmocka_unit_test(tobit_cases),
        cmocka_unit_test(biochemists_cases), cmocka_unit_test(nmes_cases),
        cmocka_unit_test(recreation_cases),
    };
    return cmocka_run_group_tests(tests, open_state, close_state);
}
