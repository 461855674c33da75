/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/resample/bca.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/order.h"
#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/base/workers.h"

/* Evaluations that share a thread's memory. */
enum { BLOCK = 64 };

/* Observations are numbered 0..units-1; unit u belongs to row row[u] (NULL: u). */
struct work {
    double (*statistic)(const double *count, const void *context, struct arena *scratch);
    const void *context;
    size_t n_rows, units, n_values;
    const double *frequency;
    const uint32_t *row;
    const uint32_t *shuffled; /* units in random order, for the jackknife's groups */
    uint64_t seed;
    void (*count)(const struct work *work, size_t index, double *count, struct arena *scratch);
    double *value; /* [n_values] */
};

static size_t row_of(const struct work *work, size_t unit)
{
    return work->row ? work->row[unit] : unit;
}

/* The counts of replicate `index`: as many draws with replacement as observations. */
static void resample(const struct work *work, size_t index, double *count, struct arena *scratch)
{
    gsl_rng *rng = rng_stream(work->seed, index, scratch);
    for (size_t u = 0; u < work->units; u++)
        count[row_of(work, rng_below(rng, work->units))]++;
}

/* The counts without the units of group `index`. */
static void leave_out(const struct work *work, size_t index, double *count, struct arena *scratch)
{
    (void)scratch;
    for (size_t i = 0; i < work->n_rows; i++)
        count[i] = work->frequency ? work->frequency[i] : 1;
    for (size_t u = index; u < work->units; u += work->n_values)
        count[row_of(work, work->shuffled ? work->shuffled[u] : u)]--;
}

static void evaluate(size_t block, void *context)
{
    const struct work *work = context;
    struct arena *scratch = arena_new();
    for (size_t i = block * BLOCK; i < (block + 1) * BLOCK && i < work->n_values; i++) {
        arena_reset(scratch);
        double *count = ARENA_NEW(scratch, double, work->n_rows);
        work->count(work, i, count, scratch);
        work->value[i] = work->statistic(count, work->context, scratch);
    }
    arena_free(scratch);
}

static double *evaluate_all(struct work work, size_t n_values, size_t threads, struct arena *keep)
{
    work.n_values = n_values;
    work.value = ARENA_NEW(keep, double, n_values);
    workers_run((n_values + BLOCK - 1) / BLOCK, threads, evaluate, &work);
    return work.value;
}

/* Fisher and Yates's shuffle of 0..n-1, from a stream that no replicate uses. */
static const uint32_t *shuffled(size_t n, uint64_t seed, struct arena *keep)
{
    gsl_rng *rng = rng_stream(seed, UINT64_MAX, keep);
    uint32_t *order = ARENA_NEW(keep, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        size_t j = rng_below(rng, i + 1);
        order[i] = order[j];
        order[j] = (uint32_t)i;
    }
    return order;
}

static const uint32_t *rows_of_units(const double *frequency, size_t n, size_t units,
                                     struct arena *keep)
{
    uint32_t *row = ARENA_NEW(keep, uint32_t, units);
    size_t unit = 0;
    for (size_t i = 0; i < n; i++)
        for (double k = 0; k < frequency[i]; k++)
            row[unit++] = (uint32_t)i;
    return row;
}

static size_t units_of(const double *frequency, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        assert(frequency[i] >= 0 && frequency[i] == floor(frequency[i]));
        total += frequency[i];
    }
    assert(total < UINT32_MAX);
    return (size_t)total;
}

/* Leaves out the NaN; gives the number left. */
static size_t drop_nan(double *value, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            value[kept++] = value[i];
    return kept;
}

double bca_acceleration(const double *jackknife, size_t n)
{
    struct sum total = {0}, squares = {0}, cubes = {0};
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(jackknife[i])) {
            sum_add(&total, jackknife[i]);
            used++;
        }
    double m = sum_value(&total) / (double)used;
    for (size_t i = 0; i < n; i++)
        if (!isnan(jackknife[i])) {
            double d = m - jackknife[i];
            sum_add(&squares, d * d);
            sum_add(&cubes, d * d * d);
        }
    double spread = sum_value(&squares);
    return spread > 0 ? sum_value(&cubes) / (6 * spread * sqrt(spread)) : 0;
}

