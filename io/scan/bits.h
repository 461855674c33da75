/* SPDX-License-Identifier: GPL-3.0-or-later
   What the scanner does with the masks of a block, in plain C. */
#ifndef IO_SCAN_BITS_H
#define IO_SCAN_BITS_H

#include "io/scan/kernel.h"

/* Bit i of the result is the parity of bits 0..i. */
static inline uint64_t prefix_xor(uint64_t mask)
{
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

/* Fields end at the bits of `any`, counted from byte `at`; records at those of
   `line`, which are among them. */
static inline void note(struct found *f, uint32_t at, uint64_t any, uint64_t line)
{
    for (; any; any &= any - 1) {
        const int bit = __builtin_ctzll(any);
        f->end[f->n_ends++] = at + (uint32_t)bit;
        f->record[f->n_records] = (uint32_t)f->n_ends;
        f->n_records += line >> bit & 1;
    }
}

#endif
