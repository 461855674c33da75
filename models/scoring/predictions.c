/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/predictions.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/base/order.h"
#include "models/base/sum.h"

double prediction_weight(const struct predictions *s, size_t i)
{
    return s->w ? s->w[i] : 1;
}

struct prediction_totals prediction_totals(const struct predictions *s)
{
    struct sum n = {0}, events = {0}, squares = {0};
    for (size_t i = 0; i < s->n; i++) {
        double w = prediction_weight(s, i);
        sum_add(&n, w);
        sum_add(&events, w * s->y[i]);
        sum_add(&squares, w * w);
    }
    struct prediction_totals t = {sum_value(&n), sum_value(&events), sum_value(&n)};
    if (s->w && s->weight_kind == WEIGHT_SAMPLING && t.n > 0)
        t.n_eff = t.n * t.n / sum_value(&squares);
    return t;
}

static bool row_in_domain(const struct predictions *s, size_t i, bool probabilities)
{
    double w = prediction_weight(s, i);
    if (!(w >= 0 && w < INFINITY))
        return false;
    if (w == 0)
        return true;
    if (!(s->y[i] == 0 || s->y[i] == 1) || !isfinite(s->p[i]))
        return false;
    return !probabilities || (s->p[i] >= 0 && s->p[i] <= 1);
}

enum fit_status predictions_status(const struct predictions *s, bool probabilities)
{
    bool event = false, other = false;
    for (size_t i = 0; i < s->n; i++) {
        if (!row_in_domain(s, i, probabilities))
            return FIT_DOMAIN;
        bool counts = prediction_weight(s, i) > 0;
        event |= counts && s->y[i] == 1;
        other |= counts && s->y[i] == 0;
    }
    if (!event && !other)
        return FIT_TOO_FEW;
    return event && other ? FIT_OK : FIT_CONSTANT;
}

double prediction_df(const struct predictions *s, struct arena *scratch)
{
    bool *there = ARENA_NEW(scratch, bool, s->n_clusters);
    double n = 0;
    if (!s->cluster)
        return INFINITY;
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0)
            there[s->cluster[i]] = true;
    for (size_t g = 0; g < s->n_clusters; g++)
        n += there[g];
    return n - 1;
}

double prediction_critical(const struct predictions *s, double conf_level, struct arena *scratch)
{
    double df = prediction_df(s, scratch);
    return isinf(df) ? gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2) : two_sided_t(conf_level, df);
}

double prediction_cluster_variance(const struct predictions *s, const double *add,
                                   struct arena *scratch)
{
    struct sum *of = ARENA_NEW(scratch, struct sum, s->n_clusters), total = {0};
    double df = prediction_df(s, scratch);
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0)
            sum_add(&of[s->cluster[i]], add[i]);
    for (size_t g = 0; g < s->n_clusters; g++)
        sum_add(&total, sum_value(&of[g]) * sum_value(&of[g]));
    return df > 0 ? sum_value(&total) * (df + 1) / df : NAN;
}

/* The rows of positive weight in the order of their p. */
static uint32_t *rows_in_order(const struct predictions *s, size_t *n_rows, struct arena *keep)
{
    double *p = ARENA_NEW(keep, double, s->n);
    uint32_t *used = ARENA_NEW(keep, uint32_t, s->n);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0) {
            p[n] = s->p[i];
            used[n++] = (uint32_t)i;
        }
    uint32_t *order = order_real(p, n, keep);
    for (size_t k = 0; k < n; k++)
        order[k] = used[order[k]];
    *n_rows = n;
    return order;
}

struct prediction_runs prediction_runs(const struct predictions *s, struct arena *keep)
{
    size_t n_rows;
    const uint32_t *row = rows_in_order(s, &n_rows, keep);
    size_t *first = ARENA_NEW(keep, size_t, n_rows + 1), n = 0;
    double *p = ARENA_NEW(keep, double, n_rows), *events = ARENA_NEW(keep, double, n_rows);
    double *others = ARENA_NEW(keep, double, n_rows);
    for (size_t k = 0; k < n_rows; k++) {
        size_t i = row[k];
        if (k == 0 || s->p[i] != p[n - 1]) {
            first[n] = k;
            p[n++] = s->p[i];
        }
        *(s->y[i] == 1 ? &events[n - 1] : &others[n - 1]) += prediction_weight(s, i);
    }
    first[n] = n_rows;
    return (struct prediction_runs){n, n_rows, row, first, p, events, others};
}
