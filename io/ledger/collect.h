/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_COLLECT_H
#define IO_LEDGER_COLLECT_H

#include "io/ledger/work.h"

/* One file on its way through the workers. */
struct ledger_pass {
    struct arena *memory; /* its own */
    struct ledger_plan plan;
    struct chunks chunks;
    struct shape *shape; /* NULL: the file is a plain table; the stream of the chunks closes it */
    size_t n_workers;
    struct ledger_worker **workers; /* [n_workers] NULL for who has taken none of it */
    uint64_t unfinished;            /* chunks that workers have */
    bool closed;                    /* there are no more */
};

/* What the scan has seen of a file. */
struct ledger_file_seen {
    struct ledger_counts counts;
    size_t n_dropped;
    const struct ledger_dropped *dropped;
    struct err err; /* the first of all that is wrong with the file */
};

/* To be called when all chunks are finished.  A file that has changed meanwhile is told
   before all that may come of it. */
void ledger_collect(struct ledger_pass *pass, struct ledger_file_seen *seen, struct arena *keep);

#endif
