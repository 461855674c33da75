/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "models/curve/least_squares.h"
#include "models/curve/points.h"

/* Points that the search for a start looks at. */
#define SEARCH_POINTS 256

/* ---- a curve on points, as a least-squares problem ---- */

struct on_points {
    const struct curve *curve;
    const double *x;
    size_t n;
    size_t n_params;            /* solved for */
    double b[CURVE_MAX_PARAMS]; /* [n_params ..] constants of the curve */
};

/* The parameters and the constants behind them. */
static void with_constants(const struct on_points *on, const double b[], double whole[])
{
    memcpy(whole, on->b, sizeof on->b);
    memcpy(whole, b, on->n_params * sizeof *b);
}

static void mean_on_points(const void *context, const double b[], double mean[])
{
    const struct on_points *on = context;
    double whole[CURVE_MAX_PARAMS];
    with_constants(on, b, whole);
    for (size_t i = 0; i < on->n; i++)
        mean[i] = on->curve->mean(on->x[i], whole);
}

static void jacobian_on_points(const void *context, const double b[], double jacobian[])
{
    const struct on_points *on = context;
    double whole[CURVE_MAX_PARAMS], g[CURVE_MAX_PARAMS];
    with_constants(on, b, whole);
    for (size_t i = 0; i < on->n; i++) {
        on->curve->gradient(on->x[i], whole, g);
        memcpy(jacobian + i * on->n_params, g, on->n_params * sizeof *g);
    }
}

static struct least_squares problem_of(const struct on_points *on, const struct points *p)
{
    return (struct least_squares){.n = on->n,
                                  .n_params = on->n_params,
                                  .fixed = p->within,
                                  .df = p->n_obs - (double)on->n_params,
                                  .mean = mean_on_points,
                                  .jacobian = jacobian_on_points,
                                  .context = on};
}

/* ---- may it be fitted at all ---- */

static bool constant(const double *x, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (x[i] != x[0])
            return false;
    return true;
}

/* FIT_OK, or why this curve cannot be fitted to these points. */
static enum fit_status obstacle(const struct curve *c, const struct points *p, size_t n_estimated)
{
    if (p->n_obs <= (double)n_estimated)
        return FIT_TOO_FEW;
    if (p->n == 1 || constant(p->row_y, p->n_rows))
        return FIT_CONSTANT;
    if (p->n < n_estimated)
        return FIT_TOO_FEW;
    for (size_t i = 0; i < p->n; i++)
        if (!c->in_domain(p->x[i]))
            return FIT_DOMAIN;
    return FIT_OK;
}

/* ---- the search ---- */

struct candidate {
    double b[CURVE_MAX_PARAMS];
    double deviance;
    size_t n_iter;
    enum fit_status status;
};

/* The better of two: a converged one before others, then the smaller deviance. */
static bool better(const struct candidate *a, const struct candidate *b)
{
    bool a_done = a->status == FIT_CONVERGED, b_done = b->status == FIT_CONVERGED;
    if (a_done != b_done)
        return a_done;
    return a->deviance < b->deviance * (1 - 1e-12);
}

static void descend(const struct least_squares *problem, struct candidate *c, struct arena *scratch)
{
    c->status = least_squares_solve(problem, c->b, &c->n_iter, scratch);
    c->deviance = least_squares_deviance(problem, c->b, scratch);
}

/* From the curve's own start, and from that with each parameter half as large
   again and a third smaller, on few points; the winner starts the full fit. */
static bool search(const struct curve *c, const struct points *p, struct candidate *best,
                   struct arena *scratch)
{
    struct sample s = points_condensed(p, SEARCH_POINTS, scratch);
    struct on_points on = {c, s.x, s.n, c->n_params, {0}};
    struct least_squares problem = problem_of(&on, p);
    problem.y = s.y;
    problem.w = s.w;
    struct candidate own = {.status = FIT_NO_START};
    if (!c->start(&s, own.b) || !isfinite(least_squares_deviance(&problem, own.b, scratch)))
        return false;
    *best = own;
    descend(&problem, best, scratch);
    for (size_t k = 0; k < 2 * c->n_params; k++) {
        struct candidate other = own;
        other.b[k / 2] *= k % 2 ? 2.0 / 3 : 1.5;
        descend(&problem, &other, scratch);
        if (better(&other, best))
            *best = other;
    }
    return true;
}

/* ---- the figures ---- */

/* The sandwich: bread is (J'WJ)^-1; the meat is summed over the rows by points,
   (y - f) = (y - y_j) + (y_j - f). */
static void sandwich(const struct curve *c, const struct points *p, const double *bread,
                     struct fit *fit, struct arena *scratch)
{
    size_t k = fit->n_params;
    double *meat = ARENA_NEW(scratch, double, k *k), g[CURVE_MAX_PARAMS];
    for (size_t i = 0; i < p->n; i++) {
        double gap = p->y[i] - c->mean(p->x[i], fit->estimate);
        double square = p->w2rr[i] + 2 * gap * p->w2r[i] + gap * gap * p->w2[i];
        c->gradient(p->x[i], fit->estimate, g);
        for (size_t j = 0; j < k * k; j++)
            meat[j] += square * g[j / k] * g[j % k];
    }
    sandwich_of(bread, meat, k, fit->vcov, scratch);
}

