/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_DOUBLED_H
#define MODELS_BASE_DOUBLED_H

#include <math.h>

/* Numbers of about 32 digits: the unevaluated sum of two doubles (Dekker 1971,
   Numer. Math. 18, 224-242), with products by fma (Ogita, Rump & Oishi 2005,
   SIAM J. Sci. Comput. 26, 1955-1988).  Where a part is not finite the high part
   says so, as a double would. */
struct doubled {
    double high, low; /* |low| is at most half a unit in the last place of high */
};

/* Sums and products stand here, to be compiled into the loops over all observations. */

static inline struct doubled doubled_of(double x)
{
    return (struct doubled){x, 0};
}

/* Rounded to a double. */
static inline double doubled_value(struct doubled x)
{
    return x.high + x.low;
}

/* a + b with its rounding error; |a| >= |b|, or either is zero. */
static inline struct doubled doubled_ordered(double a, double b)
{
    double high = a + b;
    return isfinite(high) ? (struct doubled){high, b - (high - a)} : (struct doubled){high, 0};
}

/* The same in any order (Knuth). */
static inline struct doubled doubled_exact(double a, double b)
{
    double high = a + b, part = high - a;
    if (!isfinite(high))
        return (struct doubled){high, 0};
    return (struct doubled){high, (a - (high - part)) + (b - part)};
}

static inline struct doubled doubled_sum(struct doubled a, struct doubled b)
{
    struct doubled high = doubled_exact(a.high, b.high), low = doubled_exact(a.low, b.low);
    high = doubled_ordered(high.high, high.low + low.high);
    return doubled_ordered(high.high, high.low + low.low);
}

static inline struct doubled doubled_difference(struct doubled a, struct doubled b)
{
    return doubled_sum(a, (struct doubled){-b.high, -b.low});
}

static inline struct doubled doubled_product(struct doubled a, struct doubled b)
{
    double high = a.high * b.high;
    if (!isfinite(high))
        return doubled_of(high);
    return doubled_ordered(high, fma(a.high, b.high, -high) + (a.high * b.low + a.low * b.high));
}

struct doubled doubled_ratio(struct doubled a, struct doubled b);

/* x to a whole power, by repeated squaring; of a negative power the reciprocal. */
struct doubled doubled_power(struct doubled x, int power);

#endif
