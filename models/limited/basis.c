/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/basis.h"

#include <math.h>

#include "models/base/sum.h"

enum { FEW_ROWS = 64 };

/* Plain sums of a few rows in four lanes, added with compensation. */
static double weighted_sum(const double *a, const double *b, const double *w, size_t n)
{
    struct sum sum = {0};
    for (size_t from = 0; from < n; from += FEW_ROWS) {
        size_t end = from + FEW_ROWS < n ? from + FEW_ROWS : n, i = from;
        double lane[4] = {0};
        for (; i + 4 <= end; i += 4)
            for (size_t k = 0; k < 4; k++)
                lane[k] += (w ? w[i + k] : 1) * a[i + k] * b[i + k];
        for (; i < end; i++)
            lane[0] += (w ? w[i] : 1) * a[i] * b[i];
        sum_add(&sum, (lane[0] + lane[1]) + (lane[2] + lane[3]));
    }
    return sum_value(&sum);
}

static double total_weight(const double *w, size_t n)
{
    struct sum total = {0};
    for (size_t i = 0; w && i < n; i++)
        sum_add(&total, w[i]);
    return w ? sum_value(&total) : (double)n;
}

/* Column j of x, less its centre. */
static double *column_of(const double *x, const double *w, bool centred, size_t j,
                         struct column_basis *s, struct arena *keep)
{
    double *z = ARENA_NEW(keep, double, s->n);
    for (size_t i = 0; i < s->n; i++)
        z[i] = x[i * s->p + j];
    s->centre[j] = centred ? mean(z, w, s->n) : 0;
    for (size_t i = 0; i < s->n; i++)
        z[i] -= s->centre[j];
    return z;
}

/* Takes the columns before off z, twice; their share goes to the map. */
static void orthogonalise(double *z, double *const *q, double total, const struct column_basis *s,
                          double *map)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < s->rank; k++) {
            double r = weighted_sum(q[k], z, s->w, s->n) / total;
            for (size_t i = 0; i < s->n; i++)
                z[i] -= r * q[k][i];
            for (size_t j = 0; j < s->p; j++)
                map[j] -= r * s->map[j * s->p + k];
        }
}

static void accept(double *z, double length, const double *map, struct column_basis *s, double **q)
{
    for (size_t i = 0; i < s->n; i++)
        z[i] /= length;
    for (size_t j = 0; j < s->p; j++)
        s->map[j * s->p + s->rank] = map[j] / length;
    q[s->rank++] = z;
}

/* From room for p columns to rank ones. */
static void shrink(struct column_basis *s, double *const *q, struct arena *keep)
{
    s->q = ARENA_NEW(keep, double, s->n * s->rank);
    for (size_t k = 0; k < s->rank; k++)
        for (size_t i = 0; i < s->n; i++)
            s->q[i * s->rank + k] = q[k][i];
    for (size_t j = 0; j < s->p; j++)
        for (size_t k = 0; k < s->rank; k++)
            s->map[j * s->rank + k] = s->aliased[j] ? 0 : s->map[j * s->p + k];
}

void basis_of(const double *x, size_t n, size_t p, const double *w, bool centred,
              struct column_basis *basis, struct arena *keep)
{
    double **q = ARENA_NEW(keep, double *, p), *map = ARENA_NEW(keep, double, p);
    *basis = (struct column_basis){.n = n, .p = p, .w = w};
    struct column_basis *s = basis;
    struct arena *columns = arena_new();
    double total = total_weight(w, n);
    s->map = ARENA_NEW(keep, double, p *p);
    s->aliased = ARENA_NEW(keep, bool, p);
    s->centre = ARENA_NEW(keep, double, p);
    s->length = ARENA_NEW(keep, double, p);
    for (size_t j = 0; j < p; j++) {
        double *z = column_of(x, w, centred, j, s, columns);
        s->length[j] = sqrt(weighted_sum(z, z, w, n) / total);
        double whole = hypot(s->length[j], s->centre[j]);
        for (size_t h = 0; h < p; h++)
            map[h] = h == j;
        orthogonalise(z, q, total, s, map);
        double left = sqrt(weighted_sum(z, z, w, n) / total);
        s->aliased[j] = !(left > 1e-11 * whole);
        if (!s->aliased[j])
            accept(z, left, map, s, q);
    }
    shrink(s, q, keep);
    arena_free(columns);
}

void basis_project(const struct column_basis *basis, const double y[], double theta[])
{
    const double *w = basis->w;
    for (size_t k = 0; k < basis->rank; k++) {
        struct sum sum = {0}, total = {0};
        for (size_t i = 0; i < basis->n; i++) {
            double wi = w ? w[i] : 1;
            sum_add(&sum, wi > 0 ? wi * basis->q[i * basis->rank + k] * y[i] : 0);
            sum_add(&total, wi);
        }
        theta[k] = sum_value(&sum) / sum_value(&total);
    }
}
