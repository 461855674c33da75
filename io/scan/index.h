/* SPDX-License-Identifier: GPL-3.0-or-later
   The loops of a kernel, over the blocks of plain C, unless the file that includes
   this has its own (SCAN_OWN_BLOCK: what io/scan/block.h defines), with the bits of
   plain C, unless it has its own (SCAN_OWN_BITS: io/scan/bits.h), and with its own
   is_utf8() where it defines SCAN_OWN_UTF8. */
#ifndef IO_SCAN_INDEX_H
#define IO_SCAN_INDEX_H

#include <string.h>

#include "io/scan/kernel.h"

#if !defined(SCAN_OWN_BLOCK)
#include "io/scan/block.h"
#endif
#if !defined(SCAN_OWN_BITS)
#include "io/scan/bits.h"
#endif

#if !defined(SCAN_OWN_UTF8)
static bool is_utf8(const char *bytes, size_t n)
{
    return scan_utf8(bytes, n) == n;
}
#endif

/* The last n < 64 bytes of a text are padded with a byte that means nothing. */
static inline struct block block_at(const char *p, size_t n)
{
    char padded[BLOCK];
    if (n < BLOCK) {
        memset(padded, 'x', sizeof padded);
        memcpy(padded, p, n);
        p = padded;
    }
    return block_load(p);
}

enum { BYTE_NUL = 1, BYTE_HIGH = 2, BYTE_QUOTE = 4, BYTE_RETURN = 8 };

/* Which bytes that need care are in the text. */
static inline unsigned census(const char *p, size_t n)
{
    typedef unsigned char vector __attribute__((vector_size(VECTOR)));
    vector nul = {0}, high = {0}, quote = {0}, ret = {0};
    uint64_t sum[4] = {0}, part[VECTOR / 8];
    char padded[VECTOR];
    if (n < VECTOR) {
        memset(padded, 'x', sizeof padded);
        memcpy(padded, p, n);
        p = padded;
        n = VECTOR;
    }
    for (size_t i = 0; i < n; i += VECTOR) {
        vector v;
        memcpy(&v, p + (n - i < VECTOR ? n - VECTOR : i), VECTOR);
        nul |= (vector)(v == 0);
        high |= v & 0x80;
        quote |= (vector)(v == '"');
        ret |= (vector)(v == '\r');
    }
    const vector all[4] = {nul, high, quote, ret};
    for (int k = 0; k < 4; k++) {
        memcpy(part, &all[k], VECTOR);
        for (int i = 0; i < VECTOR / 8; i++)
            sum[k] |= part[i];
    }
    return (sum[0] ? BYTE_NUL : 0) | (sum[1] ? BYTE_HIGH : 0) | (sum[2] ? BYTE_QUOTE : 0) |
           (sum[3] ? BYTE_RETURN : 0);
}

/* Where quotes stand in the blocks so far. */
struct quoting {
    uint64_t inside;    /* all ones while a quote is open */
    uint64_t may_open;  /* 1: the last byte was a field's end or a closing quote */
    uint64_t must_end;  /* 1: the last byte was a closing quote */
    uint64_t irregular; /* not 0: a quote stands where RFC 4180 has none */
};

static const struct quoting no_quotes = {.may_open = 1};

/* Bits of a block that lie outside quotes.  Every quote switches, so that a doubled
   one closes and opens again; this is right as long as each quote that opens
   follows a field's end or a closing quote, and each that closes precedes one. */
static inline uint64_t outside(struct quoting *q, uint64_t quotes, uint64_t ends)
{
    const uint64_t inside = prefix_xor(quotes) ^ q->inside;
    const uint64_t open = quotes & inside, close = quotes & ~inside, free = ends & ~inside;
    const uint64_t border = free | close;
    q->irregular |= open & ~(border << 1 | q->may_open);
    q->irregular |= (close << 1 | q->must_end) & ~(free | open);
    q->may_open = border >> 63;
    q->must_end = close >> 63;
    q->inside = 0 - (inside >> 63);
    return ~inside;
}

/* The flags are constants where this is called, which leaves a loop of its own for
   the plain text that ledgers mostly are. */
static inline __attribute__((always_inline)) bool index_window(struct scan *s, size_t from,
                                                               size_t to, bool quotes, bool returns)
{
    struct found f = {.end = s->ends_room, .record = s->records_room};
    struct quoting q = no_quotes;
    for (size_t at = from; at < to; at += BLOCK) {
        const struct block b = block_at(s->bytes + at, to - at);
        uint64_t line = block_equal(&b, '\n');
        if (returns)
            line |= block_equal(&b, '\r');
        uint64_t any = line | block_equal(&b, s->delimiter);
        if (quotes)
            any &= outside(&q, block_equal(&b, '"'), any);
        note(&f, (uint32_t)at, any, line & any);
    }
    const size_t last = f.n_records ? (size_t)f.end[f.record[f.n_records - 1] - 1] + 1 : from;
    if (to == s->n && last < to) { /* a last record without a line end */
        f.end[f.n_ends++] = (uint32_t)to;
        f.record[f.n_records++] = (uint32_t)f.n_ends;
    }
    s->n_records = f.n_records;
    return !q.irregular && !(q.inside && to == s->n);
}

static bool scan_index(struct scan *s, size_t from, size_t to)
{
    const unsigned seen = census(s->bytes + from, to - from);
    s->quoted = seen & BYTE_QUOTE;
    s->unix_lines = s->unix_lines && !(seen & (BYTE_QUOTE | BYTE_RETURN));
    if (seen & BYTE_NUL)
        return false;
    if (s->utf8 && seen & BYTE_HIGH && !is_utf8(s->bytes + from, to - from))
        return false;
    if (seen & BYTE_QUOTE)
        return index_window(s, from, to, true, true);
    if (seen & BYTE_RETURN)
        return index_window(s, from, to, false, true);
    return index_window(s, from, to, false, false);
}

static bool find_cut(char delimiter, const char *bytes, size_t n, size_t *cut)
{
    struct quoting q = no_quotes;
    *cut = 0;
    for (size_t at = 0; at < n; at += BLOCK) {
        const struct block b = block_at(bytes + at, n - at);
        const uint64_t line = block_equal(&b, '\n') | block_equal(&b, '\r');
        const uint64_t free = outside(&q, block_equal(&b, '"'), line | block_equal(&b, delimiter));
        if (line & free)
            *cut = at + 64 - (size_t)__builtin_clzll(line & free);
    }
    return !q.irregular;
}

static uint64_t count_lines(const char *bytes, size_t n)
{
    uint64_t lines = 0;
    for (size_t at = 0; at < n; at += BLOCK) {
        const struct block b = block_at(bytes + at, n - at);
        const uint64_t feed = block_equal(&b, '\n');
        uint64_t lone = block_equal(&b, '\r') & ~(feed >> 1);
        if (lone >> 63 && at + BLOCK < n && bytes[at + BLOCK] == '\n')
            lone &= ~0ULL >> 1;
        lines += (uint64_t)__builtin_popcountll(feed | lone);
    }
    return lines;
}

#endif
