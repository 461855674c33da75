/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_WRITTEN_H
#define ANALYSIS_LEDGER_WRITTEN_H

#include "analysis/ledger/customers.h"

/* The distinct ids of a ledger as they are written, and which part of each names the customer:
   where several are one customer's, his tally is one.  One per thread; whoever has seen an id
   does not ask again. */
struct written;

struct written *written_new(struct arena *keep);

/* The part of an id that names its customer, by options->owner. */
struct slice written_owner(struct written *w, const struct customer_options *options,
                           struct slice id, struct arena *scratch);

/* All threads' ids, by customer and then by their bytes, into to->written and to->of_written; the
   customers are there.  Nothing where no owners were asked for. */
void written_settle(struct written *const *all, size_t n, struct customers *to, struct arena *keep);

#endif
