/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/customers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <xxhash.h>

enum { GROUP = 64, SEGMENT = 4096, FIRST_SLOTS = 1024, CACHE_LINE = 64 };

/* Open addressing; 0 in `place` marks a free slot, else it is the customer's
   number + 1. */
struct slot {
    uint32_t tag, place;
};

struct customer_table {
    struct arena *memory;
    struct blocks pool;
    uint64_t seed;
    int32_t from, to;
    size_t n, n_slots;
    struct slot *slot;
    size_t n_segments, room;
    struct customer **segment; /* [n_segments], each of SEGMENT customers, which never move */
};

uint64_t customer_seed(void)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == (ssize_t)sizeof seed)
        return seed;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u ^ (uint64_t)now.tv_sec;
}

struct customer_table *customer_table_new(uint64_t seed, int32_t from, int32_t to)
{
    struct arena *memory = arena_new();
    struct customer_table *t = ARENA_NEW(memory, struct customer_table, 1);
    *t = (struct customer_table){.memory = memory,
                                 .pool = {.arena = memory},
                                 .seed = seed,
                                 .from = from,
                                 .to = to,
                                 .n_slots = FIRST_SLOTS};
    t->slot = ARENA_NEW(memory, struct slot, t->n_slots);
    return t;
}

void customer_table_free(struct customer_table *t)
{
    if (t)
        arena_free(t->memory);
}

struct blocks *customer_table_pool(struct customer_table *t)
{
    return &t->pool;
}

uint64_t customer_table_seed(const struct customer_table *t)
{
    return t->seed;
}

static struct customer *customer_at(const struct customer_table *t, size_t i)
{
    return &t->segment[i / SEGMENT][i % SEGMENT];
}

static const char *key_of(const struct customer *c)
{
    const char *outer;
    if (c->length <= sizeof c->inner)
        return c->inner;
    memcpy(&outer, c->inner, sizeof outer);
    return outer;
}

static void set_key(struct customer_table *t, struct customer *c, struct slice key)
{
    c->length = key.length;
    if (key.length <= sizeof c->inner) {
        memcpy(c->inner, key.text, key.length);
        return;
    }
    const char *outer = arena_strndup(t->memory, key.text, key.length);
    memcpy(c->inner, &outer, sizeof outer);
}

static uint64_t hash_of(const struct customer_table *t, struct slice key)
{
    return XXH3_64bits_withSeed(key.text, key.length, t->seed);
}

static void put_slot(struct customer_table *t, uint64_t hash, uint32_t place)
{
    size_t i = hash & (t->n_slots - 1);
    while (t->slot[i].place)
        i = (i + 1) & (t->n_slots - 1);
    t->slot[i] = (struct slot){(uint32_t)(hash >> 32), place};
}

static void double_slots(struct customer_table *t)
{
    t->n_slots *= 2;
    t->slot = ARENA_NEW(t->memory, struct slot, t->n_slots);
    for (size_t i = 0; i < t->n; i++) {
        const struct customer *c = customer_at(t, i);
        put_slot(t, hash_of(t, (struct slice){key_of(c), c->length}), (uint32_t)i + 1);
    }
}

static void add_segment(struct customer_table *t)
{
    if (t->n_segments == t->room) {
        t->room = t->room ? 2 * t->room : 16;
        struct customer **more = ARENA_NEW(t->memory, struct customer *, t->room);
        if (t->n_segments > 0)
            memcpy(more, t->segment, t->n_segments * sizeof(struct customer *));
        t->segment = more;
    }
    /* A customer fills two lines of the cache, and begins with one. */
    const uintptr_t start = (uintptr_t)ARENA_NEW(t->memory, struct customer, SEGMENT + 1);
    const uintptr_t aligned = (start + CACHE_LINE - 1) & ~(uintptr_t)(CACHE_LINE - 1);
    t->segment[t->n_segments++] = (struct customer *)aligned;
}

_Static_assert(sizeof(struct customer) == 2 * CACHE_LINE, "a customer fills two cache lines");

static struct customer *insert(struct customer_table *t, struct slice key, uint64_t hash)
{
    assert(t->n < UINT32_MAX - 1);
    if (2 * (t->n + 1) > t->n_slots)
        double_slots(t);
    if (t->n == t->n_segments * SEGMENT)
        add_segment(t);
    struct customer *c = customer_at(t, t->n++);
    tally_start(&c->tally);
    c->person = -1;
    set_key(t, c, key);
    put_slot(t, hash, (uint32_t)t->n);
    return c;
}

static struct customer *find(struct customer_table *t, struct slice key, uint64_t hash)
{
    for (size_t i = hash & (t->n_slots - 1); t->slot[i].place; i = (i + 1) & (t->n_slots - 1)) {
        if (t->slot[i].tag != (uint32_t)(hash >> 32))
            continue;
        struct customer *c = customer_at(t, t->slot[i].place - 1);
        if (c->length == key.length && memcmp(key_of(c), key.text, key.length) == 0)
            return c;
    }
    return insert(t, key, hash);
}

