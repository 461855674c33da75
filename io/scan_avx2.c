/* SPDX-License-Identifier: GPL-3.0-or-later
   AVX2 with the bit instructions that came with it (Haswell 2013, Zen 2017). */
#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include "io/scan_kernel.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt,pclmul"))), \
                             apply_to = function)
#else
#pragma GCC target("avx2,bmi,bmi2,popcnt,pclmul")
#endif

enum { BLOCK = 64, VECTOR = 32 };

struct block {
    __m256i part[2];
};

static inline struct block block_load(const char *p)
{
    struct block b;
    memcpy(b.part, p, BLOCK);
    return b;
}

static inline uint64_t block_equal(const struct block *b, char c)
{
    const __m256i all = _mm256_set1_epi8(c);
    const uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b->part[0], all));
    const uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b->part[1], all));
    return low | (uint64_t)high << 32;
}

/* Bit i of the result is the parity of bits 0..i: a product without carries by ones. */
static inline uint64_t prefix_xor(uint64_t mask)
{
    const __m128i ones = _mm_set1_epi8('\xff');
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)mask), ones, 0));
}

/* The first twelve bits without asking how many there are: a branch that is
   mistaken costs more than they do. */
static inline void note(struct found *f, uint32_t at, uint64_t any, uint64_t line)
{
    uint32_t *end = f->end + f->n_ends, *record = f->record + f->n_records;
    const uint32_t first = (uint32_t)f->n_ends + 1;
    f->n_ends += (size_t)_mm_popcnt_u64(any);
    f->n_records += (size_t)_mm_popcnt_u64(line);
    record[0] = first + (uint32_t)_mm_popcnt_u64(any & (_blsmsk_u64(line) >> 1));
    for (uint64_t rest = _blsr_u64(line); rest; rest = _blsr_u64(rest))
        *++record = first + (uint32_t)_mm_popcnt_u64(any & (_blsmsk_u64(rest) >> 1));
#pragma GCC unroll 12
    for (int i = 0; i < 12; i++, any = _blsr_u64(any))
        *end++ = at + (uint32_t)_tzcnt_u64(any);
    for (; any; any = _blsr_u64(any))
        *end++ = at + (uint32_t)_tzcnt_u64(any);
}

#define SCAN_OWN_BLOCK
#define SCAN_OWN_BITS
#include "io/scan_index.h"

static bool runs_here(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("pclmul");
}

const struct scan_kernel scan_avx2 = {"avx2", runs_here, scan_index, find_cut, count_lines};

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
