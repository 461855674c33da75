/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/cut.h"

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

/* Bit i tells whether byte i is c. */
static inline uint64_t equal(const char *p, char c)
{
    uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i all = _mm_set1_epi8(c);
    for (int i = 0; i < BLOCK / 16; i++) {
        __m128i v;
        memcpy(&v, p + 16 * i, sizeof v);
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, all)) << 16 * i;
    }
#else
    for (int i = 0; i < BLOCK; i++)
        mask |= (uint64_t)(p[i] == c) << i;
#endif
    return mask;
}

/* Bit i is the parity of bits 0..i. */
static inline uint64_t parity(uint64_t mask)
{
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

/* The quotes under one guess.  Every quote switches, so that a doubled one closes and opens
   again; this is right as long as each quote that opens follows a field's end or a closing
   quote, and each that closes precedes one. */
struct quoting {
    uint64_t may_open; /* 1: the last byte was a field's end or a closing quote */
    uint64_t must_end; /* 1: the last byte was a closing quote */
};

static inline void follow(struct quoting *q, struct cut_guess *g, size_t at, uint64_t quotes,
                          uint64_t inside, uint64_t line, uint64_t ends)
{
    const uint64_t open = quotes & inside, close = quotes & ~inside, free = ends & ~inside;
    const uint64_t border = free | close;
    g->irregular |= ((open & ~(border << 1 | q->may_open)) |
                     ((close << 1 | q->must_end) & ~(free | open))) != 0;
    q->may_open = border >> 63;
    q->must_end = close >> 63;
    if (line & free)
        g->cut = at + BLOCK - (size_t)__builtin_clzll(line & free);
}

static enum scan_state state_after(const struct quoting *q, uint64_t inside)
{
    return inside ? QUOTED : q->must_end ? QUOTE_IN_QUOTED : q->may_open ? FIELD_START : UNQUOTED;
}

static void look_quoted(struct block_cuts *seen, char delimiter, const char *bytes)
{
    struct quoting out = {.may_open = 1}, in = {.may_open = 0};
    uint64_t inside = 0;
    for (size_t at = 0; at < seen->looked; at += BLOCK) {
        const uint64_t quotes = equal(bytes + at, '"');
        const uint64_t line = equal(bytes + at, '\n') | equal(bytes + at, '\r');
        const uint64_t ends = line | equal(bytes + at, delimiter);
        const uint64_t within = parity(quotes) ^ inside;
        if (!seen->outside.irregular)
            follow(&out, &seen->outside, at, quotes, within, line, ends);
        if (!seen->inside.irregular)
            follow(&in, &seen->inside, at, quotes, ~within, line, ends);
        inside = 0 - (within >> 63);
    }
    seen->outside.end = state_after(&out, inside);
    seen->inside.end = state_after(&in, ~inside);
}

static size_t last_line_end(const char *bytes, size_t n)
{
    const char *feed = memrchr(bytes, '\n', n);
    const size_t after = feed ? (size_t)(feed - bytes) + 1 : 0;
    const char *ret = memrchr(bytes + after, '\r', n - after);
    return ret ? (size_t)(ret - bytes) + 1 : after;
}

static bool ends_field(char delimiter, char c)
{
    return c == delimiter || c == '\n' || c == '\r';
}

/* All but a carriage return that stands last. */
static size_t body(const char *bytes, size_t n)
{
    return n - (n > 0 && bytes[n - 1] == '\r');
}

struct block_cuts cuts_look(char delimiter, const char *bytes, size_t n)
{
    struct block_cuts seen = {.looked = body(bytes, n)};
    if (seen.looked == 0)
        return seen;
    seen.opens = bytes[0] == '"';
    seen.ends = seen.opens || ends_field(delimiter, bytes[0]);
    if (memchr(bytes, '"', seen.looked)) {
        seen.looked -= seen.looked % BLOCK;
        look_quoted(&seen, delimiter, bytes);
        return seen;
    }
    seen.outside.cut = last_line_end(bytes, seen.looked);
    seen.outside.end = ends_field(delimiter, bytes[seen.looked - 1]) ? FIELD_START : UNQUOTED;
    seen.inside.end = QUOTED;
    return seen;
}

/* Whether the guess that fits the state can be believed. */
static bool is_regular(const struct block_cuts *seen, enum scan_state state)
{
    if (state == QUOTED)
        return !seen->inside.irregular;
    return !seen->outside.irregular && !(state == UNQUOTED && seen->opens) &&
           !(state == QUOTE_IN_QUOTED && !seen->ends);
}

size_t cuts_take(const struct block_cuts *seen, char delimiter, const char *bytes, size_t n,
                 enum scan_state *state)
{
    size_t from = 0, cut = 0, first;
    if (seen->looked > 0 && is_regular(seen, *state)) {
        const struct cut_guess *guess = *state == QUOTED ? &seen->inside : &seen->outside;
        from = seen->looked;
        cut = guess->cut;
        *state = guess->end;
    }
    const size_t most = body(bytes, n);
    const size_t rest = scan_plain_ends(delimiter, bytes + from, most - from, state, &first);
    if (rest == SIZE_MAX)
        return SIZE_MAX;
    if (most < n)
        scan_plain_ends(delimiter, bytes + most, 1, state, &first);
    return rest > 0 ? from + rest : cut;
}
