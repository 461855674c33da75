/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/twin/twin.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/outcome/likelihood_covariance.h"

static void twin_new(const char *const *name, size_t k, struct twin *t, struct arena *keep)
{
    const char **own = ARENA_NEW(keep, const char *, k);
    for (size_t j = 0; j < k; j++)
        own[j] = arena_strdup(keep, name[j]);
    *t = (struct twin){.k = k, .name = own, .df = NAN};
    double **of[] = {&t->said_std_error, &t->done_std_error, &t->difference, &t->std_error,
                     &t->statistic,      &t->p_value,        &t->conf_low,   &t->conf_high};
    for (size_t f = 0; f < sizeof of / sizeof *of; f++) {
        *of[f] = ARENA_NEW(keep, double, k);
        for (size_t j = 0; j < k; j++)
            (*of[f])[j] = NAN;
    }
    t->vcov = ARENA_NEW(keep, double, 4 * k * k);
    t->all = (struct wald){FIT_UNIDENTIFIED, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* ---- the tests ---- */

static bool both_exist(const struct twin *t, size_t j)
{
    return isfinite(t->said[j]) && isfinite(t->done[j]);
}

static double cell(const struct twin *t, size_t a, size_t b)
{
    return t->vcov[a * 2 * t->k + b];
}

/* Covariance of the differences of terms i and j. */
static double between(const struct twin *t, size_t i, size_t j)
{
    size_t k = t->k;
    return cell(t, i, j) - cell(t, i, k + j) - cell(t, k + i, j) + cell(t, k + i, k + j);
}

/* A difference that does not vary, but for rounding: of what is the same on both sides. */
static bool is_fixed(const struct twin *t, size_t j)
{
    double sum = cell(t, j, j) + cell(t, t->k + j, t->k + j);
    return !(between(t, j, j) > 1e-13 * sum);
}

static double two_sided(double statistic, double df)
{
    if (isnan(statistic) || !(df > 0))
        return NAN;
    return isinf(df) ? 2 * gsl_cdf_ugaussian_Q(fabs(statistic))
                     : 2 * gsl_cdf_tdist_Q(fabs(statistic), df);
}

static double critical(double conf_level, double df)
{
    return isinf(df) ? gsl_cdf_ugaussian_Pinv(0.5 + conf_level / 2) : two_sided_t(conf_level, df);
}

static void test_term(struct twin *t, size_t j, double conf_level)
{
    double half, variance = between(t, j, j);
    if (is_fixed(t, j))
        return;
    t->std_error[j] = sqrt(variance);
    t->statistic[j] = t->difference[j] / t->std_error[j];
    t->p_value[j] = two_sided(t->statistic[j], t->df);
    half = critical(conf_level, t->df) * t->std_error[j];
    t->conf_low[j] = t->difference[j] - half;
    t->conf_high[j] = t->difference[j] + half;
}

static void test_all(struct twin *t, double clusters, struct arena *scratch)
{
    size_t k = t->k, n = 0;
    double *hypothesis = ARENA_NEW(scratch, double, 2 * k * k);
    double *estimate = ARENA_NEW(scratch, double, 2 * k);
    for (size_t j = 0; j < k; j++) {
        estimate[j] = t->said[j];
        estimate[k + j] = t->done[j];
        if (!both_exist(t, j) || is_fixed(t, j))
            continue;
        hypothesis[n * 2 * k + j] = 1;
        hypothesis[n * 2 * k + k + j] = -1;
        n++;
    }
    if (n > 0)
        wald_test(2 * k, estimate, t->vcov, t->df, n, hypothesis, NULL, &t->all);
    if (t->all.status == FIT_SINGULAR && (double)n > clusters - 1)
        t->all.status = FIT_FEW_CLUSTERS;
}

static void test_terms(struct twin *t, double conf_level, double clusters, struct arena *scratch)
{
    for (size_t j = 0; j < t->k; j++) {
        if (isfinite(t->said[j]))
            t->said_std_error[j] = sqrt(fmax(cell(t, j, j), 0));
        if (isfinite(t->done[j]))
            t->done_std_error[j] = sqrt(fmax(cell(t, t->k + j, t->k + j), 0));
        if (both_exist(t, j))
            test_term(t, j, conf_level);
    }
    test_all(t, clusters, scratch);
}

/* ---- stacked estimating equations ---- */

/* The smallest number of occupied clusters; INFINITY without. */
static double least_clusters(const struct twin_options *o, const struct outcome_data *data,
                             struct arena *scratch)
{
    double least = INFINITY;
    for (size_t way = 0; o->kind->clusters && way < o->clusters->n_ways; way++) {
        bool *seen = ARENA_NEW(scratch, bool, o->clusters->n_clusters[way]);
        double groups = 0;
        for (size_t i = 0; i < data->design->n; i++) {
            bool *at = &seen[o->clusters->code[way][i]];
            groups += !*at && (!data->w || data->w[i] > 0);
            *at = *at || !data->w || data->w[i] > 0;
        }
        least = fmin(least, groups);
    }
    return least;
}

static double observations(const struct outcome_data *data)
{
    double n = 0;
    for (size_t i = 0; i < data->design->n; i++) {
        double w = data->w ? data->w[i] : 1;
        n += data->weight_kind == WEIGHT_FREQUENCY ? w : w > 0;
    }
    return n;
}

static double *side_by_side(const struct contributions *a, const struct contributions *b,
                            struct arena *scratch)
{
    size_t k = a->k;
    double *row = ARENA_NEW(scratch, double, 2 * a->n * k);
    for (size_t i = 0; i < a->n; i++) {
        memcpy(row + 2 * i * k, a->row + i * k, k * sizeof *row);
        memcpy(row + (2 * i + 1) * k, b->row + i * k, k * sizeof *row);
    }
    return row;
}

/* The sum of squares of both sides' rows, or of their sums over clusters: a sandwich whose bread,
   which is in the rows already, is the identity. */
static enum fit_status joint_covariance(const struct contributions *said,
                                        const struct contributions *done,
                                        const struct outcome_data *data, double n_params,
                                        const struct twin_options *o, double *vcov,
                                        struct arena *scratch)
{
    size_t k = 2 * said->k;
    double factor = o->kind->sample(observations(data), n_params);
    struct fit identity = {.n_params = k, .vcov = ARENA_NEW(scratch, double, k *k)};
    const struct score_rows rows = {said->n, side_by_side(said, done, scratch), data->w,
                                    data->weight_kind};
    struct score_clusters by = {0};
    for (size_t j = 0; j < k; j++)
        identity.vcov[j * k + j] = 1;
    if (!(factor > 0) || !isfinite(factor))
        return FIT_TOO_FEW;
    if (o->kind->clusters)
        by = outcome_score_clusters(o->clusters, factor);
    enum fit_status status = score_covariance(&identity, &rows, &by, vcov, scratch);
    for (size_t j = 0; j < k * k; j++)
        vcov[j] *= factor;
    return status;
}

static void take_differences(struct twin *t)
{
    for (size_t j = 0; j < t->k; j++)
        t->difference[j] = t->said[j] - t->done[j];
}

static enum fit_status status_of(const struct contributions *said, const struct contributions *done)
{
    return said->status != FIT_CONVERGED ? said->status : done->status;
}

void twin_compare(const struct contributions *said, const struct contributions *done,
                  const struct outcome_data *data, double n_params,
                  const struct twin_options *options, struct twin *twin, struct arena *keep)
{
    assert(said->n == done->n && said->k == done->k && data->design->n == said->n);
    assert(options->kind->row && (!options->kind->clusters || options->clusters));
    struct arena *scratch = arena_new();
    twin_new(said->name, said->k, twin, keep);
    twin->said = arena_copy(keep, said->estimate, said->k, sizeof *said->estimate);
    twin->done = arena_copy(keep, done->estimate, done->k, sizeof *done->estimate);
    take_differences(twin);
    double least = least_clusters(options, data, scratch);
    twin->df = isinf(least) ? fmin(said->df, done->df) : least - 1;
    enum fit_status status =
        said->k == 0 ? FIT_CONVERGED
                     : joint_covariance(said, done, data, n_params, options, twin->vcov, scratch);
    if (status == FIT_CONVERGED || status == FIT_IMPROPER)
        test_terms(twin, options->conf_level, least, scratch);
    twin->status = status != FIT_CONVERGED ? status
                   : said->k == 0          ? FIT_UNIDENTIFIED
                                           : status_of(said, done);
    arena_free(scratch);
}

/* ---- Zellner ---- */

/* Products of the residuals of two fits, over n - p. */
static double residual_product(const struct glm *a, const struct glm *b)
{
    double sum = 0;
    for (size_t i = 0; i < a->design->n; i++)
        sum += (a->w ? a->w[i] : 1) * (a->design->y[i] - a->mu[i]) * (b->design->y[i] - b->mu[i]);
    return sum / a->fit.df_residual;
}

static void fill_block(const struct glm *glm, size_t row, size_t column, double product,
                       struct twin *t)
{
    size_t first = glm->design->intercept, k = t->k, p = glm->design->p;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            t->vcov[(row * k + i) * 2 * k + column * k + j] =
                product * glm->bread[(first + i) * p + first + j];
}

static const double *in_units(const struct glm *glm, size_t k, double unit, struct arena *keep)
{
    double *estimate = ARENA_NEW(keep, double, k);
    for (size_t j = 0; j < k; j++)
        estimate[j] = glm->fit.estimate[glm->design->intercept + j] / unit;
    return estimate;
}

void twin_zellner(const struct outcome_fit *said, const struct outcome_fit *done, double said_unit,
                  double done_unit, double conf_level, struct twin *twin, struct arena *keep)
{
    const struct glm *a = said->glm, *b = done->glm;
    assert(a && b && a->design->n == b->design->n && a->design->p == b->design->p);
    size_t first = a->design->intercept, k = a->design->p - first;
    struct arena *scratch = arena_new();
    twin_new(a->design->name + first, k, twin, keep);
    twin->said = in_units(a, k, said_unit, keep);
    twin->done = in_units(b, k, done_unit, keep);
    take_differences(twin);
    twin->status = a->fit.status != FIT_CONVERGED ? a->fit.status : b->fit.status;
    if (twin->status == FIT_CONVERGED) {
        double across = residual_product(a, b) / (said_unit * done_unit);
        fill_block(a, 0, 0, residual_product(a, a) / (said_unit * said_unit), twin);
        fill_block(a, 0, 1, across, twin);
        fill_block(a, 1, 0, across, twin);
        fill_block(a, 1, 1, residual_product(b, b) / (done_unit * done_unit), twin);
        twin->df = a->fit.df_residual + b->fit.df_residual;
        test_terms(twin, conf_level, INFINITY, scratch);
    }
    arena_free(scratch);
}
