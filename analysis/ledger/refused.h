/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_REFUSED_H
#define ANALYSIS_LEDGER_REFUSED_H

#include "io/ledger/ledger.h"

/* Refuses the line of a batch that brings the customer's sum beyond 64 bits, unless an
   earlier line of it has been; texts are of `keep`. */
void refuse_sum(struct ledger_refusal *refusal, const struct ledger_batch *batch, size_t line,
                struct arena *keep);

/* Refuses the line of a batch whose key a spreadsheet has shortened (key_is_shortened). */
void refuse_shortened(struct ledger_refusal *refusal, const struct ledger_batch *batch, size_t line,
                      struct arena *keep);

#endif
