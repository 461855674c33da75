/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PRIVACY_PSEUDONYM_H
#define IO_PRIVACY_PSEUDONYM_H

#include <stdbool.h>
#include <stddef.h>

#include "io/key/keys.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* Names that stand for customers' ids: the first 128 bits of HMAC-SHA-256 (RFC 2104, FIPS 198-1)
   of the id under a secret key, in base32 (RFC 4648), lower case, without padding.  Without the
   key nobody can try out ids, as a plain hash would let them; whoever has it can. */
struct pseudonyms;

enum {
    PSEUDONYM_BITS = 128,
    PSEUDONYM_LENGTH = 26,   /* characters */
    PSEUDONYM_LEAST_KEY = 16 /* bytes of the secret key */
};

/* Takes the secret key from where `source` says: "env:NAME" is an environment variable, which is
   taken out of the environment, so that no program that is started from here has it; else a file,
   all of its bytes but for one line end behind them.  A key of fewer than PSEUDONYM_LEAST_KEY
   bytes is ERR_USAGE, as is a source that is neither: it is not repeated in the message, as it may
   be the key itself.  *open_to_others: the file can be read by everybody.  NULL on error. */
struct pseudonyms *pseudonyms_open(const char *source, bool *open_to_others, struct arena *keep,
                                   struct err *err);

/* The same from bytes, which are not kept. */
struct pseudonyms *pseudonyms_new(const unsigned char *key, size_t n, struct arena *keep);

/* The rules that ids go through before they are hashed, so that all spellings that a study makes
   one id have one pseudonym; until then none. */
void pseudonyms_rules(struct pseudonyms *p, const struct key_steps *rules);

/* The pseudonym of an id as written, NULL of NULL.  It lives in the arena. */
const char *pseudonym_of(struct pseudonyms *p, const char *id);

/* The same of an id that has been through the rules. */
const char *pseudonym_of_joined(struct pseudonyms *p, const char *id);

/* Eight hexadecimal digits by which two runs can be seen to have had the same key, and nothing
   else. */
const char *pseudonyms_check(const struct pseudonyms *p);

/* False, with err set, where two ids came out as one pseudonym. */
bool pseudonyms_distinct(const struct pseudonyms *p, struct err *err);

#endif
