/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_ORDER_H
#define MODELS_BASE_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* The order of x[0..n-1]: x[order[0]] <= x[order[1]] <= ... ; equal values keep
   the order of their rows, so the result is unique.  x holds no NaN. */
uint32_t *order_real(const double *x, size_t n, struct arena *keep);

/* A sorted copy of x, ascending. */
double *sorted(const double *x, size_t n, struct arena *keep);

/* Sorts in place, ascending. */
void sort_real(double *x, size_t n);

/* The quantile of a share 0..1 of ascending x[0..n-1], n >= 1: R's type 7 (Hyndman & Fan
   1996, Am. Statist. 50, 361-365). */
double quantile_sorted(const double *x, size_t n, double share);

/* Mid-ranks 1..n: tied values share the mean of their ranks. */
double *ranks(const double *x, size_t n, struct arena *keep);

/* Weighted mid-ranks: a value's rank is the weight below it plus (the weight at
   it + 1) / 2, so that with frequencies it is the rank in the expanded data. */
double *ranks_weighted(const double *x, const double *w, size_t n, struct arena *keep);

/* Number of distinct values of x. */
size_t distinct(const double *x, size_t n, struct arena *scratch);

#endif
