/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_CUSTOMERS_H
#define ANALYSIS_LEDGER_CUSTOMERS_H

#include "analysis/ledger/tally.h"
#include "io/ledger.h"
#include "models/base/err.h"

/* All customers of a ledger, by the bytes of their key as written, each with a
   tally over the days [from, to].  One table per thread; in the end they become one. */

/* A customer in a table.  Whoever has a line of any kind is known, with or
   without a sale: a zero buyer is not a missing buyer. */
struct customer {
    char inner[16]; /* the key, when it fits, else in its first bytes its address */
    uint32_t length;
    uint32_t ledger; /* index + 1; 0: not yet asked */
    int64_t person;  /* what resolve() said for `ledger`; -1: nobody who was asked */
    struct tally tally;
};

struct customer_table;

/* A seed from the system, so that no file can be made to collide. */
uint64_t customer_seed(void);

struct customer_table *customer_table_new(uint64_t seed, int32_t from, int32_t to);
void customer_table_free(struct customer_table *t); /* NULL is fine */

/* Counts a batch.  who[i], unless NULL: the customer of line i, NULL for a line
   without key; valid until the table is freed. */
void customer_table_take(struct customer_table *t, const struct ledger_batch *batch,
                         struct customer **who);

/* The documents' seed. */
uint64_t customer_table_seed(const struct customer_table *t);

/* Brings part `part` of all n tables, which are of one seed, together in the first of
   them, and counts it; the others give it up.  Parts may be settled side by side, each
   once, before the result. */
enum { CUSTOMER_PARTS = 16 };

void customer_tables_settle(struct customer_table *const tables[], size_t n, size_t part);

/* The customers sorted by the bytes of their keys. */
struct customers {
    size_t n;
    const char **key;           /* [n], each ended by a NUL */
    const uint64_t *counted;    /* [n] sale and return lines in the bounds; 0: known only */
    struct tally_columns tally; /* [n] */
};

/* All parts are settled.  ERR_VALUE, naming the first such customer, if a sum is beyond 64 bits. */
bool customer_table_result(const struct customer_table *t, struct customers *to, struct arena *keep,
                           struct err *err);

#endif
