/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_KEY_SORT_H
#define MODELS_BASE_KEY_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Many things sorted by the bytes of their keys, in place, by several threads: 16 bytes
   for each and next to nothing beside it. */

struct key_item {
    uint64_t bytes; /* the sort's own: a part of the key */
    uint64_t item;  /* what the caller calls the thing: an index, or an address as a number */
};

struct key_bytes {
    const char *at; /* [length], of any value */
    size_t length;
};

/* Whose keys; key() is called by several threads at once, once or twice for each item in
   the order in which they stand, and again for those that agree in what has been seen. */
struct key_owner {
    struct key_bytes (*key)(const void *context, uint64_t item);
    const void *context;
};

/* Sorts k[0..n-1], of which only `item` needs to be set, as memcmp() orders their keys,
   the shorter first where one begins with the other, equal keys by `item`: the result is
   unique.  n_threads = 0: one per processor.

   Radix sort from the first digit, in place (McIlroy, Bostic & McIlroy 1993, "Engineering
   radix sort", Computing Systems 6, 5-27), over eight bytes of the keys at a time behind
   what all begin with, without the bits that all have alike. */
void key_sort(struct key_item *k, size_t n, const struct key_owner *owner, size_t n_threads);

#endif
