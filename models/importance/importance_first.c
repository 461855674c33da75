/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/importance/importance.h"

/* Beside the forced terms alone, and its own margins. */
static void first(const struct importance_data *d, double *estimate, struct arena *scratch)
{
    (void)scratch;
    for (size_t j = 0; j < d->tree->n; j++) {
        size_t without = (size_t)d->tree->needs[j];
        estimate[j] = d->r_squared[without | (size_t)1 << j] - d->r_squared[without];
    }
}

const struct importance_method importance_first = {
    .name = "first",
    .title = "what a term explains when it enters first",
    .source = "Darlington 1968, Psychol. Bull. 69, 161-182",
    .estimate = first,
};
