/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/doubled.h"

#include <math.h>

/* a + b with its rounding error; |a| >= |b|, or either is zero. */
static struct doubled ordered_sum(double a, double b)
{
    double high = a + b;
    return isfinite(high) ? (struct doubled){high, b - (high - a)} : (struct doubled){high, 0};
}

/* The same in any order (Knuth). */
static struct doubled exact_sum(double a, double b)
{
    double high = a + b, part = high - a;
    if (!isfinite(high))
        return (struct doubled){high, 0};
    return (struct doubled){high, (a - (high - part)) + (b - part)};
}

struct doubled doubled_of(double x)
{
    return (struct doubled){x, 0};
}

struct doubled doubled_sum(struct doubled a, struct doubled b)
{
    struct doubled high = exact_sum(a.high, b.high), low = exact_sum(a.low, b.low);
    high = ordered_sum(high.high, high.low + low.high);
    return ordered_sum(high.high, high.low + low.low);
}

struct doubled doubled_difference(struct doubled a, struct doubled b)
{
    return doubled_sum(a, (struct doubled){-b.high, -b.low});
}

struct doubled doubled_product(struct doubled a, struct doubled b)
{
    double high = a.high * b.high;
    if (!isfinite(high))
        return doubled_of(high);
    return ordered_sum(high, fma(a.high, b.high, -high) + (a.high * b.low + a.low * b.high));
}

struct doubled doubled_ratio(struct doubled a, struct doubled b)
{
    double first = a.high / b.high;
    if (!isfinite(first) || isinf(b.high))
        return doubled_of(first);
    struct doubled rest = doubled_difference(a, doubled_product(b, doubled_of(first)));
    double second = rest.high / b.high;
    rest = doubled_difference(rest, doubled_product(b, doubled_of(second)));
    return doubled_sum(ordered_sum(first, second), doubled_of(rest.high / b.high));
}

struct doubled doubled_power(struct doubled x, int power)
{
    struct doubled result = doubled_of(1);
    for (unsigned left = power < 0 ? -(unsigned)power : (unsigned)power; left; left /= 2) {
        if (left % 2)
            result = doubled_product(result, x);
        if (left > 1)
            x = doubled_product(x, x);
    }
    return power < 0 ? doubled_ratio(doubled_of(1), result) : result;
}

double doubled_value(struct doubled x)
{
    return x.high + x.low;
}
