/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/roc.h"

#include <math.h>

struct roc roc_points(const struct predictions *s, struct arena *keep)
{
    struct roc roc = {.status = predictions_status(s, false)};
    if (roc.status != FIT_OK)
        return roc;
    struct prediction_runs runs = prediction_runs(s, keep);
    double all_events = 0, all_others = 0, events = 0, others = 0; /* at or above the threshold */
    for (size_t j = runs.n; j-- > 0;) { /* in the order of the sums below: shares end at 1 */
        all_events += runs.events[j];
        all_others += runs.others[j];
    }
    roc.n = runs.n + 1;
    roc.point = ARENA_NEW(keep, struct roc_point, roc.n);
    roc.point[runs.n] = (struct roc_point){INFINITY, 0, 1, 0, NAN, 0};
    for (size_t j = runs.n; j-- > 0;) {
        events += runs.events[j];
        others += runs.others[j];
        double hits = events / all_events, alarms = others / all_others;
        double flagged = (events + others) / (all_events + all_others);
        roc.point[j] = (struct roc_point){
            runs.p[j], hits, 1 - alarms, hits - alarms, events / (events + others), flagged};
    }
    for (size_t j = 1; j < roc.n; j++)
        if (roc.point[j].youden > roc.point[roc.best].youden)
            roc.best = j;
    return roc;
}
