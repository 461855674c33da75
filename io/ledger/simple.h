/* SPDX-License-Identifier: GPL-3.0-or-later
   The short way for the lines that most ledgers are made of. */
#ifndef IO_LEDGER_SIMPLE_H
#define IO_LEDGER_SIMPLE_H

#include "io/ledger/work.h"

/* Whether the plan has simple lines: a key, a day, one amount under its own sign and
   maybe a document, in UTF-8; no types, no filters, no other currencies. */
bool ledger_plan_is_simple(const struct ledger_plan *plan);

/* Puts the simple lines of the scanner's window from record `from` on into the batch,
   as long as nothing is to be said of any; the record at which it stops, which the
   plain way has to take. */
size_t ledger_take_simple(struct ledger_worker *w, size_t from);

#endif
