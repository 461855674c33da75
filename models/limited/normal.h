/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_NORMAL_H
#define MODELS_LIMITED_NORMAL_H

/* The standard normal distribution in logarithms, to the ends of the doubles. */

double normal_log_density(double x);
double normal_log_cdf(double x);

/* phi(x) / Phi(x), the derivative of normal_log_cdf. */
double normal_mills(double x);

#endif
