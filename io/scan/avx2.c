/* SPDX-License-Identifier: GPL-3.0-or-later
   AVX2 with the bit instructions that came with it (Haswell 2013, Zen 2017). */
#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include "io/scan/kernel.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt,pclmul"))), \
                             apply_to = function)
#else
#pragma GCC target("avx2,bmi,bmi2,popcnt,pclmul")
#endif

#define SCAN_OWN_UTF8
#include "io/scan/utf8_avx2.h"

enum { BLOCK = 64, VECTOR = 32 };

struct block {
    __m256i part[2];
};

static inline struct block block_load(const char *p)
{
    const __m256i *const part = (const void *)p;
    return (struct block){{_mm256_loadu_si256(part), _mm256_loadu_si256(part + 1)}};
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

/* Writes base + i for the lowest `most` bits i of the mask, or what follows, without
   asking how many there are: a branch that is mistaken costs more than they do. */
static inline __attribute__((always_inline)) uint64_t put_bits(uint32_t *to, uint64_t mask,
                                                               uint32_t base, int most)
{
#pragma GCC unroll 12
    for (int i = 0; i < most; i++, mask = _blsr_u64(mask))
        to[i] = base + (uint32_t)_tzcnt_u64(mask);
    return mask;
}

/* Ends up to the bit of `line` that is the lowest. */
static inline uint32_t ends_to(uint64_t any, uint64_t line)
{
    return (uint32_t)_mm_popcnt_u64(any & _blsmsk_u64(line));
}

/* As in io/scan/bits.h. */
static inline void note(struct found *f, uint32_t at, uint64_t any, uint64_t line)
{
    enum { ENDS = 12 };
    uint32_t *end = f->end + f->n_ends, *record = f->record + f->n_records;
    const uint32_t first = (uint32_t)f->n_ends;
    f->n_ends += (size_t)_mm_popcnt_u64(any);
    f->n_records += (size_t)_mm_popcnt_u64(line);
    for (uint64_t rest = put_bits(end, any, at, ENDS); rest; rest = _blsr_u64(rest))
        *(end++ + ENDS) = at + (uint32_t)_tzcnt_u64(rest);
    *record++ = first + ends_to(any, line);
    line = _blsr_u64(line);
    *record++ = first + ends_to(any, line);
    for (line = _blsr_u64(line); line; line = _blsr_u64(line))
        *record++ = first + ends_to(any, line);
}

static bool is_utf8(const char *bytes, size_t n)
{
    return utf8_avx2(bytes, n);
}

#define SCAN_OWN_BLOCK
#define SCAN_OWN_BITS
#include "io/scan/index.h"

static bool runs_here(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("pclmul");
}

const struct scan_kernel scan_avx2 = {"avx2",   runs_here,   scan_index,
                                      find_cut, count_lines, is_utf8};

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
