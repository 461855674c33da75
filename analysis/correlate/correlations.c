/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/comparisons.h"
#include "analysis/correlate/correlations.h"

#include <math.h>
#include <string.h>

#include "analysis/study/variables.h"
#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/base/workers.h"
#include "models/correlation/ceiling.h"
#include "models/correlation/partial.h"
#include "models/meta/effect.h"
#include "models/multiple/adjust.h"
#include "models/resample/permutation.h"

static bool choose_method(const char *name, const struct prepared *p,
                          const struct correlation **method, struct err *err)
{
    *method = correlation_find(name);
    if (!*method)
        return err_set(err, ERR_USAGE, "'%s' is no coefficient of correlation; --help lists them",
                       name);
    if (p->weight_kind == WEIGHT_SAMPLING && !(*method)->weights)
        return err_set(err, ERR_USAGE,
                       "%s is not defined for sampling weights; leave out --weights "
                       "or take kendall, spearman or pearson",
                       name);
    return true;
}

/* The method with 0.5 in an empty cell of four, where it has such a variant. */
static bool choose_half(const struct prepared *p, const struct correlation **method,
                        struct err *err)
{
    if (!(*method)->half)
        return true;
    if (p->weight_kind == WEIGHT_SAMPLING)
        return err_set(err, ERR_USAGE,
                       "--zero-cells=half is not defined for sampling weights, whose unit means "
                       "nothing; leave out one of the two");
    *method = (*method)->half;
    return true;
}

static bool interval_fits(const struct interval *interval, const struct correlation *method,
                          struct err *err)
{
    if (!interval || interval_defined(interval, method))
        return true;
    return err_set(err, ERR_USAGE,
                   "--interval=%s is not defined for %s; leave it out, or choose bca, which is for "
                   "all",
                   interval->name, method->name);
}

/* The ways to a p-value that a method has: "default, asymptotic or permutation". */
static const char *ways_of(const struct correlation *method, struct arena *keep)
{
    const char *text = "", *last = NULL;
    for (size_t i = 0; i < n_p_values; i++) {
        if (!p_values[i]->defined(method))
            continue;
        if (last)
            text = arena_printf(keep, "%s%s%s", text, *text ? ", " : "", last);
        last = p_values[i]->name;
    }
    return arena_printf(keep, "%s or %s", text, last);
}

static bool p_value_fits(const struct p_value *way, const struct correlation *method,
                         const struct prepared *p, struct arena *keep, struct err *err)
{
    if (way && !way->defined(method))
        return err_set(err, ERR_USAGE, "--p-value=%s is not defined for %s; it has %s", way->name,
                       method->name, ways_of(method, keep));
    if (way == &p_value_permutation && p->weight_kind == WEIGHT_SAMPLING)
        return err_set(err, ERR_USAGE,
                       "--p-value=permutation is not defined for sampling weights; leave out "
                       "--weights or choose another --p-value");
    return true;
}

bool correlations_methods(const struct texts *names, const struct prepared *p,
                          struct correlations_options *o, struct arena *keep, struct err *err)
{
    static const char *usual[] = {"pearson", "spearman"};
    struct texts chosen = {2, usual};
    if (names->n)
        chosen = *names;
    else if (p->study && p->study->analysis.methods.n)
        chosen = p->study->analysis.methods;
    const struct correlation **method = ARENA_NEW(keep, const struct correlation *, chosen.n);
    for (size_t i = 0; i < chosen.n; i++)
        if (!choose_method(chosen.at[i], p, &method[i], err) ||
            (o->half_in_empty_cells && !choose_half(p, &method[i], err)) ||
            !interval_fits(o->interval, method[i], err) ||
            !p_value_fits(o->p_value, method[i], p, keep, err))
            return false;
    o->n_methods = chosen.n;
    o->method = method;
    return true;
}

/* ---- one cell ---- */

/* The complete triples of x, y and y's baseline. */
static struct sample triples(const struct prepared *p, const struct correlation_cell *cell,
                             double **control, struct arena *scratch)
{
    const struct variable_of *x = &p->x[cell->x], *y = &p->y[cell->y];
    const struct rows *rows = &cell->group->rows;
    uint32_t *at = ARENA_NEW(scratch, uint32_t, rows->n);
    struct rows whole = {0, at};
    *control = ARENA_NEW(scratch, double, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        uint32_t r = rows->at[i];
        if (!isfinite(y->baseline[r]) || !isfinite(x->value[r]) || !isfinite(y->value[r]) ||
            (p->weight && !(p->weight[r] > 0)))
            continue;
        (*control)[whole.n] = y->baseline[r];
        at[whole.n++] = r;
    }
    return variable_pairs(x->value, y->value, p->weight, p->weight_kind, &whole, scratch);
}

static void compute_cell(const struct correlations *c, struct correlation_cell *cell, size_t index,
                         struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct correlation *method = c->options.method[cell->method];
    const struct variable_of *x = &p->x[cell->x], *y = &p->y[cell->y];
    struct correlation_options how = {.interval = c->options.interval,
                                      .conf_level = p->conf_level,
                                      .replicates = c->options.replicates,
                                      .threads = c->n == 1 ? p->threads : 1,
                                      .seed = rng_mix(p->seed, index),
                                      .p_value = c->options.p_value,
                                      .permutations = c->options.permutations};
    struct sample s = prepared_pairs(p, cell->group, x, y, scratch);
    correlation_compute(method, &s, &how, &cell->r, scratch);
    cell->small = prepared_is_small(p, cell->r.n);
    cell->r_max = ceiling_of_outcome(s.y, s.w, s.n);
    cell->base_rate = isnan(cell->r_max) ? NAN : mean(s.y, s.w, s.n);
    if (method->measure != MEASURE_SCALE || !method->scores) /* it bounds Pearson's r alone */
        cell->r_max = NAN;
    cell->partial = correlation_missing(FIT_TOO_FEW, NAN, NAN);
    if (y->baseline) {
        double *control;
        struct sample t = triples(p, cell, &control, scratch);
        const double *z[] = {control};
        correlation_partial(method, &t, z, 1, p->conf_level, &cell->partial, scratch);
    }
}

