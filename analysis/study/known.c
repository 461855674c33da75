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

/* The ids of one source by their joined keys: holder[j] is the first id of joined
   key j.  Collisions go to `found` (NULL: they are only counted). */
static struct key_map *join_ids(const struct ids *ids, const struct key_steps *rules,
                                size_t n_steps, uint32_t **holder, struct finding *found,
                                size_t *collisions, struct arena *keep)
{
    size_t n = ids->map ? key_map_count(ids->map) : 0, length;
    struct key_map *joined = key_map_new(n, keep);
    struct key_buffer buffer = {.arena = keep};
    *holder = ARENA_NEW(keep, uint32_t, n);
    for (uint32_t id = 0; id < n; id++) {
        bool added;
        const char *text = key_map_text(ids->map, id, &length);
        struct key_text key = keys_apply(rules, n_steps, text, length, &buffer);
        if (!key.length)
            continue;
        uint32_t j = key_map_add(joined, key.text, key.length, &added);
        if (added)
            (*holder)[j] = id;
        else if (found)
            add_collision(found,
                          (struct collision){key_map_text(joined, j, NULL), ids, (*holder)[j], id});
        *collisions += !added;
    }
    return joined;
}

static void take_ids(struct known *k, const struct key_map *joined, const uint32_t *holder,
                     bool master)
{
    size_t length;
    for (uint32_t j = 0; j < key_map_count(joined); j++) {
        bool added;
        const char *text = key_map_text(joined, j, &length);
        uint32_t at = key_map_add(k->map, text, length, &added);
        if (added)
            k->master_id[at] = k->ledger_id[at] = KEY_MAP_NONE;
        *(master ? &k->master_id[at] : &k->ledger_id[at]) = holder[j];
    }
}

void known_make(struct known *k, const struct key_steps *rules, struct arena *keep)
{
    struct finding found = {.keep = keep};
    uint32_t *holder;
    size_t collisions = 0;
    size_t most = (k->master.map ? key_map_count(k->master.map) : 0) + key_map_count(k->ledger.map);
    k->map = key_map_new(most, keep);
    k->master_id = ARENA_NEW(keep, uint32_t, most);
    k->ledger_id = ARENA_NEW(keep, uint32_t, most);
    for (size_t w = 0; w < k->n_waves; w++)
        join_ids(&k->wave[w], rules, SIZE_MAX, &holder, &found, &collisions, keep);
    struct key_map *joined =
        join_ids(&k->master, rules, SIZE_MAX, &holder, &found, &collisions, keep);
    take_ids(k, joined, holder, true);
    joined = join_ids(&k->ledger, rules, SIZE_MAX, &holder, &found, &collisions, keep);
    take_ids(k, joined, holder, false);
    k->collision = found.at;
    k->n_collisions = found.n;
}

size_t known_count(const struct known *k, const struct ids *asking, const struct key_steps *rules,
                   size_t n_steps, bool *found, size_t *collisions, struct arena *scratch)
{
    uint32_t *holder;
    size_t n = 0, length;
    struct key_buffer buffer = {.arena = scratch};
    *collisions = 0;
    for (size_t w = 0; w < k->n_waves; w++)
        join_ids(&k->wave[w], rules, n_steps, &holder, NULL, collisions, scratch);
    struct key_map *master =
        join_ids(&k->master, rules, n_steps, &holder, NULL, collisions, scratch);
    struct key_map *ledger =
        join_ids(&k->ledger, rules, n_steps, &holder, NULL, collisions, scratch);
    for (uint32_t id = 0; id < key_map_count(asking->map); id++) {
        const char *text = key_map_text(asking->map, id, &length);
        struct key_text key = keys_apply(rules, n_steps, text, length, &buffer);
        found[id] = key_map_find(master, key.text, key.length) != KEY_MAP_NONE ||
                    key_map_find(ledger, key.text, key.length) != KEY_MAP_NONE;
        n += found[id];
    }
    return n;
}
