/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/order.h"

#include <stdlib.h>

struct keyed {
    double x;
    uint32_t row;
};

static int by_value_then_row(const void *a, const void *b)
{
    const struct keyed *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

uint32_t *order_real(const double *x, size_t n, struct arena *keep)
{
    struct keyed *k = ARENA_NEW(keep, struct keyed, n);
    uint32_t *order = ARENA_NEW(keep, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        k[i] = (struct keyed){x[i], (uint32_t)i};
    qsort(k, n, sizeof *k, by_value_then_row);
    for (size_t i = 0; i < n; i++)
        order[i] = k[i].row;
    return order;
}

void sort_real(double *x, size_t n)
{
    qsort(x, n, sizeof *x, by_value);
}

double *sorted(const double *x, size_t n, struct arena *keep)
{
    double *copy = arena_copy(keep, x, n, sizeof *x);
    sort_real(copy, n);
    return copy;
}

double *ranks_weighted(const double *x, const double *w, size_t n, struct arena *keep)
{
    double *rank = ARENA_NEW(keep, double, n);
    uint32_t *order = order_real(x, n, keep);
    double below = 0;
    for (size_t i = 0, j; i < n; i = j) {
        double here = 0;
        for (j = i; j < n && x[order[j]] == x[order[i]]; j++)
            here += w ? w[order[j]] : 1;
        for (size_t k = i; k < j; k++)
            rank[order[k]] = below + (here + 1) / 2;
        below += here;
    }
    return rank;
}

double *ranks(const double *x, size_t n, struct arena *keep)
{
    return ranks_weighted(x, NULL, n, keep);
}

size_t distinct(const double *x, size_t n, struct arena *scratch)
{
    const double *s = sorted(x, n, scratch);
    size_t count = n > 0;
    for (size_t i = 1; i < n; i++)
        count += s[i] != s[i - 1];
    return count;
}
