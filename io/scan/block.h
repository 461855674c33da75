/* SPDX-License-Identifier: GPL-3.0-or-later
   64 bytes at a time as bit masks, in plain C: bit i of a mask speaks of byte i. */
#ifndef IO_SCAN_BLOCK_H
#define IO_SCAN_BLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, VECTOR = 16 }; /* bytes of a block; of a register */

struct block {
    uint64_t part[BLOCK / 8];
};

static inline struct block block_load(const char *p)
{
    struct block b;
    memcpy(b.part, p, BLOCK);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (int i = 0; i < BLOCK / 8; i++)
        b.part[i] = __builtin_bswap64(b.part[i]);
#endif
    return b;
}

/* Bytes that are equal become 0, whose top bits the addition does not set; the
   multiplication brings the eight top bits together. */
static inline uint64_t block_equal(const struct block *b, char c)
{
    const uint64_t ones = 0x0101010101010101u, low = 0x7f * ones;
    uint64_t mask = 0;
    for (int i = 0; i < BLOCK / 8; i++) {
        const uint64_t x = b->part[i] ^ (unsigned char)c * ones;
        const uint64_t equal = ~(((x & low) + low) | x | low);
        mask |= equal * 0x0002040810204081u >> 56 << 8 * i;
    }
    return mask;
}

#endif
