/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_WRITTEN_H
#define ANALYSIS_LEDGER_WRITTEN_H

#include "analysis/ledger/customers.h"

/* The distinct ids of a ledger as they are written, and the owner of each: where several are one
   customer's, his tally is one.  One per thread; whoever has seen an id does not ask again. */
struct written;

struct written *written_new(struct arena *keep);

/* The id's number; options->owner is asked where it is new. */
uint32_t written_number(struct written *w, const struct customer_options *options, struct slice id,
                        struct arena *scratch);

/* The owner of the id of that number, as long as the id is there. */
struct slice written_owner(const struct written *w, uint32_t number, struct slice id);

/* All threads' ids, by customer and then by their bytes, into to->written and to->of_written; the
   customers are there.  Nothing where no owners were asked for. */
void written_settle(struct written *const *all, size_t n, struct customers *to, struct arena *keep);

#endif
