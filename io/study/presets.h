/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STUDY_PRESETS_H
#define IO_STUDY_PRESETS_H

#include <stddef.h>

#include "models/base/arena.h"

/* The ledgers that are known by name: what the export of an accounting program means,
   declared in io/presets/NAME.yml and built into the library (scripts/embed-preset).
   Adding one is that file and its word here. */
#define PRESET_LIST(X)    \
    X(quickbooks_ledger)  \
    X(quickbooks_journal) \
    X(xero_invoices)      \
    X(xero_transactions)  \
    X(netsuite)           \
    X(sap_fbl5n)          \
    X(sage50)             \
    X(datev_extf)         \
    X(shopify_orders)     \
    X(stripe_payments)    \
    X(generic_gl)

struct preset {
    const char *name;
    const char *title; /* of the export, as its program calls it */
    const char *note;  /* what a user has to know or to declare, one sentence or two */
    size_t n_header;
    const char *const *header; /* [n_header] columns by which such a file is told */
    /* [n_declare] keys that the user has to give, as an example: "currency: {keep: EUR}" */
    size_t n_declare;
    const char *const *declare;
    size_t n_lines;
    const char *const *line; /* [n_lines] of NAME.yml, without line ends */
    size_t ledger;           /* the first line below "ledger:", which is its last key */
};

extern const struct preset *const presets[];
extern const size_t n_presets;

/* The preset of that name, or NULL. */
const struct preset *preset_find(const char *name);

/* What to write in place of a name that is none: the nearest, and all there are. */
const char *preset_mend(const char *typed, struct arena *keep);

/* The preset whose header names are all among a file's n columns, spelled as they are;
   of several the one with the most names, then the first of the list; NULL if there is
   none.  Where title rows stand above the header, ask with each of the first rows. */
const struct preset *preset_recognise(const char *const *names, size_t n);

/* The keys of its ledgers entry as YAML, one or several lines each, comments included. */
const char *preset_ledger(const struct preset *p, struct arena *keep);

/* SHA-256 of NAME.yml, as 64 hexadecimal digits. */
const char *preset_hash(const struct preset *p, struct arena *keep);

#endif
