/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve/curves.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/nearest.h"
#include "models/base/rng.h"
#include "models/base/workers.h"

static bool unknown_curve(const struct prepared *p, const char *name, bool from_study,
                          struct err *err)
{
    const char *near = nearest(name, curve_names, n_curves);
    char mend[128];
    snprintf(mend, sizeof mend, "%s%s%s", near ? "did you mean '" : "saydo-curve --help lists them",
             near ? near : "", near ? "'?" : "");
    return err_at(
        err, from_study ? ERR_STUDY : ERR_USAGE,
        &(struct problem){.file = from_study ? p->study->path : NULL,
                          .line = from_study ? study_line(p->study, "analysis", 0, "curves") : 0,
                          .column = from_study ? "curves" : "--curve",
                          .value = name,
                          .what = "is no curve",
                          .mend = mend});
}

bool curves_named(const struct texts *names, const struct prepared *p, struct curves_options *o,
                  struct arena *keep, struct err *err)
{
    bool from_study = !names->n && p->study && p->study->analysis.curves.n;
    const struct texts *chosen = from_study ? &p->study->analysis.curves : names;
    o->n_curves = n_curves;
    o->curve = curves;
    if (!chosen->n)
        return true;
    const struct curve **list = ARENA_NEW(keep, const struct curve *, chosen->n);
    for (size_t i = 0; i < chosen->n; i++)
        if (!(list[i] = curve_find(chosen->at[i])))
            return unknown_curve(p, chosen->at[i], from_study, err);
    o->n_curves = chosen->n;
    o->curve = list;
    return true;
}

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

static void fit_curves(const struct curves_options *o, struct curve_cell *cell)
{
    double *aicc = ARENA_NEW(cell->arena, double, o->n_curves);
    cell->fit = ARENA_NEW(cell->arena, struct fit, o->n_curves);
    cell->criteria = ARENA_NEW(cell->arena, struct criteria, o->n_curves);
    cell->weight = ARENA_NEW(cell->arena, double, o->n_curves);
    for (size_t k = 0; k < o->n_curves; k++) {
        struct fit *fit = &cell->fit[k];
        curve_fit(o->curve[k], &cell->sample, NULL, NULL, fit, cell->arena);
        cell->criteria[k] =
            criteria_of(converged(fit) ? fit->log_lik : NAN, (double)fit->n_params + 1, fit->n_obs);
        aicc[k] = cell->criteria[k].aicc;
    }
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

static void validate_cell(const struct curves *c, struct curve_cell *cell)
{
    const struct curves_options *o = &c->options;
    struct validation_options how = {o->folds, o->repeats, c->prepared->seed, NULL};
    if (o->folds == 0)
        return;
    struct arena *scratch = arena_new();
    cell->validation = ARENA_NEW(cell->arena, struct validation, o->n_curves);
    validate_curves(&cell->sample, customers_of(c, cell), o->curve, cell->fit, o->n_curves, &how,
                    cell->validation, scratch);
    arena_free(scratch);
}

static void compute_task(size_t index, void *context)
{
    struct curves *c = ((struct curves_job *)context)->c;
    const struct prepared *p = c->prepared;
    struct curve_cell *cell = &c->cell[index];
    cell->arena = arena_new();
    cell->sample = prepared_pairs(p, cell->group, &p->x[cell->x], &p->y[cell->y], cell->arena);
    cell->small = prepared_is_small(p, sample_size(&cell->sample));
    fit_curves(&c->options, cell);
    saturated_fit(&cell->sample, p->conf_level, &cell->saturated, cell->arena);
    struct shape_options how = {.conf_level = p->conf_level,
                                .n_replicates = c->options.replicates,
                                .seed = p->seed,
                                .task = index};
    cell->n_shapes = shape_of(&cell->sample, &how, cell->shape, cell->arena);
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
    curves_share(c, job->keep);
    return c;
}

const struct curve_cell *curves_find(const struct curves *c, const struct group *g, size_t x,
                                     size_t y)
{
    const struct prepared *p = c->prepared;
    return &c->cell[((size_t)(g - p->groups.at) * p->n_x + x) * p->n_y + y];
}
