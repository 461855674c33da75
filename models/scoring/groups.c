/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/groups.h"

#include <assert.h>
#include <math.h>

#include "models/base/sum.h"

/* Sums over the rows of the runs from first_run to before end_run. */
static struct prediction_group group_of(const struct predictions *s,
                                        const struct prediction_runs *runs, size_t first_run,
                                        size_t end_run)
{
    struct sum n = {0}, events = {0}, above = {0}, squares = {0};
    double low = runs->p[first_run], high = runs->p[end_run - 1]; /* ties have their own mean */
    for (size_t k = runs->first[first_run]; k < runs->first[end_run]; k++) {
        size_t i = runs->row[k];
        double w = prediction_weight(s, i);
        sum_add(&n, w);
        sum_add(&events, w * s->y[i]);
        sum_add(&above, w * (s->p[i] - low));
        sum_add(&squares, w * w);
    }
    double total = sum_value(&n);
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    return (struct prediction_group){.n = total,
                                     .events = sum_value(&events),
                                     .n_eff = sampled ? total * total / sum_value(&squares) : total,
                                     .predicted = fmin(high, low + sum_value(&above) / total),
                                     .low = low,
                                     .high = high,
                                     .first_run = first_run,
                                     .end_run = end_run};
}

/* The first run that reaches position `rank` (from 0) of the expanded rows; sums of scaled weights
   reach a position up to rounding. */
static size_t run_at(const double *below, size_t n, double rank)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (below[middle + 1] * (1 + 1e-12) >= rank + 1)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The greatest p of group j + 1 of g. */
static double cut_after(const struct prediction_runs *runs, const double *below, size_t j, size_t g)
{
    double last = below[runs->n] - 1;
    double position = last * (double)(j + 1) / (double)g, rank = floor(position);
    double low = runs->p[run_at(below, runs->n, rank)];
    double high = runs->p[run_at(below, runs->n, fmin(rank + 1, last))];
    return position == rank || low == high ? low : low + (position - rank) * (high - low);
}

/* Weight before each run and, at the end, in all: [n + 1]. */
static double *weight_below(const struct predictions *s, const struct prediction_runs *runs,
                            struct arena *keep)
{
    double *below = ARENA_NEW(keep, double, runs->n + 1);
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    double unit = sampled ? (double)runs->n_rows / prediction_totals(s).n : 1;
    struct sum total = {0};
    for (size_t j = 0; j < runs->n; j++) {
        sum_add(&total, unit * (runs->events[j] + runs->others[j]));
        below[j + 1] = sum_value(&total);
    }
    return below;
}

struct prediction_groups prediction_quantile_groups(const struct predictions *s, size_t g,
                                                    struct arena *keep)
{
    assert(g >= 1);
    struct prediction_groups all = {0, NULL, prediction_runs(s, keep)};
    const struct prediction_runs *runs = &all.runs;
    const double *below = weight_below(s, runs, keep);
    size_t most = g < runs->n ? g : runs->n;
    all.group = ARENA_NEW(keep, struct prediction_group, most);
    for (size_t j = 0, from = 0; j < g && from < runs->n; j++) {
        double cut = j + 1 < g ? cut_after(runs, below, j, g) : INFINITY;
        size_t end = from;
        while (end < runs->n && runs->p[end] <= cut)
            end++;
        if (end > from)
            all.group[all.n++] = group_of(s, runs, from, end);
        from = end;
    }
    return all;
}

struct prediction_groups prediction_equal_groups(const struct predictions *s, struct arena *keep)
{
    struct prediction_groups all = {0, NULL, prediction_runs(s, keep)};
    all.group = ARENA_NEW(keep, struct prediction_group, all.runs.n);
    for (; all.n < all.runs.n; all.n++)
        all.group[all.n] = group_of(s, &all.runs, all.n, all.n + 1);
    return all;
}
