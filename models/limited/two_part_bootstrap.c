/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/two_part_bootstrap.h"

#include <math.h>

#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/base/workers.h"

struct resampling {
    const struct limited_rows *rows;
    const struct two_part_options *options;
    const struct equation *any, *amount_of;
    size_t n;
    const struct two_part_bootstrap *how;
    double *average;
};

/* How often each row is drawn, times its weight. */
static double *drawn_weights(const struct resampling *r, size_t task, struct arena *keep)
{
    size_t n = r->rows->n, units = r->how->cluster ? r->how->n_clusters : n;
    gsl_rng *rng = rng_stream(r->how->seed, task, keep);
    double *times = ARENA_NEW(keep, double, units), *w = ARENA_NEW(keep, double, n);
    for (size_t u = 0; u < units; u++)
        times[rng_below(rng, units)]++;
    for (size_t i = 0; i < n; i++)
        w[i] = (r->rows->w ? r->rows->w[i] : 1) * times[r->how->cluster ? r->how->cluster[i] : i];
    return w;
}

static void one_sample(size_t task, void *context)
{
    const struct resampling *r = context;
    struct arena *scratch = arena_new();
    struct limited_rows rows = *r->rows;
    struct two_part_fit fit;
    double average[2];
    rows.w = drawn_weights(r, task, scratch);
    if (rows.weight_kind == WEIGHT_NONE)
        rows.weight_kind = WEIGHT_FREQUENCY;
    rows.threads = 1;
    two_part_fit(&rows, r->options, &fit, scratch);
    two_part_expected(&fit, r->n, r->any, r->amount_of, NULL, NULL, average, scratch);
    r->average[task] = average[0];
    arena_free(scratch);
}

double two_part_resample(const struct limited_rows *rows, const struct two_part_options *options,
                         size_t n, const struct equation *any, const struct equation *amount_of,
                         const struct two_part_bootstrap *how, double average[], size_t *n_used,
                         struct arena *scratch)
{
    struct resampling r = {rows, options, any, amount_of, n, how, average};
    double *found = ARENA_NEW(scratch, double, how->n_samples);
    workers_run(how->n_samples, how->threads, one_sample, &r);
    *n_used = 0;
    for (size_t t = 0; t < how->n_samples; t++)
        if (isfinite(average[t]))
            found[(*n_used)++] = average[t];
    double m = mean(found, NULL, *n_used);
    double squares = *n_used > 1 ? cross_product(found, m, found, m, NULL, *n_used) : NAN;
    return sqrt(squares / ((double)*n_used - 1));
}
