/* SPDX-License-Identifier: GPL-3.0-or-later
   UTF-8 checked 32 bytes at a time: J. Keiser & D. Lemire, "Validating UTF-8 in less than
   one instruction per byte" (2021).  Included by kernels that are compiled for AVX2. */
#ifndef IO_SCAN_UTF8_AVX2_H
#define IO_SCAN_UTF8_AVX2_H

#if defined(SCAN_OWN_UTF8)
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What two bytes that follow each other can be wrong in.  Three tables tell it from the
   first byte's halves and the second's upper half; a bit that stands in all is so. */
enum {
    TOO_SHORT = 1 << 0,  /* a lead and no continuation */
    TOO_LONG = 1 << 1,   /* a continuation behind ASCII */
    OVERLONG_3 = 1 << 2, /* e0 80..9f */
    TOO_LARGE = 1 << 3,  /* f4 90.., f5.. */
    SURROGATE = 1 << 4,  /* ed a0..bf */
    OVERLONG_2 = 1 << 5, /* c0, c1 */
    OVERLONG_4 = 1 << 6, /* f0 80..8f, and f5.. 80..8f */
    TWO_MORE = 1 << 7,   /* two continuations: well where a lead before wants them */
    ANY_LOW = TOO_SHORT | TOO_LONG | TWO_MORE,
    LARGE = TOO_LARGE | OVERLONG_4,
    SECOND = TOO_LONG | OVERLONG_2 | TWO_MORE
};

static const uint8_t utf8_first_high[16] = {TOO_LONG,
                                            TOO_LONG,
                                            TOO_LONG,
                                            TOO_LONG,
                                            TOO_LONG,
                                            TOO_LONG,
                                            TOO_LONG,
                                            TOO_LONG,
                                            TWO_MORE,
                                            TWO_MORE,
                                            TWO_MORE,
                                            TWO_MORE,
                                            TOO_SHORT | OVERLONG_2,
                                            TOO_SHORT,
                                            TOO_SHORT | OVERLONG_3 | SURROGATE,
                                            TOO_SHORT | LARGE};

static const uint8_t utf8_first_low[16] = {ANY_LOW | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
                                           ANY_LOW | OVERLONG_2,
                                           ANY_LOW,
                                           ANY_LOW,
                                           ANY_LOW | TOO_LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE | SURROGATE,
                                           ANY_LOW | LARGE,
                                           ANY_LOW | LARGE};

static const uint8_t utf8_second_high[16] = {TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             SECOND | OVERLONG_3 | OVERLONG_4,
                                             SECOND | OVERLONG_3 | TOO_LARGE,
                                             SECOND | SURROGATE | TOO_LARGE,
                                             SECOND | SURROGATE | TOO_LARGE,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT,
                                             TOO_SHORT};

static inline __m256i utf8_table(const uint8_t table[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)table));
}

/* Not zero where a byte of `now`, with those before it, is wrong. */
static inline __m256i utf8_errors(__m256i now, __m256i before)
{
    const __m256i low = _mm256_set1_epi8(0x0f), top = _mm256_set1_epi8('\x80');
    const __m256i middle = _mm256_permute2x128_si256(before, now, 0x21);
    const __m256i first = _mm256_alignr_epi8(now, middle, 15);
    const __m256i first_high = _mm256_and_si256(_mm256_srli_epi16(first, 4), low);
    const __m256i second_high = _mm256_and_si256(_mm256_srli_epi16(now, 4), low);
    const __m256i pair = _mm256_and_si256(
        _mm256_and_si256(
            _mm256_shuffle_epi8(utf8_table(utf8_first_high), first_high),
            _mm256_shuffle_epi8(utf8_table(utf8_first_low), _mm256_and_si256(first, low))),
        _mm256_shuffle_epi8(utf8_table(utf8_second_high), second_high));
    /* third and fourth bytes, which must be continuations behind one */
    const __m256i third =
        _mm256_subs_epu8(_mm256_alignr_epi8(now, middle, 14), _mm256_set1_epi8('\xe0' - '\x80'));
    const __m256i fourth =
        _mm256_subs_epu8(_mm256_alignr_epi8(now, middle, 13), _mm256_set1_epi8('\xf0' - '\x80'));
    return _mm256_xor_si256(pair, _mm256_and_si256(_mm256_or_si256(third, fourth), top));
}

/* Whether the text is UTF-8; behind its end stands ASCII, so that a character that
   is cut is wrong. */
static inline bool utf8_avx2(const char *bytes, size_t n)
{
    __m256i before = _mm256_setzero_si256(), wrong = before;
    char padded[32];
    size_t at = 0;
    for (; n - at >= 32; at += 32) {
        const __m256i now = _mm256_loadu_si256((const void *)(bytes + at));
        wrong = _mm256_or_si256(wrong, utf8_errors(now, before));
        before = now;
    }
    memset(padded, 'x', sizeof padded);
    memcpy(padded, bytes + at, n - at);
    wrong = _mm256_or_si256(wrong, utf8_errors(_mm256_loadu_si256((const void *)padded), before));
    return _mm256_testz_si256(wrong, wrong);
}

#endif
#endif
