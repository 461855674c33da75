/* SPDX-License-Identifier: GPL-3.0-or-later
   Predictions of scoring.h: of the fit, and of fits without a fold. */
#include "analysis/glm/scoring.h"

#include <math.h>
#include <string.h>

#include "models/base/rng.h"
#include "models/base/workers.h"

/* ---- folds ---- */

/* What stays in one fold: a cluster, or a row. */
struct units {
    size_t n;
    const uint32_t *of; /* [rows] the unit of each row; NULL: its own */
};

static struct units units_of(const struct regression_cell *cell)
{
    if (cell->clusters.n_ways == 0)
        return (struct units){cell->design.n, NULL};
    return (struct units){cell->clusters.n_clusters[0], cell->clusters.code[0]};
}

static size_t unit_of(const struct units *u, size_t row)
{
    return u->of ? u->of[row] : row;
}

/* 0 .. n - 1 in random order (Durstenfeld 1964, Commun. ACM 7, 420). */
static size_t *shuffled(size_t n, gsl_rng *rng, struct arena *scratch)
{
    size_t *at = ARENA_NEW(scratch, size_t, n);
    for (size_t i = 0; i < n; i++)
        at[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t j = rng_below(rng, i), swap = at[i - 1];
        at[i - 1] = at[j];
        at[j] = swap;
    }
    return at;
}

/* The fold of each row: shuffled units are dealt in turn, those with an event first. */
static size_t *folds_of(const struct regression_cell *cell, const struct units *units,
                        size_t n_folds, gsl_rng *rng, struct arena *keep)
{
    const struct design *d = &cell->design;
    size_t *fold = ARENA_NEW(keep, size_t, d->n), *of_unit = ARENA_NEW(keep, size_t, units->n);
    bool *event = ARENA_NEW(keep, bool, units->n);
    const size_t *order = shuffled(units->n, rng, keep);
    for (size_t i = 0; i < d->n; i++)
        event[unit_of(units, i)] |= d->y[i] > 0;
    for (size_t pass = 0, dealt = 0; pass < 2; pass++)
        for (size_t k = 0; k < units->n; k++)
            if (event[order[k]] == (pass == 0))
                of_unit[order[k]] = dealt++ % n_folds;
    for (size_t i = 0; i < d->n; i++)
        fold[i] = of_unit[unit_of(units, i)];
    return fold;
}

/* ---- fits without a fold ---- */

struct cross_fit {
    const struct regressions *r;
    const struct regression_cell *cell;
    const size_t *fold;      /* [rows] */
    double *p;               /* [rows] out */
    enum fit_status *status; /* [folds] out: ok, or why a fit gives no predictions */
};

/* The rows of one fold, or all others, with their columns as they are. */
static struct outcome_data part_of(const struct cross_fit *c, size_t fold, bool others,
                                   struct arena *scratch)
{
    const struct design *all = &c->cell->design;
    struct design *d = arena_copy(scratch, all, 1, sizeof *all);
    double *x = ARENA_NEW(scratch, double, all->n * all->p),
           *y = ARENA_NEW(scratch, double, all->n);
    double *offset = ARENA_NEW(scratch, double, all->n), *w = ARENA_NEW(scratch, double, all->n);
    uint32_t *row = ARENA_NEW(scratch, uint32_t, all->n);
    d->n = 0;
    for (size_t i = 0; i < all->n; i++) {
        if ((c->fold[i] == fold) == others)
            continue;
        memcpy(x + d->n * all->p, all->x + i * all->p, all->p * sizeof *x);
        y[d->n] = all->y[i];
        offset[d->n] = all->offset ? all->offset[i] : 0;
        w[d->n] = c->cell->data.w ? c->cell->data.w[i] : 1;
        row[d->n++] = all->row[i];
    }
    d->x = x;
    d->y = y;
    d->offset = all->offset ? offset : NULL;
    d->row = row;
    return (struct outcome_data){
        .design = d, .w = c->cell->data.w ? w : NULL, .weight_kind = c->cell->data.weight_kind};
}

static void fit_without(size_t fold, void *context)
{
    struct cross_fit *c = context;
    struct arena *scratch = arena_new();
    struct outcome_data train = part_of(c, fold, true, scratch);
    struct outcome_data test = part_of(c, fold, false, scratch);
    struct outcome_options how = c->r->options.fit;
    struct outcome_fit fit;
    how.clusters = NULL; /* standard errors are not looked at */
    how.covariance = "model";
    how.threads = 1;
    outcome_fit(c->r->options.outcome, &train, &how, &fit, scratch);
    bool fitted = fit.fit.status == FIT_CONVERGED || fit.fit.status == FIT_PERFECT;
    c->status[fold] = fitted ? FIT_OK : fit.fit.status;
    if (fitted) {
        struct outcome_rows rows = {
            .n = test.design->n, .x = test.design->x, .offset = test.design->offset};
        double *mean = ARENA_NEW(scratch, double, rows.n);
        outcome_means(&fit, &rows, mean, NULL, scratch);
        for (size_t i = 0, k = 0; i < c->cell->design.n; i++)
            if (c->fold[i] == fold)
                c->p[i] = mean[k++];
    }
    arena_free(scratch);
}

