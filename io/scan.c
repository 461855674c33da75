/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scan.h"

#include <assert.h>

#include "io/scan_block.h"
#include "io/scan_plain.h"

enum { WINDOW = 32 << 10, BYTE_NUL = 1, BYTE_HIGH = 2, BYTE_QUOTE = 4, BYTE_RETURN = 8 };

struct scan scan_new(char delimiter, bool utf8, size_t window, struct arena *memory)
{
    return (struct scan){
        .delimiter = delimiter, .utf8 = utf8, .window = window ? window : WINDOW, .memory = memory};
}

void scan_start(struct scan *s, const char *bytes, size_t n)
{
    assert(n < UINT32_MAX);
    s->bytes = bytes;
    s->n = n;
    s->at = s->start = 0;
    s->n_records = 0;
    s->fault = s->pending = SCAN_WELL;
}

/* Which bytes that need care are in the text. */
static inline __attribute__((always_inline)) unsigned census(const char *p, size_t n)
{
    unsigned seen = 0;
    size_t i = 0;
#if defined(__SSE2__)
    const __m128i quotes = _mm_set1_epi8('"'), returns = _mm_set1_epi8('\r');
    __m128i low = _mm_set1_epi8(-1), high = _mm_setzero_si128(), quote = high, ret = high;
    for (; i + 16 <= n; i += 16) {
        __m128i v;
        memcpy(&v, p + i, sizeof v);
        low = _mm_min_epu8(low, v);
        high = _mm_or_si128(high, v);
        quote = _mm_or_si128(quote, _mm_cmpeq_epi8(v, quotes));
        ret = _mm_or_si128(ret, _mm_cmpeq_epi8(v, returns));
    }
    seen |= _mm_movemask_epi8(_mm_cmpeq_epi8(low, _mm_setzero_si128())) ? BYTE_NUL : 0;
    seen |= _mm_movemask_epi8(high) ? BYTE_HIGH : 0;
    seen |= _mm_movemask_epi8(quote) ? BYTE_QUOTE : 0;
    seen |= _mm_movemask_epi8(ret) ? BYTE_RETURN : 0;
#endif
    for (; i < n; i++) {
        seen |= p[i] == '\0' ? BYTE_NUL : 0;
        seen |= (unsigned char)p[i] >= 0x80 ? BYTE_HIGH : 0;
        seen |= p[i] == '"' ? BYTE_QUOTE : 0;
        seen |= p[i] == '\r' ? BYTE_RETURN : 0;
    }
    return seen;
}

/* Where quotes stand in the blocks so far. */
struct quoting {
    uint64_t inside;   /* all ones while a quote is open */
    uint64_t may_open; /* 1: the last byte was a field's end or a closing quote */
    uint64_t must_end; /* 1: the last byte was a closing quote */
    bool irregular;    /* a quote stands where RFC 4180 has none */
};

/* Bits of a block that lie outside quotes.  Every quote switches, so that a doubled
   one closes and opens again; this is right as long as each quote that opens
   follows a field's end or a closing quote, and each that closes precedes one. */
static uint64_t outside(struct quoting *q, uint64_t quotes, uint64_t ends)
{
    uint64_t inside = prefix_xor(quotes) ^ q->inside;
    uint64_t open = quotes & inside, close = quotes & ~inside;
    uint64_t border = (ends & ~inside) | close;
    q->irregular |= (open & ~(border << 1 | q->may_open)) != 0;
    q->irregular |= ((close << 1 | q->must_end) & ~((ends & ~inside) | open)) != 0;
    q->may_open = border >> 63;
    q->must_end = close >> 63;
    q->inside = 0 - (inside >> 63);
    return ~inside;
}

static const struct quoting no_quotes = {.may_open = 1};

static inline struct block block_at(const char *p, size_t left)
{
    return left >= BLOCK ? block_load(p) : block_load_tail(p, left);
}

/* Records the ends in bytes [from, to) of a window.  The flags are constants where
   this is called, which leaves a loop of its own for the plain text that
   ledgers mostly are. */
