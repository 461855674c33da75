/* SPDX-License-Identifier: GPL-3.0-or-later
   Up to eight digits at once. */
#ifndef IO_TEXT_DIGITS_H
#define IO_TEXT_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* n <= 8 bytes as a number, the first the most significant. */
static inline uint64_t digits_bytes(const char *p, size_t n)
{
    uint64_t sum = 0;
    uint32_t head, tail;
    if (n >= 4) { /* two fours, which overlap */
        memcpy(&head, p, 4);
        memcpy(&tail, p + n - 4, 4);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        head = __builtin_bswap32(head);
        tail = __builtin_bswap32(tail);
#endif
        return (uint64_t)head << 8 * (n - 4) | tail;
    }
    for (size_t i = 0; i < n; i++)
        sum = sum << 8 | (unsigned char)p[i];
    return sum;
}

/* The value of the n >= 1 digits that digits_bytes() gave; false if one is no digit.
   Pairs, fours and eights are put together by multiplication. */
static inline bool digits_value(uint64_t bytes, size_t n, uint64_t *value)
{
    const uint64_t zeros = 0x3030303030303030u, halves = 0xf0f0f0f0f0f0f0f0u;
    const uint64_t all = n < 8 ? bytes | zeros << 8 * n : bytes;
    if ((all & halves) != zeros || ((all + 0x0606060606060606u) & halves) != zeros)
        return false;
    uint64_t v = __builtin_bswap64(all) - zeros;
    v = 10 * v + (v >> 8);
    v = (v & 0x000000ff000000ffu) * (100 + (1000000ULL << 32)) +
        (v >> 16 & 0x000000ff000000ffu) * (1 + (10000ULL << 32));
    *value = v >> 32;
    return true;
}

#endif
