/* SPDX-License-Identifier: GPL-3.0-or-later
   Twin equations and bends against R: scripts/reference/twin.R. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/margins/margins.h"
#include "models/twin/bend.h"
#include "models/twin/twin.h"
#include "tests/check.h"

struct world {
    struct arena *keep;
    const struct reference *table, *want;
    struct model_data data;
    uint32_t *firm, *month;
    size_t checked;
};

static uint32_t *codes(const struct reference *r, const char *name, struct arena *keep)
{
    uint32_t *code = ARENA_NEW(keep, uint32_t, r->n_rows);
    for (size_t i = 0; i < r->n_rows; i++)
        code[i] = (uint32_t)reference_real(r, i, name);
    return code;
}

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct world *w = ARENA_NEW(keep, struct world, 1);
    w->keep = keep;
    w->table = reference_read("tests/reference/twin_data.csv", ',', keep);
    w->want = reference_read("tests/reference/twin.csv", ',', keep);
    assert_non_null(w->table);
    assert_non_null(w->want);
    struct model_column *column = ARENA_NEW(keep, struct model_column, w->table->n_cols);
    for (size_t j = 0; j < w->table->n_cols; j++) {
        column[j].name = w->table->header[j];
        column[j].value = reference_column(w->table, w->table->header[j], keep);
    }
    w->data = (struct model_data){w->table->n_rows, w->table->n_cols, column};
    w->firm = codes(w->table, "firm", keep);
    w->month = codes(w->table, "month", keep);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    arena_free(w->keep);
    return 0;
}

static double wanted(const struct world *w, const char *name, const char *quantity)
{
    for (size_t i = 0; i < w->want->n_rows; i++)
        if (strcmp(reference_text(w->want, i, "case"), name) == 0 &&
            strcmp(reference_text(w->want, i, "quantity"), quantity) == 0)
            return reference_real(w->want, i, "value");
    return NAN;
}

static const double *column_of(const struct world *w, const char *name)
{
    for (size_t j = 0; j < w->data.n_columns; j++)
        if (strcmp(w->data.column[j].name, name) == 0)
            return w->data.column[j].value;
    fail_msg("no column %s", name);
    return NULL;
}

static const struct model_formula *parsed(const struct world *w, const char *text)
{
    const struct model_formula *formula;
    struct formula_error error;
    assert_true(model_formula_parse(text, &w->data, &formula, &error, w->keep));
    return formula;
}

static struct outcome_fit *fitted(const struct world *w, const struct outcome *outcome,
                                  const char *link, const char *text, const char *weight)
{
    struct design *d = ARENA_NEW(w->keep, struct design, 1);
    struct design_problem problem;
    struct outcome_fit *fit = ARENA_NEW(w->keep, struct outcome_fit, 1);
    assert_true(model_design(parsed(w, text), &w->data, NULL, 0, d, &problem, w->keep));
    struct outcome_data data = {.design = d};
    if (weight) {
        data.w = column_of(w, weight);
        data.weight_kind = strcmp(weight, "f") == 0 ? WEIGHT_FREQUENCY : WEIGHT_SAMPLING;
    }
    struct outcome_options options = {.link = link, .left = -INFINITY, .right = INFINITY};
    outcome_fit(outcome, &data, &options, fit, w->keep);
    assert_int_equal(fit->fit.status, FIT_CONVERGED);
    return fit;
}

/* ---- comparing ---- */

static void compare(struct world *w, const char *name, const char *quantity, size_t j, double got,
                    double digits)
{
    char key[40], what[120];
    snprintf(key, sizeof key, j == SIZE_MAX ? "%s" : "%s%zu", quantity, j + 1);
    snprintf(what, sizeof what, "%s %s", name, key);
    double want = wanted(w, name, key);
    if (!isnan(want)) {
        check_digits(what, got, want, digits, __FILE__, __LINE__);
        w->checked++;
    }
}

