/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/base/workers.h"
#include "models/glm/rows_inside.h"
#include "models/glm/triangle.h"

/* A column is collinear below this share of itself, R's glm at its default epsilon. */
#define COLLINEAR 1e-11

enum { PART_DEVIANCE, PART_PEARSON, PART_SIZE, PART_NEAREST, PART_VALID, PART_HEAD };

/* The rows of one block: which, and their linear predictors. */
struct lines {
    size_t n, at[ROWS_BLOCK];
    double eta[ROWS_BLOCK], factor[ROWS_BLOCK];
};

struct work {
    const struct rows_of *r;
    const double *beta;
    struct pass *pass;
    size_t size; /* of a task's part */
    /* Rows into the columns of a block; false where one has no mean. */
    bool (*put)(const struct work *work, struct lines *l, double *block, double *part);
};

void pass_init(const struct rows_of *r, struct pass *pass, struct arena *keep)
{
    size_t m = r->k + 1;
    *pass = (struct pass){.r = ARENA_NEW(keep, double, m *m)};
    pass->part = ARENA_NEW(keep, double, rows_n_tasks(r) * (m * m + PART_HEAD));
}

/* How far the mean is from the border that y lies on. */
static double border_distance(const struct rows_of *r, double y, double mu)
{
    if (r->family->border_at_zero && r->link->to_zero && y <= 0)
        return mu;
    if (r->family->border_at_one && r->link->to_one && y >= 1)
        return 1 - mu;
    return INFINITY;
}

/* Predictors at beta, the coordinates being in the block; or each row's own first one. */
static void set_predictors(const struct work *work, const double *block, struct lines *l)
{
    const struct rows_of *r = work->r;
    for (size_t i = 0; i < l->n; i++)
        l->eta[i] =
            work->beta
                ? rows_offset_at(r, l->at[i])
                : r->link->eta(r->family->start(r->y[l->at[i]], rows_weight_at(r, l->at[i])));
    for (size_t j = 0; work->beta && j < r->k; j++)
        for (size_t i = 0; i < l->n; i++)
            l->eta[i] += block[j * ROWS_BLOCK + i] * work->beta[j];
}

/* What line `at` adds to the sums, and its residual; false where it has no mean. */
static bool add_line(const struct work *work, struct lines *l, size_t at, double *part,
                     double *residual)
{
    const struct rows_of *r = work->r;
    size_t i = l->at[at];
    double w = rows_weight_at(r, i), y = r->y[i], eta = l->eta[at], mu, slope;
    if (!r->link->in_domain(eta))
        return false;
    rows_mean_slope(r, eta, &mu, &slope);
    double v = r->family->variance(mu, r->theta);
    if (!r->family->mean_in_domain(mu) || !(v > 0))
        return false;
    double root = sqrt(w / v), rest = root * (y - mu);
    double first = work->beta ? 0 : eta - rows_offset_at(r, i), near = border_distance(r, y, mu);
    part[PART_DEVIANCE] += w * r->family->unit_deviance(y, mu, r->theta);
    part[PART_PEARSON] += rest * rest;
    part[PART_SIZE] += w * mu * mu / v;
    if (near < part[PART_NEAREST])
        part[PART_NEAREST] = near;
    l->factor[at] = root * slope;
    *residual = rest + l->factor[at] * first;
    return true;
}

static bool put_weighted(const struct work *work, struct lines *l, double *block, double *part)
{
    const struct rows_of *r = work->r;
    rows_put_block(r, l->at, l->n, block);
    set_predictors(work, block, l);
    for (size_t i = 0; i < l->n; i++)
        if (!add_line(work, l, i, part, &block[r->k * ROWS_BLOCK + i]))
            return false;
    for (size_t j = 0; j < r->k; j++)
        for (size_t i = 0; i < l->n; i++)
            block[j * ROWS_BLOCK + i] *= l->factor[i];
    return true;
}

/* The next rows that count, from i on; where to go on. */
static size_t take_lines(const struct rows_of *r, size_t i, size_t end, struct lines *l)
{
    for (l->n = 0; i < end && l->n < ROWS_BLOCK; i++)
        if (rows_weight_at(r, i) > 0)
            l->at[l->n++] = i;
    return i;
}

static void pass_task(size_t task, void *context)
{
    const struct work *work = context;
    const struct rows_of *r = work->r;
    size_t m = r->k + 1, i = task * ROWS_TASK, end = rows_task_end(r, task);
    struct arena *own = arena_new();
    struct lines *lines = ARENA_NEW(own, struct lines, 1);
    double *block = ARENA_NEW(own, double, m *ROWS_BLOCK);
    double *part = work->pass->part + task * work->size, *triangle = part + PART_HEAD;
    memset(part, 0, work->size * sizeof *part);
    part[PART_NEAREST] = INFINITY;
    part[PART_VALID] = 1;
    while (i < end && part[PART_VALID] > 0) {
        i = take_lines(r, i, end, lines);
        part[PART_VALID] = work->put(work, lines, block, part);
        if (part[PART_VALID] > 0)
            triangle_absorb(triangle, m, block, lines->n, ROWS_BLOCK);
    }
    arena_free(own);
}

