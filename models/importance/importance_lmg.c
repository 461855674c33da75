/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/sum.h"
#include "models/importance/importance.h"

/* What a term adds when it enters, averaged over all orders of entering: of all subsets before it,
   each as often as there are orders that come by it. */
static void lmg(const struct importance_data *d, double *estimate, struct arena *scratch)
{
    size_t n = d->tree->n, sets = (size_t)1 << n;
    struct sum *total = ARENA_NEW(scratch, struct sum, n);
    double orders = d->before[sets - 1];
    for (size_t s = 0; s < sets; s++)
        for (size_t j = 0; d->before[s] > 0 && j < n; j++) {
            size_t with = s | (size_t)1 << j;
            if (with != s && (d->tree->needs[j] & ~s) == 0)
                sum_add(&total[j], d->before[s] * (d->after[with] / orders) *
                                       (d->r_squared[with] - d->r_squared[s]));
        }
    for (size_t j = 0; j < n; j++)
        estimate[j] = sum_value(&total[j]);
}

const struct importance_method importance_lmg = {
    .name = "lmg",
    .title = "average of what a term adds over all orders of entering",
    .source = "Lindeman, Merenda & Gold 1980, Introduction to Bivariate and Multivariate Analysis, "
              "p. 119 ff.; the Shapley value",
    .sums = true,
    .estimate = lmg,
};
