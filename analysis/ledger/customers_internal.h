/* SPDX-License-Identifier: GPL-3.0-or-later
   The table of customers from within: customers.c fills it, customers_result.c empties it. */
#ifndef ANALYSIS_LEDGER_CUSTOMERS_INTERNAL_H
#define ANALYSIS_LEDGER_CUSTOMERS_INTERNAL_H

#include <pthread.h>
#include <string.h>

#include "analysis/ledger/customers.h"
#include "analysis/ledger/sale_runs.h"
#include "models/base/turns.h"

enum { PARTS = 16, UNIT = 4096, INNER = 15 };

/* A key of up to 15 bytes as it stands, with its length behind it; of a longer one, the
   address and the length, with OUTER behind. */
struct customer {
    char key[INNER + 1];
    struct tally tally;
};

_Static_assert(sizeof(struct customer) == 64, "a customer fills a line of the cache");

enum { OUTER = 0xff };

struct person {
    int64_t number;
    size_t ledger; /* index + 1 for which it was asked; 0: not yet */
};

/* Customers never move: each unit has UNIT of them. */
struct unit {
    struct customer *customer;
    struct tally_more *more;
    struct person *person; /* NULL unless persons are asked for */
    bool own;              /* the first of a block of its own, in pages */
};

/* Open addressing by the tag; 0 in `place` marks a free slot, else it is the
   customer's number + 1. */
struct slot {
    uint32_t tag, place;
};

/* The customers whose hash begins with the part's number. */
struct part {
    struct arena *memory; /* of long keys, units and runs */
    struct list_pool pool;
    struct sale_runs runs;
    size_t n, n_slots, key_bytes; /* of all keys, each with a NUL */
    struct slot *slot;
    size_t n_units, room;
    struct unit *unit;
    struct err err; /* what went wrong with the file of lists */
};

struct customer_table {
    struct arena *memory;
    struct customer_options options;
    uint64_t seed;
    bool again; /* the second pass */
    struct turns *turns;
    pthread_mutex_t lock;    /* of the blocks that parts share */
    char *block;             /* where the next unit comes from */
    size_t block_left;       /* of its bytes */
    size_t n_blocks, blocks; /* how many, and room for them */
    char **all_blocks;
    struct part part[PARTS];
};

static inline struct customer *customer_at(const struct part *p, size_t i)
{
    return &p->unit[i / UNIT].customer[i % UNIT];
}

static inline struct tally_more *more_at(const struct part *p, size_t i)
{
    return &p->unit[i / UNIT].more[i % UNIT];
}

static inline struct slice customer_key(const struct customer *c)
{
    const char *outer;
    uint32_t length;
    const unsigned char last = (unsigned char)c->key[INNER];
    if (last != OUTER)
        return (struct slice){c->key, last};
    memcpy(&outer, c->key, sizeof outer);
    memcpy(&length, c->key + sizeof outer, sizeof length);
    return (struct slice){outer, length};
}

/* The part's tallies, for its lists. */
struct tallies customer_part_tallies(const struct part *p);

/* Gives up what the part holds but its long keys. */
void customer_part_empty(struct part *p);

#endif
