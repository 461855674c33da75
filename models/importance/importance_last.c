/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/importance/importance.h"

/* Beside all terms that do not contain it. */
static void last(const struct importance_data *d, double *estimate, struct arena *scratch)
{
    size_t n = d->tree->n;
    (void)scratch;
    for (size_t j = 0; j < n; j++) {
        size_t with = ((size_t)1 << n) - 1;
        for (size_t i = 0; i < n; i++)
            if (d->tree->needs[i] >> j & 1)
                with &= ~((size_t)1 << i);
        estimate[j] = d->r_squared[with] - d->r_squared[with & ~((size_t)1 << j)];
    }
}

const struct importance_method importance_last = {
    .name = "last",
    .title = "what a term adds to all others: its squared semipartial correlation",
    .source = "Darlington 1968, Psychol. Bull. 69, 161-182",
    .estimate = last,
};