static void join_parts(const struct work *work, struct pass *pass)
{
    size_t m = work->r->k + 1;
    struct sum deviance = {0}, pearson = {0};
    struct arena *own = arena_new();
    double *block = ARENA_NEW(own, double, m *m);
    memset(pass->r, 0, m * m * sizeof *pass->r);
    pass->nearest = INFINITY;
    pass->size = 0;
    pass->valid = true;
    for (size_t t = 0; t < rows_n_tasks(work->r); t++) {
        const double *part = pass->part + t * work->size;
        sum_add(&deviance, part[PART_DEVIANCE]);
        sum_add(&pearson, part[PART_PEARSON]);
        pass->size += part[PART_SIZE];
        pass->nearest = fmin(pass->nearest, part[PART_NEAREST]);
        pass->valid = pass->valid && part[PART_VALID] > 0;
        triangle_join(pass->r, part + PART_HEAD, m, block);
    }
    arena_free(own);
    pass->deviance = pass->valid ? sum_value(&deviance) : NAN;
    pass->pearson = pass->valid ? sum_value(&pearson) : NAN;
    pass->valid = pass->valid && isfinite(pass->deviance) && isfinite(pass->pearson);
}

void rows_pass(const struct rows_of *r, const double *beta, struct pass *pass)
{
    size_t m = r->k + 1;
    struct work work = {r, beta, pass, m * m + PART_HEAD, put_weighted};
    workers_run(rows_n_tasks(r), r->threads, pass_task, &work);
    join_parts(&work, pass);
}

/* ---- collinear columns ---- */

static bool put_plain(const struct work *work, struct lines *l, double *block, double *part)
{
    (void)part;
    rows_put_block(work->r, l->at, l->n, block);
    memset(block + work->r->k * ROWS_BLOCK, 0, ROWS_BLOCK * sizeof *block);
    return true;
}

/* Column c of a triangle less its parts along the rank kept ones, an orthonormal basis
   q [rank][k]; its coefficients on them go to `on`.  The length of the rest over its own. */
static double reduce(const double *r, size_t k, size_t c, size_t rank, double *q, double *on)
{
    double *v = q + rank * k, length = 0, rest = 0;
    for (size_t i = 0; i < k; i++) {
        v[i] = i <= c ? r[i * (k + 1) + c] : 0;
        length = hypot(length, v[i]);
    }
    memset(on, 0, k * sizeof *on);
    for (size_t twice_b = 0; twice_b < 2 * rank; twice_b++) {
        size_t b = twice_b % rank;
        double s = 0;
        for (size_t i = 0; i < k; i++)
            s += q[b * k + i] * v[i];
        on[b] += s;
        for (size_t i = 0; i < k; i++)
            v[i] -= s * q[b * k + i];
    }
    for (size_t i = 0; i < k; i++)
        rest = hypot(rest, v[i]);
    on[rank] = rest;
    for (size_t i = 0; i < k && rest > 0; i++)
        v[i] /= rest;
    return length > 0 ? rest / length : 0;
}

/* The column left out is the sum of weight[j] times the kept ones, in coordinates: which of the
   design's have a part in it?  That of ones as well, unless the centres add to nothing. */
static void set_loose(const struct rows_of *r, const size_t *kept, size_t rank, size_t out,
                      const double *weight, bool *loose)
{
    double rest = r->centre[out], size = fabs(rest);
    loose[r->column[out]] = true;
    for (size_t b = 0; b < rank; b++) {
        size_t j = kept[b];
        if (r->scale[out] > 0 && j != r->ones) {
            double part = weight[b] * r->scale[j] / r->scale[out] * r->centre[j];
            rest -= part;
            size += fabs(part);
        }
        if (fabs(weight[b]) > 1e-8 && j != r->ones)
            loose[r->column[j]] = true;
        if (j == r->ones && r->scale[out] > 0)
            rest += weight[b] * r->scale[j] / r->scale[out];
    }
    if (r->ones < r->k && fabs(rest) > 1e-8 * size)
        loose[r->column[r->ones]] = true;
}

static void keep_columns(struct rows_of *r, const size_t *kept, size_t rank)
{
    size_t ones = rank;
    for (size_t b = 0; b < rank; b++) {
        if (kept[b] == r->ones)
            ones = b;
        r->column[b] = r->column[kept[b]];
        r->centre[b] = r->centre[kept[b]];
        r->scale[b] = r->scale[kept[b]];
    }
    r->k = rank;
    r->ones = ones;
}

void rows_drop_collinear(struct rows_of *r, bool *loose, struct arena *scratch)
{
    size_t k = r->k, rank = 0;
    struct pass pass;
    pass_init(r, &pass, scratch);
    struct work work = {r, NULL, &pass, (k + 1) * (k + 1) + PART_HEAD, put_plain};
    workers_run(rows_n_tasks(r), r->threads, pass_task, &work);
    join_parts(&work, &pass);
    double *q = ARENA_NEW(scratch, double, (k + 1) * k), *on = ARENA_NEW(scratch, double, k + 1);
    double *triangle = ARENA_NEW(scratch, double, k *k), *weight = ARENA_NEW(scratch, double, k);
    size_t *kept = ARENA_NEW(scratch, size_t, k);
    for (size_t c = 0; c < k; c++) {
        bool independent = reduce(pass.r, k, c, rank, q, on) >= COLLINEAR;
        if (!independent && loose) {
            triangle_solve(triangle, k, rank, on, weight);
            set_loose(r, kept, rank, c, weight, loose);
        }
        for (size_t b = 0; independent && b <= rank; b++)
            triangle[b * k + rank] = on[b];
        if (independent)
            kept[rank++] = c;
    }
    keep_columns(r, kept, rank);
}
