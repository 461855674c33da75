/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_SUM_H
#define MODELS_BASE_SUM_H

#include <stddef.h>

/* Compensated summation (Neumaier 1974, ZAMM 54, 39-51): exact to a few units
   in the last place whatever the order and the signs of the terms. */
struct sum {
    double high, low;
};

void sum_add(struct sum *s, double x);
double sum_value(const struct sum *s);

/* Mean of x[0..n-1] with weights w (NULL: all one), corrected by a second pass
   over the residuals; NaN for n = 0 or weights of zero. */
double mean(const double *x, const double *w, size_t n);

/* Sum of w (x - mx)(y - my), two-pass, with Neumaier's compensation. */
double cross_product(const double *x, double mx, const double *y, double my, const double *w,
                     size_t n);

#endif
