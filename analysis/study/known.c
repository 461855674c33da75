/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/known.h"

#include <string.h>

struct ids ids_of_column(const char *source, const struct frame *f, const char *column,
                         struct arena *keep)
{
    const struct column *c = frame_column(f, column);
    struct key_map *map = key_map_new(f->n_rows, keep);
    uint64_t *line = ARENA_NEW(keep, uint64_t, f->n_rows);
    uint32_t *row = ARENA_NEW(keep, uint32_t, f->n_rows);
    for (size_t i = 0; c && i < f->n_rows; i++) {
        bool added;
        if (!c->as.text[i])
            continue;
        uint32_t id = key_map_add(map, c->as.text[i], strlen(c->as.text[i]), &added);
        if (added) {
            line[id] = f->line ? f->line[i] : 0;
            row[id] = (uint32_t)i;
        }
    }
    return (struct ids){.source = source, .map = map, .line = line, .frame = f, .row = row};
}

/* Collisions and merged ids while they are found. */
struct finding {
    struct collision *collision;
    struct merged *merged;
    size_t n_collisions, collisions, n_merged, mergings; /* how many, and room for them */
    struct arena *keep;
};

/* Room for one more. */
static void *with_room(void *at, size_t n, size_t *room, size_t size, struct arena *keep)
{
    if (n < *room)
        return at;
    *room = *room ? 2 * *room : 16;
    void *more = arena_alloc(keep, *room, size);
    if (n)
        memcpy(more, at, n * size);
    return more;
}

static void add_collision(struct finding *f, struct collision c)
{
    f->collision = with_room(f->collision, f->n_collisions, &f->collisions, sizeof c, f->keep);
    f->collision[f->n_collisions++] = c;
}

static void add_merged(struct finding *f, struct merged m)
{
    f->merged = with_room(f->merged, f->n_merged, &f->mergings, sizeof m, f->keep);
    f->merged[f->n_merged++] = m;
}

/* How the ids of a source are joined. */
struct joining {
    const struct known *known;
    const struct key_steps *rules;
    size_t n_steps;
    struct finding *found; /* NULL: they are only counted */
    size_t collisions, merged, n_blocked;
    struct arena *keep;
};

/* The owners of a source's ids. */
struct owners {
    struct key_map *map; /* NULL: each id is its own */
    uint32_t *of;        /* [ids] its owner's number, or KEY_MAP_NONE: not asked */
    uint32_t *n;         /* [owners] how many ids he has */
    struct key_buffer buffer[2];
};

static struct owners owners_new(const struct joining *how, size_t n)
{
    struct arena *keep = how->keep;
    struct owners o = {.buffer = {{.arena = keep}, {.arena = keep}}};
    if (!keys_merge(how->rules, how->n_steps))
        return o;
    o.map = key_map_new(n, keep);
    o.of = ARENA_NEW(keep, uint32_t, n);
    o.n = ARENA_NEW(keep, uint32_t, n);
    memset(o.of, 0xff, n * sizeof *o.of);
    return o;
}

/* Whether the id is the first of its owner's. */
static bool owner_is_new(const struct joining *how, struct owners *o, const struct ids *ids,
                         uint32_t id)
{
    bool added = true;
    size_t length;
    if (!o->map)
        return true;
    const char *text = key_map_text(ids->map, id, &length);
    const struct key_text owner =
        blocked_owner(how->known->blocked, how->rules, how->n_steps, text, length, o->buffer);
    o->of[id] = key_map_add(o->map, owner.text, owner.length, &added);
    o->n[o->of[id]]++;
    return added;
}

/* The ids that share an owner. */
static struct merging merging_of(struct joining *how, const struct owners *o, const struct ids *ids)
{
    struct merging m = {0, 0};
    struct key_buffer buffer = {.arena = how->keep};
    size_t n = o->map && ids->map ? key_map_count(ids->map) : 0, length;
    for (uint32_t i = 0; o->map && i < key_map_count(o->map); i++)
        m.n_owners += o->n[i] > 1;
    for (uint32_t id = 0; id < n; id++) {
        if (o->of[id] == KEY_MAP_NONE || o->n[o->of[id]] < 2)
            continue;
        m.n_ids++;
        if (!how->found)
            continue;
        const char *text = key_map_text(ids->map, id, &length);
        const struct key_text key = keys_apply(how->rules, how->n_steps, text, length, &buffer);
        add_merged(how->found,
                   (struct merged){arena_strndup(how->keep, key.text, key.length), ids, id});
    }
    how->merged += m.n_ids;
    return m;
}

/* The ids of one source by their joined keys: holder[j] is the first id of joined
   key j.  Blocked ids are left out. */
static struct key_map *join_ids(struct joining *how, const struct ids *ids, uint32_t **holder,
                                struct merging *merging)
{
    size_t n = ids->map ? key_map_count(ids->map) : 0, length;
    struct key_map *joined = key_map_new(n, how->keep);
    struct key_buffer buffer = {.arena = how->keep};
    struct owners owners = owners_new(how, n);
    *holder = ARENA_NEW(how->keep, uint32_t, n);
    how->n_blocked = 0;
    for (uint32_t id = 0; id < n; id++) {
        bool added;
        const char *text = key_map_text(ids->map, id, &length);
        if (blocked_is(how->known->blocked, text, length, &buffer)) {
            how->n_blocked++;
            continue;
        }
        struct key_text key = keys_apply(how->rules, how->n_steps, text, length, &buffer);
        if (!key.length)
            continue;
        uint32_t j = key_map_add(joined, key.text, key.length, &added);
        const bool collides = owner_is_new(how, &owners, ids, id) && !added;
        if (added)
            (*holder)[j] = id;
        if (collides && how->found)
            add_collision(how->found,
                          (struct collision){key_map_text(joined, j, NULL), ids, (*holder)[j], id});
        how->collisions += collides;
    }
    *merging = merging_of(how, &owners, ids);
    return joined;
}

