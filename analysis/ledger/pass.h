/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_PASS_H
#define ANALYSIS_LEDGER_PASS_H

#include "analysis/ledger/customers.h"
#include "analysis/ledger/measures.h"
#include "io/ledger/ledger.h"

/* The pass over a study's ledgers: all customers, and the respondents' windows, at
   once.  Memory grows with the customers, not with the lines: documents in rising order are
   only counted.  Where some are out of order behind many that were not, the ledgers are
   read a second time, for those customers alone; where lines stand in any order, documents are
   listed, beyond `memory` in a temporary file.  Results do not depend on threads, on the order of
   the lines, or on how they are spread over files. */
struct behaviour_scan {
    const struct ledger_source *source;
    int32_t from, to; /* days, both included, that the customers' tallies count; INT32_MIN and
                         INT32_MAX for all */
    const struct respondents *respondents; /* NULL: customers only */

    /* The customer's number that a raw key of a ledgers entry stands for, -1 for
       none.  Asked once per key, ledger and thread, by several threads at once: it
       reads only.  NULL without respondents. */
    int64_t (*resolve)(void *context, size_t ledger, const char *key, size_t length,
                       struct arena *scratch);
    void *resolve_context;
    /* NULL, or: the key of the customer whose a raw key is; those of one are one customer, as if
       the ledger had that key alone.  Asked as resolve() is, which gives all of them one person. */
    struct slice (*owner)(void *context, struct slice key, struct arena *scratch);
    void *owner_context;
    bool respondents_only; /* the other customers are not asked for, and take no memory */

    bool hash;        /* of the files, into seen->ledgers */
    uint64_t memory;  /* bytes for customers and lists of documents; 0: BEHAVIOUR_MEMORY_MB */
    size_t n_threads; /* 0: one per processor */
    void (*progress)(void *context, double share, const char *what); /* may be NULL */
    void *progress_context;
};

enum { BEHAVIOUR_MEMORY_MB = 2048 };

struct behaviour_seen {
    bool twice;       /* the ledgers were read a second time */
    uint64_t spilled; /* bytes of documents that were kept in a temporary file */
    struct ledger_scan ledgers;
    struct customers customers;
    struct measures measures; /* n = 0 without respondents */
};

/* Errors are those of the source, and sums beyond 64 bits. */
bool behaviour_scan(const struct behaviour_scan *scan, struct behaviour_seen *seen,
                    struct arena *keep, struct err *err);

#endif
