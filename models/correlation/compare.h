/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_COMPARE_H
#define MODELS_CORRELATION_COMPARE_H

#include "models/base/fit.h"

/* Two Pearson correlations of one sample that share a variable: j with k and j
   with h ("does k predict j better than h?"). */
struct overlapping {
    double jk, jh, kh; /* the three correlations, each in (-1, 1) */
    double n;          /* complete triples */
};

/* status: ok; too few observations (n < 4); singular information (the three
   correlations cannot stand together: |R| <= 0). */
struct overlapping_test {
    enum fit_status status;
    double difference; /* jk - jh */
    double statistic, df, p_value;
    double conf_low, conf_high;
};

/* Williams's t, df = n - 3 (Williams 1959, J. R. Stat. Soc. B 21, 396-399, in the form of Steiger
   1980, Psych. Bull. 87, 245-251, eq. 7), with Zou's interval for the difference
   (Zou 2007, Psych. Methods 12, 399-413, eqs. 4 and 15). */
struct overlapping_test compare_overlapping(const struct overlapping *r, double conf_level);

#endif
