/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/twin_effects.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/design/model.h"

/* ---- scores of ordered answers ---- */

static bool as_number(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return *text && !*end && isfinite(*value);
}

static bool all_numbers(const char *const *name, size_t n)
{
    double value;
    for (size_t k = 0; k < n; k++)
        if (!as_number(name[k], &value))
            return false;
    return true;
}

/* Of each level of the response [*n], in its order: its number, or its place. */
static double *level_scores(const struct outcome_fit *fit, size_t *n, struct arena *keep)
{
    const struct design *d = fit->data.design;
    const char *const *name = d->n_response_levels ? d->response_level : fit->mean_name;
    *n = d->n_response_levels ? d->n_response_levels : fit->n_means;
    double *score = ARENA_NEW(keep, double, *n);
    bool numbers = all_numbers(name, *n);
    for (size_t k = 0; k < *n; k++)
        if (!numbers || !as_number(name[k], &score[k]))
            score[k] = 1 + (double)k;
    return score;
}

const double *twin_scores(const struct outcome_fit *fit, struct arena *keep)
{
    const struct design *d = fit->data.design;
    double *score = ARENA_NEW(keep, double, fit->n_means + 1);
    size_t n;
    score[0] = 1;
    if (!fit->mean_name)
        return score;
    const double *of_level = level_scores(fit, &n, keep);
    for (size_t k = 0, level = 0; k < fit->n_means; k++, level++) {
        while (d->n_response_levels && level + 1 < n &&
               strcmp(d->response_level[level], fit->mean_name[k]) != 0)
            level++;
        score[k] = of_level[level];
    }
    return score;
}

const double *twin_response(const struct outcome_fit *fit, struct arena *keep)
{
    const struct design *d = fit->data.design;
    if (!fit->mean_name || d->n_response_levels == 0)
        return d->y;
    double *y = ARENA_NEW(keep, double, d->n);
    size_t n;
    const double *of_level = level_scores(fit, &n, keep);
    for (size_t i = 0; i < d->n; i++)
        y[i] = of_level[(size_t)d->y[i]];
    return y;
}

/* ---- the effects ---- */

/* An average, or the difference of two averages over what lies between them. */
struct effect {
    const char *name;
    struct margin_query high, low;
    double width; /* 0: `high` alone */
};

struct effects {
    const struct margins *m;
    size_t n;
    struct effect *at;
};

static const char *level_name(const struct margin_variable *v, size_t level, struct arena *keep)
{
    bool slope = v->n_levels == 0;
    bool number = !slope && v->n_levels == 2 && v->value && v->value[0] == 0 && v->value[1] == 1;
    return slope || number ? v->name : arena_printf(keep, "%s%s", v->name, v->level[level]);
}

static void add_main(struct effects *e, struct arena *keep)
{
    size_t n;
    const struct margin_query *query = margins_effects(e->m, &n, keep);
    for (size_t i = 0; i < n; i++)
        e->at[e->n++] =
            (struct effect){level_name(query[i].of, query[i].level, keep), query[i], {0}, 0};
}

static struct margin_query at_setting(struct margin_query q, const struct margin_variable *by,
                                      double value, size_t level)
{
    q.n_settings = 1;
    q.setting[0] = (struct margin_setting){by, value, level};
    return q;
}

/* How the effect of one variable changes with another, for each of its levels. */
static void add_product(struct effects *e, const struct margin_variable *a,
                        const struct margin_variable *b, struct arena *keep)
{
    for (size_t i = a->n_levels ? 1 : 0; i < (a->n_levels ? a->n_levels : 1); i++)
        for (size_t j = b->n_levels ? 1 : 0; j < (b->n_levels ? b->n_levels : 1); j++) {
            const struct margin_query q = {.of = a, .level = i};
            bool number = b->n_levels == 0;
            struct effect *to = &e->at[e->n++];
            to->name = arena_printf(keep, "%s:%s", level_name(a, i, keep), level_name(b, j, keep));
            to->high = at_setting(q, b, number ? b->mean + b->sd : b->value ? b->value[j] : 0, j);
            to->low = at_setting(q, b, number ? b->mean - b->sd : b->value ? b->value[0] : 0, 0);
            to->width = number ? 2 * b->sd : 1;
        }
}

