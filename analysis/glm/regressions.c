/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/regressions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/glm/suppressed.h"
#include "analysis/study/phrases.h"
#include "analysis/study/refusals.h"
#include "models/base/workers.h"

/* ---- one cell ---- */

static double *taken(const double *from, const struct design *d, struct arena *keep)
{
    double *to = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0; i < d->n; i++)
        to[i] = from[d->row[i]];
    return to;
}

static int by_code(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Is each pair of clusters there once?  Then the part by both is White's of rows, as Petersen
   (2009, Rev. Financ. Stud. 22, 435-480) prints it. */
static bool pairs_are_rows(const struct glm_clusters *c, size_t n)
{
    if (n / c->n_clusters[0] > c->n_clusters[1]) /* more rows than pairs */
        return false;
    struct arena *scratch = arena_new();
    uint64_t *pair = ARENA_NEW(scratch, uint64_t, n);
    bool rows = true;
    for (size_t i = 0; i < n; i++)
        pair[i] = (uint64_t)c->code[0][i] << 32 | c->code[1][i];
    qsort(pair, n, sizeof *pair, by_code);
    for (size_t i = 1; i < n && rows; i++)
        rows = pair[i] != pair[i - 1];
    arena_free(scratch);
    return rows;
}

/* The clusters of the design's rows, numbered anew: those of other cells do not count. */
static void cell_clusters(const struct regressions_options *o, struct regression_cell *cell)
{
    const struct design *d = &cell->design;
    struct glm_clusters *c = &cell->clusters;
    c->n_ways = o->n_ways;
    for (size_t k = 0; k < o->n_ways; k++) {
        uint32_t *number = ARENA_NEW(cell->arena, uint32_t, o->cluster[k].n);
        uint32_t *code = ARENA_NEW(cell->arena, uint32_t, d->n);
        for (size_t g = 0; g < o->cluster[k].n; g++)
            number[g] = UINT32_MAX;
        for (size_t i = 0; i < d->n; i++) {
            uint32_t *to = &number[o->cluster[k].code[d->row[i]]];
            if (*to == UINT32_MAX)
                *to = (uint32_t)c->n_clusters[k]++;
            code[i] = *to;
        }
        c->code[k] = code;
    }
    c->whole_rows = c->n_ways == 2 && pairs_are_rows(c, d->n);
}

static void cell_data(const struct regressions *r, struct regression_cell *cell)
{
    const struct prepared *p = r->prepared;
    const double *weight = r->options.weight ? r->options.weight : p->weight;
    struct outcome_data *data = &cell->data;
    data->design = &cell->design;
    data->second = cell->second.p ? &cell->second : NULL;
    data->w = weight ? taken(weight, &cell->design, cell->arena) : NULL;
    data->weight_kind = r->options.weight ? WEIGHT_NONE : p->weight_kind;
    if (r->options.n_ways)
        cell_clusters(&r->options, cell);
}

static bool cell_designs(const struct regressions *r, const struct model_formula *formula,
                         const uint32_t *row, size_t n, struct regression_cell *cell)
{
    const struct model_formula *second = model_formula_second(formula);
    if (!model_design(formula, &r->data, row, n, &cell->design, &cell->problem, cell->arena))
        return false;
    return !second || model_design(second, &r->data, cell->design.row, cell->design.n,
                                   &cell->second, &cell->problem, cell->arena);
}

/* Words are answers to yes or no, or in an order; comparisons count as 0 and 1 everywhere. */
static bool may_be_words(const struct outcome *is, const struct design *d)
{
    bool share = is->glm && is->glm->in_domain == share_in_domain;
    bool logical = d->n_response_levels > 0 && (strcmp(d->response_level[0], "FALSE") == 0 ||
                                                strcmp(d->response_level[0], "TRUE") == 0);
    return d->n_response_levels == 0 || is->binary || is->ordered ||
           (d->n_response_levels <= 2 && (share || logical));
}

static void fit_cell(const struct regressions *r, struct regression_cell *cell)
{
    struct outcome_options how = r->options.fit;
    how.clusters = cell->clusters.n_ways ? &cell->clusters : NULL;
    how.threads = r->n > 1 ? 1 : r->prepared->threads;
    cell->outside = may_be_words(r->options.outcome, &cell->design)
                        ? outcome_first_outside(r->options.outcome, &cell->data, &how)
                        : 0;
    if (cell->outside < cell->design.n)
        return;
    cell->outside = SIZE_MAX;
    outcome_fit(r->options.outcome, &cell->data, &how, &cell->fit, cell->arena);
}

static void make_cell(const struct regressions *r, const struct model_formula *formula,
                      const uint32_t *row, size_t n, struct regression_cell *cell)
{
    cell->outside = SIZE_MAX;
    cell->fit.fit = (struct fit){.n_obs = NAN};
    cell->made = cell_designs(r, formula, row, n, cell);
    if (cell->made) {
        cell_data(r, cell);
        fit_cell(r, cell);
    } else {
        cell->fit.fit.status = cell->problem.status;
    }
    cell->small = prepared_is_small(r->prepared, cell->made ? cell->fit.fit.n_obs : 0);
}

static void cell_task(size_t index, void *context)
{
    struct regressions *r = context;
    struct regression_cell *cell = &r->cell[r->n - 1 - index]; /* the margins, which are large */
    cell->arena = arena_new();
    make_cell(r, r->formula, cell->group->rows.at, cell->group->rows.n, cell);
}

bool regression_refit(const struct regressions *r, const struct regression_cell *cell,
                      const struct model_formula *formula, struct regression_cell *other,
                      struct arena *keep)
{
    *other = (struct regression_cell){.group = cell->group, .arena = keep};
    make_cell(r, formula, cell->design.row, cell->design.n, other);
    return other->made && other->outside == SIZE_MAX;
}

/* ---- what cannot be fitted at all ---- */

static const char *response_shown(const struct regressions *r, const struct regression_cell *cell,
                                  struct arena *keep)
{
    const struct design *d = &cell->design;
    double y = d->y[cell->outside];
    (void)r;
    return d->n_response_levels ? d->response_level[(size_t)y] : arena_printf(keep, "%.15g", y);
}

static bool told_outside(const struct regressions *r, const struct regression_cell *cell,
                         struct arena *keep, struct err *err)
{
    const struct frame *f = r->prepared->frame;
    const struct outcome *is = r->options.outcome;
    const struct design *d = &cell->design;
    uint32_t row = d->row[cell->outside];
    bool words = d->n_response_levels > 0;
    const char *what = words
                           ? arena_printf(keep, "is one of %zu words, where the family %s needs %s",
                                          d->n_response_levels, is->name, outcome_domain(is))
                           : arena_printf(keep, "is outside the family %s: it needs %s", is->name,
                                          outcome_domain(is));
    const char *mend = words && d->n_response_levels > 2
                           ? "take --family=ordinal, or compare: y == 'word' ~ ..."
                       : words ? "take --family=binomial, or compare: y == 'word' ~ ..."
                               : "correct the cell, or take another --family";
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = d->response,
                                    .value = response_shown(r, cell, keep),
                                    .what = what,
                                    .mend = mend});
}