static void compare_twin(struct world *w, const char *name, const struct twin *t, double digits)
{
    w->checked = 0;
    assert_int_equal(t->status, FIT_CONVERGED);
    for (size_t j = 0; j < t->k; j++) {
        compare(w, name, "said", j, t->said[j], digits);
        compare(w, name, "said_error", j, t->said_std_error[j], digits);
        compare(w, name, "done", j, t->done[j], digits);
        compare(w, name, "done_error", j, t->done_std_error[j], digits);
        compare(w, name, "difference", j, t->difference[j], digits);
        compare(w, name, "error", j, t->std_error[j], digits);
        compare(w, name, "p", j, t->p_value[j], digits);
        compare(w, name, "low", j, t->conf_low[j], digits - 1);
    }
    compare(w, name, "all", SIZE_MAX, isinf(t->df) ? t->all.chi2 : t->all.f, digits);
    compare(w, name, "all_p", SIZE_MAX, t->all.f_p_value, digits - 1);
    assert_true(w->checked >= 8 * t->k - 6);
}

/* ---- Gaussian pairs ---- */

static const char say_text[] = "intent ~ sat * conv + base",
                  do_text[] = "spend ~ sat * conv + base";

struct pair {
    const struct outcome_fit *said, *done;
    struct contributions a, b;
};

static struct pair slopes_of(const struct world *w, const struct outcome_fit *said,
                             const struct outcome_fit *done, const struct glm_covariance *kind)
{
    struct pair p = {.said = said, .done = done};
    contributions_slopes(said, kind, &p.a, w->keep);
    contributions_slopes(done, kind, &p.b, w->keep);
    return p;
}

static struct twin joined(const struct world *w, const struct pair *p,
                          const struct glm_covariance *kind, const struct glm_clusters *clusters)
{
    struct twin t;
    double n_params = p->said->fit.n_params > p->done->fit.n_params ? (double)p->said->fit.n_params
                                                                    : (double)p->done->fit.n_params;
    struct twin_options options = {kind, clusters, 0.95};
    twin_compare(&p->a, &p->b, &p->said->data, n_params, &options, &t, w->keep);
    return t;
}

static void test_plain(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    const struct outcome_fit *done = fitted(w, &outcome_gaussian, NULL, do_text, NULL);
    const struct glm_covariance *kinds[] = {&glm_covariance_HC0, &glm_covariance_HC1,
                                            &glm_covariance_HC2, &glm_covariance_HC3,
                                            &glm_covariance_HC4};
    for (size_t k = 0; k < 5; k++) {
        char name[40];
        struct pair p = slopes_of(w, said, done, kinds[k]);
        struct twin t = joined(w, &p, kinds[k], NULL);
        snprintf(name, sizeof name, "plain_%s", kinds[k]->name);
        compare_twin(w, name, &t, 10);
    }
}

static void test_clusters(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    const struct outcome_fit *done = fitted(w, &outcome_gaussian, NULL, do_text, NULL);
    struct glm_clusters one = {1, {w->firm}, {18}, false};
    struct glm_clusters two = {2, {w->firm, w->month}, {18, 9}, false};
    struct pair p = slopes_of(w, said, done, &glm_covariance_cluster);
    struct twin t = joined(w, &p, &glm_covariance_cluster, &one);
    compare_twin(w, "plain_firm", &t, 10);
    t = joined(w, &p, &glm_covariance_cluster, &two);
    compare_twin(w, "plain_both", &t, 9);
}

/* The variances of either side are those of glm_covariance(). */
static void test_blocks(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    const struct outcome_fit *done =
        fitted(w, &outcome_poisson, NULL, "visits ~ sat * conv + base", NULL);
    struct glm_clusters one = {1, {w->firm}, {18}, false};
    for (size_t k = 0; k < n_glm_covariances; k++) {
        const struct glm_covariance *kind = glm_covariances[k];
        double v[25];
        if (!kind->row)
            continue;
        struct pair p = slopes_of(w, said, done, kind);
        struct twin t = joined(w, &p, kind, kind->clusters ? &one : NULL);
        assert_int_equal(glm_covariance(said->glm, kind, &one, v, w->keep), FIT_CONVERGED);
        for (size_t j = 0; j < 4; j++)
            assert_digits(t.said_std_error[j], sqrt(v[(j + 1) * 6]), 11);
        assert_int_equal(glm_covariance(done->glm, kind, &one, v, w->keep), FIT_CONVERGED);
        for (size_t j = 0; j < 4; j++)
            assert_digits(t.done_std_error[j], sqrt(v[(j + 1) * 6]), 11);
    }
    struct glm_clusters two = {2, {w->firm, w->month}, {18, 9}, true};
    double v[25];
    struct pair p = slopes_of(w, said, done, NULL);
    struct twin t = joined(w, &p, &glm_covariance_cluster, &two);
    assert_int_equal(glm_covariance(said->glm, &glm_covariance_cluster, &two, v, w->keep),
                     FIT_CONVERGED);
    for (size_t j = 0; j < 4; j++)
        assert_digits(t.said_std_error[j], sqrt(v[(j + 1) * 6]), 11);
}

