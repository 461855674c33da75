/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/brier.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

static double squared_loss(double p, double y)
{
    return (p - y) * (p - y);
}

static double log_loss(double p, double y)
{
    return y == 1 ? -log(p) : -log1p(-p);
}

/* The loss of each row of positive weight [n]; the sum, infinite where an event had no chance. */
static double losses_of(const struct predictions *s, double (*loss)(double p, double y),
                        double *out)
{
    struct sum total = {0};
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0) {
            out[i] = loss(s->p[i], s->y[i]);
            sum_add(&total, prediction_weight(s, i) * out[i]);
        }
    return sum_value(&total);
}

/* Of the mean loss over independent rows, or over clusters. */
static double variance_of(const struct predictions *s, const double *loss, double centre,
                          struct arena *scratch)
{
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    struct sample rows = {s->n, s->p, s->y, s->w, sampled ? WEIGHT_SAMPLING : WEIGHT_FREQUENCY};
    double *add = ARENA_NEW(scratch, double, s->n), weight = prediction_totals(s).n;
    double n = sample_size(&rows);
    struct sum squares = {0};
    for (size_t i = 0; i < s->n; i++) {
        double w = prediction_weight(s, i);
        add[i] = w > 0 ? w * (loss[i] - centre) / weight : 0;
        sum_add(&squares, sampled || w == 0 ? add[i] * add[i] : add[i] * add[i] / w);
    }
    if (s->cluster)
        return prediction_cluster_variance(s, add, scratch);
    return n > 1 ? sum_value(&squares) * n / (n - 1) : NAN;
}

static struct mean_loss mean_loss(const struct predictions *s, double (*loss)(double p, double y),
                                  double conf_level)
{
    assert(conf_level > 0 && conf_level < 1);
    enum fit_status status = predictions_status(s, true);
    struct mean_loss m = {status == FIT_CONSTANT ? FIT_OK : status, NAN, NAN, NAN, NAN};
    if (m.status != FIT_OK)
        return m;
    struct arena *scratch = arena_new();
    double *each = ARENA_NEW(scratch, double, s->n), total = losses_of(s, loss, each);
    if (isfinite(total)) {
        m.estimate = total / prediction_totals(s).n;
        m.std_error = sqrt(variance_of(s, each, m.estimate, scratch));
        double half = prediction_critical(s, conf_level, scratch) * m.std_error;
        m.conf_low = half < m.estimate ? m.estimate - half : half * 0;
        m.conf_high = m.estimate + half;
    }
    m.status = isnan(m.estimate) ? FIT_DOMAIN : isnan(m.std_error) ? FIT_TOO_FEW : FIT_OK;
    arena_free(scratch);
    return m;
}

struct mean_loss brier_score(const struct predictions *s, double conf_level)
{
    struct mean_loss m = mean_loss(s, squared_loss, conf_level);
    m.conf_high = m.conf_high > 1 ? 1 : m.conf_high;
    return m;
}

struct mean_loss log_score(const struct predictions *s, double conf_level)
{
    return mean_loss(s, log_loss, conf_level);
}

/* Sums over the rows of a group: squared deviations of p, and products with those of y. */
static void add_within(const struct predictions *s, const struct prediction_runs *runs,
                       const struct prediction_group *g, struct sum *variance,
                       struct sum *covariance)
{
    double rate = g->events / g->n;
    for (size_t k = runs->first[g->first_run]; k < runs->first[g->end_run]; k++) {
        size_t i = runs->row[k];
        double w = prediction_weight(s, i), d = s->p[i] - g->predicted;
        sum_add(variance, w * d * d);
        sum_add(covariance, 2 * w * d * (s->y[i] - rate));
    }
}

struct brier_parts brier_decomposition(const struct predictions *s,
                                       const struct prediction_groups *groups)
{
    struct brier_parts b = {predictions_status(s, true), 0, NAN, NAN, NAN, NAN, NAN, NAN};
    if (b.status != FIT_OK && b.status != FIT_CONSTANT)
        return b;
    struct prediction_totals all = prediction_totals(s);
    struct sum reliability = {0}, resolution = {0}, variance = {0}, covariance = {0}, score = {0};
    double rate = all.events / all.n;
    for (size_t j = 0; j < groups->n; j++) {
        const struct prediction_group *g = &groups->group[j];
        double off = g->predicted - g->events / g->n, out = g->events / g->n - rate;
        sum_add(&reliability, g->n * off * off);
        sum_add(&resolution, g->n * out * out);
        add_within(s, &groups->runs, g, &variance, &covariance);
    }
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0)
            sum_add(&score, prediction_weight(s, i) * squared_loss(s->p[i], s->y[i]));
    b.n_groups = groups->n;
    b.reliability = sum_value(&reliability) / all.n;
    b.resolution = sum_value(&resolution) / all.n;
    b.uncertainty = rate * (1 - rate);
    b.within_variance = sum_value(&variance) / all.n;
    b.within_covariance = sum_value(&covariance) / all.n;
    if (b.status == FIT_OK)
        b.skill = 1 - sum_value(&score) / all.n / b.uncertainty;
    return b;
}

struct spiegelhalter spiegelhalter_test(const struct predictions *s)
{
    enum fit_status status = predictions_status(s, true);
    struct spiegelhalter t = {status == FIT_CONSTANT ? FIT_OK : status, NAN, NAN};
    if (t.status != FIT_OK)
        return t;
    struct sum difference = {0}, variance = {0};
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    for (size_t i = 0; i < s->n; i++) {
        double w = prediction_weight(s, i), p = s->p[i], slope = 1 - 2 * p;
        if (w > 0) {
            sum_add(&difference, w * (s->y[i] - p) * slope);
            sum_add(&variance, (sampled ? w * w : w) * slope * slope * p * (1 - p));
        }
    }
    if (!(sum_value(&variance) > 0)) {
        t.status = FIT_CONSTANT;
        return t;
    }
    t.statistic = sum_value(&difference) / sqrt(sum_value(&variance));
    t.p_value = 2 * gsl_cdf_ugaussian_Q(fabs(t.statistic));
    return t;
}
