/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/likelihood.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/base/workers.h"

enum { ROWS_PER_BLOCK = 4096 };

/* ---- a row ---- */

/* The coefficients of a predictor in row i: `x` [p] of the parameters from `first`. */
struct coefficients {
    const double *x;
    size_t first, p;
};

static struct coefficients coefficients_of(const struct predictor *a, size_t i)
{
    static const double one = 1;
    if (a->p == 0)
        return (struct coefficients){&one, a->first, 0};
    if (a->x)
        return (struct coefficients){a->x + i * a->p, a->first, a->p};
    size_t chosen = a->pick ? a->pick[i] : 0;
    if (chosen == SIZE_MAX)
        return (struct coefficients){&one, a->first, 0};
    return (struct coefficients){&one, a->first + chosen, 1};
}

static double predictor_at(const struct predictor *a, const double theta[], size_t i)
{
    struct coefficients c = coefficients_of(a, i);
    double u = a->offset ? a->offset[i] : 0;
    if (!a->x && a->pick && a->pick[i] == SIZE_MAX)
        return a->absent;
    for (size_t j = 0; j < c.p; j++)
        if (!isnan(theta[c.first + j]))
            u += c.x[j] * theta[c.first + j];
    return u;
}

/* theta with zeros in the place of NaN, for predictors_at(). */
static const double *without_nan(const double theta[], size_t k, struct arena *scratch)
{
    double *all = arena_copy(scratch, theta, k, sizeof *theta);
    for (size_t j = 0; j < k; j++)
        if (isnan(all[j]))
            all[j] = 0;
    return all;
}

/* The predictors of row i of which c [n_predictors] are the coefficients. */
static void predictors_at(const struct likelihood *l, const double theta[], size_t i,
                          struct coefficients c[], double u[])
{
    for (size_t a = 0; a < l->n_predictors; a++) {
        const struct predictor *p = &l->predictor[a];
        c[a] = coefficients_of(p, i);
        bool absent = !p->x && p->pick && p->pick[i] == SIZE_MAX;
        double sum = absent ? p->absent : p->offset ? p->offset[i] : 0;
        for (size_t j = 0; j < c[a].p; j++)
            sum += c[a].x[j] * theta[c[a].first + j];
        u[a] = sum;
    }
}

void likelihood_predictors(const struct likelihood *l, const double theta[], size_t i, double u[])
{
    for (size_t a = 0; a < l->n_predictors; a++)
        u[a] = predictor_at(&l->predictor[a], theta, i);
}

static void add_gradient(const struct coefficients c[], size_t m, double w, const double first[],
                         double gradient[])
{
    for (size_t a = 0; a < m; a++) {
        double f = w * first[a];
        for (size_t j = 0; j < c[a].p; j++)
            gradient[c[a].first + j] += f * c[a].x[j];
    }
}

/* A predictor with itself: the lower triangle. */
static void add_square(const struct coefficients *c, double f, size_t k, double half[])
{
    for (size_t j = 0; j < c->p; j++) {
        double fj = f * c->x[j], *row = half + (c->first + j) * k + c->first;
        for (size_t h = 0; h <= j; h++)
            row[h] += fj * c->x[h];
    }
}

static void add_cross(const struct coefficients *a, const struct coefficients *b, double f,
                      size_t k, double half[])
{
    for (size_t j = 0; j < b->p; j++) {
        double fj = f * b->x[j], *row = half + (b->first + j) * k + a->first;
        for (size_t h = 0; h < a->p; h++)
            row[h] += fj * a->x[h];
    }
}

/* Half of the Hessian, [2 k^2]: the lower triangles of predictors with themselves, then the
   products of each with those before it.  add_halves() makes it whole. */
static void add_hessian(const struct coefficients c[], size_t m, double w, const double second[],
                        size_t k, double half[])
{
    for (size_t a = 0; a < m; a++) {
        add_square(&c[a], w * second[a * m + a], k, half);
        for (size_t b = 0; b < a; b++)
            if (second[a * m + b] != 0)
                add_cross(&c[b], &c[a], w * second[a * m + b], k, half + k * k);
    }
}

static void add_halves(const double half[], size_t k, double hessian[])
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            hessian[i * k + j] = half[i * k + j] + (i == j ? 0 : half[j * k + i]) +
                                 half[(k + i) * k + j] + half[(k + j) * k + i];
}

