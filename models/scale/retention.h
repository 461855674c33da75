/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_RETENTION_H
#define MODELS_SCALE_RETENTION_H

#include <stddef.h>
#include <stdint.h>

#include "models/scale/proportion.h"

/* Customers at the ends of a period. */
struct retention_counts {
    double start;    /* customers at its start */
    double acquired; /* of those at its end, the ones who came during it */
    double end;      /* customers at its end */
};

/* Counts from the first and last purchase day of each of n customers.  A customer
   is one on a day if he has bought before it and buys on it or later:
   first < day <= last.  So the ledger must reach well beyond `to`: who buys rarely
   looks lost near its end (right-censoring).  from < to; days since 1970-01-01. */
struct retention_counts retention_counts(const int32_t first[], const int32_t last[], size_t n,
                                         int32_t from, int32_t to);

/* Retention rate (end - acquired) / start with Wilson's interval on start.
   status: ok; too few observations (start = 0); outside the domain (counts that
   contradict each other: more kept than there were). */
struct proportion retention_rate(const struct retention_counts *c, double conf_level);

/* Buyers without a contract at day `day`: a customer with the mean gap
   g = (last - first) / (purchase_days - 1) counts as active while he has been silent
   for no more than `cycles` of his own gaps: day - last <= cycles * g. */
struct irregular_buyers {
    double cycles;
    size_t n_judged;          /* customers with two purchase days or more */
    size_t n_active;          /* of these */
    size_t n_one_purchase;    /* one purchase day only: no gap, not judged */
    struct proportion active; /* n_active / n_judged */
};

/* Equal-length arrays of n customers: purchase_days[i] >= 1 distinct days,
   first[i] <= last[i] <= day; first = last with one day only.  cycles > 0 (2, 3, 4).
   With exponential gaps exp(-cycles) of the customers who are still active are
   called lost: 13.5, 5.0 and 1.8 %. */
struct irregular_buyers irregular_buyers(const int32_t first[], const int32_t last[],
                                         const uint32_t purchase_days[], size_t n, int32_t day,
                                         double cycles, double conf_level);

#endif
