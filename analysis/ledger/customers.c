/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/customers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { GROUP = 32, SEGMENT = 256, FIRST_SLOTS = 256, CACHE_LINE = 64, AHEAD = 16 };

/* Open addressing by the tag; 0 in `place` marks a free slot, else it is the
   customer's number + 1. */
struct slot {
    uint32_t tag, place;
};

/* The customers whose hash begins with the part's number. */
struct part {
    struct arena *memory;
    struct blocks pool;
    size_t n, n_slots;
    struct slot *slot;
    size_t n_segments, room;
    struct customer **segment; /* [n_segments], each of SEGMENT customers, which never move */
};

struct customer_table {
    struct arena *memory;
    uint64_t seed;
    int32_t from, to;
    struct part part[CUSTOMER_PARTS];
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
    *t = (struct customer_table){.memory = memory, .seed = seed, .from = from, .to = to};
    for (size_t i = 0; i < CUSTOMER_PARTS; i++) {
        struct part *p = &t->part[i];
        *p = (struct part){.memory = arena_new(), .n_slots = FIRST_SLOTS};
        p->pool.arena = p->memory;
        p->slot = ARENA_NEW(p->memory, struct slot, p->n_slots);
    }
    return t;
}

static void give_up(struct part *p)
{
    arena_free(p->memory);
    *p = (struct part){.memory = NULL};
}

void customer_table_free(struct customer_table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < CUSTOMER_PARTS; i++)
        give_up(&t->part[i]);
    arena_free(t->memory);
}

uint64_t customer_table_seed(const struct customer_table *t)
{
    return t->seed;
}

static struct customer *customer_at(const struct part *p, size_t i)
{
    return &p->segment[i / SEGMENT][i % SEGMENT];
}

static struct slice key_of(const struct customer *c)
{
    const char *outer;
    if (c->length <= sizeof c->inner)
        return (struct slice){c->inner, c->length};
    memcpy(&outer, c->inner, sizeof outer);
    return (struct slice){outer, c->length};
}

static void set_key(struct part *p, struct customer *c, struct slice key)
{
    c->length = key.length;
    if (key.length <= sizeof c->inner) {
        memcpy(c->inner, key.text, key.length);
        return;
    }
    const char *outer = arena_strndup(p->memory, key.text, key.length);
    memcpy(c->inner, &outer, sizeof outer);
}

static uint64_t hash_of(const struct customer_table *t, struct slice key)
{
    return XXH3_64bits_withSeed(key.text, key.length, t->seed);
}

static struct part *part_of(struct customer_table *t, uint64_t hash)
{
    return &t->part[hash >> 60];
}

_Static_assert(CUSTOMER_PARTS == 16, "four bits of the hash name the part");

static void put_slot(struct part *p, uint32_t tag, uint32_t place)
{
    size_t i = tag & (p->n_slots - 1);
    while (p->slot[i].place)
        i = (i + 1) & (p->n_slots - 1);
    p->slot[i] = (struct slot){tag, place};
}

static void double_slots(struct part *p)
{
    const struct slot *old = p->slot;
    const size_t n_old = p->n_slots;
    p->n_slots *= 2;
    p->slot = ARENA_NEW(p->memory, struct slot, p->n_slots);
    for (size_t i = 0; i < n_old; i++)
        if (old[i].place)
            put_slot(p, old[i].tag, old[i].place);
}

static void add_segment(struct part *p)
{
    if (p->n_segments == p->room) {
        p->room = p->room ? 2 * p->room : 16;
        struct customer **more = ARENA_NEW(p->memory, struct customer *, p->room);
        if (p->n_segments > 0)
            memcpy(more, p->segment, p->n_segments * sizeof(struct customer *));
        p->segment = more;
    }
    /* A customer fills two lines of the cache, and begins with one. */
    const uintptr_t start = (uintptr_t)ARENA_NEW(p->memory, struct customer, SEGMENT + 1);
    const uintptr_t aligned = (start + CACHE_LINE - 1) & ~(uintptr_t)(CACHE_LINE - 1);
    p->segment[p->n_segments++] = (struct customer *)aligned;
}

_Static_assert(sizeof(struct customer) == 2 * CACHE_LINE, "a customer fills two cache lines");

static struct customer *insert(struct part *p, struct slice key, uint32_t tag)
{
    assert(p->n < INT32_MAX);
    if (2 * (p->n + 1) > p->n_slots)
        double_slots(p);
    if (p->n == p->n_segments * SEGMENT)
        add_segment(p);
    struct customer *c = customer_at(p, p->n++);
    tally_start(&c->tally);
    c->person = -1;
    set_key(p, c, key);
    put_slot(p, tag, (uint32_t)p->n);
    return c;
}

