/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/auc.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/base/sum.h"

/* DeLong's placements: the share of the other class that a row is ahead of (an event above a row
   without one), ties half.  The area is their mean, in either class. */
struct placements {
    double *v; /* [s->n], 0 where the weight is 0 */
    double area;
    double weight[2]; /* [class] sums of the weights: 0 others, 1 events */
    double size[2];   /* [class] observations: frequencies, or rows with sampling weights */
};

static struct placements placements_of(const struct predictions *s, struct arena *scratch)
{
    struct prediction_runs runs = prediction_runs(s, scratch);
    struct placements v = {.v = ARENA_NEW(scratch, double, s->n)};
    struct sum area = {0};
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    for (size_t k = 0; k < runs.n_rows; k++) {
        size_t class = s->y[runs.row[k]] == 1;
        v.weight[class] += prediction_weight(s, runs.row[k]);
        v.size[class] += sampled ? 1 : prediction_weight(s, runs.row[k]);
    }
    double others = 0, events = 0; /* below the run */
    for (size_t j = 0; j < runs.n; j++) {
        double event_ahead = (others + runs.others[j] / 2) / v.weight[0];
        double other_behind = (v.weight[1] - events - runs.events[j] / 2) / v.weight[1];
        for (size_t k = runs.first[j]; k < runs.first[j + 1]; k++)
            v.v[runs.row[k]] = s->y[runs.row[k]] == 1 ? event_ahead : other_behind;
        sum_add(&area, runs.events[j] * (others + runs.others[j] / 2));
        others += runs.others[j];
        events += runs.events[j];
    }
    v.area = sum_value(&area) / (v.weight[0] * v.weight[1]);
    return v;
}

/* Of clusters of rows: each row moves the area by its deviation over the weight of its class. */
static double variance_of_clusters(const struct predictions *s, const struct placements *v,
                                   struct arena *scratch)
{
    double *add = ARENA_NEW(scratch, double, s->n);
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0)
            add[i] = prediction_weight(s, i) * (v->v[i] - v->area) / v->weight[s->y[i] == 1];
    return prediction_cluster_variance(s, add, scratch);
}

/* NaN with one observation in a class: over classes, the mean square of the deviations with m - 1,
   over m. */
static double variance_of(const struct predictions *s, const struct placements *v,
                          struct arena *scratch)
{
    struct sum squares[2] = {{0}};
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    if (s->cluster)
        return variance_of_clusters(s, v, scratch);
    for (size_t i = 0; i < s->n; i++) {
        double w = prediction_weight(s, i), d = v->v[i] - v->area;
        if (w > 0)
            sum_add(&squares[s->y[i] == 1], (sampled ? w * w : w) * d * d);
    }
    double total = 0;
    for (size_t class = 0; class < 2; class ++) {
        double m = v->size[class];
        double scale = sampled ? m / (v->weight[class] * v->weight[class]) : 1 / m;
        total += m > 1 ? sum_value(&squares[class]) * scale / (m - 1) : NAN;
    }
    return total;
}

static struct auc area_missing(enum fit_status status)
{
    return (struct auc){status, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* The error is 0 where no row of one class lies between rows of the other, or all are tied. */
static enum fit_status area_status(struct auc *auc)
{
    if (isnan(auc->std_error))
        return FIT_TOO_FEW;
    if (auc->std_error > DBL_EPSILON)
        return FIT_OK;
    auc->std_error = 0;
    auc->estimate = round(2 * auc->estimate) / 2;
    return auc->estimate == 0.5 ? FIT_CONSTANT : FIT_PERFECT;
}

static void area_interval(struct auc *auc, double critical)
{
    double half = critical * auc->std_error, area = auc->estimate;
    double logit = log(area) - log1p(-area), logit_half = half / (area * (1 - area));
    auc->conf_low = fmax(0, area - half);
    auc->conf_high = fmin(1, area + half);
    auc->logit_low = 1 / (1 + exp(logit_half - logit));
    auc->logit_high = 1 / (1 + exp(-logit - logit_half));
}

static struct auc area_of(const struct predictions *s, const struct placements *v,
                          double conf_level, struct arena *scratch)
{
    struct auc auc = area_missing(FIT_OK);
    auc.n = v->size[0] + v->size[1];
    auc.n_events = v->size[1];
    auc.estimate = v->area;
    auc.std_error = sqrt(variance_of(s, v, scratch));
    auc.status = area_status(&auc);
    if (auc.status == FIT_OK)
        area_interval(&auc, prediction_critical(s, conf_level, scratch));
    return auc;
}

struct auc auc_delong(const struct predictions *s, double conf_level, struct arena *scratch)
{
    assert(conf_level > 0 && conf_level < 1);
    enum fit_status status = predictions_status(s, false);
    if (status != FIT_OK)
        return area_missing(status);
    struct placements v = placements_of(s, scratch);
    return area_of(s, &v, conf_level, scratch);
}

static struct auc_difference difference_of(const struct auc *a, const struct auc *b)
{
    enum fit_status status = isnan(a->std_error) ? a->status : FIT_OK;
    if (status == FIT_OK && isnan(b->std_error))
        status = b->status;
    return (struct auc_difference){status, a->estimate - b->estimate, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* df NaN: normal. */
static void test_difference(struct auc_difference *d, double variance, double df, double conf_level)
{
    if (!(variance > DBL_EPSILON * DBL_EPSILON)) {
        d->status = FIT_CONSTANT;
        return;
    }
    double critical =
        isnan(df) ? gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2) : two_sided_t(conf_level, df);
    d->std_error = sqrt(variance);
    d->statistic = d->estimate / d->std_error;
    d->df = df;
    d->p_value = 2 * (isnan(df) ? gsl_cdf_ugaussian_Q(fabs(d->statistic))
                                : gsl_cdf_tdist_Q(fabs(d->statistic), df));
    d->conf_low = d->estimate - critical * d->std_error;
    d->conf_high = d->estimate + critical * d->std_error;
}

struct auc_difference auc_paired(const struct predictions *s, const double *other,
                                 double conf_level, struct arena *scratch)
{
    assert(conf_level > 0 && conf_level < 1);
    struct predictions second = *s;
    second.p = other;
    struct auc a = auc_delong(s, conf_level, scratch);
    struct auc b = auc_delong(&second, conf_level, scratch);
    struct auc_difference d = difference_of(&a, &b);
    if (d.status != FIT_OK)
        return d;
    struct placements v = placements_of(s, scratch), u = placements_of(&second, scratch);
    for (size_t i = 0; i < s->n; i++) /* the placements of the difference */
        v.v[i] -= u.v[i];
    v.area -= u.area;
    double df = prediction_df(s, scratch);
    test_difference(&d, variance_of(s, &v, scratch), isinf(df) ? NAN : df, conf_level);
    return d;
}

struct auc_difference auc_unpaired(const struct auc *a, const struct auc *b, double conf_level)
{
    assert(conf_level > 0 && conf_level < 1);
    struct auc_difference d = difference_of(a, b);
    if (d.status != FIT_OK)
        return d;
    double va = a->std_error * a->std_error, vb = b->std_error * b->std_error;
    double df = (va + vb) * (va + vb) / (va * va / (a->n - 1) + vb * vb / (b->n - 1));
    test_difference(&d, va + vb, df, conf_level);
    return d;
}
