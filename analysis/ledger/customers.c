/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/customers.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analysis/ledger/customers_internal.h"
#include "analysis/ledger/refused.h"
#include "analysis/ledger/written.h"
#include "io/key/keys.h"
#include "models/base/pages.h"

/* OWN: customers of a part from which on its units come in blocks of two megabytes, its own;
   until then parts share blocks. */
enum { GROUP = 32, FIRST_SLOTS = 512, OWN = 32 << 10, SHARED = 16 << 20 };

/* A seed from the system, so that no file can be made to collide. */
static uint64_t new_seed(void)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == (ssize_t)sizeof seed)
        return seed;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u ^ (uint64_t)now.tv_sec;
}

struct customer_table *customer_table_new(const struct customer_options *options)
{
    struct arena *memory = arena_new();
    struct customer_table *t = ARENA_NEW(memory, struct customer_table, 1);
    t->memory = memory;
    t->options = *options;
    t->seed = new_seed();
    t->turns = turns_new(PARTS, memory);
    pthread_mutex_init(&t->lock, NULL);
    for (size_t i = 0; i < PARTS; i++) {
        struct part *p = &t->part[i];
        p->memory = arena_new();
        p->pool = (struct list_pool){.arena = arena_new(), .keeps = options->keeps};
        p->runs = (struct sale_runs){.arena = p->memory, .file = spill_new()};
        p->n_slots = FIRST_SLOTS;
        p->slot = pages_new(p->n_slots * sizeof *p->slot);
    }
    return t;
}

void customer_part_empty(struct part *p)
{
    for (size_t i = 0; i < p->n_units; i++)
        if (p->unit[i].own) {
            pages_free(p->unit[i].customer, OWN * sizeof(struct customer));
            pages_free(p->unit[i].more, OWN * sizeof(struct tally_more));
        }
    pages_free(p->slot, p->n_slots * sizeof *p->slot);
    arena_free(p->pool.arena);
    spill_free(p->runs.file);
    p->slot = NULL;
    p->pool.arena = NULL;
    p->runs.file = NULL;
    p->n_units = p->n = 0;
}

void customer_table_free(struct customer_table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < PARTS; i++) {
        customer_part_empty(&t->part[i]);
        arena_free(t->part[i].memory);
    }
    for (size_t i = 0; i < t->n_blocks; i++)
        pages_free(t->all_blocks[i], SHARED);
    pthread_mutex_destroy(&t->lock);
    turns_end(t->turns);
    arena_free(t->memory);
}

uint64_t customer_table_seed(const struct customer_table *t)
{
    return t->seed;
}

uint64_t customer_table_spilled(const struct customer_table *t)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < PARTS; i++)
        bytes += spill_size(t->part[i].runs.file);
    return bytes;
}

/* ---- memory ---- */

/* Bytes of a block that all parts share. */
static void *carve(struct customer_table *t, size_t bytes)
{
    assert(bytes <= SHARED && bytes % sizeof(struct customer) == 0);
    pthread_mutex_lock(&t->lock);
    if (t->block_left < bytes) {
        if (t->n_blocks == t->blocks) {
            t->blocks = 2 * t->blocks + 16;
            char **more = ARENA_NEW(t->memory, char *, t->blocks);
            if (t->n_blocks > 0)
                memcpy(more, t->all_blocks, t->n_blocks * sizeof(char *));
            t->all_blocks = more;
        }
        t->block = t->all_blocks[t->n_blocks++] = pages_new(SHARED);
        t->block_left = SHARED;
    }
    void *bytes_of_block = t->block;
    t->block += bytes;
    t->block_left -= bytes;
    pthread_mutex_unlock(&t->lock);
    return bytes_of_block;
}

static struct unit *next_unit(struct part *p)
{
    if (p->n_units == p->room) {
        p->room = 2 * p->room + 16;
        struct unit *more = ARENA_NEW(p->memory, struct unit, p->room);
        if (p->n_units > 0)
            memcpy(more, p->unit, p->n_units * sizeof *more);
        p->unit = more;
    }
    return &p->unit[p->n_units++];
}

