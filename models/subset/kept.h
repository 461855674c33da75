/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SUBSET_KEPT_H
#define MODELS_SUBSET_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* The subsets of least deviance of each size, as they are found. */
struct kept {
    uint64_t terms;
    double deviance;
};

struct kept_list {
    size_t n_sizes, n_best; /* sizes 0 .. n_sizes - 1 */
    size_t *n, *room;       /* [n_sizes] kept, and how many may be: no more than there are */
    struct kept *at;        /* [n_sizes * n_best] ascending */
    double *worst;          /* [n_sizes] what a further one has to be below */
};

/* For subsets of terms of these sizes. */
struct kept_list kept_list_of(const size_t *size, size_t n, size_t n_best, struct arena *keep);

void kept_offer(struct kept_list *list, uint64_t terms, size_t size, double deviance);

/* Is one of the sizes least .. most open to subsets of no less than this deviance? */
bool kept_is_open(const struct kept_list *list, size_t least, size_t most, double deviance);

/* Puts those of each size in order; deviances closer than rounding, by their terms. */
void kept_sort(struct kept_list *list);

#endif