static struct customer *find(struct part *p, struct slice key, uint32_t tag)
{
    for (size_t i = tag & (p->n_slots - 1); p->slot[i].place; i = (i + 1) & (p->n_slots - 1)) {
        if (p->slot[i].tag != tag)
            continue;
        struct customer *c = customer_at(p, p->slot[i].place - 1);
        if (slice_equal(key_of(c), key))
            return c;
    }
    return insert(p, key, tag);
}

static void fetch_slot(const struct part *p, uint32_t tag)
{
    __builtin_prefetch(&p->slot[tag & (p->n_slots - 1)]);
}

/* The customer that is probably meant: it is only fetched, not yet believed. */
static void fetch(const struct part *p, uint32_t tag)
{
    size_t i = tag & (p->n_slots - 1);
    while (p->slot[i].place && p->slot[i].tag != tag)
        i = (i + 1) & (p->n_slots - 1);
    if (p->slot[i].place == 0)
        return;
    const char *customer = (const char *)customer_at(p, p->slot[i].place - 1);
    __builtin_prefetch(customer, 1);
    __builtin_prefetch(customer + CACHE_LINE, 1);
}

/* Lines of one key that follow each other, as those of a document do. */
struct visit {
    size_t from, to;
    struct part *part;
    uint32_t tag;
    struct customer *customer;
};

static bool has_key(uint8_t kind)
{
    return kind != LEDGER_SUBTOTAL && kind != LEDGER_BLANK_KEY;
}

/* The next visits from line *at on. */
static size_t gather(struct customer_table *t, const struct ledger_batch *b, size_t *at,
                     struct visit visit[GROUP])
{
    size_t n = 0, i = *at;
    while (n < GROUP && i < b->n) {
        struct visit v = {.from = i};
        const bool keyed = has_key(b->kind[i]);
        for (i++;
             keyed && i < b->n && has_key(b->kind[i]) && slice_equal(b->key[i], b->key[i - 1]);)
            i++;
        if (!keyed)
            continue;
        const uint64_t hash = hash_of(t, b->key[v.from]);
        v.to = i;
        v.part = part_of(t, hash);
        v.tag = (uint32_t)hash;
        visit[n++] = v;
    }
    *at = i;
    return n;
}

/* Counts the lines of a visit; those of one document read its number once. */
static void count(const struct customer_table *t, const struct visit *v,
                  const struct ledger_batch *b)
{
    struct slice number = {.text = NULL};
    struct document document = {0, 0};
    int32_t last_day = 0;
    for (size_t i = v->from; i < v->to; i++) {
        const int32_t day = b->day[i];
        if (b->kind[i] > LEDGER_RETURN || day < t->from || day > t->to)
            continue;
        if (b->kind[i] == LEDGER_RETURN) {
            tally_return(&v->customer->tally, b->minor[i]);
            continue;
        }
        if (!number.text || day != last_day || !slice_equal(number, b->document[i])) {
            number = b->document[i];
            last_day = day;
            document = document_of(number.text, number.length, day, t->seed);
        }
        tally_sale(&v->customer->tally, &v->part->pool, document, day, b->minor[i]);
    }
}

/* A few visits side by side, so that the memory of one is fetched while others
   are worked on: a large table is in no cache. */
static void take_visits(const struct customer_table *t, const struct ledger_batch *b,
                        struct visit *visit, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fetch_slot(visit[i].part, visit[i].tag);
    for (size_t i = 0; i < n; i++)
        fetch(visit[i].part, visit[i].tag);
    for (size_t i = 0; i < n; i++) {
        visit[i].customer = find(visit[i].part, b->key[visit[i].from], visit[i].tag);
        const struct sale_list *list = &visit[i].customer->tally.list;
        if (list->used > 0)
            __builtin_prefetch(list->bytes + list->used, 1);
    }
    for (size_t i = 0; i < n; i++)
        count(t, &visit[i], b);
}

void customer_table_take(struct customer_table *t, const struct ledger_batch *batch,
                         struct customer **who)
{
    struct visit visit[GROUP];
    if (who)
        memset(who, 0, batch->n * sizeof(struct customer *));
    for (size_t at = 0; at < batch->n;) {
        const size_t n = gather(t, batch, &at, visit);
        take_visits(t, batch, visit, n);
        for (size_t v = 0; who && v < n; v++)
            for (size_t i = visit[v].from; i < visit[v].to; i++)
                who[i] = visit[v].customer;
    }
}

