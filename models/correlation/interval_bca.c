/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"
#include "models/resample/bca.h"

struct resampled {
    const struct correlation *c;
    const struct pairs *p;
};

/* The coefficient of a resample.  A row drawn twice counts twice, with its
   sampling weight if it has one; frequencies are in the counts already. */
static double statistic(const double *count, const void *context, struct arena *scratch)
{
    const struct resampled *r = context;
    const struct pairs *p = r->p;
    if (p->weight_kind != WEIGHT_SAMPLING)
        return r->c->estimate(&p->x, &p->y, count, scratch);
    double *w = ARENA_NEW(scratch, double, p->x.n);
    for (size_t i = 0; i < p->x.n; i++)
        w[i] = p->w[i] * count[i];
    return r->c->estimate(&p->x, &p->y, w, scratch);
}

static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    const struct resampled context = {c, p};
    const struct bca_options bootstrap = {options->conf_level, options->replicates,
                                          options->threads, options->seed};
    struct bca_result b;
    const double *frequency = p->weight_kind == WEIGHT_FREQUENCY ? p->w : NULL;
    bca_interval(statistic, &context, p->x.n, frequency, &bootstrap, &b, scratch);
    result->std_error = b.std_error;
    result->conf_low = b.conf_low;
    result->conf_high = b.conf_high;
    /* All replicates of r = 1 are 1: the interval is the point, as with the others. */
    if (b.status == FIT_CONSTANT) {
        result->conf_low = result->conf_high = result->estimate;
        return FIT_OK;
    }
    return b.status;
}

const struct interval interval_bca = {
    .name = "bca",
    .title = "Bootstrap BCa",
    .source = "Efron (1987), J. Am. Statist. Assoc. 82, 171-185",
    .std_error = "bootstrap standard deviation of the estimate",
    .limits = limits,
};
