/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/least_squares.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/curve/qr.h"

/* The columns of a design, about their means where there is an intercept: a
   scale far from zero (years, cents) then costs no digits. */
struct centred {
    size_t n, k;    /* rows, columns without the intercept */
    bool intercept; /* column 0 of the design is constant one */
    double total;   /* sum of weights */
    double mean_y;  /* 0 without an intercept */
    double *mean;   /* [k] likewise */
    double *x;      /* [n * k] sqrt(w) (x - mean) */
    double *y;      /* [n] sqrt(w) (y - mean_y) */
};

static bool first_column_is_one(const double *j, size_t n, size_t p)
{
    for (size_t i = 0; i < n; i++)
        if (j[i * p] != 1)
            return false;
    return true;
}

static void centre_column(struct centred *c, const struct least_squares *p, const double *j,
                          size_t k, double *column)
{
    for (size_t i = 0; i < c->n; i++)
        column[i] = j[i * p->n_params + k + c->intercept];
    c->mean[k] = c->intercept ? mean(column, p->w, c->n) : 0;
    for (size_t i = 0; i < c->n; i++)
        c->x[i * c->k + k] = (p->w ? sqrt(p->w[i]) : 1) * (column[i] - c->mean[k]);
}

static void centre(struct centred *c, const struct least_squares *p, struct arena *scratch)
{
    double *j = ARENA_NEW(scratch, double, p->n * p->n_params);
    double *zero = ARENA_NEW(scratch, double, p->n_params);
    double *column = ARENA_NEW(scratch, double, p->n);
    p->jacobian(p->context, zero, j);
    c->n = p->n;
    c->intercept = first_column_is_one(j, p->n, p->n_params);
    c->k = p->n_params - c->intercept;
    c->mean = ARENA_NEW(scratch, double, c->k);
    c->x = ARENA_NEW(scratch, double, c->n * c->k);
    c->y = ARENA_NEW(scratch, double, c->n);
    c->mean_y = c->intercept ? mean(p->y, p->w, p->n) : 0;
    c->total = 0;
    for (size_t i = 0; i < p->n; i++) {
        c->total += p->w ? p->w[i] : 1;
        c->y[i] = (p->w ? sqrt(p->w[i]) : 1) * (p->y[i] - c->mean_y);
    }
    for (size_t k = 0; k < c->k; k++)
        centre_column(c, p, j, k, column);
}

/* From the slopes' (X'WX)^-1 to that of all coefficients. */
static void spread_inverse(const struct centred *c, const double *slopes, double inverse[])
{
    size_t p = c->k + c->intercept, shift = c->intercept;
    for (size_t i = 0; i < c->k; i++)
        for (size_t j = 0; j < c->k; j++)
            inverse[(i + shift) * p + j + shift] = slopes[i * c->k + j];
    if (!c->intercept)
        return;
    inverse[0] = 1 / c->total;
    for (size_t i = 0; i < c->k; i++) {
        double covariance = 0;
        for (size_t j = 0; j < c->k; j++)
            covariance -= slopes[i * c->k + j] * c->mean[j];
        inverse[i + 1] = inverse[(i + 1) * p] = covariance;
        inverse[0] -= covariance * c->mean[i];
    }
}

enum fit_status least_squares_linear(const struct least_squares *p, double b[], double inverse[],
                                     struct arena *scratch)
{
    struct centred c;
    struct qr qr;
    centre(&c, p, scratch);
    double *slopes = ARENA_NEW(scratch, double, c.k *c.k);
    if (c.k == 0 || c.n < c.k || !qr_of(c.x, c.n, c.k, &qr, scratch))
        return FIT_SINGULAR;
    qr_rotate(&qr, c.y);
    qr_coefficients(&qr, c.y, b + c.intercept);
    if (c.intercept) {
        b[0] = c.mean_y;
        for (size_t k = 0; k < c.k; k++)
            b[0] -= b[k + 1] * c.mean[k];
    }
    qr_inverse(&qr, slopes, scratch);
    spread_inverse(&c, slopes, inverse);
    return FIT_CONVERGED;
}
