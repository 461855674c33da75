/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/order.h"
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

/* ---- rows of equal variables as one ---- */

/* Puts the rows in the order of x, those of equal x as they were. */
static void reorder(const double *x, uint32_t order[], size_t n)
{
    struct arena *scratch = arena_new();
    double *there = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++)
        there[i] = x[order[i]];
    uint32_t *next = order_real(there, n, scratch);
    for (size_t i = 0; i < n; i++)
        next[i] = order[next[i]];
    memcpy(order, next, n * sizeof *order);
    arena_free(scratch);
}

/* The rows in the order of all variables on the right side, the first one first. */
static uint32_t *order_of(const struct data *d, struct arena *keep)
{
    uint32_t *order = ARENA_NEW(keep, uint32_t, d->n);
    for (size_t i = 0; i < d->n; i++)
        order[i] = (uint32_t)i;
    for (size_t j = d->formula->n_variables; j-- > 0;)
        if (tape_uses(&d->formula->right, j))
            reorder(d->variable[j], order, d->n);
    return order;
}

static bool same_point(const struct data *d, size_t i, size_t k)
{
    for (size_t j = 0; j < d->formula->n_variables; j++)
        if (tape_uses(&d->formula->right, j) && d->variable[j][i] != d->variable[j][k])
            return false;
    return true;
}

/* The n rows of one point as the row `at`: their mean and their weight; what lies within them is
   added to *within. */
static void add_point(const struct data *d, const uint32_t row[], size_t n, struct data *out,
                      size_t at, struct sum *within, struct arena *scratch)
{
    double *y = ARENA_NEW(scratch, double, n), *w = ARENA_NEW(scratch, double, n);
    struct sum weight = {0};
    for (size_t i = 0; i < n; i++) {
        y[i] = d->y[row[i]];
        w[i] = d->w ? d->w[row[i]] : 1;
        sum_add(&weight, w[i]);
    }
    out->y[at] = mean(y, w, n);
    out->w[at] = sum_value(&weight);
    sum_add(within, cross_product(y, out->y[at], y, out->y[at], w, n));
}

/* The variables on the first row of each point. */
static const double **variables_at(const struct data *d, const uint32_t first[], size_t n,
                                   struct arena *keep)
{
    const double **out = ARENA_NEW(keep, const double *, d->formula->n_variables);
    for (size_t j = 0; j < d->formula->n_variables; j++) {
        double *x = ARENA_NEW(keep, double, n);
        for (size_t i = 0; i < n; i++)
            x[i] = d->variable[j][first[i]];
        out[j] = x;
    }
    return out;
}

/* The same sum of squares, its rows of equal variables as one; unless there is nothing to gain, or
   too few points are left. */
static struct least_squares condensed(const struct least_squares *problem, struct arena *keep)
{
    const struct data *d = problem->context;
    struct data *out = arena_copy(keep, d, 1, sizeof *d);
    uint32_t *order = order_of(d, keep), *first = ARENA_NEW(keep, uint32_t, d->n);
    struct sum within = {0};
    out->n = 0;
    out->y = ARENA_NEW(keep, double, d->n);
    out->w = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0, n; i < d->n; i += n) {
        for (n = 1; i + n < d->n && same_point(d, order[i], order[i + n]);)
            n++;
        first[out->n] = order[i];
        add_point(d, order + i, n, out, out->n, &within, keep);
        out->n++;
    }
    if (out->n < problem->n_params || out->n == d->n)
        return *problem;
    out->variable = variables_at(d, first, out->n, keep);
    struct least_squares few = problem_of(out);
    few.fixed = sum_value(&within);
    return few;
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

/* A candidate found on the points alone, carried to the last digit on all rows. */
static struct candidate settled(const struct least_squares *problem,
                                const struct curve_options *options, const struct candidate *few,
                                struct arena *keep)
{
    struct candidate c = *few;
    struct arena *scratch = arena_new();
    if (c.status == FIT_CONVERGED) {
        size_t n_iter = 0;
        c.status = least_squares_near(problem, options->lower, options->upper, c.b, &n_iter, keep);
        c.n_iter += n_iter;
    }
    c.deviance = least_squares_deviance(problem, c.b, scratch);
    arena_free(scratch);
    return c;
}

/* From the start: on all rows, unless it gets nowhere on the points alone. */
static struct candidate first_of(const struct least_squares *problem,
                                 const struct least_squares *few,
                                 const struct curve_options *options, const double start[],
                                 struct arena *keep)
{
    if (few->n < problem->n) {
        struct candidate c = descend(few, options, start, keep);
        if (can_improve(&c))
            return c;
    }
    return descend(problem, options, start, keep);
}

/* From the start, and if that does not converge from others around it: these on the points alone,
   for all that is asked of them is where to begin. */
static struct candidate search(const struct least_squares *problem,
                               const struct curve_options *options, const double start[],
                               struct arena *scratch)
{
    static const double factor[] = {0.5, 2, 0.1, 10, -1};
    size_t p = problem->n_params, n_all = p * sizeof factor / sizeof *factor;
    struct least_squares few = condensed(problem, scratch);
    struct candidate best = first_of(problem, &few, options, start, scratch);
    double *b = ARENA_NEW(scratch, double, p);
    for (size_t i = 0; i < n_all && i < MAX_RESTARTS && can_improve(&best); i++) {
        memcpy(b, start, p * sizeof *b);
        b[i % p] *= factor[i / p];
        struct candidate other = descend(&few, options, b, scratch);
        if (few.n < problem->n && better(&other, &best))
            other = settled(problem, options, &other, scratch);
        if (better(&other, &best))
            best = other;
    }
    best.deviance = least_squares_deviance(problem, best.b, scratch);
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
