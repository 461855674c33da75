/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve/curves.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "analysis/study/variables.h"
#include "models/base/rng.h"
#include "models/base/workers.h"
#include "models/curve/points.h"
#include "models/regression/regression.h"

/* Keeps the streams of curves' bootstraps apart from those of the shape. */
#define RESAMPLING 0x63757276

/* ---- one cell ---- */

static bool converged(const struct fit *fit)
{
    return fit->status == FIT_CONVERGED;
}

/* The line, unless another converged curve has an AICc that is clearly smaller. */
static size_t best_curve(const struct curves_options *o, const struct curve_cell *cell)
{
    size_t best = o->n_curves, line = o->n_curves;
    for (size_t k = 0; k < o->n_curves; k++) {
        if (!converged(&cell->fit[k]) || isnan(cell->criteria[k].aicc))
            continue;
        if (o->curve[k] == &curve_linear)
            line = k;
        if (best == o->n_curves || cell->criteria[k].aicc < cell->criteria[best].aicc)
            best = k;
    }
    if (line < o->n_curves && best < o->n_curves &&
        cell->criteria[line].aicc < cell->criteria[best].aicc + CURVE_CLEARLY_BETTER)
        return line;
    return best;
}

/* The clusters of the rows that prepared_pairs() chose. */
static const uint32_t *clusters_of(const struct curves *c, const struct curve_cell *cell,
                                   struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const uint32_t *code = c->options.fitting.clusters.code;
    const double *y = p->y[cell->y].value;
    if (!code)
        return NULL;
    double *where_y = ARENA_NEW(keep, double, p->frame->n_rows);
    for (size_t i = 0; i < p->frame->n_rows; i++)
        where_y[i] = isfinite(y[i]) ? code[i] : NAN;
    struct sample s = variable_pairs(p->x[cell->x].value, where_y, p->weight, p->weight_kind,
                                     &cell->group->rows, keep);
    uint32_t *cluster = ARENA_NEW(keep, uint32_t, s.n);
    for (size_t i = 0; i < s.n; i++)
        cluster[i] = (uint32_t)s.y[i];
    return cluster;
}

static void fit_curve(const struct curves *c, struct curve_cell *cell, size_t k,
                      const struct points *points, const uint32_t *cluster, uint64_t task)
{
    const struct curves_options *o = &c->options;
    const struct fitting *f = &o->fitting;
    const struct curve *curve = o->curve[k];
    struct arena *scratch = arena_new();
    struct curve_options how = o->fit;
    how.loss = f->loss;
    how.covariance = f->covariance;
    how.points = points;
    how.cluster = cluster;
    how.n_clusters = f->clusters.n;
    fitting_bounds(f, curve->param, curve->n_params, &how, scratch);
    curve_fit(curve, &cell->sample, NULL, &how, &cell->fit[k], cell->arena);
    if (fitting_looks_further(f)) {
        const struct regression *r = curve_regression(curve, &cell->sample, &how, scratch);
        cell->replicate[k] = fitting_replicates(f, r, &how, &cell->fit[k], task, cell->arena);
        fitting_limits(f, r, &how, cell->replicate[k], &cell->fit[k], c->prepared->conf_level,
                       cell->arena);
    }
    arena_free(scratch);
}

static void fit_curves(const struct curves *c, struct curve_cell *cell, uint64_t task)
{
    const struct curves_options *o = &c->options;
    const uint32_t *cluster = clusters_of(c, cell, cell->arena);
    struct arena *scratch = arena_new();
    struct points points;
    points_of(&cell->sample, &points, scratch);
    double *aicc = ARENA_NEW(cell->arena, double, o->n_curves);
    cell->fit = ARENA_NEW(cell->arena, struct fit, o->n_curves);
    cell->criteria = ARENA_NEW(cell->arena, struct criteria, o->n_curves);
    cell->weight = ARENA_NEW(cell->arena, double, o->n_curves);
    cell->replicate = ARENA_NEW(cell->arena, double *, o->n_curves);
    for (size_t k = 0; k < o->n_curves; k++) {
        struct fit *fit = &cell->fit[k];
        fit_curve(c, cell, k, &points, cluster, task);
        cell->criteria[k] = criteria_of(converged(fit) ? fit->log_lik : NAN,
                                        (double)fit_n_estimated(fit) + 1, fit->n_obs);
        aicc[k] = cell->criteria[k].aicc;
    }
    arena_free(scratch);
    akaike_weights(aicc, o->n_curves, cell->weight);
    cell->best = best_curve(o, cell);
}

struct curves_job {
    struct curves *c;
};