static void add_units(struct customer_table *t, struct part *p)
{
    const bool own = p->n >= OWN;
    const size_t n = own ? OWN / UNIT : 1;
    struct customer *customer =
        own ? pages_new(OWN * sizeof *customer) : carve(t, UNIT * sizeof *customer);
    struct tally_more *more = own ? pages_new(OWN * sizeof *more) : carve(t, UNIT * sizeof *more);
    for (size_t i = 0; i < n; i++) {
        struct unit *u = next_unit(p);
        *u = (struct unit){.customer = customer + i * UNIT,
                           .more = more + i * UNIT,
                           .person = t->options.resolve ? ARENA_NEW(p->memory, struct person, UNIT)
                                                        : NULL,
                           .own = own && i == 0};
    }
}

static void put_slot(struct part *p, uint32_t tag, uint32_t place)
{
    size_t i = tag & (p->n_slots - 1);
    while (p->slot[i].place)
        i = (i + 1) & (p->n_slots - 1);
    p->slot[i] = (struct slot){tag, place};
}

static void double_slots(struct part *p)
{
    struct slot *old = p->slot;
    const size_t n_old = p->n_slots;
    p->n_slots *= 2;
    p->slot = pages_new(p->n_slots * sizeof *p->slot);
    for (size_t i = 0; i < n_old; i++)
        if (old[i].place)
            put_slot(p, old[i].tag, old[i].place);
    pages_free(old, n_old * sizeof *old);
}

/* ---- finding ---- */

static void set_key(struct part *p, struct customer *c, struct slice key)
{
    p->key_bytes += (size_t)key.length + 1;
    if (key.length <= INNER) {
        memcpy(c->key, key.text, key.length);
        c->key[INNER] = (char)key.length;
        return;
    }
    const char *outer = arena_strndup(p->memory, key.text, key.length);
    memcpy(c->key, &outer, sizeof outer);
    memcpy(c->key + sizeof outer, &key.length, sizeof key.length);
    c->key[INNER] = (char)OUTER;
}

enum { NOBODY = -1 };

static int64_t insert(struct customer_table *t, struct part *p, struct slice key, uint32_t tag)
{
    assert(p->n < UINT32_MAX - 1);
    if (5 * (p->n + 1) > 4 * p->n_slots)
        double_slots(p);
    if (p->n == p->n_units * UNIT)
        add_units(t, p);
    const size_t number = p->n++;
    struct customer *c = customer_at(p, number);
    tally_start(&c->tally, more_at(p, number));
    set_key(p, c, key);
    put_slot(p, tag, (uint32_t)p->n);
    return (int64_t)number;
}

/* The customer's number; NOBODY only in the second pass, of a file that has changed. */
static int64_t find(struct customer_table *t, struct part *p, struct slice key, uint32_t tag)
{
    for (size_t i = tag & (p->n_slots - 1); p->slot[i].place; i = (i + 1) & (p->n_slots - 1))
        if (p->slot[i].tag == tag &&
            slice_equal(customer_key(customer_at(p, p->slot[i].place - 1)), key))
            return p->slot[i].place - 1;
    return t->again ? NOBODY : insert(t, p, key, tag);
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
    if (p->slot[i].place)
        __builtin_prefetch(customer_at(p, p->slot[i].place - 1), 1);
}

/* ---- a chunk ---- */

/* Lines of one key that follow each other, as those of a document do. */
struct visit {
    uint32_t from, to, tag, part;
    uint32_t id; /* the key's number in `written` */
};

struct customer_work {
    struct arena *memory, *scratch;
    size_t room;
    struct visit *visit, *sorted; /* [room] */
    int64_t *person;              /* [room] */
    uint32_t start[PARTS + 1];    /* of the parts in `sorted` */
    struct written *written;      /* NULL: keys are customers */
};

struct customer_work *customer_work_new(const struct customer_table *t, struct arena *keep)
{
    struct customer_work *own = ARENA_NEW(keep, struct customer_work, 1);
    own->memory = keep;
    own->scratch = arena_new();
    own->written = t->options.owner ? written_new(keep) : NULL;
    return own;
}

void customer_work_free(struct customer_work *own)
{
    arena_free(own->scratch);
}

struct written *customer_work_written(const struct customer_work *own)
{
    return own->written;
}

const int64_t *customer_work_persons(const struct customer_work *own)
{
    return own->person;
}

static void make_room(struct customer_work *own, size_t n, bool persons)
{
    if (own->visit && n <= own->room)
        return;
    own->room = 2 * own->room > n ? 2 * own->room : n;
    own->visit = ARENA_NEW(own->memory, struct visit, own->room);
    own->sorted = ARENA_NEW(own->memory, struct visit, own->room);
    own->person = persons ? ARENA_NEW(own->memory, int64_t, own->room) : NULL;
}

