/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/columns.h"

#include <float.h>
#include <math.h>

#include "models/base/sum.h"
#include "models/regression/least_squares.h"
#include "models/regression/qr.h"

double points_square(const struct points *p, size_t j, double gap)
{
    return p->w2rr[j] + 2 * gap * p->w2r[j] + gap * gap * p->w2[j];
}

bool points_perfect(const struct points *p, double deviance)
{
    double size = 0;
    for (size_t j = 0; j < p->n; j++)
        size += p->w[j] * p->y[j] * p->y[j];
    return deviance <= size * 4096 * DBL_EPSILON * DBL_EPSILON;
}

/* FIT_OK, or why there is nothing to estimate. */
static enum fit_status obstacle(const struct points *p, size_t k)
{
    if (p->n_obs <= (double)k)
        return FIT_TOO_FEW;
    if (p->n == 1 || !(p->total > 0))
        return FIT_CONSTANT;
    return p->n < k ? FIT_TOO_FEW : FIT_OK;
}

/* The sandwich of the inverse: the meat is summed over the rows by points. */
static void robust(const struct points *p, const double *columns, size_t k, const double *gap,
                   const double *inverse, double *vcov, struct arena *scratch)
{
    double *meat = ARENA_NEW(scratch, double, k *k);
    for (size_t j = 0; j < p->n; j++)
        for (size_t i = 0; i < k * k; i++)
            meat[i] +=
                points_square(p, j, gap[j]) * columns[j * k + i / k] * columns[j * k + i % k];
    sandwich_of(inverse, meat, k, vcov, scratch);
}

/* Coefficients of y about its mean, the mean being added to the constant's. */
static bool solve(const struct points *p, const double *columns, struct columns_fit *out,
                  double *inverse, struct arena *scratch)
{
    size_t k = out->k;
    double *a = ARENA_NEW(scratch, double, p->n *k), *y = ARENA_NEW(scratch, double, p->n);
    double grand = mean(p->y, p->w, p->n);
    struct qr qr;
    for (size_t j = 0; j < p->n; j++) {
        for (size_t i = 0; i < k; i++)
            a[j * k + i] = sqrt(p->w[j]) * columns[j * k + i];
        y[j] = sqrt(p->w[j]) * (p->y[j] - grand);
    }
    if (!qr_of(a, p->n, k, &qr, scratch))
        return false;
    qr_rotate(&qr, y);
    qr_coefficients(&qr, y, out->estimate);
    qr_inverse(&qr, inverse, scratch);
    out->estimate[0] += grand / columns[0];
    return true;
}

static void figures(const struct points *p, const double *columns, const double *inverse,
                    struct columns_fit *out, struct arena *scratch)
{
    size_t k = out->k;
    double *gap = ARENA_NEW(scratch, double, p->n);
    struct sum deviance = {p->within, 0};
    for (size_t j = 0; j < p->n; j++) {
        double fitted = 0;
        for (size_t i = 0; i < k; i++)
            fitted += columns[j * k + i] * out->estimate[i];
        gap[j] = p->y[j] - fitted;
        sum_add(&deviance, p->w[j] * gap[j] * gap[j]);
    }
    out->deviance = sum_value(&deviance);
    if (points_perfect(p, out->deviance)) {
        out->status = FIT_PERFECT;
        return;
    }
    for (size_t i = 0; i < k * k; i++)
        out->vcov[i] = out->deviance / out->df_residual * inverse[i];
    if (p->weight_kind == WEIGHT_SAMPLING)
        robust(p, columns, k, gap, inverse, out->vcov, scratch);
}

void columns_fit_of(const struct points *p, const double *columns, size_t k,
                    struct columns_fit *out, struct arena *keep)
{
    *out = (struct columns_fit){.status = obstacle(p, k),
                                .k = k,
                                .estimate = ARENA_NEW(keep, double, k),
                                .vcov = ARENA_NEW(keep, double, k *k),
                                .deviance = NAN,
                                .df_residual = p->n_obs - (double)k};
    for (size_t i = 0; i < k * k; i++)
        out->vcov[i] = out->estimate[i / k] = NAN;
    if (out->status != FIT_OK)
        return;
    double *inverse = ARENA_NEW(keep, double, k *k);
    if (solve(p, columns, out, inverse, keep))
        figures(p, columns, inverse, out, keep);
    else
        out->status = FIT_SINGULAR;
}

void columns_fit_parabola(const struct points *p, struct columns_fit *out, struct arena *keep)
{
    double *columns = ARENA_NEW(keep, double, 3 * p->n);
    double low = p->n ? p->x[0] : 0, half = p->n ? (p->x[p->n - 1] - low) / 2 : 0;
    for (size_t j = 0; j < p->n; j++) {
        double t = ((p->x[j] - low) - half) / half;
        columns[3 * j] = 1;
        columns[3 * j + 1] = t;
        columns[3 * j + 2] = t * t;
    }
    columns_fit_of(p, columns, 3, out, keep);
}