/* Is what is left of y no more than rounding? */
static bool perfect(const struct points *p, double deviance)
{
    double size = 0;
    for (size_t i = 0; i < p->n; i++)
        size += p->w[i] * p->y[i] * p->y[i];
    return deviance <= size * 4096 * DBL_EPSILON * DBL_EPSILON;
}

static void figures(const struct curve *c, const struct points *p, double *inverse, struct fit *fit,
                    struct arena *scratch)
{
    fit->df_residual = p->n_obs - (double)fit_n_estimated(fit);
    fit->sigma = sqrt(fit->deviance / fit->df_residual);
    fit->r_squared = 1 - fit->deviance / p->total;
    if (perfect(p, fit->deviance)) {
        fit->status = FIT_PERFECT;
        return;
    }
    fit->log_lik = points_log_lik(p, fit->deviance);
    if (p->weight_kind == WEIGHT_SAMPLING) {
        sandwich(c, p, inverse, fit, scratch);
        return;
    }
    for (size_t j = 0; j < fit->n_params * fit->n_params; j++)
        fit->vcov[j] = fit->sigma * fit->sigma * inverse[j];
}

static void fit_linear(const struct curve *c, const struct points *p,
                       const struct least_squares *problem, struct fit *fit, struct arena *scratch)
{
    const struct on_points *on = problem->context;
    double *inverse = ARENA_NEW(scratch, double, on->n_params * on->n_params);
    double *b = ARENA_NEW(scratch, double, on->n_params), whole[CURVE_MAX_PARAMS];
    fit->status = least_squares_linear(problem, b, inverse, scratch);
    fit->n_iter = 0;
    if (fit->status != FIT_CONVERGED)
        return;
    with_constants(on, b, whole);
    memcpy(fit->estimate, whole, (fit->n_params + fit->n_constants) * sizeof *whole);
    fit->deviance = least_squares_deviance(problem, b, scratch);
    figures(c, p, inverse, fit, scratch);
}

static void fit_curved(const struct curve *c, const struct points *p,
                       const struct least_squares *problem, const double b0[], struct fit *fit,
                       struct arena *scratch)
{
    struct candidate best = {.status = FIT_NO_START};
    double *inverse = ARENA_NEW(scratch, double, c->n_params * c->n_params);
    fit->status = FIT_NO_START;
    if (c->exact_start) {
        struct sample s = points_condensed(p, p->n, scratch);
        best.status = c->start(&s, best.b) ? FIT_CONVERGED : FIT_NO_START;
        best.deviance = least_squares_deviance(problem, best.b, scratch);
    } else {
        if (b0)
            memcpy(best.b, b0, c->n_params * sizeof *b0);
        else if (!search(c, p, &best, scratch))
            return;
        if (b0 || (p->n > SEARCH_POINTS && best.status == FIT_CONVERGED))
            descend(problem, &best, scratch);
        else
            best.deviance = least_squares_deviance(problem, best.b, scratch);
    }
    fit->status = best.status;
    fit->n_iter = best.n_iter;
    if (best.status == FIT_NO_START || best.status == FIT_SINGULAR)
        return;
    memcpy(fit->estimate, best.b, c->n_params * sizeof *best.b);
    fit->deviance = best.deviance;
    if (best.status != FIT_CONVERGED)
        return;
    if (least_squares_inverse(problem, best.b, inverse, scratch))
        figures(c, p, inverse, fit, scratch);
    else
        fit->status = FIT_SINGULAR;
}

/* Which of the curve's values are solved for, and what the others are. */
static void arrange(const struct curve *c, const struct curve_options *options, struct fit *fit,
                    struct arena *keep)
{
    bool given = curve_knots_given(c, options);
    size_t total = c->n_params + c->n_constants;
    size_t solved = given && c->first_knot < c->n_params ? c->first_knot : c->n_params;
    assert(total <= CURVE_MAX_PARAMS);
    fit_init(fit, solved, c->param, keep);
    if (total > solved)
        fit_add_constants(fit, total - solved, given ? 0 : c->n_chosen, keep);
}

/* The constants, given or chosen; false if the data give none. */
static bool set_constants(const struct curve *c, const struct points *p,
                          const struct curve_options *options, struct on_points *on)
{
    bool given = curve_knots_given(c, options);
    if (given)
        memcpy(on->b + c->first_knot, options->knots, c->n_knots * sizeof *on->b);
    return !c->choose || c->choose(p, given, on->b);
}

void curve_fit(const struct curve *c, const struct sample *s, const double b0[],
               const struct curve_options *options, struct fit *fit, struct arena *keep)
{
    arrange(c, options, fit, keep);
    struct arena *scratch = arena_new();
    struct points p;
    points_of(s, &p, scratch);
    fit->n_obs = p.n_obs;
    fit->status = obstacle(c, &p, fit_n_estimated(fit));
    if (fit->status == FIT_OK) {
        struct on_points on = {c, p.x, p.n, fit->n_params, {0}};
        struct least_squares problem = problem_of(&on, &p);
        problem.y = p.y;
        problem.w = p.w;
        if (!set_constants(c, &p, options, &on))
            fit->status = FIT_NO_START;
        else if (c->linear || fit->n_constants > 0)
            fit_linear(c, &p, &problem, fit, scratch);
        else
            fit_curved(c, &p, &problem, b0, fit, scratch);
    }
    arena_free(scratch);
}
