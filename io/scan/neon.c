/* SPDX-License-Identifier: GPL-3.0-or-later
   NEON is part of every arm64. */
#if defined(__aarch64__)
#include <arm_neon.h>
#include <stdint.h>

enum { BLOCK = 64, VECTOR = 16 };

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

/* One bit is left of each byte, and three times neighbours are added. */
static inline uint64_t block_equal(const struct block *b, char c)
{
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t all = vdupq_n_u8((uint8_t)c), bit = vld1q_u8(bits);
    uint8x16_t m[4];
    for (int i = 0; i < 4; i++)
        m[i] = vandq_u8(vceqq_u8(b->part[i], all), bit);
    const uint8x16_t sum = vpaddq_u8(vpaddq_u8(m[0], m[1]), vpaddq_u8(m[2], m[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

#define SCAN_OWN_BLOCK
#include "io/scan/index.h"

static bool runs_here(void)
{
    return true;
}

const struct scan_kernel scan_neon = {"neon",   runs_here,   scan_index,
                                      find_cut, count_lines, is_utf8};

#endif
