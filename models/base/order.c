/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/order.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A value as a whole number of the same order, with its row. */
struct keyed {
    uint64_t key;
    uint32_t row;
};

enum { DIGITS = 8, RADIX = 256, RADIX_FROM = 128 };

static int by_key_then_row(const void *a, const void *b)
{
    const struct keyed *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* IEEE 754 doubles are ordered like their bits, the negative ones backwards; -0 is 0. */
static uint64_t key_of(double x)
{
    uint64_t bits, sign = (uint64_t)1 << 63;
    x += 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

static unsigned digit_of(uint64_t key, unsigned d)
{
    return (unsigned)(key >> 8 * d) & (RADIX - 1);
}

/* One pass of the sort, by digit d; count[] says how many keys have each value of it.
   False if all have the same, and nothing needs to move. */
static bool sort_by_digit(const struct keyed *from, struct keyed *to, size_t n, unsigned d,
                          const uint32_t count[RADIX])
{
    uint32_t next[RADIX], sum = 0;
    if (count[digit_of(from[0].key, d)] == n)
        return false;
    for (size_t v = 0; v < RADIX; v++) {
        next[v] = sum;
        sum += count[v];
    }
    for (size_t i = 0; i < n; i++)
        to[next[digit_of(from[i].key, d)]++] = from[i];
    return true;
}

/* Radix sort from the last digit (Knuth 1998, The Art of Computer Programming 3, sec. 5.2.5):
   it keeps the order of equal keys.  The result stands in k or in other. */
static const struct keyed *sort_by_radix(struct keyed *k, struct keyed *other, size_t n)
{
    uint32_t count[DIGITS][RADIX] = {{0}};
    for (size_t i = 0; i < n; i++)
        for (unsigned d = 0; d < DIGITS; d++)
            count[d][digit_of(k[i].key, d)]++;
    for (unsigned d = 0; d < DIGITS; d++)
        if (sort_by_digit(k, other, n, d, count[d])) {
            struct keyed *swap = k;
            k = other;
            other = swap;
        }
    return k;
}

uint32_t *order_real(const double *x, size_t n, struct arena *keep)
{
    uint32_t *order = ARENA_NEW(keep, uint32_t, n);
    struct keyed *k = ARENA_NEW(keep, struct keyed, n);
    const struct keyed *in_order = k;
    for (size_t i = 0; i < n; i++)
        k[i] = (struct keyed){key_of(x[i]), (uint32_t)i};
    if (n < RADIX_FROM)
        qsort(k, n, sizeof *k, by_key_then_row);
    else
        in_order = sort_by_radix(k, ARENA_NEW(keep, struct keyed, n), n);
    for (size_t i = 0; i < n; i++)
        order[i] = in_order[i].row;
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

double quantile_sorted(const double *x, size_t n, double share)
{
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    return below + 1 < n ? x[below] + (at - (double)below) * (x[below + 1] - x[below]) : x[n - 1];
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
