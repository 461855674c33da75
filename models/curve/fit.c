/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/curve/points.h"
#include "models/regression/bounded.h"
#include "models/regression/regression.h"

/* Points that the search for a start looks at. */
#define SEARCH_POINTS 128

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

/* The curve's own start, where that is the estimate, on points of positive weight. */
static bool exact_estimate(const struct least_squares *p, double b[], struct arena *scratch)
{
    const struct on_points *on = p->context;
    double *x = ARENA_NEW(scratch, double, p->n), *y = ARENA_NEW(scratch, double, p->n);
    double *w = ARENA_NEW(scratch, double, p->n);
    struct sample s = {.x = x, .y = y, .w = w};
    for (size_t i = 0; i < p->n; i++) {
        if (!(p->w[i] > 0))
            continue;
        x[s.n] = on->x[i];
        y[s.n] = p->y[i];
        w[s.n++] = p->w[i];
    }
    return s.n >= p->n_params && on->curve->start(&s, b);
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

static void descend(const struct least_squares *problem, const struct curve_options *options,
                    struct candidate *c, struct arena *scratch)
{
    c->status =
        least_squares_bounded(problem, options->lower, options->upper, c->b, &c->n_iter, scratch);
    c->deviance = least_squares_deviance(problem, c->b, scratch);
}

/* From the curve's own start, and from that with each parameter half as large
   again and a third smaller, on few points; the winner starts the full fit. */
static bool search(const struct curve *c, const struct points *p,
                   const struct curve_options *options, struct candidate *best,
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
    descend(&problem, options, best, scratch);
    for (size_t k = 0; k < 2 * c->n_params; k++) {
        struct candidate other = own;
        other.b[k / 2] *= k % 2 ? 2.0 / 3 : 1.5;
        descend(&problem, options, &other, scratch);
        if (better(&other, best))
            *best = other;
    }
    return true;
}

/* ---- the fit ---- */

/* A regression and the points that it stands on. */
struct setting {
    struct regression regression; /* the first member: the set-up that others see */
    struct points points;
    struct on_points on;
};

/* Which of the curve's values are solved for, knots that are given left out. */
static size_t solved_for(const struct curve *c, const struct curve_options *options)
{
    bool given = curve_knots_given(c, options);
    return given && c->first_knot < c->n_params ? c->first_knot : c->n_params;
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

static size_t n_constants_of(const struct curve *c, const struct curve_options *options)
{
    return c->n_params + c->n_constants - solved_for(c, options);
}

static size_t n_chosen_of(const struct curve *c, const struct curve_options *options)
{
    return curve_knots_given(c, options) ? 0 : c->n_chosen;
}

/* The number of each point's rows, row by row. */
static const uint32_t *point_of_rows(const struct points *p, struct arena *keep)
{
    uint32_t *point = ARENA_NEW(keep, uint32_t, p->n_rows);
    for (size_t j = 0; j < p->n; j++)
        for (size_t i = p->first[j]; i < p->first[j + 1]; i++)
            point[i] = (uint32_t)j;
    return point;
}

static struct setting *setting_of(const struct curve *c, const struct sample *s,
                                  const struct curve_options *options, struct arena *keep)
{
    struct setting *out = ARENA_NEW(keep, struct setting, 1);
    struct points *p = &out->points;
    if (options->points)
        *p = *options->points;
    else
        points_of(s, p, keep);
    size_t solved = solved_for(c, options);
    bool exact = c->exact_start && solved == c->n_params;
    out->on = (struct on_points){c, p->x, p->n, solved, {0}};
    struct regression *r = &out->regression;
    *r = (struct regression){.problem = problem_of(&out->on, p),
                             .linear = c->linear || n_constants_of(c, options) > 0,
                             .exact = exact ? exact_estimate : NULL,
                             .n_rows = p->n_rows,
                             .row_y = p->row_y,
                             .row_w = s->w ? p->row_w : NULL,
                             .n_obs = p->n_obs,
                             .kind = p->weight_kind};
    r->problem.y = p->y;
    r->problem.w = p->w;
    r->point = point_of_rows(p, keep);
    r->obstacle = obstacle(c, p, solved + n_chosen_of(c, options));
    if (r->obstacle == FIT_OK && !set_constants(c, p, options, &out->on))
        r->obstacle = FIT_NO_START;
    if (options->cluster)
        r->cluster = regression_clusters(options->cluster, options->n_clusters, p->row, p->n_rows,
                                         &r->n_clusters, keep);
    return out;
}

/* Least squares, from b0 or else the curve's own starts. */
static struct candidate best_of(const struct setting *s, const struct curve_options *options,
                                const double b0[], struct arena *scratch)
{
    const struct curve *c = s->on.curve;
    const struct regression *r = &s->regression;
    struct candidate best = {.status = FIT_NO_START};
    if (r->linear || r->exact) {
        best.status = regression_squares(r, options, best.b, &best.deviance, &best.n_iter, scratch);
        return best;
    }
    if (b0)
        memcpy(best.b, b0, c->n_params * sizeof *b0);
    else if (!search(c, &s->points, options, &best, scratch))
        return best;
    if (b0 || (s->points.n > SEARCH_POINTS && best.status == FIT_CONVERGED))
        best.status = least_squares_near(&r->problem, options->lower, options->upper, best.b,
                                         &best.n_iter, scratch);
    best.deviance = least_squares_deviance(&r->problem, best.b, scratch);
    return best;
}

struct regression *curve_regression(const struct curve *c, const struct sample *s,
                                    const struct curve_options *options, struct arena *keep)
{
    return &setting_of(c, s, options, keep)->regression;
}

void curve_fit(const struct curve *c, const struct sample *s, const double b0[],
               const struct curve_options *options, struct fit *fit, struct arena *keep)
{
    static const struct curve_options plain = {0};
    const struct curve_options *o = options ? options : &plain;
    assert(c->n_params + c->n_constants <= CURVE_MAX_PARAMS);
    size_t n_constants = n_constants_of(c, o);
    fit_init(fit, solved_for(c, o), c->param, keep);
    if (n_constants > 0)
        fit_add_constants(fit, n_constants, n_chosen_of(c, o), keep);
    struct arena *scratch = arena_new();
    struct setting *setting = setting_of(c, s, o, scratch);
    fit->n_obs = setting->regression.n_obs;
    fit->status = setting->regression.obstacle;
    if (fit->status == FIT_OK) {
        struct candidate best = best_of(setting, o, b0, scratch);
        memcpy(fit->estimate + fit->n_params, setting->on.b + fit->n_params,
               n_constants * sizeof *fit->estimate);
        regression_finish(&setting->regression, o, best.status, best.b, best.deviance, best.n_iter,
                          fit, scratch);
    }
    arena_free(scratch);
}
