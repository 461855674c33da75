/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/sale_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "io/digits.h"

enum { EXACT = 15, SMALLEST = 16 };

/* ---- documents ---- */

/* The first byte is the length, 0x40 more where the last eight are a number, and 0xff
   for a hash, so that no two texts are the same document. */
struct document document_of(const char *text, size_t length, int32_t day, uint64_t seed)
{
    if (length == 0)
        return (struct document){0, (uint32_t)day};
    if (length > EXACT) {
        const XXH128_hash_t hash = XXH3_128bits_withSeed(text, length, seed);
        return (struct document){hash.high64 | 0xff00000000000000u, hash.low64};
    }
    const size_t tail = length < 8 ? length : 8;
    struct document d = {digits_bytes(text, length - tail) | (uint64_t)length << 56,
                         digits_bytes(text + length - tail, tail)};
    if (digits_value(d.low, tail, &d.low))
        d.high |= 0x4000000000000000u;
    return d;
}

/* ---- memory ---- */

static unsigned size_class(size_t bytes)
{
    return bytes <= SMALLEST ? 4 : 64 - (unsigned)__builtin_clzll(bytes - 1);
}

/* A block of at least `bytes`; a free one holds the address of the next. */
static void *pool_take(struct blocks *p, size_t bytes)
{
    const unsigned k = size_class(bytes);
    void *block = p->free[k];
    if (!block)
        return arena_alloc(p->arena, (size_t)1 << k, 1);
    memcpy(&p->free[k], block, sizeof(void *));
    return block;
}

static void pool_give(struct blocks *p, void *block, size_t bytes)
{
    if (!block)
        return;
    const unsigned k = size_class(bytes);
    memcpy(block, &p->free[k], sizeof(void *));
    p->free[k] = block;
}

static size_t room_of(const struct sale_list *s)
{
    return s->bytes ? (size_t)1 << size_class(s->used) : 0;
}

static void drop_bytes(struct sale_list *s, struct blocks *blocks)
{
    pool_give(blocks, s->bytes, s->used);
    s->bytes = NULL;
    s->used = 0;
}

/* ---- sales as bytes ---- */

/* A sale is the difference of its day from the day before it, doubled, with a last
   bit that tells whether the document's high half differs; that half, if so; and the
   difference of the low halves.  Differences are folded (0, -1, 1, -2 ..) and
   written seven bits a byte, the lowest first. */
enum { LONGEST = 5 + 8 + 10 };

static size_t put_number(unsigned char *to, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        to[n++] = (unsigned char)(value | 0x80);
    to[n++] = (unsigned char)value;
    return n;
}

static uint64_t folded(uint64_t difference)
{
    return difference << 1 ^ (0 - (difference >> 63));
}

static uint64_t unfolded(uint64_t value)
{
    return value >> 1 ^ (0 - (value & 1));
}

static size_t put_sale(unsigned char to[LONGEST], const struct sale_list *s, struct sale sale)
{
    const bool other = sale.document.high != s->last.high;
    const int64_t days = (int64_t)sale.day - s->last_day;
    size_t n = put_number(to, folded((uint64_t)days) << 1 | other);
    if (other) {
        memcpy(to + n, &sale.document.high, sizeof sale.document.high);
        n += sizeof sale.document.high;
    }
    return n + put_number(to + n, folded(sale.document.low - s->last.low));
}

/* Where a list is read. */
struct reader {
    const unsigned char *at, *end;
    struct sale sale; /* the last one read */
};

static struct reader reader_of(const struct sale_list *s)
{
    return (struct reader){.at = s->bytes, .end = s->used ? s->bytes + s->used : s->bytes};
}

static uint64_t get_number(struct reader *r)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const unsigned char byte = *r->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
}

static bool next_sale(struct reader *r)
{
    if (r->at == r->end)
        return false;
    const uint64_t first = get_number(r);
    r->sale.day = (int32_t)(r->sale.day + (int64_t)unfolded(first >> 1));
    if (first & 1) {
        memcpy(&r->sale.document.high, r->at, sizeof r->sale.document.high);
        r->at += sizeof r->sale.document.high;
    }
    r->sale.document.low += unfolded(get_number(r));
    return true;
}

/* ---- order ---- */

static int by_document(const void *a, const void *b)
{
    const struct sale *p = a, *q = b;
    if (p->document.high != q->document.high)
        return p->document.high < q->document.high ? -1 : 1;
    if (p->document.low != q->document.low)
        return p->document.low < q->document.low ? -1 : 1;
    return (p->day > q->day) - (p->day < q->day);
}

static int by_day(const void *a, const void *b)
{
    const int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return (p > q) - (p < q);
}

/* The list by document and day, without what stands in it twice. */
static uint32_t sorted_sales(const struct sale_list *s, struct sale *sale)
{
    struct reader r = reader_of(s);
    uint32_t n_all = 0, n = 0;
    while (next_sale(&r))
        sale[n_all++] = r.sale;
    qsort(sale, n_all, sizeof *sale, by_document);
    for (uint32_t i = 0; i < n_all; i++)
        if (n == 0 || by_document(&sale[i], &sale[n - 1]) != 0)
            sale[n++] = sale[i];
    return n;
}