/* ---- predictions ---- */

/* 0 and 1 as they are; rows of trials, whose response is a share, as two rows of frequencies. */
static struct predictions predictions_made(const struct regression_cell *cell, const double *p)
{
    const struct design *d = &cell->design;
    struct arena *keep = cell->arena;
    bool shares = false;
    for (size_t i = 0; i < d->n; i++)
        shares |= d->y[i] != 0 && d->y[i] != 1;
    struct predictions s = {.n = d->n,
                            .p = p,
                            .y = d->y,
                            .w = cell->data.w,
                            .weight_kind = cell->data.weight_kind,
                            .cluster = cell->clusters.n_ways ? cell->clusters.code[0] : NULL,
                            .n_clusters = cell->clusters.n_clusters[0]};
    if (!shares || !cell->data.w)
        return s;
    uint32_t *cluster = ARENA_NEW(keep, uint32_t, 2 * d->n);
    double *twice = ARENA_NEW(keep, double, 2 * d->n), *y = ARENA_NEW(keep, double, 2 * d->n);
    double *w = ARENA_NEW(keep, double, 2 * d->n);
    for (size_t i = 0; i < d->n; i++) {
        twice[2 * i] = twice[2 * i + 1] = p[i];
        y[2 * i] = 1;
        w[2 * i] = cell->data.w[i] * d->y[i];
        w[2 * i + 1] = cell->data.w[i] * (1 - d->y[i]);
        cluster[2 * i] = cluster[2 * i + 1] = s.cluster ? s.cluster[i] : 0;
    }
    s.n = 2 * d->n;
    s.p = twice;
    s.y = y;
    s.w = w;
    s.cluster = s.cluster ? cluster : NULL;
    return s;
}

static void take_predictions(const struct scoring *scoring, const struct regression_cell *cell,
                             const double *p, struct scored *scored)
{
    struct predictions s = predictions_made(cell, p);
    enum fit_status status = predictions_status(&s, true);
    if (status != FIT_OK && status != FIT_CONSTANT) {
        scored->status = status;
        return;
    }
    scored->s = s;
    scored->groups = prediction_quantile_groups(&s, scoring->options.groups, cell->arena);
}

static void score_cross_fitted(const struct regressions *r, const struct scoring *scoring,
                               size_t index, struct scored *scored)
{
    const struct regression_cell *cell = &r->cell[index];
    struct arena *keep = cell->arena;
    struct units units = units_of(cell);
    size_t folds = scoring->options.folds < units.n ? scoring->options.folds : units.n;
    *scored = (struct scored){.sample = "cross-fitted", .status = FIT_TOO_FEW, .folds = folds};
    if (folds < 2)
        return;
    gsl_rng *rng = rng_stream(r->prepared->seed, rng_mix(0x666f6c6473, index), keep);
    struct cross_fit c = {.r = r,
                          .cell = cell,
                          .fold = folds_of(cell, &units, folds, rng, keep),
                          .p = ARENA_NEW(keep, double, cell->design.n),
                          .status = ARENA_NEW(keep, enum fit_status, folds)};
    workers_run(folds, r->prepared->threads, fit_without, &c);
    scored->status = FIT_OK;
    for (size_t k = folds; k-- > 0;)
        if (c.status[k] != FIT_OK)
            scored->status = c.status[k];
    if (scored->status == FIT_OK)
        take_predictions(scoring, cell, c.p, scored);
}

static void score_cell(const struct regressions *r, const struct scoring *scoring, size_t index)
{
    const struct regression_cell *cell = &r->cell[index];
    struct scored_cell *to = &scoring->cell[index];
    enum fit_status status = cell->fit.fit.status;
    to->n = 1;
    to->of[0] = (struct scored){.sample = "fitted", .status = status};
    if (!cell->made || !cell->fit.mean ||
        (status != FIT_CONVERGED && status != FIT_PERFECT && status != FIT_SEPARATION))
        return;
    to->of[0].status = FIT_OK;
    take_predictions(scoring, cell, cell->fit.mean, &to->of[0]);
    if (scoring->options.folds)
        score_cross_fitted(r, scoring, index, &to->of[to->n++]);
}

void regressions_score(struct regressions *r, const struct scoring_options *options,
                       const struct job *job)
{
    static const char *const shown[] = {"diagnostics", "calibration", "roc", "lift"};
    bool needed = false;
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
        needed |= job_shows(job, shown[k]);
    if (!needed || !r->options.outcome->binary)
        return;
    struct scoring *scoring = ARENA_NEW(job->keep, struct scoring, 1);
    *scoring = (struct scoring){*options, ARENA_NEW(job->keep, struct scored_cell, r->n)};
    job->progress(job->progress_context, -1, "predicting what was left out");
    for (size_t i = 0; i < r->n; i++)
        score_cell(r, scoring, i);
    r->scoring = scoring;
}