static void in_sd(struct pair *p, bool known)
{
    contributions_in_sd(&p->a, &p->said->data, p->said->data.design->y, known);
    contributions_in_sd(&p->b, &p->done->data, p->done->data.design->y, known);
}

static void test_in_sd(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    const struct outcome_fit *done = fitted(w, &outcome_gaussian, NULL, do_text, NULL);
    struct glm_clusters one = {1, {w->firm}, {18}, false};
    const struct {
        const char *name;
        const struct glm_covariance *kind;
        bool known;
    } cases[] = {{"known_HC0", &glm_covariance_HC0, true},
                 {"sd_HC0", &glm_covariance_HC0, false},
                 {"sd_HC3", &glm_covariance_HC3, false},
                 {"sd_firm", &glm_covariance_cluster, false}};
    for (size_t k = 0; k < 4; k++) {
        struct pair p = slopes_of(w, said, done, cases[k].kind);
        in_sd(&p, cases[k].known);
        struct twin t = joined(w, &p, cases[k].kind, cases[k].kind->clusters ? &one : NULL);
        compare_twin(w, cases[k].name, &t, 10);
    }
    struct pair p = slopes_of(w, fitted(w, &outcome_gaussian, NULL, say_text, "w"),
                              fitted(w, &outcome_gaussian, NULL, do_text, "w"), NULL);
    in_sd(&p, false);
    struct twin t = joined(w, &p, &glm_covariance_HC0, NULL);
    compare_twin(w, "sd_weighted", &t, 10);
}

static void test_zellner(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    const struct outcome_fit *done = fitted(w, &outcome_gaussian, NULL, do_text, NULL);
    struct pair p = slopes_of(w, said, done, NULL);
    in_sd(&p, true);
    struct twin t;
    twin_zellner(said, done, said->fit.estimate[1] / p.a.estimate[0],
                 done->fit.estimate[1] / p.b.estimate[0], 0.95, &t, w->keep);
    assert_digits(t.df, 310, 15);
    compare_twin(w, "zellner", &t, 9);
}

/* ---- any families ---- */

static void test_families(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *kept =
        fitted(w, &outcome_binomial, "probit", "kept ~ sat + conv + base", NULL);
    const struct outcome_fit *visits =
        fitted(w, &outcome_poisson, NULL, "visits ~ sat + conv + base", NULL);
    const struct outcome_fit *answer =
        fitted(w, &outcome_ordinal, NULL, "answer ~ sat + conv + base", NULL);
    struct glm_clusters one = {1, {w->firm}, {18}, false};
    struct pair p = slopes_of(w, kept, visits, NULL);
    struct twin t = joined(w, &p, &glm_covariance_HC0, NULL);
    compare_twin(w, "kept_visits", &t, 9);
    contributions_relative_to(&p.a, 2);
    contributions_relative_to(&p.b, 2);
    t = joined(w, &p, &glm_covariance_HC0, NULL);
    compare_twin(w, "ratio", &t, 9);
    assert_true(isnan(t.p_value[2])); /* 1 beside 1 */
    p = slopes_of(w, answer, visits, NULL);
    t = joined(w, &p, &glm_covariance_HC0, NULL);
    compare_twin(w, "answer_visits", &t, 9);
    contributions_relative_to(&p.a, 0);
    contributions_relative_to(&p.b, 0);
    t = joined(w, &p, &glm_covariance_cluster_HC0, &one);
    compare_twin(w, "answer_ratio_firm", &t, 9);
}

/* Average marginal effects of three columns of a glm, slope(eta) b, with derivatives by the exact
   second derivative of the mean: of probit -eta phi(eta), of a log link the mean. */
