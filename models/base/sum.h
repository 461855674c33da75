/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_SUM_H
#define MODELS_BASE_SUM_H

#include <stddef.h>

/* Compensated summation (Neumaier 1974, ZAMM 54, 39-51): exact to a few units
   in the last place whatever the order and the signs of the terms.  The rounding error of each
   addition is Knuth's TwoSum (1998, The Art of Computer Programming 2, sec. 4.2.2), the same
   number without a branch. */
struct sum {
    double high, low;
};

static inline void sum_add(struct sum *s, double x)
{
    double t = s->high + x, from_x = t - s->high;
    s->low += (s->high - (t - from_x)) + (x - from_x);
    s->high = t;
}

static inline double sum_value(const struct sum *s)
{
    return s->high + s->low;
}

/* Mean of x[0..n-1] with weights w (NULL: all one), corrected by a second pass
   over the residuals; NaN for n = 0 or weights of zero. */
double mean(const double *x, const double *w, size_t n);

/* Sum of w (x - mx)(y - my), two-pass, with Neumaier's compensation. */
double cross_product(const double *x, double mx, const double *y, double my, const double *w,
                     size_t n);

#endif