static inline __attribute__((always_inline)) bool index_window(struct scan *s, size_t from,
                                                               size_t to, bool quotes, bool returns)
{
    uint32_t *end = s->ends_room, *record = s->records_room;
    size_t n_ends = 0, n_records = 0;
    struct quoting q = no_quotes;
    for (size_t at = from; at < to; at += BLOCK) {
        const struct block b = block_at(s->bytes + at, to - at);
        uint64_t line = block_equal(&b, '\n');
        if (returns)
            line |= block_equal(&b, '\r');
        uint64_t any = line | block_equal(&b, s->delimiter);
        if (quotes) {
            any &= outside(&q, block_equal(&b, '"'), any);
        }
        for (; any; any &= any - 1) {
            const int bit = __builtin_ctzll(any);
            end[n_ends++] = (uint32_t)(at + (size_t)bit);
            record[n_records] = (uint32_t)n_ends;
            n_records += line >> bit & 1;
        }
    }
    const size_t last = n_records ? (size_t)end[record[n_records - 1] - 1] + 1 : from;
    if (to == s->n && last < to) { /* a last record without a line end */
        end[n_ends++] = (uint32_t)to;
        record[n_records++] = (uint32_t)n_ends;
    }
    s->n_records = n_records;
    return !q.irregular && !(q.inside && to == s->n);
}

static void make_room(struct scan *s)
{
    if (s->room >= s->window + 2)
        return;
    s->room = s->window + 2;
    s->ends_room = ARENA_NEW(s->memory, uint32_t, s->room);
    s->records_room = ARENA_NEW(s->memory, uint32_t, s->room);
    s->end = s->ends_room;
    s->record = s->records_room;
}

/* False if the text is one for the state machine. */
static inline __attribute__((always_inline)) bool index_any(struct scan *s, size_t from, size_t to)
{
    const unsigned seen = census(s->bytes + from, to - from);
    if (seen & BYTE_NUL)
        return false;
    if (s->utf8 && seen & BYTE_HIGH && scan_utf8(s->bytes + from, to - from) < to - from)
        return false;
    if (seen & BYTE_QUOTE)
        return index_window(s, from, to, true, true);
    if (seen & BYTE_RETURN)
        return index_window(s, from, to, false, true);
    return index_window(s, from, to, false, false);
}

#if defined(__x86_64__)
/* The same with the instructions of newer processors. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static bool index_newer(struct scan *s, size_t from,
                                                                        size_t to)
{
    return index_any(s, from, to);
}

static bool is_newer(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
#endif

static bool index_fast(struct scan *s, size_t from, size_t to)
{
#if defined(__x86_64__)
    if (is_newer())
        return index_newer(s, from, to);
#endif
    return index_any(s, from, to);
}

bool scan_window(struct scan *s)
{
    const size_t from = s->at;
    while (from < s->n && s->fault == SCAN_WELL) {
        const size_t to = s->window < s->n - from ? from + s->window : s->n;
        enum scan_fault fault = SCAN_WELL;
        make_room(s);
        if (!index_fast(s, from, to))
            fault = scan_plain(s, from, to);
        if (s->n_records > 0) {
            const size_t last = s->end[s->record[s->n_records - 1] - 1];
            s->start = from;
            s->at = last < s->n ? last + 1 : s->n;
            return true;
        }
        s->fault = fault;
        s->window *= 2; /* not one whole record: look further */
    }
    s->n_records = 0;
    return false;
}

/* The end of the last record, from the masks alone; false: not RFC 4180. */
static bool cut_quoted(char delimiter, const char *bytes, size_t n, size_t *cut)
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

static size_t cut_unquoted(const char *bytes, size_t n)
{
    const char *feed = memrchr(bytes, '\n', n);
    const size_t after = feed ? (size_t)(feed - bytes) + 1 : 0;
    const char *ret = memrchr(bytes + after, '\r', n - after);
    return ret ? (size_t)(ret - bytes) + 1 : after;
}

size_t scan_cut(char delimiter, const char *bytes, size_t n)
{
    size_t cut;
    if (n > 0 && bytes[n - 1] == '\r') /* a line feed may follow */
        n--;
    if (!memchr(bytes, '"', n))
        return cut_unquoted(bytes, n);
    if (cut_quoted(delimiter, bytes, n, &cut))
        return cut;
    return scan_plain_cut(delimiter, bytes, n);
}

static inline __attribute__((always_inline)) uint64_t lines_any(const char *bytes, size_t n)
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

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static uint64_t lines_newer(const char *bytes,
                                                                            size_t n)
{
    return lines_any(bytes, n);
}
#endif

uint64_t scan_lines(const char *bytes, size_t n)
{
#if defined(__x86_64__)
    if (is_newer())
        return lines_newer(bytes, n);
#endif
    return lines_any(bytes, n);
}