/* An expression that is not finite, or too many columns. */
static bool told_design(const struct regressions *r, const struct regression_cell *cell,
                        struct arena *keep, struct err *err)
{
    const struct frame *f = r->prepared->frame;
    const struct formula_error *told = &cell->problem.told;
    size_t row = cell->problem.row;
    if (row == SIZE_MAX || cell->problem.status != FIT_DOMAIN)
        return refuse_formula("formula", r->options.text, told, keep, err);
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = "--formula",
                                    .what = told->what,
                                    .mend = told->mend});
}

static size_t outside_row(const struct regression_cell *cell)
{
    return cell->outside == SIZE_MAX ? SIZE_MAX : cell->design.row[cell->outside];
}

static bool all_in_domain(const struct regressions *r, struct arena *keep, struct err *err)
{
    const struct regression_cell *first = NULL;
    for (size_t i = 0; i < r->n; i++) {
        const struct regression_cell *cell = &r->cell[i];
        enum fit_status status = cell->problem.status;
        if (!cell->made && (status == FIT_DOMAIN || status == FIT_UNIDENTIFIED))
            return told_design(r, cell, keep, err);
        if (outside_row(cell) < (first ? outside_row(first) : SIZE_MAX))
            first = cell;
    }
    return !first || told_outside(r, first, keep, err);
}

/* ---- the whole ---- */

static bool formula_fits(const struct regressions *r, struct err *err)
{
    const struct outcome *is = r->options.outcome;
    if (!model_formula_response(r->formula))
        return err_set(err, ERR_USAGE,
                       "--formula: '%s' has no response; write it as y ~ x, what is explained on "
                       "the left",
                       r->options.text);
    if (model_formula_second(r->formula) && is->second == SECOND_NONE)
        return err_set(err, ERR_USAGE,
                       "--formula: '%s': the family %s has one equation only; leave out what "
                       "stands behind '|'",
                       r->options.text, is->name);
    return true;
}

struct regressions *regressions_compute(const struct prepared *p,
                                        const struct regressions_options *options,
                                        const struct job *job, struct err *err)
{
    struct regressions *r = ARENA_NEW(job->keep, struct regressions, 1);
    *r = (struct regressions){.prepared = p, .options = *options, .n = p->groups.n};
    const char *option = options->option ? options->option : "formula";
    const char *text = options->mentions
                           ? arena_printf(job->keep, "%s %s", options->text, options->mentions)
                           : options->text;
    if (!regressions_data(p, text, &r->data, job->keep, err) ||
        !(r->formula = regressions_formula(option, options->text, &r->data, job->keep, err)) ||
        !formula_fits(r, err) || !regressions_centre(r, job->keep, err))
        return NULL;
    if (p->suppress_below > 0)
        regressions_suppress(r, job->keep);
    r->cell = ARENA_NEW(job->keep, struct regression_cell, r->n);
    for (size_t g = 0; g < r->n; g++)
        r->cell[g].group = &r->prepared->groups.at[g];
    job->progress(job->progress_context, -1, "fitting regressions");
    workers_run(r->n, p->threads, cell_task, r);
    if (all_in_domain(r, job->keep, err))
        return r;
    regressions_free(r);
    return NULL;
}

void regressions_free(struct regressions *r)
{
    for (size_t i = 0; i < r->n; i++)
        arena_free(r->cell[i].arena);
}

const char *regressions_response(const struct regressions *r)
{
    return model_formula_response(r->formula);
}

enum fit_status regressions_status(const struct regression_cell *cell)
{
    enum fit_status status = cell->fit.fit.status;
    if ((status == FIT_CONVERGED || status == FIT_PERFECT || status == FIT_SEPARATION) &&
        cell->small)
        return FIT_BELOW_MIN_N;
    if (status == FIT_CONVERGED && cell->fit.covariance_status != FIT_CONVERGED)
        return cell->fit.covariance_status;
    return status;
}
