/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_PASS_H
#define ANALYSIS_LEDGER_PASS_H

#include "analysis/ledger/customers.h"
#include "analysis/ledger/measures.h"
#include "io/ledger.h"

/* The single pass over a study's ledgers: all customers, and the respondents'
   windows, at once.  Memory grows with the customers and their documents, not with
   the lines; results do not depend on threads, on the order of the lines, or on how
   they are spread over files. */
struct behaviour_scan {
    const struct ledger_source *source;
    int32_t from, to; /* days, both included, that the customers' tallies count; INT32_MIN and
                         INT32_MAX for all */
    const struct respondents *respondents; /* NULL: customers only */

    /* The customer's number that a raw key of a ledgers entry stands for, -1 for
       none.  Asked once per key, ledger and thread, by several threads at once: it
       reads only.  NULL without respondents. */
    int64_t (*resolve)(void *context, size_t ledger, const char *key, size_t length);
    void *resolve_context;

    bool hash;        /* of the files, into seen->ledgers */
    size_t n_threads; /* 0: one per processor */
    void (*progress)(void *context, double share, const char *what); /* may be NULL */
    void *progress_context;
};

struct behaviour_seen {
    struct ledger_scan ledgers;
    struct customers customers;
    struct measures measures; /* n = 0 without respondents */
};

/* Errors are those of the source, and sums beyond 64 bits. */
bool behaviour_scan(const struct behaviour_scan *scan, struct behaviour_seen *seen,
                    struct arena *keep, struct err *err);

#endif
