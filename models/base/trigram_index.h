/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_TRIGRAM_INDEX_H
#define MODELS_BASE_TRIGRAM_INDEX_H

#include "models/base/trigrams.h"

/* Which of many sets of trigrams are similar to another one, by Dice's coefficient: exactly those
   that a comparison with each of them would find.

   Each trigram has the list of the sets that hold it, and a search counts in how many lists of
   the asked trigrams each set stands.  Long lists are bits, one per set, and are added up 64 sets
   at a time, in binary digits that are words themselves (Knuth 2011, The Art of Computer
   Programming 4A, 7.1.3, on adding bits sideways); what is short is counted one by one. */
struct trigram_index;

enum { TRIGRAMS_MOST = UINT8_MAX }; /* of a set */

/* set: [n], each of 1 to TRIGRAMS_MOST trigrams.  least: of the coefficient, 0 to 1; sets that
   share nothing are never similar. */
struct trigram_index *trigram_index_new(const struct trigrams *set, size_t n, double least,
                                        struct arena *keep);

/* A search: one per thread; several may search an index at once. */
struct trigram_search;

struct trigram_search *trigram_search_new(const struct trigram_index *index, struct arena *keep);

struct trigram_match {
    uint32_t which, shared; /* number of the set; how many trigrams it shares */
};

/* The sets with 2 shared / (sum of both sizes) >= least, in no order that means anything; valid
   until the next search.  asked has at most TRIGRAMS_MOST. */
size_t trigram_search(struct trigram_search *search, struct trigrams asked,
                      const struct trigram_match **found);

#endif
