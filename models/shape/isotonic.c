/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/isotonic.h"

#include <math.h>

#include "models/base/sum.h"
#include "models/curve/points.h"
#include "models/shape/columns.h"

/* Points first .. last, drawn together. */
struct block {
    size_t first, last;
    double w, y; /* total weight, mean */
};

/* The last two blocks as one. */
static void merge(struct block *a, const struct block *b)
{
    double w = a->w + b->w;
    a->y += (b->y - a->y) * (b->w / w);
    a->w = w;
    a->last = b->last;
}

/* Pools adjacent violators of the order; sign 1: not falling, -1: not rising.
   Equal neighbours are one block. */
static size_t pool(const struct points *p, double sign, struct block *block)
{
    size_t n = 0;
    for (size_t j = 0; j < p->n; j++) {
        block[n++] = (struct block){j, j, p->w[j], p->y[j]};
        for (; n > 1 && sign * block[n - 2].y >= sign * block[n - 1].y; n--)
            merge(&block[n - 2], &block[n - 1]);
    }
    return n;
}

/* What the blocks leave over; their means are taken again, in two passes. */
static double settle(const struct points *p, struct block *block, size_t n)
{
    struct sum total = {0};
    for (size_t k = 0; k < n; k++) {
        size_t first = block[k].first, size = block[k].last - first + 1;
        block[k].y = mean(p->y + first, p->w + first, size);
        for (size_t j = first; j <= block[k].last; j++) {
            double r = p->y[j] - block[k].y;
            sum_add(&total, p->w[j] * r * r);
        }
    }
    return p->within + sum_value(&total);
}

static double blocks_of(const struct points *p, double sign, struct block *block, size_t *n)
{
    *n = pool(p, sign, block);
    return settle(p, block, *n);
}

static void describe(const struct points *p, const struct block *block, struct isotonic *out,
                     struct arena *keep)
{
    double *from = ARENA_NEW(keep, double, out->n_blocks);
    double *to = ARENA_NEW(keep, double, out->n_blocks);
    double *y = ARENA_NEW(keep, double, out->n_blocks);
    double *count = ARENA_NEW(keep, double, out->n_blocks);
    for (size_t k = 0; k < out->n_blocks; k++) {
        from[k] = p->x[block[k].first];
        to[k] = p->x[block[k].last];
        y[k] = block[k].y;
        for (size_t j = block[k].first; j <= block[k].last; j++)
            count[k] += p->count[j];
    }
    out->from = from, out->to = to, out->estimate = y, out->count = count;
}

static enum fit_status status_of(const struct points *p, double deviance)
{
    if (p->n_obs < 2)
        return FIT_TOO_FEW;
    if (p->n == 1 || !(p->total > 0))
        return FIT_CONSTANT;
    return points_perfect(p, deviance) ? FIT_PERFECT : FIT_OK;
}

void isotonic_fit(const struct sample *s, struct isotonic *out, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct points p;
    points_of(s, &p, scratch);
    struct block *up = ARENA_NEW(scratch, struct block, p.n);
    struct block *down = ARENA_NEW(scratch, struct block, p.n);
    size_t n_up, n_down;
    double rising = blocks_of(&p, 1, up, &n_up), falling = blocks_of(&p, -1, down, &n_down);
    bool rises = rising <= falling;
    *out = (struct isotonic){.rising = rises,
                             .n_blocks = rises ? n_up : n_down,
                             .n_obs = p.n_obs,
                             .deviance = rises ? rising : falling,
                             .sigma = NAN,
                             .log_lik = NAN,
                             .r_squared = NAN};
    out->status = status_of(&p, out->deviance);
    out->df_residual = p.n_obs - (double)out->n_blocks;
    if (out->status == FIT_OK || out->status == FIT_PERFECT) {
        out->r_squared = 1 - out->deviance / p.total;
        if (out->df_residual > 0)
            out->sigma = sqrt(out->deviance / out->df_residual);
    }
    if (out->status == FIT_OK)
        out->log_lik = points_log_lik(&p, out->deviance);
    describe(&p, rises ? up : down, out, keep);
    arena_free(scratch);
}

double isotonic_mean(const struct isotonic *fit, double x)
{
    if (fit->n_blocks == 0)
        return NAN;
    for (size_t k = 0; k < fit->n_blocks; k++)
        if (x <= fit->to[k])
            return fit->estimate[k];
    return fit->estimate[fit->n_blocks - 1];
}