static bool has_key(uint8_t kind)
{
    return kind != LEDGER_SUBTOTAL && kind != LEDGER_BLANK_KEY;
}

/* The customer that is probably meant: it is only fetched, not yet believed. */
static void fetch(const struct customer_table *t, uint64_t hash)
{
    size_t i = hash & (t->n_slots - 1);
    while (t->slot[i].place && t->slot[i].tag != (uint32_t)(hash >> 32))
        i = (i + 1) & (t->n_slots - 1);
    if (t->slot[i].place == 0)
        return;
    const char *customer = (const char *)customer_at(t, t->slot[i].place - 1);
    __builtin_prefetch(customer, 1);
    __builtin_prefetch(customer + CACHE_LINE, 1);
}

/* The place of the next sale. */
static void fetch_list(const struct sale_list *s)
{
    if (s->room > 0)
        __builtin_prefetch(s->at + s->n, 1);
}

static void count(struct customer_table *t, struct customer *c, const struct ledger_batch *b,
                  size_t i)
{
    const int32_t day = b->day[i];
    if (b->kind[i] > LEDGER_RETURN || day < t->from || day > t->to)
        return;
    if (b->kind[i] == LEDGER_RETURN)
        tally_return(&c->tally, b->minor[i]);
    else
        tally_sale(&c->tally, &t->pool,
                   document_of(b->document[i].text, b->document[i].length, day, t->seed), day,
                   b->minor[i]);
}

/* A few lines side by side, so that the memory of one is fetched while others
   are worked on: a large table is in no cache. */
static void take_group(struct customer_table *t, const struct ledger_batch *b, size_t from,
                       size_t n, struct customer *who[])
{
    uint64_t hash[GROUP];
    for (size_t i = 0; i < n; i++) {
        hash[i] = has_key(b->kind[from + i]) ? hash_of(t, b->key[from + i]) : 0;
        __builtin_prefetch(&t->slot[hash[i] & (t->n_slots - 1)]);
    }
    for (size_t i = 0; i < n; i++)
        fetch(t, hash[i]);
    for (size_t i = 0; i < n; i++) {
        who[i] = has_key(b->kind[from + i]) ? find(t, b->key[from + i], hash[i]) : NULL;
        if (who[i])
            fetch_list(&who[i]->tally.list);
    }
    for (size_t i = 0; i < n; i++)
        if (who[i])
            count(t, who[i], b, from + i);
}

void customer_table_take(struct customer_table *t, const struct ledger_batch *batch,
                         struct customer **who)
{
    struct customer *group[GROUP];
    for (size_t from = 0; from < batch->n; from += GROUP) {
        const size_t n = batch->n - from < GROUP ? batch->n - from : GROUP;
        take_group(t, batch, from, n, who ? who + from : group);
    }
}

void customer_table_merge(struct customer_table *into, const struct customer_table *from)
{
    assert(into->seed == from->seed);
    for (size_t i = 0; i < from->n; i++) {
        const struct customer *c = customer_at(from, i);
        const struct slice key = {key_of(c), c->length};
        struct customer *same = find(into, key, hash_of(into, key));
        tally_merge(&same->tally, &into->pool, &c->tally);
    }
}

static int by_key(const void *a, const void *b)
{
    const struct customer *p = *(struct customer *const *)a, *q = *(struct customer *const *)b;
    const uint32_t shorter = p->length < q->length ? p->length : q->length;
    const int order = memcmp(key_of(p), key_of(q), shorter);
    return order ? order : (p->length > q->length) - (p->length < q->length);
}

static struct customer **sorted_customers(const struct customer_table *t, struct arena *scratch)
{
    struct customer **all = ARENA_NEW(scratch, struct customer *, t->n);
    for (size_t i = 0; i < t->n; i++)
        all[i] = customer_at(t, i);
    qsort(all, t->n, sizeof(struct customer *), by_key);
    return all;
}

bool customer_table_result(struct customer_table *t, struct customers *to, struct arena *keep,
                           struct err *err)
{
    struct arena *scratch = arena_new();
    struct customer **all = sorted_customers(t, scratch);
    const char **key = ARENA_NEW(keep, const char *, t->n);
    uint64_t *counted = ARENA_NEW(keep, uint64_t, t->n);
    *to = (struct customers){
        .n = t->n, .key = key, .counted = counted, .tally = tally_columns_new(t->n, keep)};
    for (size_t i = 0; i < t->n; i++) {
        key[i] = arena_strndup(keep, key_of(all[i]), all[i]->length);
        counted[i] = all[i]->tally.lines + all[i]->tally.return_lines;
        if (!tally_write(&all[i]->tally, &to->tally, i))
            err_at(err, ERR_VALUE,
                   &(struct problem){.column = "spend",
                                     .value = key[i],
                                     .what = "has amounts whose sum is beyond 64 bits",
                                     .mend = "check the customer's amounts and decimals:"});
    }
    arena_free(scratch);
    return err->code == ERR_NONE;
}
