/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_NORMAL_H
#define MODELS_BASE_NORMAL_H

/* The standard normal distribution, where small probabilities must keep their digits.
   Limits may be infinite. */

double normal_density(double x);
double normal_cdf(double x);

/* P(a < Z <= b), a <= b, as a difference of the smaller tails: it does not cancel in
   the tails as a difference of distribution functions does. */
double normal_between(double a, double b);

#endif
