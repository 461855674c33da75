/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_COVERAGE_H
#define ANALYSIS_STUDY_COVERAGE_H

#include "analysis/study/results.h"
#include "io/ledger/ledger.h"
#include "io/study/study.h"

/* The days that the ledger tells everything about, from..to, both included.  Each
   ledgers entry covers what it declares, or its first to its last date.  Entries
   that follow each other in time (the files of two years) cover one stretch;
   entries that overlap are sources beside each other, and only the days that all of
   them cover are covered: the latest start and the earliest end. */
struct coverage {
    int32_t from, to;      /* DAY_MISSING, both, where no line has a date */
    bool from_is_declared; /* the start is the study\'s word, not just the first line\'s day */
    const int32_t *entry_from, *entry_to; /* [study->n_ledgers] */
};

struct coverage coverage_of(const struct study *study, const struct ledger_counts *counts,
                            struct arena *keep);

/* Warns of gaps of over 31 days and of isolated tails in undeclared coverages, and of days that a
   preset's format reads, but the other order of day and month would read as well. */
void coverage_warnings(const struct study *study, const struct ledger_counts *counts,
                       struct report_builder *report);

/* Says that `bytes` of lists of documents went to a temporary file; 0: nothing. */
void spill_warning(uint64_t bytes, struct report_builder *report);

/* The number of lines of each ledger and, where it was computed, its hash, for the manifest. */
void ledgers_facts(const struct study *study, const struct ledger_counts *counts, bool hashed,
                   struct report_builder *report, struct arena *keep);

/* False, with err set, where two ledgers hold the same text, packed or not, and their amounts are
   read from the same column: a file that is named twice, or a copy of it. */
bool ledgers_differ(const struct study *study, const struct ledger_counts *counts, struct err *err);

#endif
