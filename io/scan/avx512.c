/* SPDX-License-Identifier: GPL-3.0-or-later
   AVX-512 with VBMI2 (Ice Lake 2019, Zen 4 2022): masks are compared in one step, and
   the positions of their bits written sixteen at a time. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "io/scan/kernel.h"

#if defined(__clang__)
#pragma clang attribute push(                                                            \
    __attribute__((target("avx512f,avx512bw,avx512vbmi2,avx2,bmi,bmi2,popcnt,pclmul"))), \
    apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vbmi2,avx2,bmi,bmi2,popcnt,pclmul")
#endif

#define SCAN_OWN_UTF8
#include "io/scan/utf8_avx2.h"

enum { BLOCK = 64, VECTOR = 32 };

struct block {
    __m512i part;
};

static inline struct block block_load(const char *p)
{
    return (struct block){_mm512_loadu_si512(p)};
}

static inline uint64_t block_equal(const struct block *b, char c)
{
    return _mm512_cmpeq_epi8_mask(b->part, _mm512_set1_epi8(c));
}

/* Bit i of the result is the parity of bits 0..i: a product without carries by ones. */
static inline uint64_t prefix_xor(uint64_t mask)
{
    const __m128i ones = _mm_set1_epi8('\xff');
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)mask), ones, 0));
}

/* Writes base + i for each bit i of the mask, in sixteens; gives their number. */
static inline size_t put_bits(uint32_t *to, uint64_t mask, uint32_t base)
{
    const size_t n = (size_t)_mm_popcnt_u64(mask);
    const __m512i each = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
        40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
        17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i from = _mm512_set1_epi32((int)base);
    __m512i bits = _mm512_maskz_compress_epi8(mask, each);
    for (size_t i = 0; i == 0 || i < n; i += 16) {
        const __m512i sixteen = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(bits));
        _mm512_storeu_si512(to + i, _mm512_add_epi32(sixteen, from));
        bits = _mm512_alignr_epi64(bits, bits, 2);
    }
    return n;
}

/* As in io/scan/bits.h. */
static inline void note(struct found *f, uint32_t at, uint64_t any, uint64_t line)
{
    const uint32_t first = (uint32_t)f->n_ends + 1;
    f->n_ends += put_bits(f->end + f->n_ends, any, at);
    f->n_records += put_bits(f->record + f->n_records, _pext_u64(line, any), first);
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
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx2") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
}

const struct scan_kernel scan_avx512 = {"avx512", runs_here,   scan_index,
                                        find_cut, count_lines, is_utf8};

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