/* What the workers share; each task is one cell. */
struct cells_job {
    struct correlations *c;
};

static void compute_task(size_t index, void *context)
{
    struct cells_job *work = context;
    struct arena *scratch = arena_new();
    compute_cell(work->c, &work->c->cell[index], index, scratch);
    arena_free(scratch);
}

/* ---- the family of p-values, and pooling ---- */

static bool in_family(const struct correlation_cell *cell, size_t method)
{
    return cell->method == method && !cell->group->margin;
}

/* One family: the non-margin cells of all predictors and outcomes by one method. */
static void adjust_family(struct correlations *c, size_t method, struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, c->n), *out = ARENA_NEW(scratch, double, c->n);
    const char *const names[] = {c->prepared->adjust, "holm", "bh"};
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (in_family(&c->cell[i], method))
            p[n++] = c->cell[i].r.p_value;
    for (size_t k = 0; k < 3; k++) {
        size_t at = 0;
        adjust_p_values(adjustment_find(names[k]), p, n, out, scratch);
        for (size_t i = 0; i < c->n; i++) {
            struct correlation_cell *cell = &c->cell[i];
            if (in_family(cell, method))
                *(k == 0 ? &cell->p_adjusted : k == 1 ? &cell->p_holm : &cell->p_bh) = out[at++];
        }
    }
}

static void pool_cells(const struct correlations *c, struct pooled_cells *pooled,
                       struct arena *scratch)
{
    const struct correlation *method = c->options.method[pooled->method];
    double *y = ARENA_NEW(scratch, double, c->n), *v = ARENA_NEW(scratch, double, c->n);
    struct effects e = {0, y, v};
    for (size_t i = 0; i < c->n; i++) {
        const struct correlation_cell *cell = &c->cell[i];
        double variance =
            method->z_variance ? method->z_variance(cell->r.estimate, cell->r.n_eff) : NAN;
        if (cell->group->margin || cell->x != pooled->x || cell->y != pooled->y ||
            cell->method != pooled->method || cell->r.status != FIT_OK || cell->small ||
            !(variance > 0))
            continue;
        y[e.k] = atanh(cell->r.estimate);
        v[e.k++] = variance;
    }
    struct pool_options how = {.conf_level = c->prepared->conf_level, .knapp_hartung = true};
    pooled->pool = pool_effects(&e, pool_method("REML"), &how);
    pooled->estimate = effect_to_correlation(pooled->pool.estimate);
    pooled->conf_low = effect_to_correlation(pooled->pool.conf_low);
    pooled->conf_high = effect_to_correlation(pooled->pool.conf_high);
    pooled->pred_low = effect_to_correlation(pooled->pool.pred_low);
    pooled->pred_high = effect_to_correlation(pooled->pool.pred_high);
}

static void lay_out(struct correlations *c)
{
    const struct prepared *p = c->prepared;
    size_t i = 0;
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t x = 0; x < p->n_x; x++)
            for (size_t y = 0; y < p->n_y; y++)
                for (size_t m = 0; m < c->options.n_methods; m++)
                    c->cell[i++] = (struct correlation_cell){.group = &p->groups.at[g],
                                                             .x = x,
                                                             .y = y,
                                                             .method = m,
                                                             .p_adjusted = NAN,
                                                             .p_holm = NAN,
                                                             .p_bh = NAN};
}

struct correlations *correlations_compute(const struct prepared *p,
                                          const struct correlations_options *o,
                                          const struct job *job)
{
    struct arena *keep = job->keep;
    struct correlations *c = ARENA_NEW(keep, struct correlations, 1);
    c->prepared = p;
    c->options = *o;
    c->options.permutations = o->permutations ? o->permutations : PERMUTATIONS;
    c->n = p->groups.n * p->n_x * p->n_y * o->n_methods;
    c->cell = ARENA_NEW(keep, struct correlation_cell, c->n);
    lay_out(c);
    job->progress(job->progress_context, -1, "correlating");
    workers_run(c->n, p->threads, compute_task, &(struct cells_job){c});
    c->n_pooled = p->n_x * p->n_y * o->n_methods;
    c->pooled = ARENA_NEW(keep, struct pooled_cells, c->n_pooled);
    struct arena *scratch = arena_new();
    for (size_t m = 0; m < o->n_methods; m++)
        adjust_family(c, m, scratch);
    for (size_t x = 0; x < p->n_x; x++)
        for (size_t m = 0; m < o->n_methods; m++)
            for (size_t y = 0; y < p->n_y; y++) {
                struct pooled_cells *pooled = &c->pooled[(x * p->n_y + y) * o->n_methods + m];
                *pooled = (struct pooled_cells){.x = x, .y = y, .method = m};
                pool_cells(c, pooled, scratch);
            }
    arena_free(scratch);
    c->comparisons =
        comparisons_compute(p, o->compared ? o->compared : comparisons_usual(p, keep), keep);
    return c;
}

const struct correlation_cell *correlations_find(const struct correlations *c,
                                                 const struct group *g, size_t x, size_t y,
                                                 size_t method)
{
    const struct prepared *p = c->prepared;
    size_t index = (size_t)(g - p->groups.at);
    return &c->cell[((index * p->n_x + x) * p->n_y + y) * c->options.n_methods + method];
}
