/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/multiple/max_t.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/order.h"
#include "models/base/rng.h"
#include "models/base/workers.h"
#include "models/correlation/pairs.h"

/* Permutations that share a thread's memory; a block writes to its own counts. */
enum { BLOCK = 64 };

/* |r| that differ by rounding are equal: a permutation of ties must count. */
static const double SLACK = 1e-10;

/* The metrics that vary, by falling |r|. */
struct work {
    size_t n, m, total, n_blocks;
    const double *rows;    /* [n * m] row i: the unit deviations of the metrics */
    const double *outcome; /* [n] unit deviations, unweighted */
    const double *w;       /* [n] shares of the weight, or NULL */
    const double *r;       /* [m] |r| of the data */
    bool exact;
    uint64_t seed;
    uint32_t *alone, *single, *down; /* [n_blocks * m] counts */
};

/* ---- permutations ---- */

static double factorial(size_t n)
{
    return n < 2 ? 1 : (double)n * factorial(n - 1);
}

/* The index-th arrangement of x, by its digits in the factorial number system. */
static void arrange(const double *x, size_t n, size_t index, double *out)
{
    memcpy(out, x, n * sizeof *x);
    for (size_t i = n; i > 1; i--) {
        size_t j = index % i;
        index /= i;
        double t = out[i - 1];
        out[i - 1] = out[j];
        out[j] = t;
    }
}

/* A number below n from a word of 32 bits, by a product instead of a division (Lemire
   2019, ACM TOMACS 29(1), 3); a word that would bias it is drawn again. */
static size_t below(uint32_t word, uint32_t n, gsl_rng *rng)
{
    uint64_t product = (uint64_t)word * n;
    if ((uint32_t)product < n) {
        const uint32_t least = (UINT32_MAX - n + 1) % n;
        while ((uint32_t)product < least)
            product = (uint64_t)gsl_rng_get(rng) * n;
    }
    return (size_t)(product >> 32);
}

/* Fisher and Yates's shuffle. */
static void shuffle(const double *x, size_t n, gsl_rng *rng, uint32_t *words, double *out)
{
    rng_words(rng, words, n);
    memcpy(out, x, n * sizeof *x);
    for (size_t i = n; i > 1; i--) {
        size_t j = below(words[i - 1], (uint32_t)i, rng);
        double t = out[i - 1];
        out[i - 1] = out[j];
        out[j] = t;
    }
}

/* ---- statistics ---- */

/* |r| of every metric with the outcome y, whose weighted spread changes with its order. */
static void statistics(const struct work *work, const double *restrict y, double *restrict r)
{
    size_t m = work->m;
    double total = 0, squares = 0;
    memset(r, 0, m * sizeof *r);
    for (size_t i = 0; i < work->n; i++) {
        const double *restrict row = work->rows + i * m;
        for (size_t j = 0; j < m; j++)
            r[j] += row[j] * y[i];
        if (work->w) {
            total += work->w[i] * y[i];
            squares += work->w[i] * y[i] * y[i];
        }
    }
    double spread = work->w ? sqrt(fmax(0, squares - total * total)) : 1;
    for (size_t j = 0; j < m; j++)
        r[j] = spread > 0 ? fabs(r[j]) / spread : 0;
}

static void count(const struct work *work, const double *r, size_t block)
{
    double largest = 0;
    size_t m = work->m, at = block * m;
    for (size_t j = m; j-- > 0;) {
        const double reached = work->r[j] * (1 - SLACK);
        largest = fmax(largest, r[j]);
        work->alone[at + j] += r[j] >= reached;
        work->down[at + j] += largest >= reached;
    }
    for (size_t j = 0; j < m; j++)
        work->single[at + j] += largest >= work->r[j] * (1 - SLACK);
}

static void permute(size_t block, void *context)
{
    const struct work *work = context;
    struct arena *scratch = arena_new();
    size_t end = (block + 1) * BLOCK < work->total ? (block + 1) * BLOCK : work->total;
    double *y = ARENA_NEW(scratch, double, work->n), *r = ARENA_NEW(scratch, double, work->m);
    uint32_t *words = ARENA_NEW(scratch, uint32_t, work->n);
    for (size_t i = block * BLOCK; i < end; i++) {
        if (work->exact)
            arrange(work->outcome, work->n, i, y);
        else
            shuffle(work->outcome, work->n, rng_stream(work->seed, i, scratch), words, y);
        statistics(work, y, r);
        count(work, r, block);
    }
    arena_free(scratch);
}

/* ---- the data ---- */

