/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/curve/least_squares.h"
#include "models/formula/formula.h"

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

static struct data data_of(const struct formula *f, const double *const variables[], size_t n,
                           const double *w, enum weight_kind kind, struct arena *keep)
{
    struct data d = {.formula = f, .kind = w ? kind : WEIGHT_NONE};
    for (size_t i = 0; i < n; i++)
        d.n += !w || w[i] > 0;
    d.variable = ARENA_NEW(keep, const double *, f->n_variables);
    for (size_t j = 0; j < f->n_variables; j++)
        d.variable[j] = w ? chosen(variables[j], n, w, keep) : variables[j];
    d.w = w ? chosen(w, n, w, keep) : NULL;
    d.y = ARENA_NEW(keep, double, d.n);
    d.mean = ARENA_NEW(keep, double, d.n);
    formula_response(f, d.variable, d.n, d.y);
    struct sum total = {0};
    for (size_t i = 0; i < d.n; i++)
        sum_add(&total, d.kind == WEIGHT_FREQUENCY ? d.w[i] : 1);
    d.n_obs = sum_value(&total);
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

static struct least_squares problem_of(const struct data *d)
{
    return (struct least_squares){.n = d->n,
                                  .n_params = d->formula->n_params,
                                  .y = d->y,
                                  .w = d->w,
                                  .df = d->n_obs - (double)d->formula->n_params,
                                  .mean = mean_of,
                                  .jacobian = jacobian_of,
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

static struct candidate descend(const struct least_squares *problem, const double start[],
                                struct arena *keep)
{
    struct candidate c = {.b = arena_copy(keep, start, problem->n_params, sizeof *start)};
    struct arena *scratch = arena_new();
    c.status = least_squares_solve(problem, c.b, &c.n_iter, scratch);
    c.deviance = least_squares_deviance(problem, c.b, scratch);
    arena_free(scratch);
    return c;
}

/* From the start, and if that does not converge from others around it. */
static struct candidate search(const struct least_squares *problem, const double start[],
                               struct arena *scratch)
{
    static const double factor[] = {0.5, 2, 0.1, 10, -1};
    size_t p = problem->n_params, n_all = p * sizeof factor / sizeof *factor;
    struct candidate best = descend(problem, start, scratch);
    double *b = ARENA_NEW(scratch, double, p);
    for (size_t i = 0; i < n_all && i < MAX_RESTARTS && can_improve(&best); i++) {
        memcpy(b, start, p * sizeof *b);
        b[i % p] *= factor[i / p];
        struct candidate other = descend(problem, b, scratch);
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

/* ---- the figures ---- */

/* bread * meat * bread, the meat being the sum of w^2 r^2 g g' (White 1980; HC0). */
static void sandwich(const struct data *d, const double b[], const double *bread, double *vcov,
                     struct arena *scratch)
{
    size_t k = d->formula->n_params;
    double *meat = ARENA_NEW(scratch, double, k *k);
    double *jacobian = ARENA_NEW(scratch, double, d->n *k);
    formula_mean(d->formula, d->variable, d->n, b, d->mean, jacobian);
    for (size_t i = 0; i < d->n; i++) {
        double wr = d->w[i] * (d->y[i] - d->mean[i]);
        const double *g = jacobian + i * k;
        for (size_t j = 0; j < k * k; j++)
            meat[j] += wr * wr * g[j / k] * g[j % k];
    }
    sandwich_of(bread, meat, k, vcov, scratch);
}

/* Is what is left of y no more than rounding? */
static bool perfect(const struct data *d, double deviance)
{
    double size = 0;
    for (size_t i = 0; i < d->n; i++)
        size += (d->w ? d->w[i] : 1) * d->y[i] * d->y[i];
    return deviance <= size * 4096 * DBL_EPSILON * DBL_EPSILON;
}

/* Gaussian, at sigma^2 = deviance / n_obs. */
static double log_lik_of(const struct data *d, double deviance)
{
    struct sum log_w = {0};
    for (size_t i = 0; d->kind == WEIGHT_SAMPLING && i < d->n; i++)
        sum_add(&log_w, log(d->w[i]));
    return 0.5 * (sum_value(&log_w) - d->n_obs * (log(2 * M_PI) + 1 + log(deviance / d->n_obs)));
}

static void figures(const struct data *d, const double *inverse, struct fit *fit,
                    struct arena *scratch)
{
    size_t p = d->formula->n_params;
    double centre = mean(d->y, d->w, d->n);
    fit->df_residual = d->n_obs - (double)p;
    fit->sigma = sqrt(fit->deviance / fit->df_residual);
    fit->r_squared = 1 - fit->deviance / cross_product(d->y, centre, d->y, centre, d->w, d->n);
    if (perfect(d, fit->deviance)) {
        fit->status = FIT_PERFECT;
        return;
    }
    fit->log_lik = log_lik_of(d, fit->deviance);
    if (d->kind == WEIGHT_SAMPLING) {
        sandwich(d, fit->estimate, inverse, fit->vcov, scratch);
        return;
    }
    for (size_t j = 0; j < p * p; j++)
        fit->vcov[j] = fit->sigma * fit->sigma * inverse[j];
}

static void fit_data(const struct data *d, const double start[], struct fit *fit,
                     struct arena *scratch)
{
    struct least_squares problem = problem_of(d);
    size_t p = problem.n_params;
    struct candidate best = search(&problem, start, scratch);
    fit->status = best.status;
    fit->n_iter = best.n_iter;
    if (best.status == FIT_NO_START)
        fit->status = undefined(d, start, scratch);
    if (best.status == FIT_NO_START || best.status == FIT_SINGULAR)
        return;
    memcpy(fit->estimate, best.b, p * sizeof *best.b);
    fit->deviance = best.deviance;
    if (best.status != FIT_CONVERGED)
        return;
    double *inverse = ARENA_NEW(scratch, double, p *p);
    if (least_squares_inverse(&problem, best.b, inverse, scratch))
        figures(d, inverse, fit, scratch);
    else
        fit->status = FIT_SINGULAR;
}

void formula_fit(const struct formula *f, const double *const variables[], size_t n,
                 const double *w, enum weight_kind kind, const double start[],
                 const struct curve_options *options, struct fit *fit, struct arena *keep)
{
    (void)options;
    assert(!w || kind != WEIGHT_NONE);
    fit_init(fit, f->n_params, f->param, keep);
    struct arena *scratch = arena_new();
    struct data d = data_of(f, variables, n, w, kind, scratch);
    fit->n_obs = d.n_obs;
    fit->status = obstacle(&d);
    if (fit->status == FIT_OK)
        fit_data(&d, start, fit, scratch);
    arena_free(scratch);
}
