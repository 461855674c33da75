/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_CUSTOMERS_H
#define ANALYSIS_LEDGER_CUSTOMERS_H

#include "analysis/ledger/tally.h"
#include "io/ledger/ledger.h"
#include "models/base/err.h"

/* All customers of a ledger, by the bytes of their key as written (or of its owner), each with a
   tally over the days [from, to].  One table in parts, for all threads: the lines of a
   chunk are sorted by part, and each part takes the chunks in their order.  So no
   table has to be merged, and documents are seen in the order of the file.
   Whoever has a line of any kind is known, with or without a sale: a zero buyer is
   not a missing buyer. */
struct customer_table;

struct customer_options {
    int32_t from, to; /* days that are counted, both included */
    uint64_t memory;  /* bytes; lists of documents beyond it go to a file */
    bool keeps;       /* there can be no second pass: lists are kept */

    /* NULL, or: the person that a raw key of a ledgers entry stands for, -1 for none.  Asked
       by several threads at once; `scratch` is the asking thread's. */
    int64_t (*resolve)(void *context, size_t ledger, const char *key, size_t length,
                       struct arena *scratch);
    void *resolve_context;
    bool persons_only; /* customers who are none are passed over, and are not known */

    /* NULL, or: the key of the customer whose a raw key is, so that several keys may be one
       customer's, who then has one tally: a part of it, or a text in scratch.  Asked once per key
       and thread, by several at once. */
    struct slice (*owner)(void *context, struct slice key, struct arena *scratch);
    void *owner_context;
};

struct customer_table *customer_table_new(const struct customer_options *options);
void customer_table_free(struct customer_table *t); /* NULL is fine */

/* What a thread needs of its own. */
struct customer_work;

struct customer_work *customer_work_new(const struct customer_table *t, struct arena *keep);
void customer_work_free(struct customer_work *own); /* what is not the arena's */

/* Counts a chunk.  Every chunk is to be taken, by each thread in rising order.  False with
   the first line whose sum is beyond 64 bits; no further chunk counts then. */
bool customer_table_take(struct customer_table *t, struct customer_work *own,
                         const struct ledger_batch *batch, struct ledger_refusal *refusal);

/* [n] the person of each line of the chunk that was taken last, -1 for none. */
const int64_t *customer_work_persons(const struct customer_work *own);

/* The keys as written that the thread has seen; NULL without owners. */
struct written;
struct written *customer_work_written(const struct customer_work *own);

/* The documents' seed. */
uint64_t customer_table_seed(const struct customer_table *t);

/* Behind the first pass: whether documents of some customers have to be seen again, in all of
   the ledger.  From now on customer_table_take() does nothing else, from chunk 0 on. */
bool customer_table_again(struct customer_table *t);

/* Bytes that have been written to a file. */
uint64_t customer_table_spilled(const struct customer_table *t);

/* The customers sorted by the bytes of their keys. */
struct customers {
    size_t n;
    const char **key;           /* [n], each ended by a NUL */
    const uint64_t *counted;    /* [n] sale and return lines in the bounds; 0: known only */
    struct tally_columns tally; /* [n] */

    /* With owners: the distinct keys as written, by customer and then by their bytes, and the
       customer of each, who has the tally of all of his. */
    size_t n_written;           /* 0: keys are as written */
    const char *const *written; /* [n_written] */
    const uint32_t *of_written; /* [n_written] index of the customer */
};

/* Turns the table into columns, and gives it up part by part.  ERR_VALUE, naming the first
   such customer, if what remains after returns is beyond 64 bits; ERR_FILE. */
bool customer_table_result(struct customer_table *t, size_t n_threads, struct customers *to,
                           struct arena *keep, struct err *err);

#endif