/* The joined ids of a source that says nothing of who exists: for its collisions alone. */
static void join_others(struct joining *how)
{
    const struct known *k = how->known;
    struct merging merging;
    uint32_t *holder;
    for (size_t w = 0; w < k->n_waves; w++)
        join_ids(how, &k->wave[w], &holder, &merging);
    for (size_t i = 0; i < 2; i++)
        join_ids(how, &k->paired[i], &holder, &merging);
}

static uint32_t customer_number(struct known *k, const struct key_map *joined, uint32_t j)
{
    size_t length;
    bool added;
    const char *text = key_map_text(joined, j, &length);
    struct key_text key = mapping_account(k->mapping, (struct key_text){text, length});
    uint32_t at = key_map_add(k->map, key.text, key.length, &added);
    if (added)
        k->master_id[at] = k->ledger_id[at] = KEY_MAP_NONE;
    return at;
}

static void take_master(struct known *k, const struct key_map *joined, const uint32_t *holder)
{
    for (uint32_t j = 0; j < key_map_count(joined); j++) {
        uint32_t at = customer_number(k, joined, j);
        if (k->master_id[at] == KEY_MAP_NONE)
            k->master_id[at] = holder[j];
    }
}

/* The customer's accounts become a chain, the last one first. */
static void take_ledger(struct known *k, const struct key_map *joined, const uint32_t *holder)
{
    for (uint32_t j = 0; j < key_map_count(joined); j++) {
        uint32_t at = customer_number(k, joined, j);
        const uint32_t row = k->row ? k->row[holder[j]] : holder[j];
        k->ledger_next[row] = k->ledger_id[at];
        k->ledger_id[at] = row;
    }
}

void known_make(struct known *k, const struct key_steps *rules, struct arena *keep)
{
    struct finding found = {.keep = keep};
    struct joining how = {
        .known = k, .rules = rules, .n_steps = SIZE_MAX, .found = &found, .keep = keep};
    uint32_t *holder;
    size_t most = (k->master.map ? key_map_count(k->master.map) : 0) + key_map_count(k->ledger.map);
    k->map = key_map_new(most, keep);
    k->master_id = ARENA_NEW(keep, uint32_t, most);
    k->ledger_id = ARENA_NEW(keep, uint32_t, most);
    k->ledger_next = ARENA_NEW(keep, uint32_t, k->n_rows);
    join_others(&how);
    struct key_map *joined = join_ids(&how, &k->master, &holder, &k->master_merging);
    k->n_blocked_master = how.n_blocked;
    take_master(k, joined, holder);
    joined = join_ids(&how, &k->ledger, &holder, &k->ledger_merging);
    k->n_blocked_ledger = how.n_blocked;
    take_ledger(k, joined, holder);
    k->collision = found.collision;
    k->n_collisions = found.n_collisions;
    k->merged = found.merged;
    k->n_merged = found.n_merged;
}

/* The customers of a source's joined ids. */
static const struct key_map *customers_of(const struct mapping *m, struct key_map *joined,
                                          struct arena *scratch)
{
    size_t n = key_map_count(joined), length;
    if (!m->frame)
        return joined;
    struct key_map *customers = key_map_new(n, scratch);
    for (uint32_t j = 0; j < n; j++) {
        const char *text = key_map_text(joined, j, &length);
        struct key_text key = mapping_account(m, (struct key_text){text, length});
        key_map_add(customers, key.text, key.length, NULL);
    }
    return customers;
}

static const struct key_map *customers_in(struct joining *how, const struct mapping *m,
                                          const struct ids *ids)
{
    struct merging merging;
    uint32_t *holder;
    return customers_of(m, join_ids(how, ids, &holder, &merging), how->keep);
}

struct known_counts known_count(const struct known *k, const struct ids *asking,
                                const struct key_steps *rules, size_t n_steps, bool *found,
                                struct arena *scratch)
{
    struct joining how = {.known = k, .rules = rules, .n_steps = n_steps, .keep = scratch};
    struct mapping m = k->mapping ? *k->mapping : (struct mapping){.frame = NULL};
    struct key_buffer buffer = {.arena = scratch};
    size_t n = 0, length;
    mapping_make(&m, rules, n_steps, k->blocked, scratch, NULL);
    join_others(&how);
    const struct key_map *master = customers_in(&how, &m, &k->master);
    const struct key_map *ledger = customers_in(&how, &m, &k->ledger);
    for (uint32_t id = 0; id < key_map_count(asking->map); id++) {
        const char *text = key_map_text(asking->map, id, &length);
        struct key_text key = keys_apply(rules, n_steps, text, length, &buffer);
        key = mapping_key(&m, key);
        found[id] = key.length && (key_map_find(master, key.text, key.length) != KEY_MAP_NONE ||
                                   key_map_find(ledger, key.text, key.length) != KEY_MAP_NONE);
        n += found[id];
    }
    return (struct known_counts){n, how.collisions, how.merged};
}