/* ---- blocks of rows ---- */

struct block {
    double log_lik;
    double *gradient, *hessian; /* [k], [2 k^2] as add_hessian(); NULL: not asked for */
};

struct pass {
    const struct likelihood *l;
    const double *theta;
    struct block *block;
};

static void add_block(size_t index, void *context)
{
    const struct pass *pass = context;
    const struct likelihood *l = pass->l;
    struct block *b = &pass->block[index];
    double u[MOST_PREDICTORS], first[MOST_PREDICTORS], second[MOST_PREDICTORS * MOST_PREDICTORS];
    size_t end = (index + 1) * ROWS_PER_BLOCK < l->n ? (index + 1) * ROWS_PER_BLOCK : l->n;
    struct coefficients c[MOST_PREDICTORS];
    struct sum sum = {0};
    for (size_t i = index * ROWS_PER_BLOCK; i < end; i++) {
        double w = l->w ? l->w[i] : 1;
        if (!(w > 0))
            continue;
        predictors_at(l, pass->theta, i, c, u);
        double f =
            l->density(l->context, i, u, b->gradient ? first : NULL, b->gradient ? second : NULL);
        if (!isfinite(f)) {
            b->log_lik = -INFINITY;
            return;
        }
        sum_add(&sum, w * f);
        if (b->gradient)
            add_gradient(c, l->n_predictors, w, first, b->gradient);
        if (b->hessian)
            add_hessian(c, l->n_predictors, w, second, l->n_params, b->hessian);
    }
    b->log_lik = sum_value(&sum);
}

static void add_up(const struct block *block, size_t n_blocks, size_t n, bool hessian, double to[])
{
    for (size_t j = 0; j < n; j++) {
        struct sum sum = {0};
        for (size_t b = 0; b < n_blocks; b++)
            sum_add(&sum, (hessian ? block[b].hessian : block[b].gradient)[j]);
        to[j] = sum_value(&sum);
    }
}

double likelihood_at(const struct likelihood *l, const double theta[], double gradient[],
                     double hessian[], struct arena *scratch)
{
    size_t k = l->n_params, n_blocks = (l->n + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK;
    struct block *block = ARENA_NEW(scratch, struct block, n_blocks);
    struct pass pass = {l, without_nan(theta, k, scratch), block};
    struct sum sum = {0};
    for (size_t b = 0; b < n_blocks; b++) {
        block[b].gradient = gradient ? ARENA_NEW(scratch, double, k) : NULL;
        block[b].hessian = hessian ? ARENA_NEW(scratch, double, 2 * k * k) : NULL;
    }
    workers_run(n_blocks, n_blocks < 4 ? 1 : l->threads, add_block, &pass);
    for (size_t b = 0; b < n_blocks; b++) {
        if (isinf(block[b].log_lik))
            return -INFINITY;
        sum_add(&sum, block[b].log_lik);
    }
    if (gradient)
        add_up(block, n_blocks, k, false, gradient);
    if (hessian) {
        double *half = ARENA_NEW(scratch, double, 2 * k * k);
        add_up(block, n_blocks, 2 * k * k, true, half);
        add_halves(half, k, hessian);
    }
    return sum_value(&sum);
}

void likelihood_scores(const struct likelihood *l, const double theta[], double scores[])
{
    double u[MOST_PREDICTORS], first[MOST_PREDICTORS], second[MOST_PREDICTORS * MOST_PREDICTORS];
    struct coefficients c[MOST_PREDICTORS];
    memset(scores, 0, l->n * l->n_params * sizeof *scores);
    for (size_t i = 0; i < l->n; i++) {
        double w = l->w ? l->w[i] : 1;
        if (!(w > 0))
            continue;
        for (size_t a = 0; a < l->n_predictors; a++)
            c[a] = coefficients_of(&l->predictor[a], i);
        likelihood_predictors(l, theta, i, u);
        l->density(l->context, i, u, first, second);
        add_gradient(c, l->n_predictors, w, first, scores + i * l->n_params);
    }
}

void likelihood_rows(const struct likelihood *l, const double theta[], double log_density[])
{
    double u[MOST_PREDICTORS];
    for (size_t i = 0; i < l->n; i++) {
        likelihood_predictors(l, theta, i, u);
        log_density[i] = l->density(l->context, i, u, NULL, NULL);
    }
}
