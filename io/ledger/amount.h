/* SPDX-License-Identifier: GPL-3.0-or-later
   Amounts of a ledger's lines: their currency, sign and form. */
#ifndef IO_LEDGER_AMOUNT_H
#define IO_LEDGER_AMOUNT_H

#include "io/ledger/work.h"

/* What a line's amounts are in, and how they are written. */
struct line_currency {
    bool foreign; /* left out, and counted */
    const struct money_format *money;
    const struct currency_rates *rates; /* of an amount that is converted, else NULL */
    const struct rate *rate;
    struct currency_sum *sum;
};

/* False after a complaint, as below. */
bool line_currency(struct ledger_worker *w, const struct record *r, int32_t day,
                   struct line_currency *c);

/* A sum in minor units of its own currency and of the ledger's. */
struct line_money {
    int64_t own, home;
};

/* The amount, with the sign that the file declares for it. */
bool line_amount(struct ledger_worker *w, const struct record *r, const struct line_currency *c,
                 struct line_money *amount);

/* What was given back of a line of this kind, which only a sale may have; 0 where the cell is
   blank or the ledger declares none. */
bool line_refund(struct ledger_worker *w, const struct record *r, const struct line_currency *c,
                 enum ledger_kind kind, struct line_money *refund);

/* Counts the line among those of its currency. */
void line_count(const struct line_currency *c, const struct line_money *amount,
                const struct line_money *refund);

#endif