/* The alpha quantile of t[0..n-1], ascending, interpolated on the normal scale
   (Davison & Hinkley 1997, Bootstrap Methods and their Application, eq. 5.8). */
static double normal_quantile(const double *t, size_t n, double alpha)
{
    double rank = (double)(n + 1) * alpha, k = floor(rank);
    if (k < 1)
        return t[0];
    if (k >= (double)n)
        return t[n - 1];
    double below = t[(size_t)k - 1], above = t[(size_t)k];
    if (k == rank)
        return below;
    double z = gsl_cdf_ugaussian_Pinv(alpha);
    double z0 = gsl_cdf_ugaussian_Pinv(k / (double)(n + 1));
    double z1 = gsl_cdf_ugaussian_Pinv((k + 1) / (double)(n + 1));
    return below + (z - z0) / (z1 - z0) * (above - below);
}

/* Share of the replicates below the estimate, those equal to it by half: where
   the statistic is continuous that is Efron's definition, and where it jumps (a
   share, a tau of few) it does not call a tie a bias. */
static double share_below(const double *t, size_t n, double estimate)
{
    double below = 0;
    for (size_t i = 0; i < n; i++)
        below += t[i] < estimate ? 1 : t[i] == estimate ? 0.5 : 0;
    return below / (double)n;
}

void bca_limits(double *replicate, size_t n, double conf_level, struct bca_result *result)
{
    double a = result->acceleration;
    size_t used = drop_nan(replicate, n);
    result->replicates = used;
    result->std_error = result->bias = result->bias_correction = NAN;
    result->conf_low = result->conf_high = NAN;
    result->status = FIT_TOO_FEW;
    if (used < 2 || used < n / 2)
        return;
    sort_real(replicate, used);
    double m = mean(replicate, NULL, used);
    result->std_error =
        sqrt(cross_product(replicate, m, replicate, m, NULL, used) / (double)(used - 1));
    result->bias = m - result->estimate;
    if (replicate[0] == replicate[used - 1]) {
        result->std_error = 0;
        result->status = FIT_CONSTANT;
        return;
    }
    double z0 = gsl_cdf_ugaussian_Pinv(share_below(replicate, used, result->estimate));
    double z = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2), low = z0 - z, high = z0 + z;
    if (isinf(z0))
        return;
    result->bias_correction = z0;
    low = gsl_cdf_ugaussian_P(z0 + low / (1 - a * low));
    high = gsl_cdf_ugaussian_P(z0 + high / (1 - a * high));
    result->conf_low = normal_quantile(replicate, used, low);
    result->conf_high = normal_quantile(replicate, used, high);
    result->status = FIT_OK;
}

void bca_interval(double (*statistic)(const double *count, const void *context,
                                      struct arena *scratch),
                  const void *context, size_t n, const double *frequency,
                  const struct bca_options *options, struct bca_result *result,
                  struct arena *scratch)
{
    assert(options->conf_level > 0 && options->conf_level < 1);
    struct work work = {.statistic = statistic, .context = context, .n_rows = n, .units = n};
    work.seed = options->seed;
    if (frequency) {
        work.frequency = frequency;
        work.units = units_of(frequency, n);
        work.row = rows_of_units(frequency, n, work.units, scratch);
    }
    *result = (struct bca_result){FIT_TOO_FEW, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (work.units < 2)
        return;
    double *whole = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++)
        whole[i] = frequency ? frequency[i] : 1;
    result->estimate = statistic(whole, context, scratch);
    result->status = FIT_DOMAIN;
    if (isnan(result->estimate))
        return;
    size_t groups = work.units < BCA_JACKKNIFE ? work.units : BCA_JACKKNIFE;
    if (groups < work.units)
        work.shuffled = shuffled(work.units, options->seed, scratch);
    work.count = leave_out;
    result->acceleration =
        bca_acceleration(evaluate_all(work, groups, options->threads, scratch), groups);
    work.count = resample;
    size_t n_replicates = options->replicates ? options->replicates : BCA_REPLICATES;
    double *replicate = evaluate_all(work, n_replicates, options->threads, scratch);
    bca_limits(replicate, n_replicates, options->conf_level, result);
}
