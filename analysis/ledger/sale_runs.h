/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_SALE_RUNS_H
#define ANALYSIS_LEDGER_SALE_RUNS_H

#include "analysis/ledger/tally.h"
#include "io/bytes/spill.h"

/* Lists that outgrow the memory that they may take: those of many tallies are written to
   a file, one behind the other, each sorted, and begin again.  In the end the runs are
   read side by side, and each tally's sales are merged and counted.  */
struct sale_run {
    uint64_t at, n; /* bytes of the file */
};

struct sale_runs {
    struct arena *arena; /* of the runs' places */
    struct spill *file;  /* of no other tallies */
    size_t n, room;
    struct sale_run *run; /* [n] */
};

/* Tallies by number: those that share a pool. */
struct tallies {
    size_t n;
    const void *owner;
    void (*at)(const void *owner, size_t i, struct tally **t, struct tally_more **more);
};

/* Writes all lists as one run; the pool's arena, which holds nothing else, is emptied. */
bool tallies_spill(const struct tallies *all, struct list_pool *pool, struct sale_runs *runs,
                   struct err *err);

/* Counts the documents and days of those that are not in order, none of which is lost,
   and gives up all lists; from here on documents, days, first and last hold. */
bool tallies_settle(const struct tallies *all, struct list_pool *pool, const struct sale_runs *runs,
                    struct err *err);

#endif
