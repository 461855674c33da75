/* SPDX-License-Identifier: GPL-3.0-or-later
   The judge of the ledger reader: the same table from the same bytes, made in the
   plainest way that there is.  It calls nothing of the reader, the parsers (but
   the list of currencies) or the customers' table, and follows what their headers promise. */
#ifndef TESTS_LEDGER_JUDGE_H
#define TESTS_LEDGER_JUDGE_H

#include "io/study/study.h"

/* A ledger's bytes; the study's entry of the same number declares how they are written. */
struct judge_file {
    const void *bytes;
    size_t n;
};

/* What ledgers hold, as texts to be compared.
   customers: "key|purchases|purchase_days|lines|spend|spend_gross|returned|first|last", a line
   each, sorted by the bytes of the keys; money in minor units, days since 1970, "-" for none; bytes
   of keys that would confuse this as \7c.  Or the error: "error 8 in file 0, line 3".
   files: lines, kinds, days and left-out lines of each; "" after an error. */
struct judged {
    const char *customers, *files;
};

/* False for what the judge does not read: packed bytes, UTF-16 and UTF-32. */
bool judge_reads(const struct judge_file *file);

/* The study's ledgers as the judge reads them.  They may declare a delimiter, a decimal mark,
   decimals, a type column, a currency, and amounts with a leading sign or by type. */
struct judged judge_ledgers(const struct study *study, const struct judge_file *files, int32_t from,
                            int32_t to, struct arena *keep);

/* How the library is to read. */
struct reading {
    size_t chunk, window; /* bytes; 0 for the default */
    size_t threads;
    uint64_t memory; /* bytes, beyond which documents go to a file; 0 for the default */
};

/* The same ledgers, from their files, as the library reads them. */
struct judged library_ledgers(const struct study *study, const struct reading *how, int32_t from,
                              int32_t to, struct arena *keep);

bool judged_same(const struct judged *a, const struct judged *b);

#endif