static bool has_key(uint8_t kind)
{
    return kind != LEDGER_SUBTOTAL && kind != LEDGER_BLANK_KEY && kind != LEDGER_NOT_KEPT;
}

static int64_t resolve(const struct customer_table *t, struct customer_work *own,
                       const struct ledger_batch *b, size_t line)
{
    return t->options.resolve(t->options.resolve_context, b->ledger, b->key[line].text,
                              b->key[line].length, own->scratch);
}

/* The key of the customer whose the key is. */
static struct slice customer_of(const struct customer_work *own, uint32_t id, struct slice key)
{
    return own->written ? written_owner(own->written, id, key) : key;
}

static uint32_t gather(const struct customer_table *t, struct customer_work *own,
                       const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    uint32_t n = 0;
    memset(own->start, 0, sizeof own->start);
    for (uint32_t i = 0; i < b->n;) {
        const uint32_t from = i++;
        if (!has_key(b->kind[from]))
            continue;
        while (i < b->n && has_key(b->kind[i]) && slice_equal(b->key[i], b->key[from]))
            i++;
        if (t->options.persons_only && resolve(t, own, b, from) < 0) {
            if (key_is_shortened(b->key[from].text, b->key[from].length))
                refuse_shortened(refusal, b, from, own->memory);
            continue;
        }
        const uint32_t id =
            own->written ? written_number(own->written, &t->options, b->key[from], own->scratch)
                         : 0;
        const struct slice key = customer_of(own, id, b->key[from]);
        const uint64_t hash = XXH3_64bits_withSeed(key.text, key.length, t->seed);
        own->visit[n++] = (struct visit){from, i, (uint32_t)hash, (uint32_t)(hash >> 60), id};
        own->start[(hash >> 60) + 1]++;
    }
    return n;
}

_Static_assert(PARTS == 16, "four bits of the hash name the part");

/* The chunk's visits by part, in their order. */
static void sort_visits(const struct customer_table *t, struct customer_work *own,
                        const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    uint32_t at[PARTS];
    const uint32_t n = gather(t, own, b, refusal);
    for (size_t p = 0; p < PARTS; p++)
        own->start[p + 1] += own->start[p];
    memcpy(at, own->start, sizeof at);
    for (uint32_t i = 0; i < n; i++)
        own->sorted[at[own->visit[i].part]++] = own->visit[i];
}

/* Counts the lines of a visit; those of one document read its number once. */
static void count(const struct customer_table *t, struct part *p, const struct visit *v,
                  size_t number, const struct ledger_batch *b, struct arena *keep,
                  struct ledger_refusal *refusal)
{
    struct tally *tally = &customer_at(p, number)->tally;
    struct tally_more *more = more_at(p, number);
    struct slice text = {.text = NULL};
    struct document document = {0, 0};
    int32_t last_day = 0;
    for (uint32_t i = v->from; i < v->to; i++) {
        const int32_t day = b->day[i];
        const bool sale = b->kind[i] == LEDGER_SALE;
        if (b->kind[i] > LEDGER_RETURN || day < t->options.from || day > t->options.to)
            continue;
        if (sale && (!text.text || day != last_day || !slice_equal(text, b->document[i]))) {
            text = b->document[i];
            last_day = day;
            document = document_of(text.text, text.length, day, t->seed);
        }
        if (t->again) {
            if (sale)
                tally_sale_again(tally, more, &p->pool, document, day);
        } else if (!(sale ? tally_sale(tally, more, &p->pool, document, day, b->minor[i])
                          : tally_return(tally, more, b->minor[i]))) {
            refuse_sum(refusal, b, i, keep);
        }
    }
}

static void settle_person(const struct customer_table *t, const struct part *p, size_t number,
                          const struct visit *v, const struct ledger_batch *b,
                          struct customer_work *own)
{
    struct person *known = &p->unit[number / UNIT].person[number % UNIT];
    if (known->ledger != b->ledger + 1) {
        known->number = resolve(t, own, b, v->from);
        known->ledger = b->ledger + 1;
    }
    for (uint32_t i = v->from; i < v->to; i++)
        own->person[i] = known->number;
}

/* A few visits side by side, so that the memory of one is fetched while others
   are worked on: a large table is in no cache. */
