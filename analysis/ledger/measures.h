/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_MEASURES_H
#define ANALYSIS_LEDGER_MEASURES_H

#include "analysis/ledger/tally.h"
#include "io/ledger.h"
#include "models/base/err.h"

/* What each respondent bought inside windows of his own.  Several respondents
   may be the same customer (waves, persons of one firm): each has all his lines. */
struct respondents {
    size_t n;
    const int64_t *person;    /* [n] the customer's number, 0 ..; -1: unmatched */
    const int32_t *response;  /* [n] day of the response */
    const int32_t *from, *to; /* [n] the purchase window [from, to); from >= to: empty */
    const int32_t *baseline_from, *baseline_to; /* [n] the baseline window, likewise */
};

/* Per respondent; money in minor units.  The mean gap between purchases in a window
   is (last - first) / (purchase_days - 1). */
struct measures {
    size_t n;
    struct tally_columns window, baseline; /* [n] */
    const int32_t *last_before; /* [n] last sale day before the response; INT32_MIN: none */
    const int32_t *first_ever;  /* [n] first sale day of the whole ledger; INT32_MIN: none */
};

/* The respondents by customer: made once, read by all threads. */
struct measure_index;

const struct measure_index *measure_index_new(const struct respondents *r, struct arena *keep);

/* One thread's tallies; tables merge in any order to the same result. */
struct measure_table;

struct measure_table *measure_table_new(const struct measure_index *index);
void measure_table_free(struct measure_table *t); /* NULL is fine */

/* A sale or return of a customer. */
void measure_table_add(struct measure_table *t, int64_t person, enum ledger_kind kind, int32_t day,
                       int64_t minor, struct document document);

void measure_table_merge(struct measure_table *into, const struct measure_table *from);

/* ERR_VALUE if a sum is beyond 64 bits. */
bool measure_table_result(struct measure_table *t, struct measures *to, struct arena *keep,
                          struct err *err);

#endif
