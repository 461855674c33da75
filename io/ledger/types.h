/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_TYPES_H
#define IO_LEDGER_TYPES_H

#include "io/ledger/ledger.h"

/* Document types: what each is declared to be, and how often it stands. */
struct ledger_type {
    struct slice text;
    uint8_t kind;                /* enum ledger_kind; LEDGER_N_KINDS: undeclared */
    uint64_t n;                  /* lines */
    uint64_t positive, negative; /* amounts of counted lines under a sign */
};

/* Types beyond this number are not told apart, but by their kind: the column may be no type. */
enum { LEDGER_TYPES_TOLD = 4096 };

/* A text that is declared is what it is declared to be; any other what the first pattern
   (io/ledger/pattern.h) says that fits, of sale, return, payment and ignore in this order. */
struct ledger_types {
    struct arena *memory;
    const struct study_type *declared;
    struct ledger_type *slot; /* [n_slots], open addressing; text.text NULL: free */
    size_t n_slots, n;
    bool too_many;
    struct ledger_type *last;                     /* found by the last call */
    struct ledger_type other[LEDGER_N_KINDS + 1]; /* by kind: for those beyond the number */
};

struct ledger_types ledger_types_new(const struct study_type *declared, struct arena *memory);

/* The type of a line, never NULL; it is not counted here.  Valid until the next call. */
struct ledger_type *ledger_types_find(struct ledger_types *t, struct slice text);

void ledger_types_merge(struct ledger_types *into, const struct ledger_types *from);

/* "RV 1200, DG 34, X 1": of all types, or of one kind with `sign`: "DG 30 of 34"
   positive ones.  Most frequent first, ties by text; ends in "and 5 more". */
const char *ledger_types_list(const struct ledger_types *t, struct arena *keep);
const char *ledger_types_positive(const struct ledger_types *t, enum ledger_kind kind,
                                  struct arena *keep);

#endif
