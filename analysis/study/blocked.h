/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_BLOCKED_H
#define ANALYSIS_STUDY_BLOCKED_H

#include "io/key/keys.h"

/* Ids that are no customer: house accounts such as "walk-in" or "guest checkout", under which
   the purchases of many are posted.  They match nobody. */
struct blocked {
    size_t n;                     /* ids and beginnings; 0: none */
    struct key_steps rules;       /* of the study */
    struct key_steps apart;       /* those of them that do not merge */
    struct key_steps spelling;    /* those of them that keep a beginning a beginning */
    const struct key_map *exact;  /* ids after the rules */
    const struct key_map *parts;  /* those that a merging rule shortens: after the others */
    struct texts stem;            /* beginnings as declared, without the star ... */
    const struct key_text *plain; /* [stem.n] ... and after the rules of spelling */
};

/* Ids of `listed` and `more` (of a file), compared after the rules; a part of a customer
   ("Smith:Kitchen" under the rule parent) after those that do not merge, so that it stands for
   itself and not for all of his.  One that ends in '*' stands
   for all that begin so, as written or after the rules; to the beginning itself only those of trim,
   case and nfkc are applied that are declared, so that it does not become another. */
void blocked_make(const struct texts *listed, const struct texts *more,
                  const struct key_steps *rules, struct blocked *b, struct arena *keep);

/* Whether an id as written is blocked; b NULL: none is.  Takes the buffer: what keys_apply() gave
   is gone. Several threads may ask at once, each with its own buffer. */
bool blocked_is(const struct blocked *b, const char *text, size_t length,
                struct key_buffer *buffer);

/* keys_owner(), but an id of which only the whole, or only the beginning, is blocked is its own. */
struct key_text blocked_owner(const struct blocked *b, const struct key_steps *rules, size_t k,
                              const char *text, size_t length, struct key_buffer buffer[2]);

#endif