/* The variables of an interaction of two, as they are; NULL: it is none. */
static bool is_product(const struct margins *m, const struct model_formula *f, size_t term,
                       const struct margin_variable *v[2])
{
    const struct model_term *t = &f->term[term];
    for (size_t k = 0; t->n == 2 && k < 2; k++)
        if (!(v[k] = margins_variable(m, f->variable[t->variable[k]].label)))
            return false;
    return t->n == 2;
}

static size_t levels_after_first(const struct margin_variable *v)
{
    return v->n_levels ? v->n_levels - 1 : 1;
}

static struct effects effects_of(const struct margins *m, const struct model_formula *f,
                                 struct arena *keep)
{
    const struct margin_variable *v[2];
    size_t most = 0;
    for (size_t i = 0; i < m->n_variables; i++)
        most += levels_after_first(&m->variable[i]);
    for (size_t t = 0; t < f->n_terms; t++)
        if (is_product(m, f, t, v))
            most += levels_after_first(v[0]) * levels_after_first(v[1]);
    struct effects e = {m, 0, ARENA_NEW(keep, struct effect, most)};
    add_main(&e, keep);
    for (size_t t = 0; t < f->n_terms; t++)
        if (is_product(m, f, t, v))
            add_product(&e, v[0], v[1], keep);
    assert(e.n <= most);
    return e;
}

/* Adds times the answer: of several means that of their scores. */
static void add_answer(const struct outcome_fit *fit, const struct margin *answer,
                       const double *score, double times, double *estimate, double *gradient)
{
    size_t p = fit->fit.n_params;
    if (answer->n == 0)
        *estimate = NAN;
    for (size_t k = 0; k < answer->n; k++) {
        *estimate += times * score[k] * answer->estimate[k];
        for (size_t h = 0; h < p; h++)
            gradient[h] += times * score[k] * answer->gradient[k * p + h];
    }
}

void twin_effects(const struct margins *m, const struct model_formula *formula,
                  const struct glm_covariance *kind, struct contributions *c, struct arena *keep)
{
    struct arena *scratch = arena_new();
    const struct effects e = effects_of(m, formula, keep);
    size_t p = m->fit->fit.n_params;
    struct margin_query *query = ARENA_NEW(scratch, struct margin_query, 2 * e.n);
    struct margin *answer = ARENA_NEW(scratch, struct margin, 2 * e.n);
    const char **name = ARENA_NEW(scratch, const char *, e.n);
    double *estimate = ARENA_NEW(scratch, double, e.n);
    double *gradient = ARENA_NEW(scratch, double, e.n *p);
    const double *score = twin_scores(m->fit, scratch);
    for (size_t j = 0; j < e.n; j++) {
        query[2 * j] = e.at[j].high;
        query[2 * j + 1] = e.at[j].width > 0 ? e.at[j].low : e.at[j].high;
    }
    margins_average(m, query, 2 * e.n, answer, scratch);
    for (size_t j = 0; j < e.n; j++) {
        double width = e.at[j].width > 0 ? e.at[j].width : 1;
        name[j] = e.at[j].name;
        add_answer(m->fit, &answer[2 * j], score, 1 / width, &estimate[j], gradient + j * p);
        if (e.at[j].width > 0)
            add_answer(m->fit, &answer[2 * j + 1], score, -1 / width, &estimate[j],
                       gradient + j * p);
    }
    contributions_of(m->fit, e.n, name, estimate, gradient, NULL, kind, c, keep);
    arena_free(scratch);
}
