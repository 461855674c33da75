/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_TALLY_H
#define ANALYSIS_LEDGER_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* What one customer bought in one period, counted line by line and exactly: the
   order of the lines and how they are shared among threads do not matter. */

/* Sums cannot overflow while they are made: 2^64 lines of 2^63 fit. */
__extension__ typedef __int128 wide;

/* A document's number in 128 bits: one of up to 15 bytes as it stands; of a longer
   one, 120 bits of a seeded hash.  Order is by length, then by bytes. */
struct document {
    uint64_t high, low;
};

/* A blank number is a document of its own for each day. */
struct document document_of(const char *text, size_t length, int32_t day, uint64_t seed);

/* Blocks of 16 << k bytes, given back and used again as lists grow. */
struct blocks {
    struct arena *arena;
    void *free[40];
};

/* A sale's document and day. */
struct sale {
    struct document document;
    int32_t day;
};

/* Distinct sales: one is appended when its document or day is not that of the
   last, and the list is sorted only when documents or days did not come in rising
   order, which in most ledgers they do. */
struct sale_list {
    struct sale *at;
    uint32_t n, room;
    struct document last; /* the last one stands here as well: a further line of the */
    int32_t last_day;     /* same document touches no other memory */
    bool unsorted;
};

struct tally {
    wide sales, returns; /* minor units */
    uint64_t lines;      /* sale lines */
    uint64_t return_lines;
    int32_t first, last; /* sale days; first > last: none */
    struct sale_list list;
};

void tally_start(struct tally *t);
void tally_sale(struct tally *t, struct blocks *blocks, struct document document, int32_t day,
                int64_t minor);
void tally_return(struct tally *t, int64_t minor);
void tally_merge(struct tally *into, struct blocks *blocks, const struct tally *from);

/* Tallies as columns: money in minor units; spend = spend_gross + returned, where
   returns are negative; first and last sale day, INT32_MIN without a sale. */
struct tally_columns {
    int64_t *purchases;     /* distinct sale documents */
    int64_t *purchase_days; /* distinct days with a sale */
    int64_t *lines;         /* sale lines */
    int64_t *spend, *spend_gross, *returned;
    int32_t *first, *last;
};

struct tally_columns tally_columns_new(size_t n, struct arena *keep);

/* Writes row i; false if a sum is beyond 64 bits.  Uses the tally up. */
bool tally_write(struct tally *t, struct tally_columns *to, size_t i);

#endif