static struct contributions margins_of(const struct world *w, const struct outcome_fit *fit)
{
    static const char *const name[] = {"sat", "conv", "base"};
    const struct glm *glm = fit->glm;
    size_t n = glm->design->n, p = glm->design->p;
    double estimate[3] = {0}, *gradient = ARENA_NEW(w->keep, double, 3 * p);
    double *own = ARENA_NEW(w->keep, double, 3 * n);
    struct contributions c;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < 3; j++) {
            double eta = glm->eta[i], slope = glm->link->slope(eta), b = fit->fit.estimate[j + 1];
            double bend = strcmp(fit->link, "log") == 0 ? slope : -eta * slope;
            own[i * 3 + j] = slope * b;
            estimate[j] += slope * b / (double)n;
            for (size_t h = 0; h < p; h++)
                gradient[j * p + h] +=
                    (bend * b * glm->design->x[i * p + h] + (h == j + 1 ? slope : 0)) / (double)n;
        }
    contributions_of(fit, 3, name, estimate, gradient, own, NULL, &c, w->keep);
    return c;
}

static void test_margins(void **state)
{
    struct world *w = *state;
    struct pair p = {
        .said = fitted(w, &outcome_binomial, "probit", "kept ~ sat + conv + base", NULL),
        .done = fitted(w, &outcome_poisson, NULL, "visits ~ sat + conv + base", NULL),
    };
    p.a = margins_of(w, p.said);
    p.b = margins_of(w, p.done);
    in_sd(&p, false);
    struct twin t = joined(w, &p, &glm_covariance_HC0, NULL);
    compare_twin(w, "margin_sd", &t, 9);
}

/* ---- properties ---- */

/* Frequencies are copies, and z-scores of either response change nothing where the units are
   known. */
static void test_frequencies(void **state)
{
    struct world *w = *state;
    struct world copies = *w;
    struct model_column *column = ARENA_NEW(w->keep, struct model_column, w->data.n_columns);
    const double *f = column_of(w, "f");
    size_t n = 0;
    for (size_t i = 0; i < w->data.n; i++)
        n += (size_t)f[i];
    for (size_t j = 0; j < w->data.n_columns; j++) {
        double *value = ARENA_NEW(w->keep, double, n);
        for (size_t i = 0, at = 0; i < w->data.n; i++)
            for (size_t copy = 0; copy < (size_t)f[i]; copy++)
                value[at++] = w->data.column[j].value[i];
        column[j] = (struct model_column){.name = w->data.column[j].name, .value = value};
    }
    copies.data = (struct model_data){n, w->data.n_columns, column};
    struct twin t[2];
    for (int k = 0; k < 2; k++) {
        const struct world *of = k ? &copies : w;
        const struct glm_covariance *kind = &glm_covariance_HC3;
        struct pair p =
            slopes_of(of, fitted(of, &outcome_gaussian, NULL, say_text, k ? NULL : "f"),
                      fitted(of, &outcome_gaussian, NULL, do_text, k ? NULL : "f"), kind);
        in_sd(&p, false);
        t[k] = joined(of, &p, kind, NULL);
    }
    for (size_t j = 0; j < 4; j++) {
        assert_digits(t[0].difference[j], t[1].difference[j], 11);
        assert_digits(t[0].std_error[j], t[1].std_error[j], 11);
        assert_digits(t[0].p_value[j], t[1].p_value[j], 10);
    }
    assert_digits(t[0].all.f, t[1].all.f, 10);
}

/* The same outcome twice differs in nothing, and nothing varies. */
static void test_itself(void **state)
{
    struct world *w = *state;
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    struct pair p = slopes_of(w, said, said, NULL);
    struct twin t = joined(w, &p, &glm_covariance_HC0, NULL);
    assert_int_equal(t.all.status, FIT_UNIDENTIFIED);
    assert_true(t.difference[0] == 0 && isnan(t.p_value[0]));
    /* In other units it is itself in standard deviations. */
    in_sd(&p, false);
    const struct outcome_fit *tripled =
        fitted(w, &outcome_gaussian, NULL, "I(3 * intent - 8) ~ sat * conv + base", NULL);
    struct pair q = slopes_of(w, said, tripled, NULL);
    in_sd(&q, false);
    for (size_t j = 0; j < 4; j++)
        assert_digits(q.a.estimate[j], q.b.estimate[j], 11);
    t = joined(w, &q, &glm_covariance_HC0, NULL);
    assert_true(fabs(t.difference[0]) < 1e-12 && isnan(t.p_value[0]));
}

