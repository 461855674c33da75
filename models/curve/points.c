/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/points.h"

#include <assert.h>
#include <math.h>

#include "models/base/order.h"
#include "models/base/sum.h"

/* The rows of positive weight in the order of x, and where each new x begins. */
static double *sort_rows(const struct sample *s, struct points *p, struct arena *keep)
{
    uint32_t *order = order_real(s->x, s->n, keep);
    double *x = ARENA_NEW(keep, double, s->n), *y = ARENA_NEW(keep, double, s->n);
    double *w = ARENA_NEW(keep, double, s->n);
    size_t *first = ARENA_NEW(keep, size_t, s->n + 1), n = 0;
    uint32_t *row = ARENA_NEW(keep, uint32_t, s->n);
    p->n = 0;
    for (size_t k = 0; k < s->n; k++) {
        size_t i = order[k];
        assert(isfinite(s->x[i]) && isfinite(s->y[i]) && (!s->w || s->w[i] >= 0));
        if (s->w && s->w[i] == 0)
            continue;
        if (n == 0 || s->x[i] != x[n - 1])
            first[p->n++] = n;
        x[n] = s->x[i];
        y[n] = s->y[i];
        row[n] = (uint32_t)i;
        w[n++] = s->w ? s->w[i] : 1;
    }
    first[p->n] = n;
    p->n_rows = n;
    p->first = first;
    p->row = row;
    p->row_y = y;
    p->row_w = w;
    return x;
}

static double sum_of(const double *x, size_t n)
{
    struct sum total = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&total, x[i]);
    return sum_value(&total);
}

/* Sum of w^a r^b, r = y - mean, over the rows of one point. */
static double moment(const struct points *p, size_t j, double mean_y, int a, int b)
{
    struct sum total = {0};
    for (size_t i = p->first[j]; i < p->first[j + 1]; i++) {
        double term = a == 2 ? p->row_w[i] * p->row_w[i] : p->row_w[i];
        for (int k = 0; k < b; k++)
            term *= p->row_y[i] - mean_y;
        sum_add(&total, term);
    }
    return sum_value(&total);
}

static void sums_at_points(const double *row_x, struct points *p, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, p->n), *y = ARENA_NEW(keep, double, p->n);
    double *w = ARENA_NEW(keep, double, p->n), *count = ARENA_NEW(keep, double, p->n);
    double *within = ARENA_NEW(keep, double, p->n), *w2 = ARENA_NEW(keep, double, p->n);
    double *w2r = ARENA_NEW(keep, double, p->n), *w2rr = ARENA_NEW(keep, double, p->n);
    for (size_t j = 0; j < p->n; j++) {
        size_t i = p->first[j], n = p->first[j + 1] - i;
        x[j] = row_x[i];
        y[j] = mean(p->row_y + i, p->row_w + i, n);
        w[j] = moment(p, j, y[j], 1, 0);
        count[j] = p->weight_kind == WEIGHT_FREQUENCY ? w[j] : (double)n;
        within[j] = moment(p, j, y[j], 1, 2);
        w2[j] = moment(p, j, y[j], 2, 0);
        w2r[j] = moment(p, j, y[j], 2, 1);
        w2rr[j] = moment(p, j, y[j], 2, 2);
    }
    p->x = x, p->y = y, p->w = w, p->count = count;
    p->within_at = within, p->w2 = w2, p->w2r = w2r, p->w2rr = w2rr;
}

void points_of(const struct sample *s, struct points *p, struct arena *keep)
{
    *p = (struct points){.weight_kind = s->w ? s->weight_kind : WEIGHT_NONE};
    double *row_x = sort_rows(s, p, keep);
    sums_at_points(row_x, p, keep);
    p->within = sum_of(p->within_at, p->n);
    p->n_obs = sum_of(p->count, p->n);
    double grand = mean(p->row_y, p->row_w, p->n_rows);
    p->total = cross_product(p->row_y, grand, p->row_y, grand, p->row_w, p->n_rows);
    for (size_t i = 0; p->weight_kind == WEIGHT_SAMPLING && i < p->n_rows; i++)
        p->log_w += log(p->row_w[i]);
}

struct sample points_sample(const struct points *p)
{
    return (struct sample){.n = p->n, .x = p->x, .y = p->y, .w = p->w};
}

struct sample points_condensed(const struct points *p, size_t max, struct arena *keep)
{
    if (p->n <= max)
        return points_sample(p);
    double *x = ARENA_NEW(keep, double, max), *y = ARENA_NEW(keep, double, max);
    double *w = ARENA_NEW(keep, double, max);
    for (size_t k = 0; k < max; k++) {
        size_t from = k * p->n / max, n = (k + 1) * p->n / max - from;
        x[k] = mean(p->x + from, p->w + from, n);
        y[k] = mean(p->y + from, p->w + from, n);
        w[k] = sum_of(p->w + from, n);
    }
    return (struct sample){.n = max, .x = x, .y = y, .w = w};
}

double points_log_lik(const struct points *p, double deviance)
{
    double n = p->n_obs;
    return 0.5 * (p->log_w - n * (log(2 * acos(-1)) + 1 + log(deviance / n)));
}
