/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_CEILING_H
#define MODELS_CORRELATION_CEILING_H

#include <stddef.h>

/* The largest Pearson correlation that a 0/1 outcome of base rate p can have with
   a normal predictor, phi(Phi^-1(p)) / sqrt(p (1 - p)): reached when everyone
   above a threshold buys and nobody below (Pearson 1909, Biometrika 7, 96-105: the
   factor between biserial and point-biserial r).  NaN unless 0 < p < 1. */
double ceiling_of_rate(double p);

/* The same for y[0..n-1] with weights w (NULL: all one).  NaN unless every y of
   positive weight is 0 or 1 and both occur. */
double ceiling_of_outcome(const double *y, const double *w, size_t n);

#endif
