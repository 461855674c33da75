/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SIMULATE_PURCHASES_H
#define MODELS_SIMULATE_PURCHASES_H

#include "models/simulate/people.h"

/* What the people of a market do: the lines of the ledger. */

/* X(code, document type, currency) */
#define LINE_KIND_LIST(X)         \
    X(LINE_SALE, "INV", "EUR")    \
    X(LINE_RETURN, "CRN", "EUR")  \
    X(LINE_PAYMENT, "PAY", "EUR") \
    X(LINE_FOREIGN, "INV", "CHF")

enum line_kind {
#define X(code, type, currency) code,
    LINE_KIND_LIST(X)
#undef X
        N_LINE_KINDS
};

enum { NOBODY = INT32_MAX };

struct ledger_line {
    int64_t minor;     /* cents: sales positive, returns and payments negative */
    uint32_t person;   /* index; NOBODY: a sale at the till without a customer */
    uint32_t document; /* numbered from 1 in the order of the ledger */
    int32_t day;
    uint16_t position; /* within the document, from 0 */
    uint8_t kind;      /* enum line_kind */
};

struct ledger_lines {
    size_t n, capacity;
    struct ledger_line *at;
};

/* All lines, sorted by day, document, position. */
struct ledger_lines market_purchases(const struct market *market, struct arena *keep);

/* What a respondent did in the window [answer + 1, answer + 366) and in the
   baseline [answer - 365, answer), counted from the lines. */
struct doing {
    uint32_t purchases, purchase_days, lines;
    int64_t spend, gross, returned; /* cents */
    uint32_t baseline_purchases;
    int64_t baseline_spend;
    bool known;   /* in the master or on any line of the ledger */
    bool covered; /* the ledger reaches the end of the window */
};

/* [n_people]; of people who do not answer only `known` has a meaning. */
struct doing *market_recount(const struct market *market, const struct ledger_lines *lines,
                             struct arena *keep);

#endif
