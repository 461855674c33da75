/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_DESCRIBE_CUSTOMER_LIFE_H
#define ANALYSIS_DESCRIBE_CUSTOMER_LIFE_H

#include "analysis/study/join.h"
#include "models/scale/retention.h"

/* Days of ledger that a period needs before it (to know who was a customer) and
   after it (to see who still is). */
enum { LIFE_SIGHT = 365 };

/* The customers kept over [from, to). */
struct kept_period {
    const char *name; /* "2024", "2023-07-01 to 2024-06-30" */
    int32_t from, to;
    struct retention_counts counts;
    struct proportion rate;
};

/* Customers of the whole ledger, respondents or not. */
struct customer_life {
    size_t n_periods;
    struct kept_period *period; /* [n_periods] */
    int32_t judged;             /* last day of the coverage; DAY_MISSING: no coverage */
    size_t n_irregular;
    struct irregular_buyers irregular[3]; /* [n_irregular] of 2, 3 and 4 cycles */
};

/* Periods are the calendar years that have LIFE_SIGHT days of coverage before and
   after them; if there are none, the stretches of 365 days from the start of the
   coverage that have.  Irregular buyers are judged at the end of the coverage; a
   customer who bought after it is active. */
struct customer_life *customer_life(const struct join *j, double conf_level, struct arena *keep);

/* The tables periods and irregular; min_n marks small ones. */
void customer_life_tables(const struct customer_life *life, const struct join *j, double min_n,
                          struct report_builder *report, struct arena *keep);

#endif
