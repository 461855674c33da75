/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_TALLY_H
#define ANALYSIS_LEDGER_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* What one customer bought in one period, counted line by line and exactly: the
   order of the lines and how they are shared among threads do not matter. */

/* A document's number in 128 bits: one of up to 15 bytes as it stands, or of 19 where its last
   eight are digits, which are kept as a number, so that the next document's differs
   little from it; of what is longer, at least 93 bits of a seeded hash. */
struct document {
    uint64_t high, low;
};

/* A blank number is a document of its own for each day. */
struct document document_of(const char *text, size_t length, int32_t day, uint64_t seed);

/* How a tally knows which documents it has counted. */
enum known_documents {
    DOCUMENTS_LISTED,   /* in rising order, and all are listed */
    DOCUMENTS_COUNTED,  /* in rising order: what differs from the last one is new */
    DOCUMENTS_UNSORTED, /* not in order: listed, to be sorted and counted in the end */
    DOCUMENTS_LOST,     /* not in order, and the list was given up: a second pass lists */
    DOCUMENTS_AGAIN     /* listed by the second pass, to be sorted and counted in the end */
};

/* What every line touches.  Documents rise, and days do not fall, in most ledgers: then
   one that differs from the last is new, and nothing else has to be remembered.  Until
   many tallies have shown that order, they list their documents all the same. */
struct tally {
    struct document last; /* the last document counted or listed */
    int64_t sales;        /* minor units */
    int32_t last_day;     /* of that document */
    uint32_t lines, return_lines;
    uint32_t documents, days; /* distinct ones, while in rising order */
    uint32_t used : 29;       /* bytes of the list */
    uint32_t known : 3;       /* enum known_documents */
};

/* What few lines touch. */
struct tally_more {
    unsigned char
        *list; /* sales as differences, of the smallest block that holds them; NULL: none */
    int64_t returns;
    int32_t first,
        last;       /* sale days; first > last: none.  While in order, `last` waits in last_day */
    uint32_t limit; /* unsorted: of `used`, before repetitions are sought again */
    bool spilled;   /* a part of the list is in a file */
};

/* Where lists live: blocks of 16 << k bytes, given back and used again as lists grow. */
struct list_pool {
    struct arena *arena;
    void *free[40];
    bool keeps;                    /* lists are never given up: there will be no second pass */
    bool crowded;                  /* a list has become so long that it should be spilled */
    size_t n_lost;                 /* tallies that need the second pass */
    size_t n_ordered, n_unordered; /* tallies whose first three documents rose; that fell out */
};

void tally_start(struct tally *t, struct tally_more *more);

/* Counts a line; false if the sum, or the number of lines, is beyond what can be counted. */
bool tally_sale(struct tally *t, struct tally_more *more, struct list_pool *pool,
                struct document document, int32_t day, int64_t minor);
bool tally_return(struct tally *t, struct tally_more *more, int64_t minor);

/* The second pass: lists the documents of those that were lost. */
void tally_start_again(struct tally *t);
void tally_sale_again(struct tally *t, struct tally_more *more, struct list_pool *pool,
                      struct document document, int32_t day);

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

/* Writes a tally whose documents are counted as row i; false if spend is beyond 64 bits. */
bool tally_write(const struct tally *t, const struct tally_more *more, struct tally_columns *to,
                 size_t i);

#endif
