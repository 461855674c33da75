/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/fractional_polynomial.h"

#include <math.h>

#include "models/base/arena.h"
#include "models/curve/line_sums.h"

#define N_POWERS 8

static const double powers[N_POWERS] = {-2, -1, -0.5, 0, 0.5, 1, 2, 3};

double fractional_power(double x, double power)
{
    if (!(x > 0))
        return NAN;
    return power == 0 ? log(x) : pow(x, power);
}

double fractional_shift(const struct sample *s)
{
    double least = INFINITY;
    if (s->x[0] > 0)
        return 0;
    for (size_t i = 1; i < s->n; i++)
        least = fmin(least, s->x[i] - s->x[i - 1]);
    return least - s->x[0];
}

/* ---- columns, scaled by the roots of the weights ---- */

static double dot(const double *a, const double *b, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += a[i] * b[i];
    return total;
}

/* a less its projection on the unit column u. */
static void sweep(const double *u, size_t n, double *a)
{
    double along = dot(u, a, n);
    for (size_t i = 0; i < n; i++)
        a[i] -= along * u[i];
}

/* To unit length; false where nothing but rounding was left of it. */
static bool normalise(double *a, size_t n, double before)
{
    double length = sqrt(dot(a, a, n));
    if (!(length > 1e-11 * before) || !isfinite(length))
        return false;
    for (size_t i = 0; i < n; i++)
        a[i] /= length;
    return true;
}

struct columns {
    size_t n;
    double *root;               /* [n] sqrt(w) */
    double *unit;               /* [n] sqrt(w) as a column of length one: the intercept */
    double *y;                  /* [n] about its mean */
    double *power[N_POWERS];    /* [n] about their means, of unit length; NULL: not possible */
    double *repeated[N_POWERS]; /* [n] x^p log x */
    double *room, *rest;        /* [n] */
};

static void set_column(struct columns *c, const struct sample *s, double shift, size_t k,
                       struct arena *scratch)
{
    double *column = ARENA_NEW(scratch, double, c->n);
    c->repeated[k] = ARENA_NEW(scratch, double, c->n);
    for (size_t i = 0; i < c->n; i++) {
        column[i] = c->root[i] * fractional_power(s->x[i] + shift, powers[k]);
        c->repeated[k][i] = column[i] * log(s->x[i] + shift);
    }
    double before = sqrt(dot(column, column, c->n));
    sweep(c->unit, c->n, column);
    c->power[k] = normalise(column, c->n, before) ? column : NULL;
}

static struct columns columns_of(const struct sample *s, double shift, struct arena *scratch)
{
    struct columns c = {.n = s->n,
                        .root = ARENA_NEW(scratch, double, s->n),
                        .unit = ARENA_NEW(scratch, double, s->n),
                        .y = ARENA_NEW(scratch, double, s->n),
                        .room = ARENA_NEW(scratch, double, s->n),
                        .rest = ARENA_NEW(scratch, double, s->n)};
    double mean_y = origin_of(s).y;
    for (size_t i = 0; i < s->n; i++) {
        c.root[i] = c.unit[i] = sqrt(sample_weight(s, i));
        c.y[i] = c.root[i] * (s->y[i] - mean_y);
    }
    normalise(c.unit, c.n, 0);
    sweep(c.unit, c.n, c.y);
    for (size_t k = 0; k < N_POWERS; k++)
        set_column(&c, s, shift, k, scratch);
    return c;
}

/* Residual sum of squares on the intercept and powers j <= k, or on j alone. */
static double rss_of(const struct columns *c, size_t j, size_t k, bool second)
{
    if (!c->power[j] || !c->power[k])
        return INFINITY;
    for (size_t i = 0; i < c->n; i++) {
        c->rest[i] = c->y[i];
        c->room[i] = j == k ? c->repeated[j][i] : c->power[k][i];
    }
    sweep(c->power[j], c->n, c->rest);
    if (!second)
        return dot(c->rest, c->rest, c->n);
    double before = sqrt(dot(c->room, c->room, c->n));
    sweep(c->unit, c->n, c->room);
    sweep(c->power[j], c->n, c->room);
    sweep(c->power[j], c->n, c->room);
    if (!normalise(c->room, c->n, before))
        return INFINITY;
    sweep(c->room, c->n, c->rest);
    return dot(c->rest, c->rest, c->n);
}

bool fractional_powers(const struct sample *s, double shift, int degree, double power[])
{
    struct arena *scratch = arena_new();
    struct columns c = columns_of(s, shift, scratch);
    double best = INFINITY;
    for (size_t j = 0; j < N_POWERS; j++)
        for (size_t k = j; k < (degree == 2 ? N_POWERS : j + 1); k++) {
            double rss = rss_of(&c, j, k, degree == 2);
            if (!(rss < best * (1 - 1e-13)))
                continue;
            best = rss;
            power[0] = powers[j];
            if (degree == 2)
                power[1] = powers[k];
        }
    arena_free(scratch);
    return best < INFINITY;
}
