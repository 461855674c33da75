/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/ordinal/ordinal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { BELOW, ABOVE, LOCATION, SCALE };

/* ---- the density of a row ---- */

/* Hessian of g(a, b) by u, where both a and b are (limit - location) / exp(scale). */
static void by_predictors(const double ab[2], double s, const double g[], const double h[],
                          double first[], double second[], bool scaled)
{
    const size_t m = scaled ? 4 : 3;
    /* d a / d u and d b / d u; a limit at infinity has none. */
    const double d[2][4] = {{s, 0, -s, -(isinf(ab[0]) ? 0 : ab[0])},
                            {0, s, -s, -(isinf(ab[1]) ? 0 : ab[1])}};
    for (size_t i = 0; i < m; i++) {
        first[i] = g[0] * d[0][i] + g[1] * d[1][i];
        for (size_t j = 0; j < m; j++)
            second[i * m + j] = h[0] * d[0][i] * d[0][j] + h[2] * d[1][i] * d[1][j] +
                                h[1] * (d[0][i] * d[1][j] + d[1][i] * d[0][j]);
    }
    for (size_t i = 0; scaled && i < m; i++) {
        second[i * m + SCALE] -= first[i];
        if (i != SCALE)
            second[SCALE * m + i] -= first[i];
    }
}

static double density(const void *context, size_t i, const double u[], double first[],
                      double second[], bool scaled)
{
    const struct threshold *t = context;
    double s = scaled ? exp(-u[SCALE]) : 1, g[2], h[3];
    double ab[2] = {(u[BELOW] - u[LOCATION]) * s, (u[ABOVE] - u[LOCATION]) * s};
    double f = threshold_between(t, ab[0], ab[1], first ? g : NULL, first ? h : NULL);
    (void)i;
    if (first && isfinite(f))
        by_predictors(ab, s, g, h, first, second, scaled);
    return f;
}

static double location_density(const void *context, size_t i, const double u[], double first[],
                               double second[])
{
    return density(context, i, u, first, second, false);
}

static double location_scale_density(const void *context, size_t i, const double u[],
                                     double first[], double second[])
{
    return density(context, i, u, first, second, true);
}

/* ---- levels ---- */

static double *level_shares(const struct limited_rows *rows, size_t n_levels, struct arena *keep)
{
    double *share = ARENA_NEW(keep, double, n_levels), total = 0;
    for (size_t i = 0; i < rows->n; i++) {
        double w = rows->w ? rows->w[i] : 1;
        share[(size_t)rows->y[i]] += w;
        total += w;
    }
    for (size_t j = 0; j < n_levels; j++)
        share[j] /= total;
    return share;
}

/* Leaves out levels without answers, of shares too. */
static void find_used(double *share, size_t n_levels, struct ordinal_fit *fit, size_t *number,
                      struct arena *keep)
{
    size_t *used = ARENA_NEW(keep, size_t, n_levels);
    for (size_t j = 0; j < n_levels; j++) {
        number[j] = fit->n_used;
        if (!(share[j] > 0))
            continue;
        share[fit->n_used] = share[j];
        used[fit->n_used++] = j;
    }
    fit->used = used;
}

static const char *level_name(const struct ordinal_options *o, size_t code, struct arena *keep)
{
    return o->level ? o->level[code] : arena_printf(keep, "%zu", code + 1);
}

static const char *const *terms(const struct ordinal_options *o, const struct ordinal_fit *fit,
                                struct arena *keep)
{
    size_t cuts = fit->n_used - 1, p = o->location.p, q = o->scale.p;
    const char **term = ARENA_NEW(keep, const char *, cuts + p + q);
    for (size_t j = 0; j < cuts; j++)
        term[j] = arena_printf(keep, "%s|%s", level_name(o, fit->used[j], keep),
                               level_name(o, fit->used[j + 1], keep));
    if (p)
        memcpy(term + cuts, equation_names(&o->location, keep), p * sizeof *term);
    if (q)
        memcpy(term + cuts + p, equation_names(&o->scale, keep), q * sizeof *term);
    return term;
}