static void test_hard(void **state)
{
    struct world *w = *state;
    uint32_t *single = ARENA_NEW(w->keep, uint32_t, w->data.n);
    struct glm_clusters one = {1, {single}, {1}, false};
    struct glm_clusters few = {1, {w->month}, {9}, false};
    const struct outcome_fit *said = fitted(w, &outcome_gaussian, NULL, say_text, NULL);
    const struct outcome_fit *done = fitted(w, &outcome_gaussian, NULL, do_text, NULL);
    struct pair p = slopes_of(w, said, done, NULL);
    struct twin t = joined(w, &p, &glm_covariance_cluster, &one);
    assert_int_equal(t.status, FIT_FEW_CLUSTERS);
    assert_true(isnan(t.p_value[0]) && !isnan(t.difference[0]));
    /* Fifteen terms of nine clusters. */
    p = slopes_of(w, fitted(w, &outcome_gaussian, NULL, "intent ~ sat * conv * base * w", NULL),
                  fitted(w, &outcome_gaussian, NULL, "spend ~ sat * conv * base * w", NULL), NULL);
    t = joined(w, &p, &glm_covariance_cluster, &few);
    assert_int_equal(t.status, FIT_CONVERGED);
    assert_int_equal(t.all.status, FIT_FEW_CLUSTERS);
    assert_false(isnan(t.p_value[0]));
    /* A collinear term has no estimate, the others are tested. */
    p = slopes_of(w, fitted(w, &outcome_gaussian, NULL, "intent ~ sat + I(2 * sat) + base", NULL),
                  fitted(w, &outcome_gaussian, NULL, "spend ~ sat + I(2 * sat) + base", NULL),
                  &glm_covariance_HC3);
    t = joined(w, &p, &glm_covariance_HC3, NULL);
    assert_true(isnan(t.difference[1]) && t.all.df == 2 && !isnan(t.all.f_p_value));
    contributions_relative_to(&p.a, 1);
    assert_int_equal(p.a.status, FIT_UNIDENTIFIED);
}

/* ---- bends ---- */

struct bends {
    struct bend link, response;
    double curve[7]; /* of the mean */
    size_t n_points;
};

/* The curve over the scale `sat`, the rows as they are otherwise; of ordered answers the mean
   score. */
static struct bends bend_at(const struct world *w, const struct outcome_fit *fit, const char *text,
                            const double *x, size_t n, const double *score)
{
    struct margins m;
    struct margin_query query[14] = {0};
    struct margin answer[14];
    size_t p = fit->fit.n_params, k = fit->n_means;
    double line[7], *by_line = ARENA_NEW(w->keep, double, 7 * p),
                    *by_mean = ARENA_NEW(w->keep, double, 7 * p);
    struct bends b = {.n_points = n};
    margins_prepare(fit, parsed(w, text), &w->data, 1, &m, w->keep);
    const struct margin_variable *sat = margins_variable(&m, "sat");
    for (size_t j = 0; j < 2 * n; j++) {
        query[j].n_settings = 1;
        query[j].setting[0] = (struct margin_setting){sat, x[j % n], (size_t)x[j % n] - 1};
        query[j].linear = j < n;
    }
    margins_average(&m, query, 2 * n, answer, w->keep);
    for (size_t j = 0; j < n; j++) {
        line[j] = answer[j].estimate[0];
        memcpy(by_line + j * p, answer[j].gradient, p * sizeof *by_line);
        for (size_t c = 0; c < k; c++) {
            double s = score ? score[c] : 1;
            b.curve[j] += s * answer[n + j].estimate[c];
            for (size_t h = 0; h < p; h++)
                by_mean[j * p + h] += s * answer[n + j].gradient[c * p + h];
        }
    }
    bend_of(&fit->fit, x, line, by_line, n, 0.95, &b.link);
    bend_of(&fit->fit, x, b.curve, by_mean, n, 0.95, &b.response);
    return b;
}

static const double one_to_seven[] = {1, 2, 3, 4, 5, 6, 7};

static void compare_bends(struct world *w, const char *name, const struct bends *b, double digits)
{
    w->checked = 0;
    compare(w, name, "link_bend", SIZE_MAX, b->link.estimate, digits);
    compare(w, name, "link_error", SIZE_MAX, b->link.std_error, digits);
    compare(w, name, "link_p", SIZE_MAX, b->link.p_value, digits - 1);
    compare(w, name, "response_bend", SIZE_MAX, b->response.estimate, digits);
    compare(w, name, "response_error", SIZE_MAX, b->response.std_error, digits);
    compare(w, name, "response_p", SIZE_MAX, b->response.p_value, digits - 1);
    for (size_t j = 0; j < b->n_points; j++)
        compare(w, name, "curve", j, b->curve[j], digits);
    assert_true(w->checked >= 3 + b->n_points);
}

