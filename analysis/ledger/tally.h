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

/* A document's number in 128 bits: one of up to 15 bytes as it stands, its last eight
   as a number where they are digits, so that the next document's differs little from
   it; of a longer one, 120 bits of a seeded hash. */
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

/* Distinct sales: document and day.  While they come in rising order, which in most
   ledgers they do, they are only counted; but all are kept, each as its difference
   from the one before, since one that comes out of order may be a repetition.  Then
   the list is sorted before it is counted. */
struct sale_list {
    struct document last; /* the last one kept: a further line of it touches no other memory */
    unsigned char *bytes; /* of the smallest block that holds `used`; NULL: none */
    int32_t last_day;
    uint32_t used : 31, unsorted : 1;
    union {
        uint32_t documents; /* distinct ones, while in order */
        uint32_t limit;     /* unsorted: of `used`, before repetitions are sought again */
    };
    uint32_t days; /* distinct ones, while in order */
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

/* Counts what has to be sorted for it; nothing may be added any more. */
void tally_settle(struct tally *t, struct blocks *blocks);

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

/* Writes a settled tally as row i; false if a sum is beyond 64 bits. */
bool tally_write(const struct tally *t, struct tally_columns *to, size_t i);

#endif
