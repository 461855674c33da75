/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

const struct correlation *const correlations[] = {
#define X(name) &correlation_##name,
    CORRELATION_LIST(X)
#undef X
};
const size_t n_correlations = sizeof correlations / sizeof *correlations;

const struct interval *const intervals[] = {
#define X(name) &interval_##name,
    INTERVAL_LIST(X)
#undef X
};
const size_t n_intervals = sizeof intervals / sizeof *intervals;

const struct correlation *correlation_find(const char *name)
{
    for (size_t i = 0; i < n_correlations; i++)
        if (strcmp(correlations[i]->name, name) == 0)
            return correlations[i];
    return NULL;
}

const struct interval *interval_find(const char *name)
{
    for (size_t i = 0; i < n_intervals; i++)
        if (strcmp(intervals[i]->name, name) == 0)
            return intervals[i];
    return NULL;
}

const struct p_value *const p_values[] = {
#define X(name) &p_value_##name,
    P_VALUE_LIST(X)
#undef X
};
const size_t n_p_values = sizeof p_values / sizeof *p_values;

const struct p_value *p_value_find(const char *name)
{
    for (size_t i = 0; i < n_p_values; i++)
        if (strcmp(p_values[i]->name, name) == 0)
            return p_values[i];
    return NULL;
}

bool interval_defined(const struct interval *interval, const struct correlation *c)
{
    return !interval->defined || interval->defined(c);
}

bool correlation_has_z_variance(const struct correlation *c)
{
    return c->z_variance != NULL;
}

struct correlation_result correlation_missing(enum fit_status status, double n, double n_eff)
{
    return (struct correlation_result){status, n, n_eff, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* Two-sided p-value of Student's t.  The incomplete beta function holds 12 digits
   up to a thousand degrees of freedom; GSL's Cornish-Fisher series, which holds
   only 8 in the tail of few, is better beyond. */
static double student_p(double t, double df)
{
    if (isinf(t))
        return 0;
    if (df <= 1000)
        return gsl_cdf_beta_P(df / (df + t * t), df / 2, 0.5);
    return 2 * gsl_cdf_tdist_Q(fabs(t), df);
}

void correlation_t_test(double r, double df, struct correlation_result *result)
{
    if (!(df > 0))
        return;
    double t = r * sqrt(df / ((1 - r) * (1 + r)));
    result->statistic = t;
    result->df = df;
    result->p_value = student_p(t, df);
}

enum fit_status correlation_z_limits(double variance, double conf_level,
                                     struct correlation_result *result)
{
    if (isnan(variance))
        return FIT_TOO_FEW;
    double z = atanh(result->estimate), quantile = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    result->std_error = sqrt(variance);
    result->conf_low = tanh(z - quantile * result->std_error);
    result->conf_high = tanh(z + quantile * result->std_error);
    return FIT_OK;
}

/* Why there is no coefficient at all, or FIT_OK. */
static enum fit_status obstacle(const struct correlation *c, const struct pairs *p)
{
    if (p->size < 2)
        return FIT_TOO_FEW;
    if (p->x.n_levels < 2 || p->y.n_levels < 2)
        return FIT_CONSTANT;
    if (c->in_domain && !c->in_domain(p))
        return FIT_DOMAIN;
    return FIT_OK;
}

/* Computes the interval, and says how all ended. */
static enum fit_status judge(const struct correlation *c, const struct interval *interval,
                             const struct pairs *p, const struct correlation_options *options,
                             struct correlation_result *result, struct arena *scratch)
{
    if (!(p->effective > (double)c->smallest_n - 1))
        return FIT_TOO_FEW;
    if (fabs(result->estimate) > 1)
        return FIT_DOMAIN;
    if (fabs(result->estimate) == 1 && c->latent_details)
        return FIT_BOUNDARY;
    enum fit_status status = interval->limits(c, p, options, result, scratch);
    return status == FIT_OK && fabs(result->estimate) == 1 ? FIT_PERFECT : status;
}

void correlation_compute(const struct correlation *c, const struct sample *s,
                         const struct correlation_options *options,
                         struct correlation_result *result, struct arena *scratch)
{
    assert(options->conf_level > 0 && options->conf_level < 1);
    const struct interval *interval = options->interval ? options->interval : c->interval;
    assert(interval_defined(interval, c));
    const struct p_value *p_value = options->p_value ? options->p_value : &p_value_default;
    assert(p_value->defined(c));
    struct pairs p = pairs_of(s, scratch);
    *result = correlation_missing(obstacle(c, &p), p.size, p.effective);
    if (result->status == FIT_CONSTANT && c->zero_if_constant)
        result->estimate = 0;
    if (result->status != FIT_OK)
        return;
    result->estimate = c->estimate(&p.x, &p.y, p.w, scratch);
    if (isnan(result->estimate)) {
        result->status = c->latent_details ? FIT_MAX_ITER : FIT_CONSTANT;
        return;
    }
    if (p.effective > 2)
        p_value->test(c, &p, options, result, scratch);
    result->status = judge(c, interval, &p, options, result, scratch);
}
