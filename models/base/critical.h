/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_CRITICAL_H
#define MODELS_BASE_CRITICAL_H

/* Quantiles for intervals.  GSL 2.7's own inverses of chi-square and F fail: its
   gsl_cdf_chisq_Qinv(0.05, 1e5) is off by a third, gsl_cdf_fdist_Qinv(0.025, 2756,
   11024) is NaN, and gsl_cdf_fdist_Q(x, 1e5, 9e5) is off by a quarter.  These hold
   11 digits up to df = 1e6.  Tails and levels are in (0, 1), df > 0. */

/* The value that a chi-square variable falls below, or exceeds, with probability `tail`. */
double chi_square_lower(double tail, double df);
double chi_square_upper(double tail, double df);

/* The same for Fisher's F with df_1 and df_2 degrees of freedom. */
double f_lower(double tail, double df_1, double df_2);
double f_upper(double tail, double df_1, double df_2);

/* Student's t for a two-sided interval, from GSL; the normal's for df infinite, NaN for df <= 0. */
double two_sided_t(double conf_level, double df);

/* The two-sided p-value of such a t; NaN for NaN and df <= 0. */
double two_sided_p(double t, double df);

/* The probability that F exceeds x >= 0. */
double f_exceeds(double x, double df_1, double df_2);

#endif
