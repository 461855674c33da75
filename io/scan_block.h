/* SPDX-License-Identifier: GPL-3.0-or-later
   64 bytes at a time as bit masks: bit i of a mask speaks of byte i.  SSE2 (part
   of every x86-64), NEON (part of every arm64), or plain C. */
#ifndef IO_SCAN_BLOCK_H
#define IO_SCAN_BLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 64 };

#if defined(__SSE2__)
#include <emmintrin.h>

struct block {
    __m128i part[4];
};

static inline struct block block_load(const char *p)
{
    struct block b;
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++)
        memcpy(&b.part[i], p + 16 * i, 16);
    return b;
}

static inline uint64_t block_equal(const struct block *b, char c)
{
    const __m128i all = _mm_set1_epi8(c);
    uint64_t mask = 0;
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++)
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(b->part[i], all)) << 16 * i;
    return mask;
}

#elif defined(__aarch64__)
#include <arm_neon.h>

struct block {
    uint8x16_t part[4];
};

static inline struct block block_load(const char *p)
{
    struct block b;
    for (int i = 0; i < 4; i++)
        b.part[i] = vld1q_u8((const uint8_t *)p + 16 * i);
    return b;
}

static inline uint64_t block_equal(const struct block *b, char c)
{
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t all = vdupq_n_u8((uint8_t)c), bit = vld1q_u8(bits);
    uint8x16_t m[4];
    for (int i = 0; i < 4; i++)
        m[i] = vandq_u8(vceqq_u8(b->part[i], all), bit);
    uint8x16_t sum = vpaddq_u8(vpaddq_u8(m[0], m[1]), vpaddq_u8(m[2], m[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

#else

struct block {
    char part[BLOCK];
};

static inline struct block block_load(const char *p)
{
    struct block b;
    memcpy(b.part, p, BLOCK);
    return b;
}

static inline uint64_t block_equal(const struct block *b, char c)
{
    uint64_t mask = 0;
    for (int i = 0; i < BLOCK; i++)
        mask |= (uint64_t)(b->part[i] == c) << i;
    return mask;
}

#endif

/* The last n < 64 bytes of a text, padded with a byte that means nothing. */
static inline struct block block_load_tail(const char *p, size_t n)
{
    char padded[BLOCK];
    memset(padded, 'x', sizeof padded);
    memcpy(padded, p, n);
    return block_load(padded);
}

/* Bit i of the result is the parity of bits 0..i. */
static inline uint64_t prefix_xor(uint64_t mask)
{
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

#endif
