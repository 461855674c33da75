/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/rows_inside.h"
#include "models/glm/triangle.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/base/workers.h"

/* A column is constant where no more than rounding is left of it about its mean. */
#define ROUNDING 1e-14

/* ---- coordinates ---- */

static bool is_ones(const struct rows_of *r, size_t column)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->x[i * r->p + column] != 1)
            return false;
    return r->n > 0;
}

/* The mean of each column, if there is one of ones; a row at a time, as they lie in memory. */
static void set_centres(struct rows_of *r, struct arena *scratch)
{
    struct sum *total = ARENA_NEW(scratch, struct sum, r->k);
    for (size_t i = 0; r->ones < r->k && i < r->n; i++)
        for (size_t j = 0; j < r->k; j++)
            sum_add(&total[j], r->x[i * r->p + j]);
    for (size_t j = 0; j < r->k; j++)
        r->centre[j] = r->ones < r->k && j != r->ones ? sum_value(&total[j]) / (double)r->n : 0;
}

/* Brings columns to size 1; to 0 where only rounding of one is left about its mean. */
static void set_scales(struct rows_of *r, struct arena *scratch)
{
    double *widest = ARENA_NEW(scratch, double, r->k), *size = ARENA_NEW(scratch, double, r->k);
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < r->k; j++) {
            double x = r->x[i * r->p + j], gap = fabs(x - r->centre[j]);
            widest[j] = gap > widest[j] ? gap : widest[j];
            size[j] = fabs(x) > size[j] ? fabs(x) : size[j];
        }
    for (size_t j = 0; j < r->k; j++) {
        int exponent = 0;
        frexp(widest[j], &exponent);
        r->scale[j] = widest[j] > ROUNDING * size[j] ? ldexp(1, -exponent) : 0;
    }
}

void rows_init(struct rows_of *r, const struct design *d, const double *w, struct arena *keep)
{
    *r = (struct rows_of){.n = d->n, .p = d->p, .x = d->x, .y = d->y, .w = w, .k = d->p};
    r->offset = d->offset;
    r->column = ARENA_NEW(keep, size_t, d->p);
    r->centre = ARENA_NEW(keep, double, d->p);
    r->scale = ARENA_NEW(keep, double, d->p);
    r->ones = r->k > 0 && is_ones(r, 0) ? 0 : r->k;
    for (size_t j = 0; j < r->k; j++)
        r->column[j] = j;
    set_centres(r, keep);
    set_scales(r, keep);
    struct sum total = {0};
    for (size_t i = 0; d->offset && r->ones < r->k && i < d->n; i++)
        sum_add(&total, d->offset[i] / (double)d->n);
    r->offset_mean = sum_value(&total);
}

void rows_coordinates(const struct rows_of *r, size_t i, double *u)
{
    const double *x = r->x + i * r->p;
    for (size_t j = 0; j < r->k; j++)
        u[j] = rows_coordinate(r, x, j);
}

void rows_put_block(const struct rows_of *r, const size_t *at, size_t n, double *block)
{
    for (size_t j = 0; j < r->k; j++) {
        const double *x = r->x + r->column[j];
        double centre = r->centre[j], scale = r->scale[j];
        for (size_t i = 0; i < n; i++)
            block[j * ROWS_BLOCK + i] = (x[at[i] * r->p] - centre) * scale;
    }
}

double rows_predictor(const struct rows_of *r, size_t i, const double *beta)
{
    const double *x = r->x + i * r->p;
    double eta = rows_offset_at(r, i);
    for (size_t j = 0; j < r->k; j++)
        eta += rows_coordinate(r, x, j) * beta[j];
    return eta;
}

void rows_whiten(const struct rows_of *r, const double *triangle, const double *u, double *t)
{
    triangle_solve_transposed(triangle, r->k + 1, r->k, u, t);
}

double rows_weight(const struct rows_of *r, size_t i, double eta)
{
    double mu, slope;
    rows_mean_slope(r, eta, &mu, &slope);
    return rows_weight_at(r, i) * slope * slope / r->family->variance(mu, r->theta);
}

double rows_weight_observed(const struct rows_of *r, size_t i, double eta)
{
    double mu = r->link->mean(eta), slope = r->link->slope(eta);
    double v = r->family->variance(mu, r->theta);
    double bend =
        r->link->second(eta) - slope * slope * r->family->variance_slope(mu, r->theta) / v;
    return rows_weight_at(r, i) * (slope * slope - (r->y[i] - mu) * bend) / v;
}

