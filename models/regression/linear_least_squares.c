/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/regression/least_squares.h"
#include "models/regression/qr.h"

#define MAX_REFINEMENTS 20
#define NOTHING 1e-24 /* of the first step */

/* The columns of a design, about their means where one of them is constant one:
   a scale far from zero (years, cents) then costs no digits.  To twice the
   digits of a double, so that the residuals of a nearly exact or nearly singular
   problem are known. */
struct centred {
    size_t n, k;          /* rows, columns without the intercept */
    bool about_mean;      /* there is a column of ones, */
    size_t intercept;     /* this one; else n_params */
    double total;         /* sum of weights */
    struct doubled *mean; /* [k]; zero without an intercept */
    struct doubled mean_y;
    struct doubled *x; /* [n * k] sqrt(w) (x - mean) */
    struct doubled *y; /* [n] sqrt(w) (y - mean_y) */
};

static double weight(const struct least_squares *p, size_t i)
{
    return p->w ? p->w[i] : 1;
}

static size_t column_of_ones(const struct doubled *j, size_t n, size_t p)
{
    for (size_t k = 0; k < p; k++) {
        size_t i = 0;
        while (i < n && j[i * p + k].high == 1 && j[i * p + k].low == 0)
            i++;
        if (i == n)
            return k;
    }
    return p;
}

/* mean = offset + j b */
static void design_of(const struct least_squares *p, struct doubled *offset, struct doubled *j,
                      struct arena *scratch)
{
    if (p->design) {
        p->design(p->context, offset, j);
        return;
    }
    size_t cells = p->n * p->n_params;
    double *rounded = ARENA_NEW(scratch, double, cells);
    p->jacobian(p->context, ARENA_NEW(scratch, double, p->n_params), rounded);
    for (size_t i = 0; i < cells; i++)
        j[i] = doubled_of(rounded[i]);
}

/* Takes the weighted mean off column[0], column[stride], ... and weights it. */
static struct doubled centre_column(const struct least_squares *p, bool about_mean,
                                    struct doubled *column, size_t stride)
{
    struct doubled sum = {0}, total = {0};
    for (size_t i = 0; about_mean && i < p->n; i++) {
        struct doubled w = doubled_of(weight(p, i));
        sum = doubled_sum(sum, doubled_product(w, column[i * stride]));
        total = doubled_sum(total, w);
    }
    struct doubled mean = about_mean ? doubled_ratio(sum, total) : sum;
    for (size_t i = 0; i < p->n; i++)
        column[i * stride] = doubled_product(doubled_of(sqrt(weight(p, i))),
                                             doubled_difference(column[i * stride], mean));
    return mean;
}

static void centre(struct centred *c, const struct least_squares *p, struct arena *scratch)
{
    size_t width = p->n_params;
    struct doubled *j = ARENA_NEW(scratch, struct doubled, p->n * width);
    c->y = ARENA_NEW(scratch, struct doubled, p->n); /* the offset, to begin with */
    design_of(p, c->y, j, scratch);
    c->n = p->n;
    c->intercept = column_of_ones(j, p->n, width);
    c->about_mean = c->intercept < width;
    c->k = width - c->about_mean;
    c->mean = ARENA_NEW(scratch, struct doubled, c->k);
    c->x = ARENA_NEW(scratch, struct doubled, c->n * c->k);
    for (size_t i = 0; i < p->n; i++) {
        c->total += weight(p, i);
        c->y[i] = doubled_difference(doubled_of(p->y[i]), c->y[i]);
        for (size_t k = 0; k < c->k; k++)
            c->x[i * c->k + k] = j[i * width + k + (k >= c->intercept)];
    }
    c->mean_y = centre_column(p, c->about_mean, c->y, 1);
    for (size_t k = 0; k < c->k; k++)
        c->mean[k] = centre_column(p, c->about_mean, c->x + k, c->k);
}

/* The solution of  r + X b = y, X'r = z. */
struct solution {
    const struct doubled *y; /* [n] */
    const double *z;         /* [k] */
    struct doubled *b;       /* [k] */
    struct doubled *r;       /* [n] */
};

/* What the solution leaves: f = y - r - X b [n] and g = z - X'r [k]. */
static void remainders(const struct centred *c, const struct solution *s, double f[], double g[],
                       struct doubled *sums)
{
    for (size_t k = 0; k < c->k; k++)
        sums[k] = doubled_of(s->z[k]);
    for (size_t i = 0; i < c->n; i++) {
        struct doubled rest = doubled_difference(s->y[i], s->r[i]);
        for (size_t k = 0; k < c->k; k++) {
            struct doubled x = c->x[i * c->k + k];
            rest = doubled_difference(rest, doubled_product(x, s->b[k]));
            sums[k] = doubled_difference(sums[k], doubled_product(x, s->r[i]));
        }
        f[i] = doubled_value(rest);
    }
    for (size_t k = 0; k < c->k; k++)
        g[k] = doubled_value(sums[k]);
}

/* Iterative refinement of both the coefficients and the residuals (Bjorck 1967,
   BIT 7, 257-278): the first round is plain QR, each further one gains as many
   digits as QR has right, whatever the size of the residuals.  It ends where the next step, smaller
   by the same factor again, would change nothing. */
