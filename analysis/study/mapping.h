/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_MAPPING_H
#define ANALYSIS_STUDY_MAPPING_H

#include "analysis/study/blocked.h"
#include "models/base/err.h"
#include "models/base/frame.h"
#include "models/base/key_map.h"

/* Which accounts of the ledger are whose, where respondents have other ids than accounts, or
   several accounts, or share one.  Respondents who share an account share all: what is theirs
   together is one customer, known by the first of his accounts. */
struct mapping {
    const struct frame *frame; /* NULL: there is no mapping, and every key stands for itself */
    const char *respondent_column, *account_column;
    bool others_unmatched; /* respondents in no row match nobody, in place of their own id */

    /* Ids after the rules, and the customer of each, or MAPPING_BLOCKED. */
    const struct key_map *respondents, *accounts;
    const uint32_t *of_respondent, *of_account;
    size_t n_customers;
    const char *const *customer; /* [n_customers] the key that stands for him */

    /* [n_customers] how many accounts and how many respondents he has. */
    const uint32_t *n_accounts, *n_respondents;
    size_t n_blank, n_twice,
        n_blocked; /* rows without an id; that repeat one; of blocked accounts */
};

#define MAPPING_NONE UINT32_MAX
#define MAPPING_BLOCKED (UINT32_MAX - 1)

/* Reads the mapping under the first n_steps rules, from m->frame and its columns, which exist.
   ERR_VALUE, with the line, where two respondents share an account and not all: then nobody
   could tell whose the purchases are.  `err` NULL: the earlier row counts (for what-if). */
bool mapping_make(struct mapping *m, const struct key_steps *rules, size_t n_steps,
                  const struct blocked *blocked, struct arena *keep, struct err *err);

/* For these m may be NULL: no mapping. */

/* The customer of a respondent's id after the rules: a number, MAPPING_NONE or MAPPING_BLOCKED. */
uint32_t mapping_respondent(const struct mapping *m, struct key_text key);

/* The key that stands for an account's customer: the account's own where it is in no row. */
struct key_text mapping_account(const struct mapping *m, struct key_text key);

/* A respondent's key after the rules, turned into that of his customer; length 0: he has none. */
struct key_text mapping_key(const struct mapping *m, struct key_text key);

#endif
