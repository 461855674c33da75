/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_TERMS_H
#define MODELS_DESIGN_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* Lists of terms without repetition, in order of arrival.  A term is a set of variables. */
struct term_set {
    size_t n;
    const uint32_t *variable; /* [n] ascending */
};

struct terms;

struct terms *terms_new(struct arena *keep);
size_t terms_count(const struct terms *t);
struct term_set terms_at(const struct terms *t, size_t i);

/* All of these give false, with the list unfinished, where it would have more than
   DESIGN_MAX_TERMS, or needs more than a hundred times as many products. */
bool terms_add(struct terms *t, struct term_set set);
bool terms_add_all(struct terms *t, const struct terms *more);
/* a:b for each a of the left in turn and each b of the right. */
bool terms_add_products(struct terms *t, const struct terms *left, const struct terms *right);

/* The variables of all terms together. */
struct term_set terms_union(const struct terms *t, struct arena *keep);

/* Those of `t` that are not in `less`. */
struct terms *terms_without(const struct terms *t, const struct terms *less, struct arena *keep);

/* Does b have all of a's variables, and perhaps more? */
bool terms_set_within(struct term_set a, struct term_set b);

#endif
