/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/sha256.h"

#include <sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void blocks_portable(uint32_t state[8], const unsigned char *bytes, size_t n_blocks)
{
    for (; n_blocks > 0; n_blocks--, bytes += 64)
        SHA256Transform(state, bytes);
}

#if defined(__x86_64__)
#include <immintrin.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define HARDWARE __attribute__((target("sha,sse4.1,ssse3")))

/* Words 4i .. 4i+3 of the message schedule from the sixteen before them. */
HARDWARE static inline __m128i schedule(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
    const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
    return _mm_sha256msg2_epu32(sum, w3);
}

/* Four rounds; the instructions hold the state as ABEF and CDGH. */
HARDWARE static inline void rounds(__m128i *abef, __m128i *cdgh, __m128i words, int i)
{
    const __m128i k = _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i));
    __m128i w = _mm_add_epi32(words, k);
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, w);
    w = _mm_shuffle_epi32(w, 0x0e);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, w);
}

HARDWARE static void block_hardware(__m128i *abef, __m128i *cdgh, const unsigned char *bytes)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i abef_before = *abef, cdgh_before = *cdgh;
    __m128i w[4];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
        if (i < 4)
            w[i] = _mm_shuffle_epi8(
                _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), big_endian);
        else
            w[i % 4] = schedule(w[i % 4], w[(i + 1) % 4], w[(i + 2) % 4], w[(i + 3) % 4]);
        rounds(abef, cdgh, w[i % 4], i);
    }
    *abef = _mm_add_epi32(*abef, abef_before);
    *cdgh = _mm_add_epi32(*cdgh, cdgh_before);
}

HARDWARE static void blocks_hardware(uint32_t state[8], const unsigned char *bytes, size_t n_blocks)
{
    uint32_t a[4] = {state[5], state[4], state[1], state[0]};
    uint32_t c[4] = {state[7], state[6], state[3], state[2]};
    __m128i abef = _mm_loadu_si128((const __m128i *)(const void *)a);
    __m128i cdgh = _mm_loadu_si128((const __m128i *)(const void *)c);
    for (; n_blocks > 0; n_blocks--, bytes += 64)
        block_hardware(&abef, &cdgh, bytes);
    _mm_storeu_si128((__m128i *)(void *)a, abef);
    _mm_storeu_si128((__m128i *)(void *)c, cdgh);
    const uint32_t after[8] = {a[3], a[2], c[3], c[2], a[1], a[0], c[1], c[0]};
    memcpy(state, after, sizeof after);
}

static bool has_hardware(void)
{
    unsigned a, b = 0, c = 0, d;
    __asm__("cpuid" : "=a"(a), "+b"(b), "+c"(c), "=d"(d) : "a"(7));
    return b >> 29 & 1 && __builtin_cpu_supports("sse4.1");
}
#endif

void sha256_start(struct sha256 *s)
{
    *s = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                   0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
                         .blocks = blocks_portable};
#if defined(__x86_64__)
    if (has_hardware())
        s->blocks = blocks_hardware;
#endif
}

void sha256_add(struct sha256 *s, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    const size_t held = s->n % 64;
    s->n += n;
    if (held > 0) {
        const size_t take = n < 64 - held ? n : 64 - held;
        memcpy(s->rest + held, p, take);
        p += take;
        n -= take;
        if (held + take < 64)
            return;
        s->blocks(s->state, s->rest, 1);
    }
    s->blocks(s->state, p, n / 64);
    memcpy(s->rest, p + n / 64 * 64, n % 64);
}

/* Padding: a one bit, zeros, and the number of bits, big-endian. */
void sha256_end(struct sha256 *s, uint8_t hash[32])
{
    const uint64_t bits = 8 * s->n;
    unsigned char pad[72] = {0x80};
    const size_t zeros = (119 - s->n % 64) % 64;
    for (int i = 0; i < 8; i++)
        pad[1 + zeros + (size_t)i] = (unsigned char)(bits >> (56 - 8 * i));
    sha256_add(s, pad, 9 + zeros);
    for (int i = 0; i < 32; i++)
        hash[i] = (uint8_t)(s->state[i / 4] >> (24 - 8 * (i % 4)));
}

const char *sha256_text(const uint8_t hash[32], struct arena *keep)
{
    char *text = ARENA_NEW(keep, char, 65);
    for (size_t i = 0; i < 32; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    return text;
}
