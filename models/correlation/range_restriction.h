/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_RANGE_RESTRICTION_H
#define MODELS_CORRELATION_RANGE_RESTRICTION_H

#include "models/base/fit.h"
#include "models/correlation/disattenuated.h"

/* What a correlation of a selected group would be in the whole (Thorndike 1949,
   Personnel Selection, 169-176).  u = S / s: the standard deviation of the variable that
   selection worked on, in the whole over the selected; u > 1 where selection narrowed it.
   Assumed: a straight line with equal scatter over the whole range. */

/* Case II, selection on one of the two: r u / sqrt(1 - r^2 + r^2 u^2).  NaN unless
   |r| <= 1 and u > 0 is finite. */
double thorndike_case_2(double r, double u);

/* Case III, selection on a third variable z: r_xz and r_yz are the selected group's,
   u is z's.  NaN as above, and where the three are no correlations of one group. */
double thorndike_case_3(double r, double r_xz, double r_yz, double u);

/* Case II with intervals.
   status     FIT_OK; FIT_DOMAIN: r outside -1..1, u not positive or not finite, no
              figures; FIT_TOO_FEW: r has no limits, no interval.
   known_*    r's limits corrected alike: right where u is known.
   low, high  with u's error: combined as disattenuated.h does. */
struct range_corrected {
    enum fit_status status;
    double estimate, known_low, known_high, low, high;
};

struct range_corrected range_corrected(const struct with_limits *r, const struct with_limits *u);

/* u of a whole that is known (a census of all customers) and `sd` of n selected ones with
   the fourth moment m4 = mean of (x - mean)^4: log sd has the standard error
   sqrt((m4 / sd^4 - 1) / (4 n)) whatever the distribution (delta method; Cramer 1946,
   Mathematical Methods of Statistics, 27.4), and the limits are of log u.  NaN where a
   standard deviation is not positive. */
struct with_limits range_ratio(double sd_whole, double sd, double m4, double n, double conf_level);

#endif
