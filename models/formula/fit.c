/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/formula/formula.h"
#include "models/formula/linear.h"
#include "models/regression/bounded.h"
#include "models/regression/regression.h"

#define MAX_RESTARTS 12

/* The rows of positive weight. */
struct data {
    const struct formula *formula;
    size_t n;
    const double **variable; /* [n_variables][n] */
    double *y, *w;           /* [n]; w is NULL when all are one */
    enum weight_kind kind;
    double n_obs;
    double *mean; /* [n] room */
};

static double *chosen(const double *x, size_t n, const double *w, struct arena *keep)
{
    double *out = ARENA_NEW(keep, double, n);
    for (size_t i = 0, k = 0; i < n; i++)
        if (!w || w[i] > 0)
            out[k++] = x[i];
    return out;
}

static struct data *data_of(const struct formula *f, const double *const variables[], size_t n,
                            const double *w, enum weight_kind kind, struct arena *keep)
{
    struct data *d = ARENA_NEW(keep, struct data, 1);
    *d = (struct data){.formula = f, .kind = w ? kind : WEIGHT_NONE};
    for (size_t i = 0; i < n; i++)
        d->n += !w || w[i] > 0;
    d->variable = ARENA_NEW(keep, const double *, f->n_variables);
    for (size_t j = 0; j < f->n_variables; j++)
        d->variable[j] = w ? chosen(variables[j], n, w, keep) : variables[j];
    d->w = w ? chosen(w, n, w, keep) : NULL;
    d->y = ARENA_NEW(keep, double, d->n);
    d->mean = ARENA_NEW(keep, double, d->n);
    formula_response(f, d->variable, d->n, d->y);
    struct sum total = {0};
    for (size_t i = 0; i < d->n; i++)
        sum_add(&total, d->kind == WEIGHT_FREQUENCY ? d->w[i] : 1);
    d->n_obs = sum_value(&total);
    return d;
}

/* FIT_OK, or why there is nothing to fit. */
static enum fit_status obstacle(const struct data *d)
{
    size_t p = d->formula->n_params, same = 0;
    if (d->n_obs <= (double)p || d->n < p)
        return FIT_TOO_FEW;
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(d->y[i]))
            return FIT_DOMAIN;
        same += d->y[i] == d->y[0];
    }
    return same == d->n ? FIT_CONSTANT : FIT_OK;
}

/* ---- the formula as a least-squares problem ---- */

static void mean_of(const void *context, const double b[], double mean[])
{
    const struct data *d = context;
    formula_mean(d->formula, d->variable, d->n, b, mean, NULL);
}

static void jacobian_of(const void *context, const double b[], double jacobian[])
{
    const struct data *d = context;
    formula_mean(d->formula, d->variable, d->n, b, d->mean, jacobian);
}

static void design_of(const void *context, struct doubled offset[], struct doubled jacobian[])
{
    const struct data *d = context;
    formula_design(d->formula, d->variable, d->n, offset, jacobian);
}

static struct least_squares problem_of(const struct data *d)
{
    return (struct least_squares){.n = d->n,
                                  .n_params = d->formula->n_params,
                                  .y = d->y,
                                  .w = d->w,
                                  .df = d->n_obs - (double)d->formula->n_params,
                                  .mean = mean_of,
                                  .jacobian = jacobian_of,
                                  .design = design_of,
                                  .context = d};
}

/* ---- the search ---- */

struct candidate {
    double *b;
    double deviance;
    size_t n_iter;
    enum fit_status status;
};

static bool better(const struct candidate *a, const struct candidate *b)
{
    bool a_done = a->status == FIT_CONVERGED, b_done = b->status == FIT_CONVERGED;
    if (a_done != b_done)
        return a_done;
    return a->deviance < b->deviance * (1 - 1e-12);
}

/* Without a value at the start there is nothing around it either. */
static bool can_improve(const struct candidate *c)
{
    return c->status != FIT_CONVERGED && c->status != FIT_NO_START;
}

