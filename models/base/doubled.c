/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/doubled.h"

#include <math.h>

struct doubled doubled_ratio(struct doubled a, struct doubled b)
{
    double first = a.high / b.high;
    if (!isfinite(first) || isinf(b.high))
        return doubled_of(first);
    struct doubled rest = doubled_difference(a, doubled_product(b, doubled_of(first)));
    double second = rest.high / b.high;
    rest = doubled_difference(rest, doubled_product(b, doubled_of(second)));
    return doubled_sum(doubled_ordered(first, second), doubled_of(rest.high / b.high));
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
