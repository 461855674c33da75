/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/lift.h"

#include <assert.h>
#include <math.h>

#include "models/base/sum.h"
#include "models/scoring/auc.h"

/* Where the next part begins: run j, of which `left` of its weight is not yet given away. */
struct place {
    size_t run;
    double left, given; /* given: weight of the parts before */
};

static double run_weight(const struct prediction_runs *runs, size_t j)
{
    return runs->events[j] + runs->others[j];
}

/* Takes weight until `end` is given; the last part takes what there is. */
static struct lift_part take(const struct prediction_runs *runs, struct place *at, double end,
                             bool last)
{
    struct sum n = {0}, events = {0}, predicted = {0};
    struct lift_part part = {.high = runs->p[at->run], .low = runs->p[at->run]};
    while (last ? at->left > 0 : at->given < end) {
        size_t j = at->run;
        double took = last ? at->left : fmin(at->left, end - at->given);
        sum_add(&n, took);
        sum_add(&events, runs->events[j] * (took / run_weight(runs, j)));
        sum_add(&predicted, took * runs->p[j]);
        part.low = runs->p[j];
        at->given = took < at->left ? end : at->given + took;
        at->left -= took;
        if (at->left > 0)
            continue;
        if (j == 0)
            break;
        at->run = j - 1;
        at->left = run_weight(runs, j - 1);
    }
    part.n = sum_value(&n);
    part.events = sum_value(&events);
    part.predicted = sum_value(&predicted) / part.n;
    part.rate = part.events / part.n;
    return part;
}

static void add_gains(struct lift *lift, const struct prediction_totals *all)
{
    struct sum n = {0}, events = {0};
    for (size_t j = 0; j < lift->n; j++) {
        struct lift_part *part = &lift->part[j];
        bool both = lift->status == FIT_OK;
        sum_add(&n, part->n);
        sum_add(&events, part->events);
        part->share = sum_value(&n) / all->n;
        part->lift = both ? part->rate / lift->rate : NAN;
        part->gain = both ? sum_value(&events) / all->events : NAN;
        part->cumulative_lift = part->gain / part->share;
    }
}

struct lift lift_table(const struct predictions *s, size_t g, struct arena *keep)
{
    assert(g >= 1);
    struct lift lift = {predictions_status(s, false), 0, NULL, NAN, NAN};
    if (lift.status != FIT_OK && lift.status != FIT_CONSTANT)
        return lift;
    struct prediction_totals all = prediction_totals(s);
    struct prediction_runs runs = prediction_runs(s, keep);
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    lift.rate = all.events / all.n;
    lift.gini = 2 * auc_delong(s, 0.95, keep).estimate - 1;
    if ((sampled ? (double)runs.n_rows : all.n) < (double)g) {
        lift.status = FIT_TOO_FEW;
        return lift;
    }
    struct place at = {runs.n - 1, run_weight(&runs, runs.n - 1), 0};
    lift.n = g;
    lift.part = ARENA_NEW(keep, struct lift_part, g);
    for (size_t j = 0; j < g; j++) {
        double end = all.n * (double)(j + 1) / (double)g;
        lift.part[j] = take(&runs, &at, sampled ? end : round(end), j + 1 == g);
    }
    add_gains(&lift, &all);
    return lift;
}
