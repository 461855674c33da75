/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_RELIABILITY_H
#define MODELS_SCALE_RELIABILITY_H

#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* Internal consistency of k items.  Figures that do not exist are NaN.
   status: ok; too few observations (k < 2 or n < 2); no variation (an item is
   constant, and with it std_alpha and its item_rest do not exist, or the sum of the
   items is, and with it alpha does not).
   A negative alpha is an answer: some item should be reversed. */
struct reliability {
    enum fit_status status;
    size_t n_items;
    double n; /* rows, or the sum of the frequencies */
    double alpha, conf_low, conf_high;
    double std_alpha;         /* from the mean correlation of the items */
    double mean_correlation;  /* between items */
    double *item_mean;        /* [n_items] */
    double *item_sd;          /* [n_items] divisor n - 1 */
    double *item_rest;        /* [n_items] correlation with the sum of the other items */
    double *alpha_if_dropped; /* [n_items] NaN for k = 2 */
};

/* Cronbach's alpha (Cronbach 1951, Psychometrika 16, 297-334) of item[n * k], row
   major, complete rows; frequency[n], or NULL when each row counts once.  Interval:
   Feldt 1965, Psychometrika 30, 357-370, F with n - 1 and (n - 1)(k - 1) df. */
struct reliability reliability_alpha(const double *item, const double *frequency, size_t n,
                                     size_t k, double conf_level, struct arena *keep);

/* Spearman-Brown (Spearman 1910, Brit. J. Psychol. 3, 271-295; Brown 1910, ibid. 296-322):
   the reliability k r / (1 + (k - 1) r) of a measure `lengthening` times as long as one of
   reliability r.  Of two items with correlation r, lengthening 2: the reliability of
   their sum if both measure equally well (Eisinga, te Grotenhuis & Pelzer 2013, Int. J.
   Public Health 58, 637-642).  NaN where it is not defined: r outside -1..1, no positive
   length, or a measure that does not vary. */
double spearman_brown(double r, double lengthening);

#endif