/* Room for the list as sales: none takes fewer bytes than two. */
static size_t sales_room(const struct sale_list *s)
{
    return ((size_t)s->used / 2 + 1) * sizeof(struct sale);
}

/* ---- lists ---- */

/* A larger block, or for the first sale the smallest that holds it. */
static void grow(struct sale_list *s, struct blocks *blocks, size_t need)
{
    assert(need < INT32_MAX);
    unsigned char *larger = pool_take(blocks, need);
    if (s->used > 0)
        memcpy(larger, s->bytes, s->used);
    pool_give(blocks, s->bytes, s->used);
    s->bytes = larger;
}

static void put(struct sale_list *s, struct blocks *blocks, struct sale sale)
{
    unsigned char bytes[LONGEST];
    const size_t n = put_sale(bytes, s, sale);
    if (s->used + n > room_of(s))
        grow(s, blocks, s->used + n);
    memcpy(s->bytes + s->used, bytes, n);
    s->used = (uint32_t)(s->used + n) & INT32_MAX;
    s->last = sale.document;
    s->last_day = sale.day;
}

/* What is sorted is at most twice what was left last time. */
static void set_limit(struct sale_list *s)
{
    s->limit = 2 * s->used + SMALLEST;
}

/* Rids a list that is out of order of what it holds twice. */
static void compact(struct sale_list *s, struct blocks *blocks)
{
    const size_t room = sales_room(s);
    struct sale *sale = pool_take(blocks, room);
    const uint32_t n = sorted_sales(s, sale);
    drop_bytes(s, blocks);
    s->last = (struct document){0, 0};
    s->last_day = 0;
    for (uint32_t i = 0; i < n; i++)
        put(s, blocks, sale[i]);
    set_limit(s);
    pool_give(blocks, sale, room);
}

/* Documents rise and days do not fall. */
static bool is_in_order(const struct sale_list *s, const struct sale *sale)
{
    const struct sale last = {s->last, s->last_day};
    return s->used == 0 || (by_document(&last, sale) < 0 && sale->day >= s->last_day);
}

static void count(struct sale_list *s, const struct sale *sale)
{
    s->documents += s->used == 0 || !document_same(s->last, sale->document);
    s->days += s->used == 0 || s->last_day != sale->day;
}

void sale_list_append(struct sale_list *s, struct blocks *blocks, struct sale sale)
{
    if (!s->unsorted && is_in_order(s, &sale)) {
        count(s, &sale);
    } else if (!s->unsorted) {
        s->unsorted = 1;
        set_limit(s);
    } else if (s->used > s->limit) {
        compact(s, blocks);
    }
    put(s, blocks, sale);
}

static void append_all(struct sale_list *into, struct blocks *blocks, const struct sale_list *from)
{
    struct reader r = reader_of(from);
    while (next_sale(&r))
        sale_list_add(into, blocks, r.sale.document, r.sale.day);
}

/* Both in rising order, into a third. */
static void interleave(struct sale_list *into, struct blocks *blocks, const struct sale_list *from)
{
    struct sale_list both = {.bytes = NULL};
    struct reader a = reader_of(into), b = reader_of(from);
    bool more_a = next_sale(&a), more_b = next_sale(&b);
    while (more_a || more_b) {
        const bool take_a = more_a && (!more_b || by_document(&a.sale, &b.sale) <= 0);
        struct reader *r = take_a ? &a : &b;
        sale_list_add(&both, blocks, r->sale.document, r->sale.day);
        *(take_a ? &more_a : &more_b) = next_sale(r);
    }
    drop_bytes(into, blocks);
    *into = both;
}

void sale_list_merge(struct sale_list *into, struct blocks *blocks, const struct sale_list *from)
{
    if (into->used == 0 || from->used == 0 || into->unsorted || from->unsorted)
        append_all(into, blocks, from);
    else
        interleave(into, blocks, from);
}

static uint32_t count_days(const struct sale *sale, uint32_t n, int32_t *day)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < n; i++)
        day[i] = sale[i].day;
    qsort(day, n, sizeof *day, by_day);
    for (uint32_t i = 0; i < n; i++)
        distinct += i == 0 || day[i] != day[i - 1];
    return distinct;
}

static void count_sorted(struct sale_list *s, struct blocks *blocks)
{
    const size_t room = sales_room(s);
    struct sale *sale = pool_take(blocks, room);
    const uint32_t n = sorted_sales(s, sale);
    int32_t *day = pool_take(blocks, n * sizeof *day);
    s->documents = 0;
    for (uint32_t i = 0; i < n; i++)
        s->documents += i == 0 || !document_same(sale[i].document, sale[i - 1].document);
    s->days = count_days(sale, n, day);
    pool_give(blocks, day, n * sizeof *day);
    pool_give(blocks, sale, room);
}

void sale_list_settle(struct sale_list *s, struct blocks *blocks)
{
    if (s->unsorted)
        count_sorted(s, blocks);
    s->unsorted = 0;
    drop_bytes(s, blocks);
}