static uint32_t tag_of(const struct customer_table *t, const struct customer *c)
{
    return (uint32_t)hash_of(t, key_of(c));
}

/* A group side by side, as above. */
static void merge_group(struct customer_table *into, struct part *p, const struct part *from,
                        size_t at, size_t n)
{
    uint32_t tag[GROUP];
    for (size_t i = 0; i < n; i++) {
        tag[i] = tag_of(into, customer_at(from, at + i));
        fetch_slot(p, tag[i]);
    }
    for (size_t i = 0; i < n; i++)
        fetch(p, tag[i]);
    for (size_t i = 0; i < n; i++) {
        const struct customer *c = customer_at(from, at + i);
        struct customer *same = find(p, key_of(c), tag[i]);
        tally_merge(&same->tally, &p->pool, &c->tally);
    }
}

void customer_tables_settle(struct customer_table *const tables[], size_t n, size_t part)
{
    struct part *p = &tables[0]->part[part];
    for (size_t k = 1; k < n; k++) {
        struct part *from = &tables[k]->part[part];
        assert(tables[k]->seed == tables[0]->seed);
        for (size_t at = 0; at < from->n; at += GROUP)
            merge_group(tables[0], p, from, at, from->n - at < GROUP ? from->n - at : GROUP);
        give_up(from);
    }
    for (size_t i = 0; i < p->n; i++)
        tally_settle(&customer_at(p, i)->tally, &p->pool);
}

/* A customer with the first eight bytes of his key, the first the most significant. */
struct sorted {
    uint64_t beginning;
    const struct customer *customer;
};

static uint64_t beginning_of(struct slice key)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < 8; i++)
        sum = sum << 8 | (i < key.length ? (unsigned char)key.text[i] : 0);
    return sum;
}

static int by_key(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    if (x->beginning != y->beginning)
        return x->beginning < y->beginning ? -1 : 1;
    const struct slice p = key_of(x->customer), q = key_of(y->customer);
    const int order = memcmp(p.text, q.text, p.length < q.length ? p.length : q.length);
    return order ? order : (p.length > q.length) - (p.length < q.length);
}

static struct sorted *sorted_customers(const struct customer_table *t, size_t *n,
                                       struct arena *scratch)
{
    *n = 0;
    for (size_t k = 0; k < CUSTOMER_PARTS; k++)
        *n += t->part[k].n;
    struct sorted *all = ARENA_NEW(scratch, struct sorted, *n), *to = all;
    for (size_t k = 0; k < CUSTOMER_PARTS; k++)
        for (size_t i = 0; i < t->part[k].n; i++) {
            const struct customer *c = customer_at(&t->part[k], i);
            *to++ = (struct sorted){beginning_of(key_of(c)), c};
        }
    qsort(all, *n, sizeof *all, by_key);
    return all;
}

/* All keys as texts, one behind the other. */
static const char **keys_of(const struct sorted *all, size_t n, struct arena *keep)
{
    const char **key = ARENA_NEW(keep, const char *, n);
    size_t size = 0;
    for (size_t i = 0; i < n; i++)
        size += (size_t)all[i].customer->length + 1;
    char *text = ARENA_NEW(keep, char, size);
    for (size_t i = 0; i < n; i++) {
        const struct slice k = key_of(all[i].customer);
        memcpy(text, k.text, k.length);
        key[i] = text;
        text += k.length + 1;
    }
    return key;
}

bool customer_table_result(const struct customer_table *t, struct customers *to, struct arena *keep,
                           struct err *err)
{
    size_t n;
    struct arena *scratch = arena_new();
    const struct sorted *all = sorted_customers(t, &n, scratch);
    uint64_t *counted = ARENA_NEW(keep, uint64_t, n);
    *to = (struct customers){.n = n,
                             .key = keys_of(all, n, keep),
                             .counted = counted,
                             .tally = tally_columns_new(n, keep)};
    for (size_t i = 0; i < n; i++) {
        const struct tally *tally = &all[i].customer->tally;
        if (i + AHEAD < n) {
            __builtin_prefetch(&all[i + AHEAD].customer->tally);
            __builtin_prefetch(&all[i + AHEAD].customer->tally.list.days);
        }
        counted[i] = tally->lines + tally->return_lines;
        if (!tally_write(tally, &to->tally, i))
            err_at(err, ERR_VALUE,
                   &(struct problem){.column = "spend",
                                     .value = to->key[i],
                                     .what = "has amounts whose sum is beyond 64 bits",
                                     .mend = "check the customer's amounts and decimals:"});
    }
    arena_free(scratch);
    return err->code == ERR_NONE;
}