static void refine(const struct centred *c, const struct qr *qr, struct solution *s,
                   struct arena *scratch)
{
    double *f = ARENA_NEW(scratch, double, c->n), *g = ARENA_NEW(scratch, double, c->k);
    double *h = ARENA_NEW(scratch, double, c->k), *step = ARENA_NEW(scratch, double, c->k);
    struct doubled *sums = ARENA_NEW(scratch, struct doubled, c->k);
    double before = INFINITY, first = 0;
    for (size_t round = 0; round < MAX_REFINEMENTS; round++) {
        double size = 0;
        remainders(c, s, f, g, sums);
        qr_rotate(qr, f);
        qr_project(qr, g, h);
        for (size_t k = 0; k < c->k; k++) {
            f[k] -= h[k];
            size = hypot(size, f[k]);
        }
        if (!(size < before / 2))
            return;
        bool last = size * (size / before) < NOTHING * first;
        first = round == 0 ? size : first;
        before = size;
        qr_coefficients(qr, f, step);
        for (size_t k = 0; k < c->k; k++) {
            s->b[k] = doubled_sum(s->b[k], doubled_of(step[k]));
            f[k] = h[k];
        }
        qr_rotate_back(qr, f);
        for (size_t i = 0; i < c->n; i++)
            s->r[i] = doubled_sum(s->r[i], doubled_of(f[i]));
        if (last)
            return;
    }
}

/* Does QR leave the inverse fewer than about ten digits? */
static bool ill_conditioned(const struct qr *qr)
{
    for (size_t k = 0; k < qr->k; k++)
        if (fabs(qr->a[k * qr->k + k]) < 1e-5)
            return true;
    return false;
}

/* (X'X)^-1: by R^-1 R^-T, or where that is poor column by column, as minus the
   coefficients for y = 0 and z a unit vector. */
static void inverse_of_slopes(const struct centred *c, const struct qr *qr, double *inverse,
                              struct arena *scratch)
{
    struct solution s = {.y = ARENA_NEW(scratch, struct doubled, c->n)};
    qr_inverse(qr, inverse, scratch);
    for (size_t k = 0; k < c->k && ill_conditioned(qr); k++) {
        double *unit = ARENA_NEW(scratch, double, c->k);
        unit[k] = 1;
        s.z = unit;
        s.b = ARENA_NEW(scratch, struct doubled, c->k);
        s.r = ARENA_NEW(scratch, struct doubled, c->n);
        refine(c, qr, &s, scratch);
        for (size_t j = 0; j < c->k; j++)
            inverse[j * c->k + k] = -doubled_value(s.b[j]);
    }
}

/* From the slopes' (X'WX)^-1 to that of all coefficients. */
static void spread_inverse(const struct centred *c, const double *slopes, double inverse[])
{
    size_t k = c->k, at = c->intercept, p = k + c->about_mean;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            inverse[(i + (i >= at)) * p + j + (j >= at)] = slopes[i * k + j];
    if (!c->about_mean)
        return;
    struct doubled level = doubled_of(1 / c->total);
    for (size_t i = 0; i < k; i++) {
        size_t row = i + (i >= at);
        struct doubled covariance = doubled_of(0);
        for (size_t j = 0; j < k; j++)
            covariance = doubled_difference(
                covariance, doubled_product(doubled_of(slopes[i * k + j]), c->mean[j]));
        inverse[row * p + at] = inverse[at * p + row] = doubled_value(covariance);
        level = doubled_difference(level, doubled_product(covariance, c->mean[i]));
    }
    inverse[at * p + at] = doubled_value(level);
}

static void give_coefficients(const struct centred *c, const struct solution *s, double b[])
{
    struct doubled level = c->mean_y;
    for (size_t k = 0; k < c->k; k++) {
        b[k + (k >= c->intercept)] = doubled_value(s->b[k]);
        level = doubled_difference(level, doubled_product(s->b[k], c->mean[k]));
    }
    if (c->about_mean)
        b[c->intercept] = doubled_value(level);
}

enum fit_status least_squares_linear(const struct least_squares *p, double b[], double *deviance,
                                     double inverse[], struct arena *scratch)
{
    struct centred c = {0};
    struct qr qr;
    centre(&c, p, scratch);
    struct solution s = {.y = c.y,
                         .z = ARENA_NEW(scratch, double, c.k),
                         .b = ARENA_NEW(scratch, struct doubled, c.k),
                         .r = c.y};
    double *slopes = ARENA_NEW(scratch, double, c.k *c.k);
    if (c.k > 0) {
        double *x = ARENA_NEW(scratch, double, c.n *c.k);
        for (size_t i = 0; i < c.n * c.k; i++)
            x[i] = doubled_value(c.x[i]);
        if (c.n < c.k || !qr_of(x, c.n, c.k, &qr, scratch))
            return FIT_SINGULAR;
        if (inverse)
            inverse_of_slopes(&c, &qr, slopes, scratch);
        if (b) {
            s.r = ARENA_NEW(scratch, struct doubled, c.n);
            refine(&c, &qr, &s, scratch);
        }
    }
    if (inverse)
        spread_inverse(&c, slopes, inverse);
    if (!b)
        return FIT_CONVERGED;
    give_coefficients(&c, &s, b);
    struct doubled total = doubled_of(p->fixed);
    for (size_t i = 0; i < c.n; i++)
        total = doubled_sum(total, doubled_product(s.r[i], s.r[i]));
    *deviance = doubled_value(total);
    return FIT_CONVERGED;
}
