/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/design.h"

#include <assert.h>
#include <math.h>

#include "models/base/sum.h"

struct design *design_new(const double *x, size_t k, size_t p, struct arena *keep)
{
    assert(p >= 1 && k > p);
    struct design *d = ARENA_NEW(keep, struct design, 1);
    *d = (struct design){k,
                         p,
                         x,
                         ARENA_NEW(keep, double, k *p),
                         ARENA_NEW(keep, double, p *p),
                         ARENA_NEW(keep, double, k),
                         ARENA_NEW(keep, double, p)};
    return d;
}

static double product(const double *a, const double *b, size_t n)
{
    return cross_product(a, 0, b, 0, NULL, n);
}

/* Takes the part along a unit vector out of another; gives its length. */
static double take_out(const double *unit, double *from, size_t n)
{
    double along = product(unit, from, n);
    for (size_t i = 0; i < n; i++)
        from[i] -= along * unit[i];
    return along;
}

/* Makes column j orthogonal to those before it and brings it to unit length. */
static bool orthogonalise(const struct design *d, size_t j)
{
    const double dependent = 1e-11;
    double *column = d->q + j * d->k, before = sqrt(product(column, column, d->k));
    for (size_t i = 0; i < j; i++)
        d->r[i * d->p + j] = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < j; i++)
            d->r[i * d->p + j] += take_out(d->q + i * d->k, column, d->k);
    double length = sqrt(product(column, column, d->k));
    if (!(length > dependent * before) || !isfinite(length))
        return false;
    d->r[j * d->p + j] = length;
    for (size_t i = 0; i < d->k; i++)
        column[i] /= length;
    return true;
}

bool design_fit(const struct design *d, const double *y, const double *v, double tau2)
{
    for (size_t i = 0; i < d->k; i++) {
        double root = v ? 1 / sqrt(v[i] + tau2) : 1;
        /* differences from the first effect keep the digits of effects that are close */
        d->rest[i] = root * (y[i] - y[0]);
        for (size_t j = 0; j < d->p; j++)
            d->q[j * d->k + i] = root * d->x[j * d->k + i];
    }
    for (size_t j = 0; j < d->p; j++) {
        if (!orthogonalise(d, j))
            return false;
        d->rotated[j] = 0;
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t j = 0; j < d->p; j++)
            d->rotated[j] += take_out(d->q + j * d->k, d->rest, d->k);
    return true;
}

double design_leverage(const struct design *d, size_t i)
{
    double h = 0;
    for (size_t j = 0; j < d->p; j++)
        h += d->q[j * d->k + i] * d->q[j * d->k + i];
    return h;
}

double design_log_information(const struct design *d)
{
    double sum = 0;
    for (size_t j = 0; j < d->p; j++)
        sum += 2 * log(d->r[j * d->p + j]);
    return sum;
}

/* R b = right */
static void solve(const struct design *d, const double *right, double *b)
{
    for (size_t j = d->p; j-- > 0;) {
        b[j] = right[j];
        for (size_t i = j + 1; i < d->p; i++)
            b[j] -= d->r[j * d->p + i] * b[i];
        b[j] /= d->r[j * d->p + j];
    }
}

void design_coefficients(const struct design *d, double b[], double inverse[],
                         struct arena *scratch)
{
    size_t p = d->p;
    double *unit = ARENA_NEW(scratch, double, p), *root = ARENA_NEW(scratch, double, p *p);
    solve(d, d->rotated, b);
    for (size_t j = 0; j < p; j++) {
        for (size_t i = 0; i < p; i++)
            unit[i] = i == j;
        solve(d, unit, root + j * p); /* column j of R^-1 */
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            struct sum s = {0};
            for (size_t m = 0; m < p; m++)
                sum_add(&s, root[m * p + i] * root[m * p + j]);
            inverse[i * p + j] = sum_value(&s);
        }
}