/* ---- the likelihood ---- */

/* The offset less its first value, which the thresholds take up. */
static const double *less_first(const double *offset, size_t n, struct arena *keep)
{
    double *less = ARENA_NEW(keep, double, n);
    for (size_t i = 0; offset && i < n; i++)
        less[i] = offset[i] - offset[0];
    return offset ? less : NULL;
}

static struct likelihood likelihood_of(const struct limited_rows *rows,
                                       const struct ordinal_options *o, size_t cuts,
                                       const size_t *number, struct arena *keep)
{
    size_t *below = ARENA_NEW(keep, size_t, rows->n), *above = ARENA_NEW(keep, size_t, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        size_t level = number[(size_t)rows->y[i]]; /* of weight 0 and above all others: the last */
        level = level < cuts ? level : cuts;
        below[i] = level == 0 ? SIZE_MAX : level - 1;
        above[i] = level >= cuts ? SIZE_MAX : level;
    }
    size_t p = o->location.p, q = o->scale.p;
    bool scaled = q > 0 || o->scale.offset;
    return (struct likelihood){
        .n = rows->n,
        .n_params = cuts + p + q,
        .n_predictors = scaled ? 4 : 3,
        .w = rows->w,
        .density = scaled ? location_scale_density : location_density,
        .context = o->threshold,
        .threads = rows->threads,
        .predictor = {{.first = 0, .p = cuts, .pick = below, .absent = -INFINITY},
                      {.first = 0, .p = cuts, .pick = above, .absent = INFINITY},
                      {.first = cuts, .p = p, .x = o->location.x, .offset = o->location.offset},
                      {.first = cuts + p, .p = q, .x = o->scale.x, .offset = o->scale.offset}},
    };
}

static double *start_of(const struct ordinal_options *o, const double *share, size_t cuts, size_t k,
                        struct arena *keep)
{
    double *theta = ARENA_NEW(keep, double, k), below = 0;
    for (size_t j = 0; j < cuts; j++)
        theta[j] = o->threshold->quantile(below += share[j]);
    return theta;
}

/* The scale part was fitted about the means c of z: thresholds and b are exp(c'g) times as large.
 */
static void uncentre_scale(const struct column_basis *z, struct ordinal_fit *fit,
                           struct arena *scratch)
{
    size_t k = fit->fit.n_params, before = k - fit->n_scale;
    double *vcov = fit->fit.vcov, shift = 0, *half = ARENA_NEW(scratch, double, k *k);
    for (size_t j = 0; j < fit->n_scale; j++)
        shift += z->centre[j] * fit->at[before + j];
    double times = exp(shift);
    for (size_t i = 0; i < before; i++) {
        fit->at[i] *= times;
        fit->fit.estimate[i] *= times;
    }
    /* rows of the derivative D: i < before has times at i and at[i] c at g; else one */
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            half[i * k + j] = vcov[i * k + j] * (i < before ? times : 1);
            for (size_t h = 0; i < before && h < fit->n_scale; h++)
                if (!z->aliased[h])
                    half[i * k + j] += fit->at[i] * z->centre[h] * vcov[(before + h) * k + j];
        }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            vcov[i * k + j] = half[i * k + j] * (j < before ? times : 1);
            for (size_t h = 0; j < before && h < fit->n_scale; h++)
                if (!z->aliased[h])
                    vcov[i * k + j] += fit->at[j] * z->centre[h] * half[i * k + before + h];
        }
}

