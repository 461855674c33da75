/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_DISATTENUATED_H
#define MODELS_CORRELATION_DISATTENUATED_H

#include "models/base/fit.h"

/* A figure with the limits of its interval.  low and high NaN: taken as known. */
struct with_limits {
    double estimate, low, high;
};

/* A correlation corrected for unreliable measurement, r / sqrt(rxx ryy) (Spearman 1904,
   Am. J. Psychol. 15, 72-101).  All limits are of the level that those given have.
   status     FIT_OK; FIT_BEYOND_ONE: the estimate is beyond 1 in size, which is given as
              it is: a reliability is too low, or chance; FIT_DOMAIN: r outside -1..1 or
              a reliability outside 0..1, no figures; FIT_TOO_FEW: r has no limits, no
              interval.
   known_*    r's limits divided by the same root: right where the reliabilities are
              known (Hunter & Schmidt 2015, Methods of Meta-Analysis, ch. 3).
   low, high  with the reliabilities' own errors: the distances from the estimate that r
              and each reliability alone would make at their limits are combined as
              the root of their sum of squares (Zou & Donner 2008, Stat. Med. 27,
              1693-1702, whose sums this is to first order), so the interval stays
              skew where Feldt's is.  The three are taken as independent.  Equal to
              known_* where both reliabilities are known; not bounded by 1. */
struct disattenuated {
    enum fit_status status;
    double estimate, known_low, known_high, low, high;
};

struct disattenuated disattenuated(const struct with_limits *r, const struct with_limits *rxx,
                                   const struct with_limits *ryy);

/* The highest correlation that an outcome of this reliability allows a predictor without
   error: its root, times the ceiling that a 0/1 outcome's base rate puts on r with a
   normal predictor (ceiling.h; NaN: not 0/1).  The product holds where the reliability is
   that of the liability behind the 0/1 outcome. */
double ceiling_of_reliability(double reliability, double rate_ceiling);

#endif