static void take_group(struct customer_table *t, struct part *p, struct customer_work *own,
                       const struct visit *visit, size_t n, const struct ledger_batch *b,
                       struct ledger_refusal *refusal)
{
    for (size_t i = 0; i < n; i++)
        fetch(p, visit[i].tag);
    for (size_t i = 0; i < n; i++) {
        const struct slice written = b->key[visit[i].from],
                           key = customer_of(own, visit[i].id, written);
        const size_t before = p->n;
        const int64_t number = find(t, p, key, visit[i].tag);
        if (number == NOBODY)
            continue;
        if ((p->n > before && key_is_shortened(key.text, key.length)) ||
            (own->written && key_is_shortened(written.text, written.length)))
            refuse_shortened(refusal, b, visit[i].from, own->memory);
        count(t, p, &visit[i], (size_t)number, b, own->memory, refusal);
        if (own->person)
            settle_person(t, p, (size_t)number, &visit[i], b, own);
    }
}

/* Lists that take more than their share, beside the table, go to the file. */
static void relieve(const struct customer_table *t, struct part *p)
{
    const uint64_t share = t->options.memory / 8 * 7 / PARTS; /* an eighth is for all else */
    const uint64_t table = p->n * (sizeof(struct customer) + sizeof(struct tally_more)) +
                           p->n_slots * sizeof(struct slot);
    const uint64_t least = share / 8, room = share > table + least ? share - table : least;
    if (!p->pool.crowded && arena_size(p->pool.arena) <= room)
        return;
    const struct tallies all = customer_part_tallies(p);
    if (p->err.code == ERR_NONE)
        tallies_spill(&all, &p->pool, &p->runs, &p->err);
}

static void take_part(struct customer_table *t, size_t part, struct customer_work *own,
                      const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    struct part *p = &t->part[part];
    const struct visit *visit = own->sorted + own->start[part];
    const size_t n = own->start[part + 1] - own->start[part];
    for (size_t i = 0; i < n; i++)
        fetch_slot(p, visit[i].tag);
    for (size_t i = 0; i < n; i += GROUP)
        take_group(t, p, own, visit + i, n - i < GROUP ? n - i : GROUP, b, refusal);
    relieve(t, p);
}

/* Parts whose turn it is first; where it is nobody's, it is waited for. */
static size_t next_part(const struct customer_table *t, uint32_t left, uint64_t chunk)
{
    for (uint32_t rest = left; rest; rest &= rest - 1)
        if (turns_ready(t->turns, (size_t)__builtin_ctz(rest), chunk))
            return (size_t)__builtin_ctz(rest);
    return (size_t)__builtin_ctz(left);
}

bool customer_table_take(struct customer_table *t, struct customer_work *own,
                         const struct ledger_batch *batch, struct ledger_refusal *refusal)
{
    *refusal = (struct ledger_refusal){.code = ERR_NONE};
    arena_reset(own->scratch);
    make_room(own, batch->n, t->options.resolve != NULL);
    sort_visits(t, own, batch, refusal);
    for (size_t i = 0; own->person && i < batch->n; i++)
        own->person[i] = -1;
    for (uint32_t left = (1u << PARTS) - 1; left;) {
        const size_t part = next_part(t, left, batch->chunk);
        if (!turns_wait(t->turns, part, batch->chunk))
            return true;
        take_part(t, part, own, batch, refusal);
        turns_pass(t->turns, part);
        left &= ~(1u << part);
    }
    if (refusal->code == ERR_NONE)
        return true;
    turns_stop(t->turns, batch->chunk);
    return false;
}

/* ---- lists ---- */

static void tally_at(const void *owner, size_t i, struct tally **t, struct tally_more **more)
{
    *t = &customer_at(owner, i)->tally;
    *more = more_at(owner, i);
}

struct tallies customer_part_tallies(const struct part *p)
{
    return (struct tallies){p->n, p, tally_at};
}

bool customer_table_again(struct customer_table *t)
{
    size_t n_lost = 0;
    for (size_t k = 0; k < PARTS; k++) {
        const struct part *p = &t->part[k];
        n_lost += p->pool.n_lost;
        for (size_t i = 0; p->pool.n_lost > 0 && i < p->n; i++)
            tally_start_again(&customer_at(p, i)->tally);
    }
    turns_end(t->turns);
    t->turns = turns_new(PARTS, t->memory);
    t->again = true;
    return n_lost > 0;
}
