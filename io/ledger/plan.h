/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_PLAN_H
#define IO_LEDGER_PLAN_H

#include "io/ledger/cell.h"
#include "io/ledger/rates.h"

/* The columns that a ledger's lines are read from.  X(code, key in the study file,
   declared name) */
#define LEDGER_ROLE_LIST(X)                                    \
    X(ROLE_KEY, "key", l->key)                                 \
    X(ROLE_DOCUMENT, "document", l->document)                  \
    X(ROLE_DATE, "date.column", l->date)                       \
    X(ROLE_ORIGINAL, "date.returns", l->date_returns)          \
    X(ROLE_AMOUNT, "amount.column", l->amount.column)          \
    X(ROLE_DEBIT, "amount.debit", l->amount.debit)             \
    X(ROLE_CREDIT, "amount.credit", l->amount.credit)          \
    X(ROLE_INDICATOR, "amount.indicator", l->amount.indicator) \
    X(ROLE_REFUNDED, "amount.refunded", l->amount.refunded)    \
    X(ROLE_TYPE, "type.column", l->type.column)                \
    X(ROLE_CURRENCY, "currency.column", l->currency_column)

enum ledger_role {
#define X(code, key, name) code,
    LEDGER_ROLE_LIST(X)
#undef X
        N_LEDGER_ROLES
};

enum { NO_COLUMN = -1 };

/* What the study declares about one ledger, looked up in the file's header. */
struct ledger_plan {
    const struct study_ledger *declared;
    size_t ledger;        /* index of the study's ledgers entry */
    uint64_t first_chunk; /* chunks of the ledgers before it */
    const char *file;     /* for messages */
    size_t n_columns;
    const char *const *columns;
    size_t n_named; /* those that can be declared: all, but for the mark of io/shape/shape.h */
    size_t n_shown; /* those of the file itself, for lines that are left out */
    int32_t mark;   /* NO_COLUMN: a plain table */
    const char *date_format;        /* that of the text that is read */
    int32_t column[N_LEDGER_ROLES]; /* NO_COLUMN: not declared */
    const int32_t *drop;            /* [declared->n_drop] */
    const int32_t *keep;            /* [declared->n_keep] */
    const int32_t *reversed;        /* [declared->n_reversed] NO_COLUMN: the file has none */
    struct money_format money;
    const struct rates *rates;           /* NULL: amounts are not converted */
    const struct money_format *money_of; /* [rates->n] of each currency */
    struct slice currency;               /* that is kept; text NULL: any */
    bool negate_returns;                 /* the sign is that of the type */
    const struct code_page *page;        /* NULL: UTF-8 */
    size_t longest_key;                  /* bytes */
};

/* How the ledger declares that amounts are written. */
struct money_format ledger_money_format(const struct study_ledger *l);

/* For a file whose columns have been set.  ERR_COLUMN for a declared column that the file does not
 * have, or has twice. */
bool ledger_plan_make(struct ledger_plan *p, const struct study *study, size_t ledger,
                      struct arena *keep, struct err *err);

#endif
