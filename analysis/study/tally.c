/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { EXACT = 15, SMALLEST = 16 };

struct document document_of(const char *text, size_t length, int32_t day, uint64_t seed)
{
    unsigned char bytes[16] = {0};
    uint64_t half[2];
    if (length == 0)
        return (struct document){0, (uint32_t)day};
    if (length > EXACT) {
        const XXH128_hash_t hash = XXH3_128bits_withSeed(text, length, seed);
        return (struct document){hash.high64 | 0xff00000000000000u, hash.low64};
    }
    bytes[0] = (unsigned char)length;
    memcpy(bytes + 1, text, length);
    memcpy(half, bytes, sizeof half);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    half[0] = __builtin_bswap64(half[0]);
    half[1] = __builtin_bswap64(half[1]);
#endif
    return (struct document){half[0], half[1]};
}

static int size_class(size_t bytes)
{
    int k = 0;
    while ((size_t)SMALLEST << k < bytes)
        k++;
    return k;
}

/* A block of at least `bytes`; a free one holds the address of the next. */
static void *pool_take(struct blocks *p, size_t bytes)
{
    const int k = size_class(bytes);
    void *block = p->free[k];
    if (!block)
        return arena_alloc(p->arena, (size_t)1 << k, SMALLEST);
    memcpy(&p->free[k], block, sizeof block);
    return block;
}

static void pool_give(struct blocks *p, void *block, size_t bytes)
{
    if (!block)
        return;
    const int k = size_class(bytes);
    memcpy(block, &p->free[k], sizeof block);
    p->free[k] = block;
}

static void *larger(struct blocks *p, void *old, uint32_t n, uint32_t *room, size_t size)
{
    assert(*room < UINT32_MAX / 2);
    const uint32_t twice = *room ? 2 * *room : (uint32_t)(2 * SMALLEST / size);
    void *block = pool_take(p, twice * size);
    if (n > 0)
        memcpy(block, old, n * size);
    pool_give(p, old, *room * size);
    *room = twice;
    return block;
}

static bool below(struct document a, struct document b)
{
    return a.high != b.high ? a.high < b.high : a.low < b.low;
}

static bool same(struct document a, struct document b)
{
    return a.high == b.high && a.low == b.low;
}

static int by_document(const void *a, const void *b)
{
    const struct document *p = a, *q = b;
    return below(*q, *p) - below(*p, *q);
}

static int by_day(const void *a, const void *b)
{
    const int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return (p > q) - (p < q);
}

static void sort_documents(struct document_set *s)
{
    uint32_t n = 0;
    if (!s->unsorted)
        return;
    qsort(s->at, s->n, sizeof *s->at, by_document);
    for (uint32_t i = 0; i < s->n; i++)
        if (n == 0 || !same(s->at[i], s->at[n - 1]))
            s->at[n++] = s->at[i];
    s->n = n;
    s->last = s->at[n - 1];
    s->unsorted = false;
}

static void sort_days(struct day_set *s)
{
    uint32_t n = 0;
    if (!s->unsorted)
        return;
    qsort(s->at, s->n, sizeof *s->at, by_day);
    for (uint32_t i = 0; i < s->n; i++)
        if (n == 0 || s->at[i] != s->at[n - 1])
            s->at[n++] = s->at[i];
    s->n = n;
    s->last = s->at[n - 1];
    s->unsorted = false;
}

/* A full list is first rid of what it holds twice. */
static void make_room_documents(struct document_set *s, struct blocks *p)
{
    sort_documents(s);
    if (2 * (uint64_t)s->n >= s->room)
        s->at = larger(p, s->at, s->n, &s->room, sizeof *s->at);
}

static void make_room_days(struct day_set *s, struct blocks *p)
{
    sort_days(s);
    if (2 * (uint64_t)s->n >= s->room)
        s->at = larger(p, s->at, s->n, &s->room, sizeof *s->at);
}

static void add_document(struct document_set *s, struct blocks *p, struct document document)
{
    if (s->n > 0 && same(s->last, document))
        return;
    if (s->n == s->room)
        make_room_documents(s, p);
    s->unsorted |= s->n > 0 && !below(s->last, document);
    s->at[s->n++] = s->last = document;
}

static void add_day(struct day_set *s, struct blocks *p, int32_t day)
{
    if (s->n > 0 && s->last == day)
        return;
    if (s->n == s->room)
        make_room_days(s, p);
    s->unsorted |= s->n > 0 && day <= s->last;
    s->at[s->n++] = s->last = day;
}

void tally_start(struct tally *t)
{
    *t = (struct tally){.first = INT32_MAX, .last = INT32_MIN};
}

void tally_sale(struct tally *t, struct blocks *pool, struct document document, int32_t day,
                int64_t minor)
{
    t->sales += minor;
    t->lines++;
    if (day < t->first)
        t->first = day;
    if (day > t->last)
        t->last = day;
    add_document(&t->documents, pool, document);
    add_day(&t->days, pool, day);
}

void tally_return(struct tally *t, int64_t minor)
{
    t->returns += minor;
}

void tally_merge(struct tally *into, struct blocks *pool, const struct tally *from)
{
    into->sales += from->sales;
    into->returns += from->returns;
    into->lines += from->lines;
    into->first = from->first < into->first ? from->first : into->first;
    into->last = from->last > into->last ? from->last : into->last;
    for (uint32_t i = 0; i < from->documents.n; i++)
        add_document(&into->documents, pool, from->documents.at[i]);
    for (uint32_t i = 0; i < from->days.n; i++)
        add_day(&into->days, pool, from->days.at[i]);
}

struct tally_columns tally_columns_new(size_t n, struct arena *keep)
{
    return (struct tally_columns){.purchases = ARENA_NEW(keep, int64_t, n),
                                  .purchase_days = ARENA_NEW(keep, int64_t, n),
                                  .lines = ARENA_NEW(keep, int64_t, n),
                                  .spend = ARENA_NEW(keep, int64_t, n),
                                  .spend_gross = ARENA_NEW(keep, int64_t, n),
                                  .returned = ARENA_NEW(keep, int64_t, n),
                                  .first = ARENA_NEW(keep, int32_t, n),
                                  .last = ARENA_NEW(keep, int32_t, n)};
}

/* INT64_MIN is the mark of a missing value, so it is beyond the range as well. */
static bool narrow(wide sum, int64_t *to)
{
    *to = (int64_t)sum;
    return sum > INT64_MIN && sum <= INT64_MAX;
}

bool tally_write(struct tally *t, struct tally_columns *to, size_t i)
{
    const bool sold = t->first <= t->last;
    sort_documents(&t->documents);
    sort_days(&t->days);
    to->purchases[i] = t->documents.n;
    to->purchase_days[i] = t->days.n;
    to->lines[i] = (int64_t)t->lines;
    to->first[i] = sold ? t->first : INT32_MIN;
    to->last[i] = sold ? t->last : INT32_MIN;
    const bool fits = narrow(t->sales, &to->spend_gross[i]) &&
                      narrow(t->returns, &to->returned[i]) &&
                      narrow(t->sales + t->returns, &to->spend[i]);
    return fits;
}
