/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/bootstrap.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "models/base/order.h"
#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/regression/bounded.h"
#include "models/regression/loss.h"
#include "models/regression/robust.h"

/* ---- draws ---- */

static void draw_rows(const struct regression *r, gsl_rng *rng, double *count)
{
    for (size_t i = 0; i < r->n_rows; i++)
        count[rng_below(rng, r->n_rows)]++;
}

static void draw_clusters(const struct regression *r, gsl_rng *rng, double *count,
                          struct arena *scratch)
{
    double *drawn = ARENA_NEW(scratch, double, r->n_clusters);
    for (size_t i = 0; i < r->n_clusters; i++)
        drawn[rng_below(rng, r->n_clusters)]++;
    for (size_t i = 0; i < r->n_rows; i++)
        count[i] = drawn[r->cluster[i]];
}

/* Rows in proportion to their frequencies, by one binomial after the other.  A count is
   what multiplies the frequency. */
static void draw_frequencies(const struct regression *r, gsl_rng *rng, double *count)
{
    unsigned left = (unsigned)r->n_obs;
    double rest = r->n_obs;
    for (size_t i = 0; i < r->n_rows; i++) {
        double share = rest > 0 ? fmin(1, r->row_w[i] / rest) : 1;
        unsigned drawn = left ? gsl_ran_binomial(rng, share, left) : 0;
        count[i] = drawn / r->row_w[i];
        left -= drawn;
        rest -= r->row_w[i];
    }
}

/* ---- one replicate ---- */

static enum fit_status estimate_of(const struct regression *r, const struct curve_options *options,
                                   double b[], struct arena *scratch)
{
    size_t p = r->problem.n_params, n_iter = 0;
    double deviance, scale, *near = arena_copy(scratch, b, p, sizeof *b);
    enum fit_status status = FIT_NO_START;
    if (!r->exact)
        status = least_squares_polish(&r->problem, near, &n_iter, scratch);
    if (status == FIT_CONVERGED && within_bounds(near, options->lower, options->upper, p))
        memcpy(b, near, p * sizeof *b);
    else
        status = regression_squares(r, options, b, &deviance, &n_iter, scratch);
    if (status == FIT_CONVERGED && options->loss && options->loss->weight)
        status = robust_estimate(r, options, b, &scale, &n_iter, scratch);
    return status;
}

static void replicate(const struct regression *r, const struct curve_options *options,
                      const struct bootstrap *how, size_t index, double b[], struct arena *scratch)
{
    gsl_rng *rng = rng_stream(how->seed, rng_mix(how->task, index), scratch);
    double *count = ARENA_NEW(scratch, double, r->n_rows);
    if (r->cluster)
        draw_clusters(r, rng, count, scratch);
    else if (r->kind == WEIGHT_FREQUENCY)
        draw_frequencies(r, rng, count);
    else
        draw_rows(r, rng, count);
    struct regression drawn = regression_counted(r, count, scratch);
    if (estimate_of(&drawn, options, b, scratch) != FIT_CONVERGED)
        for (size_t j = 0; j < r->problem.n_params; j++)
            b[j] = NAN;
}

double *bootstrap_estimates(const struct regression *r, const struct curve_options *options,
                            const struct fit *fit, const struct bootstrap *how, struct arena *keep)
{
    size_t p = fit->n_params;
    if (fit->status != FIT_CONVERGED)
        return NULL;
    double *out = ARENA_NEW(keep, double, how->replicates *p);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < how->replicates; i++) {
        memcpy(out + i * p, fit->estimate, p * sizeof *out);
        replicate(r, options, how, i, out + i * p, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return out;
}

/* ---- limits ---- */

static void percentile(double estimate, double low_quantile, double high_quantile, double *low,
                       double *high)
{
    (void)estimate;
    *low = low_quantile;
    *high = high_quantile;
}

static void basic(double estimate, double low_quantile, double high_quantile, double *low,
                  double *high)
{
    *low = 2 * estimate - high_quantile;
    *high = 2 * estimate - low_quantile;
}

#define X(name, title) const struct bootstrap_limits bootstrap_##name = {#name, name};
BOOTSTRAP_LIMITS_LIST(X)
#undef X

const struct bootstrap_limits *bootstrap_limits_find(const char *name)
{
    static const struct bootstrap_limits *const all[] = {
#define X(word, title) &bootstrap_##word,
        BOOTSTRAP_LIMITS_LIST(X)
#undef X
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}

static double quantile(const double *sorted, size_t n, double probability)
{
    double at = probability * ((double)n + 1);
    if (at <= 1 || at >= (double)n)
        return sorted[at <= 1 ? 0 : n - 1];
    size_t below = (size_t)at;
    return sorted[below - 1] + (at - (double)below) * (sorted[below] - sorted[below - 1]);
}

void bootstrap_summary(double *value, size_t n, double estimate, double conf_level,
                       const struct bootstrap_limits *limits, double *std_error, double *low,
                       double *high)
{
    size_t there = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            value[there++] = value[i];
    *std_error = *low = *high = NAN;
    if (there < 2 || 2 * there < n)
        return;
    double centre = mean(value, NULL, there), tail = (1 - conf_level) / 2;
    *std_error =
        sqrt(cross_product(value, centre, value, centre, NULL, there) / ((double)there - 1));
    sort_real(value, there);
    limits->of(estimate, quantile(value, there, tail), quantile(value, there, 1 - tail), low, high);
}
