/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/twin.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "analysis/glm/twin_effects.h"
#include "models/base/nearest.h"
#include "models/design/model.h"

/* ---- the twin's own regression ---- */

/* The words of the twin: what belongs to one family stays with it. */
static struct regressions_words words_of(const struct regressions_words *said,
                                         const struct twin_words *typed, struct arena *keep)
{
    struct regressions_words w = *said;
    const char *sides = strchr(said->formula, '~');
    assert(sides);
    w.formula = arena_printf(keep, "%s %s", typed->response, sides);
    w.family = typed->family ? typed->family : "gaussian";
    w.link = typed->link;
    const struct outcome *is = outcome_find(w.family);
    w.firth = said->firth && is == &outcome_binomial && (!w.link || strcmp(w.link, "logit") == 0);
    w.theta = is == &outcome_negative_binomial ? said->theta : 0;
    w.amount = is == &outcome_two_part ? said->amount : NULL;
    w.limits = is == &outcome_tobit ? said->limits : NULL;
    return w;
}

static bool refuse(const char *option, const char *value, const char *what, const char *mend,
                   struct err *err)
{
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = option, .value = value, .what = what, .mend = mend});
}

/* What regressions_settle() would say of --family and --link. */
static bool words_are_known(const struct twin_words *typed, struct arena *keep, struct err *err)
{
    const char **name = ARENA_NEW(keep, const char *, n_outcomes);
    const struct outcome *is = outcome_find(typed->family ? typed->family : "gaussian");
    size_t n = 0;
    for (size_t i = 0; i < n_outcomes; i++)
        name[i] = outcomes[i]->name;
    if (!is)
        return refuse(
            "--twin-family", typed->family, "is no family",
            nearest_mend(typed->family, name, n_outcomes, "families are ", n_outcomes, keep), err);
    while (is->link[n])
        n++;
    return !typed->link || outcome_has_link(is, typed->link) ||
           refuse("--twin-link", typed->link,
                  arena_printf(keep, "is no link of the family %s", is->name),
                  nearest_mend(typed->link, is->link, n, "its links are ", n, keep), err);
}

static const char *taken_by_right(const struct model_formula *left,
                                  const struct model_formula *right)
{
    for (size_t i = 0; i < left->n_columns; i++)
        for (size_t j = 0; left->column[i].left && j < right->n_columns; j++)
            if (right->column[j].right && strcmp(left->column[i].name, right->column[j].name) == 0)
                return left->column[i].name;
    return NULL;
}

static bool sides_are_apart(const struct regressions *said, const struct regressions *done,
                            struct err *err)
{
    const char *name = taken_by_right(done->formula, said->formula);
    if (!name)
        name = taken_by_right(said->formula, done->formula);
    return !name || err_set(err, ERR_USAGE,
                            "--twin: '%s' would stand on the right side of the formula too; both "
                            "outcomes have to be left out of it",
                            name);
}

static bool has_text(const char *text)
{
    return text[strspn(text, " \t\n")] != '\0';
}

static struct regressions *twin_regressions(const struct regressions *r,
                                            const struct regressions_words *words,
                                            const struct twin_words *typed, const struct job *job,
                                            struct err *err)
{
    struct regressions_options *how = ARENA_NEW(job->keep, struct regressions_options, 1);
    if (!has_text(typed->response) || strchr(typed->response, '~')) {
        err_set(err, ERR_USAGE,
                "--twin: '%s' is no response: name what customers do, --twin=purchases or "
                "--twin='log(spend + 1)'",
                typed->response);
        return NULL;
    }
    if (!words_are_known(typed, job->keep, err))
        return NULL;
    const struct regressions_words own = words_of(words, typed, job->keep);
    if (!regressions_settle(&own, r->prepared, how, job->keep, err))
        return NULL;
    how->option = "twin";
    struct regressions *done = regressions_compute(r->prepared, how, job, err);
    if (!done || sides_are_apart(r, done, err))
        return done;
    regressions_free(done);
    return NULL;
}

/* ---- the same rows ---- */

static uint32_t *common_rows(const struct design *a, const struct design *b, size_t *n,
                             struct arena *keep)
{
    uint32_t *row = ARENA_NEW(keep, uint32_t, a->n);
    *n = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->row[i] == b->row[j])
            row[(*n)++] = a->row[i];
        bool first = a->row[i] <= b->row[j], second = b->row[j] <= a->row[i];
        i += first;
        j += second;
    }
    return row;
}

/* The cell's fit, on fewer rows where the other side lacks some. */
static const struct regression_cell *on_rows(const struct regressions *r,
                                             const struct regression_cell *cell,
                                             const uint32_t *row, size_t n, struct arena *keep)
{
    struct regression_cell *other = ARENA_NEW(keep, struct regression_cell, 1);
    struct regression_cell fewer = {.group = cell->group};
    if (n == cell->design.n)
        return cell;
    fewer.design.row = row;
    fewer.design.n = n;
    regression_refit(r, &fewer, r->formula, other, keep);
    return other;
}