/* Turns and knots. */
static void test_cell(const struct curves *c, struct curve_cell *cell, size_t index)
{
    const struct prepared *p = c->prepared;
    struct knot_options how = {.conf_level = p->conf_level,
                               .n_replicates = c->options.replicates,
                               .seed = rng_mix(p->seed, 1), /* not the shape's stream */
                               .task = index};
    u_test_of(&cell->sample, p->conf_level, &cell->u_test, cell->arena);
    two_lines_of(&cell->sample, p->conf_level, &cell->two_lines, cell->arena);
    knot_test_of(&cell->sample, &how, &cell->knot, cell->arena);
}

/* The customers of the sample's rows, which prepared_pairs() took from the frame's. */
static const uint64_t *customers_of(const struct curves *c, const struct curve_cell *cell)
{
    const struct prepared *p = c->prepared;
    const double *x = p->x[cell->x].value, *y = p->y[cell->y].value;
    uint64_t *out = ARENA_NEW(cell->arena, uint64_t, cell->sample.n);
    size_t n = 0;
    if (!c->options.customer)
        return NULL;
    for (size_t i = 0; i < cell->group->rows.n; i++) {
        uint32_t at = cell->group->rows.at[i];
        if (isfinite(x[at]) && isfinite(y[at]) && (!p->weight || p->weight[at] > 0))
            out[n++] = c->options.customer[at];
    }
    assert(n == cell->sample.n);
    return out;
}

/* The fit that a fold repeats: loss, knots and bounds of curve k. */
static struct curve_options fold_options(const struct curves_options *o, size_t k,
                                         struct arena *scratch)
{
    struct curve_options how = o->fit;
    how.loss = o->fitting.loss;
    fitting_bounds(&o->fitting, o->curve[k]->param, o->curve[k]->n_params, &how, scratch);
    return how;
}

static void validate_cell(const struct curves *c, struct curve_cell *cell)
{
    const struct curves_options *o = &c->options;
    size_t at_once = o->fitting.bounds.n ? 1 : o->n_curves; /* bounds differ by curve */
    if (o->folds == 0)
        return;
    struct arena *scratch = arena_new();
    cell->validation = ARENA_NEW(cell->arena, struct validation, o->n_curves);
    for (size_t k = 0; k < o->n_curves; k += at_once) {
        struct curve_options fitting = fold_options(o, k, scratch);
        struct validation_options how = {o->folds, o->repeats, c->prepared->seed, &fitting};
        validate_curves(&cell->sample, customers_of(c, cell), o->curve + k, cell->fit + k, at_once,
                        &how, cell->validation + k, scratch);
    }
    arena_free(scratch);
}

/* From the last: the margins, which take longest, stand there. */
static void compute_task(size_t task, void *context)
{
    struct curves *c = ((struct curves_job *)context)->c;
    const struct prepared *p = c->prepared;
    size_t index = c->n - 1 - task;
    struct curve_cell *cell = &c->cell[index];
    cell->arena = arena_new();
    cell->sample = prepared_pairs(p, cell->group, &p->x[cell->x], &p->y[cell->y], cell->arena);
    cell->small = prepared_is_small(p, sample_size(&cell->sample));
    fit_curves(c, cell, rng_mix(index, RESAMPLING));
    if (c->options.isotonic)
        isotonic_fit(&cell->sample, &cell->isotonic, cell->arena);
    saturated_fit(&cell->sample, p->conf_level, &cell->saturated, cell->arena);
    struct shape_options how = {.conf_level = p->conf_level,
                                .n_replicates = c->options.replicates,
                                .seed = p->seed,
                                .task = index};
    if (c->options.shape)
        cell->n_shapes = shape_of(&cell->sample, &how, cell->shape, cell->arena);
    if (c->options.tests)
        test_cell(c, cell, index);
    validate_cell(c, cell);
}

struct curves *curves_compute(const struct prepared *p, const struct curves_options *o,
                              const struct job *job)
{
    struct curves *c = ARENA_NEW(job->keep, struct curves, 1);
    size_t i = 0;
    c->prepared = p;
    c->options = *o;
    c->n = p->groups.n * p->n_x * p->n_y;
    c->cell = ARENA_NEW(job->keep, struct curve_cell, c->n);
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t x = 0; x < p->n_x; x++)
            for (size_t y = 0; y < p->n_y; y++)
                c->cell[i++] = (struct curve_cell){.group = &p->groups.at[g], .x = x, .y = y};
    job->progress(job->progress_context, -1, "fitting curves");
    workers_run(c->n, p->threads, compute_task, &(struct curves_job){c});
    if (o->shared)
        curves_share(c, job->keep);
    return c;
}

const struct curve_cell *curves_find(const struct curves *c, const struct group *g, size_t x,
                                     size_t y)
{
    const struct prepared *p = c->prepared;
    return &c->cell[((size_t)(g - p->groups.at) * p->n_x + x) * p->n_y + y];
}
