/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_TRIGRAM_INDEX_H
#define MODELS_BASE_TRIGRAM_INDEX_H

#include "models/base/trigrams.h"

/* Which of many sets of trigrams are similar to another one, by Dice's coefficient: exactly those
   that a comparison with each of them would find.

   Each trigram has the list of the sets that hold it, and a search counts in how many lists of
   the asked trigrams a set stands.  How many must be shared follows from the two sizes, so that
   the longest lists need not be counted: whoever is similar stands in enough of the others, and
   is then looked up in them one by one (Li, Lu & Lu 2008, ICDE, 257-266: DivideSkip). */
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