static struct candidate descend(const struct least_squares *problem,
                                const struct curve_options *options, const double start[],
                                struct arena *keep)
{
    struct candidate c = {.b = arena_copy(keep, start, problem->n_params, sizeof *start)};
    struct arena *scratch = arena_new();
    c.status =
        least_squares_bounded(problem, options->lower, options->upper, c.b, &c.n_iter, scratch);
    c.deviance = least_squares_deviance(problem, c.b, scratch);
    arena_free(scratch);
    return c;
}

/* From the start, and if that does not converge from others around it. */
static struct candidate search(const struct least_squares *problem,
                               const struct curve_options *options, const double start[],
                               struct arena *scratch)
{
    static const double factor[] = {0.5, 2, 0.1, 10, -1};
    size_t p = problem->n_params, n_all = p * sizeof factor / sizeof *factor;
    struct candidate best = descend(problem, options, start, scratch);
    double *b = ARENA_NEW(scratch, double, p);
    for (size_t i = 0; i < n_all && i < MAX_RESTARTS && can_improve(&best); i++) {
        memcpy(b, start, p * sizeof *b);
        b[i % p] *= factor[i / p];
        struct candidate other = descend(problem, options, b, scratch);
        if (better(&other, &best))
            best = other;
    }
    return best;
}

/* Is it the data or the start that the right side is not defined for? */
static enum fit_status undefined(const struct data *d, const double start[], struct arena *scratch)
{
    const struct tape *t = &d->formula->right;
    double *room = ARENA_NEW(scratch, double, tape_room(t, 0));
    for (size_t i = 0; i < d->n; i++)
        if (!tape_defined(t, d->variable, i, start, room))
            return FIT_DOMAIN;
    return FIT_NO_START;
}

/* ---- the fit ---- */

/* Least squares from the start: directly where the formula is linear, as typed. */
static struct candidate best_of(const struct regression *r, const struct curve_options *options,
                                const double start[], struct arena *scratch)
{
    struct candidate best = {.status = FIT_NO_START};
    if (!r->linear)
        return search(&r->problem, options, start, scratch);
    best.b = arena_copy(scratch, start, r->problem.n_params, sizeof *start);
    if (isfinite(least_squares_deviance(&r->problem, start, scratch)))
        best.status = regression_squares(r, options, best.b, &best.deviance, &best.n_iter, scratch);
    return best;
}

struct regression *formula_regression(const struct formula *f, const double *const variables[],
                                      size_t n, const double *w, enum weight_kind kind,
                                      const struct curve_options *options, struct arena *keep)
{
    struct regression *r = ARENA_NEW(keep, struct regression, 1);
    struct data *d = data_of(f, variables, n, w, kind, keep);
    *r = (struct regression){.problem = problem_of(d),
                             .linear = formula_is_linear(f),
                             .n_rows = d->n,
                             .row_y = d->y,
                             .row_w = d->w,
                             .n_obs = d->n_obs,
                             .kind = d->kind,
                             .obstacle = obstacle(d)};
    if (!options->cluster)
        return r;
    uint32_t *row = ARENA_NEW(keep, uint32_t, d->n);
    for (size_t i = 0, k = 0; i < n; i++)
        if (!w || w[i] > 0)
            row[k++] = (uint32_t)i;
    r->cluster =
        regression_clusters(options->cluster, options->n_clusters, row, d->n, &r->n_clusters, keep);
    return r;
}

void formula_fit(const struct formula *f, const double *const variables[], size_t n,
                 const double *w, enum weight_kind kind, const double start[],
                 const struct curve_options *options, struct fit *fit, struct arena *keep)
{
    static const struct curve_options plain = {0};
    const struct curve_options *o = options ? options : &plain;
    assert(!w || kind != WEIGHT_NONE);
    fit_init(fit, f->n_params, f->param, keep);
    struct arena *scratch = arena_new();
    struct regression *r = formula_regression(f, variables, n, w, kind, o, scratch);
    fit->n_obs = r->n_obs;
    fit->status = r->obstacle;
    if (fit->status == FIT_OK) {
        struct candidate best = best_of(r, o, start, scratch);
        regression_finish(r, o, best.status, best.b, best.deviance, best.n_iter, fit, scratch);
        if (best.status == FIT_NO_START)
            fit->status = undefined(r->problem.context, start, scratch);
    }
    arena_free(scratch);
}