static void find(const struct limited_rows *rows, const struct ordinal_options *o,
                 const double *share, struct ordinal_fit *fit, struct arena *keep)
{
    size_t cuts = fit->n_used - 1;
    const struct working_plan plan = {.centred = {[LOCATION] = true, [SCALE] = true},
                                      .shifts = {[LOCATION] = true}};
    struct working working;
    struct maximum max;
    struct likelihood near = fit->model;
    near.predictor[LOCATION].offset = less_first(o->location.offset, rows->n, keep);
    working_of(&near, &plan, &working, keep);
    double *theta = start_of(o, share, cuts, working.likelihood.n_params, keep);
    maximum_find(&working.likelihood, theta, &max, keep);
    fit->at = ARENA_NEW(keep, double, fit->fit.n_params);
    working_report(&working, theta, &max, rows, &fit->fit, fit->at);
    if (fit->n_scale)
        uncentre_scale(&working.basis[SCALE], fit, keep);
    for (size_t j = 0; o->location.offset && j < cuts; j++) {
        fit->fit.estimate[j] += o->location.offset[0];
        fit->at[j] += o->location.offset[0];
    }
    fit->fit.deviance = -2 * fit->fit.log_lik;
    if (fit->fit.status == FIT_CONVERGED && !(fit->fit.df_residual > 0))
        fit->fit.status = FIT_TOO_FEW;
}

/* Without an offset the shares are the fit. */
static double null_log_lik(const struct limited_rows *rows, const struct ordinal_options *o,
                           const double *share, const struct ordinal_fit *fit, struct arena *keep)
{
    double sum = 0, total = 0;
    if (o->location.offset || o->scale.offset) {
        struct ordinal_options alone = *o;
        struct ordinal_fit null;
        alone.location.p = alone.scale.p = 0;
        ordinal_fit(rows, &alone, &null, keep);
        return null.fit.log_lik;
    }
    for (size_t i = 0; i < rows->n; i++)
        total += rows->w ? rows->w[i] : 1;
    for (size_t j = 0; j < fit->n_used; j++)
        sum += share[j] * log(share[j]);
    return sum * total;
}

void ordinal_fit(const struct limited_rows *rows, const struct ordinal_options *options,
                 struct ordinal_fit *fit, struct arena *keep)
{
    size_t p = options->location.p, q = options->scale.p;
    size_t *number = ARENA_NEW(keep, size_t, options->n_levels);
    double *share = level_shares(rows, options->n_levels, keep);
    *fit = (struct ordinal_fit){
        .threshold = options->threshold, .n_location = p, .n_scale = q, .null_log_lik = NAN};
    find_used(share, options->n_levels, fit, number, keep);
    if (fit->n_used < 2) {
        fit_init(&fit->fit, 0, NULL, keep);
        fit->fit.status = FIT_CONSTANT;
        fit->fit.n_obs = limited_rows_size(rows);
        return;
    }
    fit_init(&fit->fit, fit->n_used - 1 + p + q, terms(options, fit, keep), keep);
    fit->model = likelihood_of(rows, options, fit->n_used - 1, number, keep);
    find(rows, options, share, fit, keep);
    if (p || q || !(options->location.offset || options->scale.offset))
        fit->null_log_lik = null_log_lik(rows, options, share, fit, keep);
    else
        fit->null_log_lik = fit->fit.log_lik;
}

/* ---- what the fit says of the rows ---- */

void ordinal_probabilities(const struct ordinal_fit *fit, double probability[])
{
    const struct likelihood *l = &fit->model;
    size_t cuts = fit->n_used - 1;
    double u[MOST_PREDICTORS];
    for (size_t i = 0; fit->n_used > 1 && i < l->n; i++) {
        likelihood_predictors(l, fit->at, i, u);
        double s = l->n_predictors > SCALE ? exp(-u[SCALE]) : 1;
        for (size_t j = 0; j <= cuts; j++) {
            double a = j == 0 ? -INFINITY : (fit->at[j - 1] - u[LOCATION]) * s;
            double b = j == cuts ? INFINITY : (fit->at[j] - u[LOCATION]) * s;
            probability[i * fit->n_used + j] =
                exp(threshold_between(fit->threshold, a, b, NULL, NULL));
        }
    }
}

void ordinal_scores(const struct ordinal_fit *fit, double scores[])
{
    if (fit->fit.n_params > 0)
        likelihood_scores(&fit->model, fit->at, scores);
}
