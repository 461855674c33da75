/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_SALE_LIST_H
#define ANALYSIS_LEDGER_SALE_LIST_H

#include "analysis/ledger/tally.h"

/* A sale's document and day. */
struct sale {
    struct document document;
    int32_t day;
};

static inline bool document_same(struct document a, struct document b)
{
    return a.high == b.high && a.low == b.low;
}

/* Keeps a sale that is not the last one kept. */
void sale_list_append(struct sale_list *s, struct blocks *blocks, struct sale sale);

static inline void sale_list_add(struct sale_list *s, struct blocks *blocks,
                                 struct document document, int32_t day)
{
    if (s->used == 0 || s->last_day != day || !document_same(s->last, document))
        sale_list_append(s, blocks, (struct sale){document, day});
}

/* Adds what `from` holds; two lists in rising order give one, unless their days are
   not in the order of their documents. */
void sale_list_merge(struct sale_list *into, struct blocks *blocks, const struct sale_list *from);

/* documents and days hold from here on; the list itself is given up. */
void sale_list_settle(struct sale_list *s, struct blocks *blocks);

#endif
