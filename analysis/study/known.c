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

/* Collisions while they are found. */
struct finding {
    struct collision *at;
    size_t n, capacity;
    struct arena *keep;
};

static void add_collision(struct finding *f, struct collision c)
{
    if (f->n == f->capacity) {
        size_t capacity = f->capacity ? 2 * f->capacity : 16;
        struct collision *more = ARENA_NEW(f->keep, struct collision, capacity);
        if (f->n)
            memcpy(more, f->at, f->n * sizeof *more);
        f->at = more;
        f->capacity = capacity;
    }
    f->at[f->n++] = c;
}

/* How the ids of a source are joined. */
struct joining {
    const struct known *known;
    const struct key_steps *rules;
    size_t n_steps;
    struct finding *found; /* NULL: collisions are only counted */
    size_t collisions, n_blocked;
    struct arena *keep;
};

/* The ids of one source by their joined keys: holder[j] is the first id of joined
   key j.  Blocked ids are left out. */
static struct key_map *join_ids(struct joining *how, const struct ids *ids, uint32_t **holder)
{
    size_t n = ids->map ? key_map_count(ids->map) : 0, length;
    struct key_map *joined = key_map_new(n, how->keep);
    struct key_buffer buffer = {.arena = how->keep};
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
        if (added)
            (*holder)[j] = id;
        else if (how->found)
            add_collision(how->found,
                          (struct collision){key_map_text(joined, j, NULL), ids, (*holder)[j], id});
        how->collisions += !added;
    }
    return joined;
}

/* The joined ids of a source that says nothing of who exists: for its collisions alone. */
static void join_others(struct joining *how)
{
    const struct known *k = how->known;
    uint32_t *holder;
    for (size_t w = 0; w < k->n_waves; w++)
        join_ids(how, &k->wave[w], &holder);
    for (size_t i = 0; i < 2; i++)
        join_ids(how, &k->paired[i], &holder);
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
        k->ledger_next[holder[j]] = k->ledger_id[at];
        k->ledger_id[at] = holder[j];
    }
}

/* The other spellings of a customer of the ledger join his chain. */
static void take_spellings(struct known *k, const struct finding *found)
{
    for (size_t i = 0; i < found->n; i++) {
        const struct collision *c = &found->at[i];
        struct key_text key = {c->joined, strlen(c->joined)};
        if (c->ids != &k->ledger)
            continue;
        key = mapping_account(k->mapping, key);
        uint32_t at = key_map_find(k->map, key.text, key.length);
        k->ledger_next[c->second] = k->ledger_id[at];
        k->ledger_id[at] = c->second;
    }
}

void known_make(struct known *k, const struct key_steps *rules, struct arena *keep)
{
    struct finding found = {.keep = keep};
    struct joining how = {k, rules, SIZE_MAX, &found, 0, 0, keep};
    uint32_t *holder;
    size_t most = (k->master.map ? key_map_count(k->master.map) : 0) + key_map_count(k->ledger.map);
    k->map = key_map_new(most, keep);
    k->master_id = ARENA_NEW(keep, uint32_t, most);
    k->ledger_id = ARENA_NEW(keep, uint32_t, most);
    k->ledger_next = ARENA_NEW(keep, uint32_t, key_map_count(k->ledger.map));
    join_others(&how);
    struct key_map *joined = join_ids(&how, &k->master, &holder);
    k->n_blocked_master = how.n_blocked;
    take_master(k, joined, holder);
    joined = join_ids(&how, &k->ledger, &holder);
    k->n_blocked_ledger = how.n_blocked;
    take_ledger(k, joined, holder);
    if (k->merges)
        take_spellings(k, &found);
    k->collision = found.at;
    k->n_collisions = found.n;
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

size_t known_count(const struct known *k, const struct ids *asking, const struct key_steps *rules,
                   size_t n_steps, bool *found, size_t *collisions, struct arena *scratch)
{
    struct joining how = {k, rules, n_steps, NULL, 0, 0, scratch};
    struct mapping m = k->mapping ? *k->mapping : (struct mapping){.frame = NULL};
    struct key_buffer buffer = {.arena = scratch};
    uint32_t *holder;
    size_t n = 0, length;
    mapping_make(&m, rules, n_steps, k->blocked, scratch, NULL);
    join_others(&how);
    const struct key_map *master = customers_of(&m, join_ids(&how, &k->master, &holder), scratch);
    const struct key_map *ledger = customers_of(&m, join_ids(&how, &k->ledger, &holder), scratch);
    *collisions = how.collisions;
    for (uint32_t id = 0; id < key_map_count(asking->map); id++) {
        const char *text = key_map_text(asking->map, id, &length);
        struct key_text key = keys_apply(rules, n_steps, text, length, &buffer);
        key = mapping_key(&m, key);
        found[id] = key.length && (key_map_find(master, key.text, key.length) != KEY_MAP_NONE ||
                                   key_map_find(ledger, key.text, key.length) != KEY_MAP_NONE);
        n += found[id];
    }
    return n;
}