static void test_bends(void **state)
{
    struct world *w = *state;
    const double score[] = {0, 1, 2, 4, 8}, uneven[] = {1, 2, 5, 7};
    const char *square = "kept ~ sat + I(sat^2) + base";
    const char *factor = "visits ~ C(sat) + base", *spend = "spend ~ sat + I(sat^2) + base";
    const char *answer = "answer ~ sat + I(sat^2) + base", *straight = "kept ~ sat + base";
    const struct outcome_fit *kept = fitted(w, &outcome_binomial, NULL, square, NULL);
    struct bends b = bend_at(w, kept, square, one_to_seven, 7, NULL);
    compare_bends(w, "bend_square", &b, 8);
    /* A parabola's bend is twice its square's coefficient. */
    assert_digits(b.link.estimate, 2 * kept->fit.estimate[2], 11);
    assert_digits(b.link.std_error, 2 * fit_std_error(&kept->fit, 2), 10);
    b = bend_at(w, kept, square, uneven, 4, NULL);
    compare_bends(w, "bend_uneven", &b, 8);
    b = bend_at(w, fitted(w, &outcome_poisson, NULL, factor, NULL), factor, one_to_seven, 7, NULL);
    compare_bends(w, "bend_factor", &b, 9);
    b = bend_at(w, fitted(w, &outcome_gaussian, NULL, spend, NULL), spend, one_to_seven, 7, NULL);
    compare_bends(w, "bend_gaussian", &b, 9);
    assert_digits(b.response.p_value, b.link.p_value, 9);
    b = bend_at(w, fitted(w, &outcome_ordinal, NULL, answer, NULL), answer, one_to_seven, 7, score);
    compare_bends(w, "bend_answer", &b, 8);
    b = bend_at(w, fitted(w, &outcome_binomial, NULL, straight, NULL), straight, one_to_seven, 7,
                NULL);
    compare_bends(w, "bend_straight", &b, 9);
    assert_int_equal(b.link.status, FIT_CONSTANT);
    assert_true(b.link.estimate == 0 && b.link.verdict == VERDICT_LINEAR);
}

/* Logit slope .5 per point: convex where buying is rare, concave where it is common, straight on
   the link's scale: second differences of .0135, .0181, .0221 from a base of .0392. */
static void test_artefact(void **state)
{
    struct world *w = *state;
    const double x[] = {1, 2, 3}, level[] = {-3.2, 1.15};
    const struct outcome_fit *like = fitted(w, &outcome_binomial, NULL, "kept ~ sat", NULL);
    for (int k = 0; k < 2; k++) {
        struct outcome_fit fit = *like;
        double estimate[] = {level[k] - 0.5, 0.5}, vcov[] = {1e-4, 0, 0, 1e-4};
        double p[3], want;
        fit.fit.estimate = estimate;
        fit.fit.vcov = vcov;
        for (int j = 0; j < 3; j++)
            p[j] = 1 / (1 + exp(-level[k] - 0.5 * j));
        want = p[2] - 2 * p[1] + p[0];
        struct bends b = bend_at(w, &fit, "kept ~ sat", x, 3, NULL);
        assert_digits(b.response.estimate, want, 10);
        assert_true(bends_differ(&b.link, &b.response) && b.link.verdict == VERDICT_LINEAR);
        assert_int_equal(b.response.verdict, k ? VERDICT_DECREASING : VERDICT_INCREASING);
    }
    struct bends b = bend_at(w, like, "kept ~ sat", x, 2, NULL);
    assert_int_equal(b.link.status, FIT_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),   cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_blocks),  cmocka_unit_test(test_in_sd),
        cmocka_unit_test(test_zellner), cmocka_unit_test(test_families),
        cmocka_unit_test(test_margins), cmocka_unit_test(test_frequencies),
        cmocka_unit_test(test_itself),  cmocka_unit_test(test_hard),
        cmocka_unit_test(test_bends),   cmocka_unit_test(test_artefact),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
