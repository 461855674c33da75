/* SPDX-License-Identifier: GPL-3.0-or-later
   SSE2 is part of every x86-64. */
#if defined(__x86_64__)
#include <emmintrin.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, VECTOR = 16 };

struct block {
    __m128i part[4];
};

static inline struct block block_load(const char *p)
{
    const __m128i *const part = (const void *)p;
    return (struct block){{_mm_loadu_si128(part), _mm_loadu_si128(part + 1),
                           _mm_loadu_si128(part + 2), _mm_loadu_si128(part + 3)}};
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

#define SCAN_OWN_BLOCK
#include "io/scan/index.h"

static bool runs_here(void)
{
    return true;
}

const struct scan_kernel scan_sse2 = {"sse2",   runs_here,   scan_index,
                                      find_cut, count_lines, is_utf8};

#endif
