/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_SHA256_H
#define IO_BYTES_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* SHA-256 (FIPS 180-4) of bytes that come in pieces, with the processor's own
   instructions where it has them: libmd's portable code would take longer than
   all else that is done to a ledger. */
struct sha256 {
    uint32_t state[8];
    uint64_t n;             /* bytes so far */
    unsigned char rest[64]; /* those that do not yet fill a block */
    void (*blocks)(uint32_t state[8], const unsigned char *bytes, size_t n_blocks);
};

void sha256_start(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t n);
void sha256_end(struct sha256 *s, uint8_t hash[32]);

/* As 64 hexadecimal digits. */
const char *sha256_text(const uint8_t hash[32], struct arena *keep);

#endif
