/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_MEASURES_H
#define ANALYSIS_LEDGER_MEASURES_H

#include "analysis/ledger/tally.h"
#include "io/ledger/ledger.h"
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

/* One table in parts, for all threads, as that of the customers: each part of the persons takes
   the chunks in their order. */
struct measure_table;

struct measure_options {
    uint64_t seed;   /* of the documents */
    uint64_t memory; /* bytes; lists of documents beyond it go to a file */
    bool keeps;      /* there can be no second pass */
};

struct measure_table *measure_table_new(const struct respondents *r,
                                        const struct measure_options *options);
void measure_table_free(struct measure_table *t); /* NULL is fine */

/* What a thread needs of its own. */
struct measure_work;

struct measure_work *measure_work_new(struct arena *keep);

/* Counts a chunk's lines for the persons that they stand for, -1 for none.  As
   customer_table_take(), but that a refusal which stands there already stays if its line is
   the earlier one. */
bool measure_table_take(struct measure_table *t, struct measure_work *own,
                        const struct ledger_batch *batch, const int64_t *person,
                        struct ledger_refusal *refusal);

/* As customer_table_again(), and further. */
bool measure_table_again(struct measure_table *t);
uint64_t measure_table_spilled(const struct measure_table *t);

/* ERR_VALUE if what remains after returns is beyond 64 bits; ERR_FILE. */
bool measure_table_result(struct measure_table *t, size_t n_threads, struct measures *to,
                          struct arena *keep, struct err *err);

#endif
