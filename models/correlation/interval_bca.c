/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/correlation.h"
#include "models/resample/bca.h"

struct resampled {
    const struct correlation *c;
    struct variable x, y; /* of unit deviations: the coefficients do not see the difference */
    const double *w;      /* sampling weights, or NULL */
};

/* The coefficient of a resample.  A row drawn twice counts twice, with its
   sampling weight if it has one; frequencies are in the counts already. */
static double statistic(const double *count, const void *context, struct arena *scratch)
{
    const struct resampled *r = context;
    if (!r->w)
        return r->c->resampled(&r->x, &r->y, count, scratch);
    double *w = ARENA_NEW(scratch, double, r->x.n);
    for (size_t i = 0; i < r->x.n; i++)
        w[i] = r->w[i] * count[i];
    return r->c->resampled(&r->x, &r->y, w, scratch);
}

static struct variable standardised(struct variable v, struct arena *keep)
{
    v.value = unit_deviations(v.value, NULL, v.n, keep);
    return v;
}

static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    if (fabs(result->estimate) == 1) { /* and so is that of each resample */
        result->std_error = 0;
        result->conf_low = result->conf_high = result->estimate;
        return FIT_OK;
    }
    const struct resampled context = {c, standardised(p->x, scratch), standardised(p->y, scratch),
                                      p->weight_kind == WEIGHT_SAMPLING ? p->w : NULL};
    const struct bca_options bootstrap = {options->conf_level, options->replicates,
                                          options->threads, options->seed};
    struct bca_result b;
    const double *frequency = p->weight_kind == WEIGHT_FREQUENCY ? p->w : NULL;
    bca_interval(statistic, &context, p->x.n, frequency, &bootstrap, &b, scratch);
    result->std_error = b.std_error;
    result->conf_low = b.conf_low;
    result->conf_high = b.conf_high;
    return b.status == FIT_OK ? FIT_OK : FIT_TOO_FEW;
}

const struct interval interval_bca = {
    .name = "bca",
    .title = "Bootstrap BCa",
    .source = "Efron (1987), J. Am. Statist. Assoc. 82, 171-185",
    .std_error = "bootstrap standard deviation of the estimate",
    .limits = limits,
};