/* ---- one cell ---- */

/* What the rows add to the figures of one side, in standard deviations of its outcome. */
static void side_of(const struct twins *t, const struct regressions *r,
                    const struct regression_cell *cell, struct contributions *c,
                    struct arena *scratch)
{
    struct margins m;
    if (t->standardized) {
        contributions_slopes(&cell->fit, t->kind, c, scratch);
    } else {
        margins_prepare(&cell->fit, r->formula, &r->data, r->prepared->threads, &m, scratch);
        twin_effects(&m, r->formula, t->kind, c, scratch);
    }
    contributions_in_sd(c, &cell->data, twin_response(&cell->fit, scratch), false);
}

static void compare(const struct twins *t, const struct regression_cell *said,
                    const struct regression_cell *done, struct twin_cell *out, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct contributions a, b;
    const struct twin_options how = {t->kind, said->clusters.n_ways ? &said->clusters : NULL,
                                     t->said->prepared->conf_level};
    double n_params = fmax((double)said->fit.fit.n_params, (double)done->fit.fit.n_params);
    side_of(t, t->said, said, &a, scratch);
    side_of(t, t->done, done, &b, scratch);
    assert(a.k == b.k);
    twin_compare(&a, &b, &said->data, n_params, &how, &out->twin, keep);
    out->status = out->twin.status;
    out->n_obs = said->fit.fit.n_obs;
    out->small = prepared_is_small(t->said->prepared, out->n_obs);
    arena_free(scratch);
}

/* A side that has no design on these rows. */
static bool is_missing(const struct regression_cell *side, struct twin_cell *out)
{
    if (!side->made)
        out->status = side->problem.status;
    return !side->made;
}

static void compute_cell(const struct twins *t, size_t i, struct twin_cell *out, struct arena *keep)
{
    const struct regression_cell *said = &t->said->cell[i], *done = &t->done->cell[i];
    *out = (struct twin_cell){.group = said->group, .n_obs = NAN};
    if (is_missing(said, out) || is_missing(done, out))
        return;
    struct arena *scratch = arena_new();
    size_t n;
    const uint32_t *row = common_rows(&said->design, &done->design, &n, scratch);
    out->status = FIT_TOO_FEW;
    if (n > 0) {
        said = on_rows(t->said, said, row, n, scratch);
        done = on_rows(t->done, done, row, n, scratch);
        if (!is_missing(said, out) && !is_missing(done, out))
            compare(t, said, done, out, keep);
    }
    arena_free(scratch);
}

/* ---- the whole ---- */

static bool is_linear(const struct regressions *r)
{
    const struct outcome_options *fit = &r->options.fit;
    return r->options.outcome == &outcome_gaussian &&
           (!fit->link || strcmp(fit->link, "identity") == 0);
}

/* By rows as was asked for, else HC3 of two linear equations (Long & Ervin 2000, Am. Statist. 54,
   217-224) and HC0 of others; by clusters as outcome_options says. */
static const struct glm_covariance *kind_of(const struct twins *t)
{
    const struct regressions_options *o = &t->said->options;
    const char *robust = o->fit.covariance;
    bool gaussian =
        o->outcome == &outcome_gaussian && t->done->options.outcome == &outcome_gaussian;
    if (o->n_ways > 0)
        return (robust ? strcmp(robust, "HC1") == 0 : gaussian) ? &glm_covariance_cluster
                                                                : &glm_covariance_cluster_HC0;
    if (robust)
        return glm_covariance_find(robust);
    return t->standardized && t->said->prepared->weight_kind != WEIGHT_SAMPLING
               ? &glm_covariance_HC3
               : &glm_covariance_HC0;
}

bool regressions_twin(const struct regressions *r, const struct regressions_words *words,
                      const struct twin_words *twin, const struct job *job,
                      struct report_builder *report, struct err *err)
{
    struct regressions *done = twin_regressions(r, words, twin, job, err);
    struct arena *own = arena_new();
    if (done) {
        struct twins t = {.said = r, .done = done, .n = r->n};
        t.standardized = is_linear(r) && is_linear(done);
        t.kind = kind_of(&t);
        t.cell = ARENA_NEW(own, struct twin_cell, t.n);
        for (size_t i = 0; i < t.n; i++)
            compute_cell(&t, i, &t.cell[i], own);
        twin_tables(&t, report, job->keep);
        twin_lines(&t, report);
        twin_chart(&t, report, job->keep);
        regressions_free(done);
    }
    arena_free(own);
    return done != NULL;
}
