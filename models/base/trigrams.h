/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_TRIGRAMS_H
#define MODELS_BASE_TRIGRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* How much alike two names are, whatever the order of their words: Dice's coefficient of their
   trigrams (Angell, Freund & Willett 1983, Information Processing & Management 19, 255-261). */

/* The distinct trigrams of a text, in rising order.  As in PostgreSQL's pg_trgm: of each word, a
   run of letters and digits, with two blanks before and one behind it; characters beyond ASCII
   are letters.  Three characters in 63 bits. */
struct trigrams {
    size_t n;
    const uint64_t *at;
};

/* Of UTF-8, folded before if case is not to matter; bytes that are none count as characters. */
struct trigrams trigrams_of(const char *text, size_t length, struct arena *keep);

/* 2 |A and B| / (|A| + |B|), from 0 to 1; 0 where one of them is empty. */
double trigrams_dice(struct trigrams a, struct trigrams b);

#endif