void rows_coefficients(const struct rows_of *r, const double *beta, double *b)
{
    for (size_t j = 0; j < r->p; j++)
        b[j] = NAN;
    double first = -r->offset_mean;
    for (size_t j = 0; j < r->k; j++) {
        b[r->column[j]] = beta[j] * r->scale[j];
        first -= j == r->ones ? 0 : beta[j] * r->scale[j] * r->centre[j];
    }
    if (r->ones < r->k)
        b[r->column[r->ones]] += first;
}

void rows_covariance(const struct rows_of *r, const double *v, double *vcov, struct arena *scratch)
{
    size_t k = r->k;
    double *half = ARENA_NEW(scratch, double, k *k);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            half[i * k + j] = v[i * k + j] * r->scale[j];
    for (size_t i = 0; r->ones < k && i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (j != r->ones)
                half[i * k + r->ones] -= half[i * k + j] * r->centre[j];
    memset(vcov, 0, r->p * r->p * sizeof *vcov);
    for (size_t j = 0; j < k; j++) {
        double rest = 0;
        for (size_t i = 0; i < k; i++) {
            double value = half[i * k + j] * r->scale[i];
            vcov[r->column[i] * r->p + r->column[j]] = value;
            rest += i == r->ones ? 0 : value * r->centre[i];
        }
        if (r->ones < k)
            vcov[r->column[r->ones] * r->p + r->column[j]] -= rest;
    }
    for (size_t i = 0; i < r->p; i++)
        for (size_t j = 0; j < i; j++)
            vcov[i * r->p + j] = vcov[j * r->p + i] = (vcov[i * r->p + j] + vcov[j * r->p + i]) / 2;
}

/* ---- sums and visits ---- */

struct work {
    const struct rows_of *r;
    const double *triangle;
    size_t m;
    rows_add *add;
    const void *given;
    double *part; /* [tasks * m] */
    rows_visit *visit;
    void *context;
};

/* The columns of a block by R^-T: each row's coordinates t. */
static void whiten_block(const struct rows_of *r, const double *triangle, double *block)
{
    size_t m = r->k + 1;
    for (size_t c = 0; c < r->k; c++) {
        double *to = block + c * ROWS_BLOCK, divisor = triangle[c * m + c];
        for (size_t j = 0; j < c; j++)
            for (size_t i = 0; i < ROWS_BLOCK; i++)
                to[i] -= triangle[j * m + c] * block[j * ROWS_BLOCK + i];
        for (size_t i = 0; i < ROWS_BLOCK; i++)
            to[i] /= divisor;
    }
}

/* A block of rows at a time: the same operations side by side. */
static void work_block(const struct work *s, size_t task, const size_t *at, size_t n, double *block,
                       double *u)
{
    const struct rows_of *r = s->r;
    rows_put_block(r, at, n, block);
    if (s->triangle)
        whiten_block(r, s->triangle, block);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < r->k; j++)
            u[j] = block[j * ROWS_BLOCK + i];
        if (s->add)
            s->add(r, at[i], u, s->given, s->part + task * s->m);
        else
            s->visit(r, at[i], u, s->context);
    }
}

static void work_task(size_t task, void *context)
{
    const struct work *s = context;
    const struct rows_of *r = s->r;
    struct arena *own = arena_new();
    double *block = ARENA_NEW(own, double, r->k *ROWS_BLOCK), *u = ARENA_NEW(own, double, r->k);
    size_t at[ROWS_BLOCK], end = rows_task_end(r, task);
    for (size_t i = task * ROWS_TASK, n; i < end; work_block(s, task, at, n, block, u))
        for (n = 0; i < end && n < ROWS_BLOCK; i++)
            if (!s->add || rows_weight_at(r, i) > 0)
                at[n++] = i;
    arena_free(own);
}

void rows_sum(const struct rows_of *r, const double *triangle, size_t m, rows_add *add,
              const void *context, double *sum, struct arena *scratch)
{
    size_t n_tasks = rows_n_tasks(r);
    double *part = ARENA_NEW(scratch, double, n_tasks *m);
    struct work s = {r, triangle, m, add, context, part, NULL, NULL};
    workers_run(n_tasks, r->threads, work_task, &s);
    for (size_t j = 0; j < m; j++) {
        struct sum total = {0};
        for (size_t t = 0; t < n_tasks; t++)
            sum_add(&total, part[t * m + j]);
        sum[j] = sum_value(&total);
    }
}

void rows_each(const struct rows_of *r, const double *triangle, rows_visit *visit, void *context)
{
    struct work s = {r, triangle, 0, NULL, NULL, NULL, visit, context};
    workers_run(rows_n_tasks(r), r->threads, work_task, &s);
}
