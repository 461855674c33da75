/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_SALE_LIST_H
#define ANALYSIS_LEDGER_SALE_LIST_H

#include "analysis/ledger/tally.h"

/* Distinct sales of one tally: each document and day.  A list holds them as
   differences, some four bytes each; see enum known_documents for when there is one. */
struct sale {
    struct document document;
    int32_t day;
};

/* What a list starts from: no document is like it. */
#define NO_DOCUMENT ((struct document){UINT64_MAX, UINT64_MAX})

static inline bool document_same(struct document a, struct document b)
{
    return a.high == b.high && a.low == b.low;
}

int sale_order(const void *a, const void *b); /* of struct sale: by document, then day */

/* Counts or lists a sale that is not the last one. */
void sale_list_add(struct tally *t, struct tally_more *more, struct list_pool *pool,
                   struct sale sale);

/* A lost list starts again, empty; what is added to it is only listed. */
void sale_list_start_again(struct tally *t);
void sale_list_add_again(struct tally *t, struct tally_more *more, struct list_pool *pool,
                         struct sale sale);

/* A list as it is read: bytes as sale_list_add() and sale_list_sorted() leave them. */
struct sale_reader {
    const unsigned char *at, *end;
    struct sale sale; /* the last one read */
};

struct sale_reader sale_reader_new(const unsigned char *bytes, size_t n);
bool sale_reader_next(struct sale_reader *r);

/* Sorts the list and rids it of what it holds twice. */
void sale_list_sort(struct tally *t, struct tally_more *more, struct list_pool *pool);

/* Gives the list up; nothing is listed any more. */
void sale_list_drop(struct tally *t, struct tally_more *more, struct list_pool *pool);

#endif
