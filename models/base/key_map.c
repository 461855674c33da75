/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/key_map.h"

#include <string.h>
#include <sys/random.h>

#include <xxhash.h>

struct key {
    const char *text;
    size_t length;
    uint64_t hash;
};

struct key_map {
    struct arena *keep;
    uint64_t seed;
    uint32_t *slot; /* [mask + 1] number + 1, 0: empty */
    size_t mask;
    struct key *key; /* [capacity] */
    size_t n, capacity;
};

static void make_slots(struct key_map *map, size_t slots)
{
    map->slot = ARENA_NEW(map->keep, uint32_t, slots);
    map->mask = slots - 1;
    for (size_t i = 0; i < map->n; i++) {
        size_t at = map->key[i].hash & map->mask;
        while (map->slot[at])
            at = (at + 1) & map->mask;
        map->slot[at] = (uint32_t)i + 1;
    }
}

struct key_map *key_map_new(size_t expected, struct arena *keep)
{
    struct key_map *map = ARENA_NEW(keep, struct key_map, 1);
    size_t slots = 64;
    map->keep = keep;
    if (getrandom(&map->seed, sizeof map->seed, GRND_NONBLOCK) < 0)
        map->seed = (uint64_t)(uintptr_t)map;
    while (slots / 2 < expected)
        slots *= 2;
    make_slots(map, slots);
    return map;
}

/* The slot of a key, or the empty one where it belongs. */
static size_t slot_of(const struct key_map *map, const char *text, size_t length, uint64_t hash)
{
    size_t at = hash & map->mask;
    for (; map->slot[at]; at = (at + 1) & map->mask) {
        const struct key *k = &map->key[map->slot[at] - 1];
        if (k->hash == hash && k->length == length && memcmp(k->text, text, length) == 0)
            break;
    }
    return at;
}

static void grow_keys(struct key_map *map)
{
    size_t capacity = map->capacity ? 2 * map->capacity : 64;
    struct key *more = ARENA_NEW(map->keep, struct key, capacity);
    if (map->n)
        memcpy(more, map->key, map->n * sizeof *more);
    map->key = more;
    map->capacity = capacity;
}

uint32_t key_map_add(struct key_map *map, const char *text, size_t length, bool *added)
{
    uint64_t hash = XXH3_64bits_withSeed(text, length, map->seed);
    size_t at = slot_of(map, text, length, hash);
    if (added)
        *added = map->slot[at] == 0;
    if (map->slot[at])
        return map->slot[at] - 1;
    if (map->n == map->capacity)
        grow_keys(map);
    map->key[map->n] = (struct key){arena_strndup(map->keep, text, length), length, hash};
    map->slot[at] = (uint32_t)++map->n;
    if (2 * map->n > map->mask)
        make_slots(map, 2 * (map->mask + 1));
    return (uint32_t)map->n - 1;
}

uint32_t key_map_find(const struct key_map *map, const char *text, size_t length)
{
    uint64_t hash = XXH3_64bits_withSeed(text, length, map->seed);
    uint32_t found = map->slot[slot_of(map, text, length, hash)];
    return found ? found - 1 : KEY_MAP_NONE;
}

size_t key_map_count(const struct key_map *map)
{
    return map->n;
}

const char *key_map_text(const struct key_map *map, uint32_t number, size_t *length)
{
    if (length)
        *length = map->key[number].length;
    return map->key[number].text;
}
