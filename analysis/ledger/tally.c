/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { EXACT = 15, SMALLEST = 16, FIRST_ROOM = 2 };

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
    const uint32_t twice = *room ? 2 * *room : FIRST_ROOM;
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

/* By document, then by day. */
static int by_document(const void *a, const void *b)
{
    const struct sale *p = a, *q = b;
    const int order = below(q->document, p->document) - below(p->document, q->document);
    return order ? order : (p->day > q->day) - (p->day < q->day);
}

static int by_day(const void *a, const void *b)
{
    const int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return (p > q) - (p < q);
}

/* Sorted by document and without the pairs that stand twice. */
static void sort_list(struct sale_list *s)
{
    uint32_t n = 0;
    if (!s->unsorted)
        return;
    qsort(s->at, s->n, sizeof *s->at, by_document);
    for (uint32_t i = 0; i < s->n; i++)
        if (n == 0 || by_document(&s->at[i], &s->at[n - 1]) != 0)
            s->at[n++] = s->at[i];
    s->n = n;
}

/* A full list is first rid of what it holds twice; it grows unless that helped. */
static void make_room(struct sale_list *s, struct blocks *blocks)
{
    sort_list(s);
    if (2 * (uint64_t)s->n >= s->room)
        s->at = larger(blocks, s->at, s->n, &s->room, sizeof *s->at);
}

static void add_sale(struct sale_list *s, struct blocks *blocks, struct document document,
                     int32_t day)
{
    if (s->n > 0 && s->last_day == day && same(s->last, document))
        return;
    if (s->n == s->room)
        make_room(s, blocks);
    s->unsorted |= s->n > 0 && (!below(s->last, document) || day < s->last_day);
    s->at[s->n++] = (struct sale){document, day};
    s->last = document;
    s->last_day = day;
}

static int64_t count_documents(const struct sale_list *s)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        n += i == 0 || !same(s->at[i].document, s->at[i - 1].document);
    return n;
}

/* The days are gathered at the front of the list, which is then no list any more. */
static int64_t count_days(struct sale_list *s)
{
    int32_t *day = (int32_t *)(void *)s->at;
    int64_t n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        day[i] = s->at[i].day;
    if (s->unsorted)
        qsort(day, s->n, sizeof *day, by_day);
    for (uint32_t i = 0; i < s->n; i++)
        n += i == 0 || day[i] != day[i - 1];
    return n;
}

void tally_start(struct tally *t)
{
    *t = (struct tally){.first = INT32_MAX, .last = INT32_MIN};
}

void tally_sale(struct tally *t, struct blocks *blocks, struct document document, int32_t day,
                int64_t minor)
{
    t->sales += minor;
    t->lines++;
    if (day < t->first)
        t->first = day;
    if (day > t->last)
        t->last = day;
    add_sale(&t->list, blocks, document, day);
}

void tally_return(struct tally *t, int64_t minor)
{
    t->returns += minor;
    t->return_lines++;
}

void tally_merge(struct tally *into, struct blocks *blocks, const struct tally *from)
{
    into->sales += from->sales;
    into->returns += from->returns;
    into->lines += from->lines;
    into->first = from->first < into->first ? from->first : into->first;
    into->last = from->last > into->last ? from->last : into->last;
    into->return_lines += from->return_lines;
    for (uint32_t i = 0; i < from->list.n; i++)
        add_sale(&into->list, blocks, from->list.at[i].document, from->list.at[i].day);
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
    sort_list(&t->list);
    to->purchases[i] = count_documents(&t->list);
    to->purchase_days[i] = count_days(&t->list);
    to->lines[i] = (int64_t)t->lines;
    to->first[i] = sold ? t->first : INT32_MIN;
    to->last[i] = sold ? t->last : INT32_MIN;
    const bool fits = narrow(t->sales, &to->spend_gross[i]) &&
                      narrow(t->returns, &to->returned[i]) &&
                      narrow(t->sales + t->returns, &to->spend[i]);
    return fits;
}