/* Sets r of every metric; gives the number of those that vary, by falling |r|, the first
   named first among equals: their numbers in `chosen`, their unit deviations in `unit`. */
static size_t choose(const struct max_t_data *d, struct max_t_metric metric[], size_t *chosen,
                     const double **unit, struct arena *scratch)
{
    const double *y = unit_deviations(d->outcome, d->w, d->n, scratch);
    double *key = ARENA_NEW(scratch, double, d->m);
    size_t *varying = ARENA_NEW(scratch, size_t, d->m), m = 0;
    for (size_t j = 0; j < d->m && y; j++) {
        unit[j] = unit_deviations(d->metric[j], d->w, d->n, scratch);
        if (!unit[j])
            continue;
        metric[j].r = unit_correlation(unit[j], y, d->n);
        key[m] = -fabs(metric[j].r);
        varying[m++] = j;
    }
    const uint32_t *order = order_real(key, m, scratch);
    for (size_t k = 0; k < m; k++)
        chosen[k] = varying[order[k]];
    return m;
}

/* The metrics row by row, and with weights their shares s: then r of a permutation is sum
   sqrt(s) u y over the weighted spread of y. */
static void fill(struct work *work, const struct max_t_data *d, const size_t *chosen,
                 const double *const *unit, struct arena *scratch)
{
    double *rows = ARENA_NEW(scratch, double, d->n * work->m), weight = 0;
    double *share = d->w ? ARENA_NEW(scratch, double, d->n) : NULL;
    for (size_t i = 0; d->w && i < d->n; i++)
        weight += d->w[i];
    for (size_t i = 0; d->w && i < d->n; i++)
        share[i] = d->w[i] / weight;
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; k < work->m; k++)
            rows[i * work->m + k] = (share ? sqrt(share[i]) : 1) * unit[chosen[k]][i];
    work->rows = rows;
    work->w = share;
}

static double share_of(const struct work *work, const uint32_t *counts, size_t k)
{
    double hits = 0;
    for (size_t b = 0; b < work->n_blocks; b++)
        hits += counts[b * work->m + k];
    return work->exact ? hits / (double)work->total : (hits + 1) / ((double)work->total + 1);
}

static void run(struct work *work, const struct max_t_options *o, struct arena *scratch)
{
    work->n_blocks = (work->total + BLOCK - 1) / BLOCK;
    work->alone = ARENA_NEW(scratch, uint32_t, work->n_blocks * work->m);
    work->single = ARENA_NEW(scratch, uint32_t, work->n_blocks * work->m);
    work->down = ARENA_NEW(scratch, uint32_t, work->n_blocks * work->m);
    workers_run(work->n_blocks, o->threads, permute, work);
}

/* The p-values of the metrics that vary, r falling. */
static void conclude(const struct work *work, const size_t *chosen, struct max_t_metric metric[])
{
    double largest = 0;
    for (size_t k = 0; k < work->m; k++) {
        struct max_t_metric *of = &metric[chosen[k]];
        of->p_value = share_of(work, work->alone, k);
        of->p_single_step = share_of(work, work->single, k);
        of->p_step_down = largest = fmax(largest, share_of(work, work->down, k));
    }
}

void max_t(const struct max_t_data *d, const struct max_t_options *o, struct max_t_result *result,
           struct max_t_metric metric[], struct arena *scratch)
{
    double *r = ARENA_NEW(scratch, double, d->m);
    size_t *chosen = ARENA_NEW(scratch, size_t, d->m);
    const double **unit = ARENA_NEW(scratch, const double *, d->m);
    struct work work = {.n = d->n, .r = r, .seed = o->seed};
    assert(d->n <= UINT32_MAX && o->permutations > 0);
    *result = (struct max_t_result){.status = FIT_TOO_FEW};
    for (size_t j = 0; j < d->m; j++)
        metric[j] = (struct max_t_metric){NAN, NAN, NAN, NAN};
    if (d->n < 3)
        return;
    result->status = FIT_CONSTANT;
    if ((work.m = choose(d, metric, chosen, unit, scratch)) == 0)
        return;
    for (size_t k = 0; k < work.m; k++)
        r[k] = fabs(metric[chosen[k]].r);
    work.exact = d->n <= 12 && factorial(d->n) <= (double)o->permutations;
    work.total = work.exact ? (size_t)factorial(d->n) : o->permutations;
    work.outcome = unit_deviations(d->outcome, NULL, d->n, scratch);
    fill(&work, d, chosen, unit, scratch);
    run(&work, o, scratch);
    conclude(&work, chosen, metric);
    *result = (struct max_t_result){FIT_OK, work.exact, work.total};
}
