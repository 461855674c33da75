/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/terms.h"

#include <string.h>

#include "models/base/key_map.h"
#include "models/design/design.h"

struct terms {
    struct key_map *number; /* of the bytes of each set */
    struct term_set *set;   /* [capacity] */
    size_t n, capacity;
    struct arena *keep;
};

struct terms *terms_new(struct arena *keep)
{
    struct terms *t = ARENA_NEW(keep, struct terms, 1);
    t->keep = keep;
    t->number = key_map_new(8, keep);
    return t;
}

size_t terms_count(const struct terms *t)
{
    return t->n;
}

struct term_set terms_at(const struct terms *t, size_t i)
{
    return t->set[i];
}

static void grow(struct terms *t)
{
    size_t capacity = t->capacity ? 2 * t->capacity : 8;
    struct term_set *more = ARENA_NEW(t->keep, struct term_set, capacity);
    if (t->n)
        memcpy(more, t->set, t->n * sizeof *more);
    t->set = more;
    t->capacity = capacity;
}

bool terms_add(struct terms *t, struct term_set set)
{
    bool added;
    key_map_add(t->number, (const char *)set.variable, set.n * sizeof *set.variable, &added);
    if (!added)
        return true;
    if (t->n == DESIGN_MAX_TERMS)
        return false;
    if (t->n == t->capacity)
        grow(t);
    set.variable = arena_copy(t->keep, set.variable, set.n, sizeof *set.variable);
    t->set[t->n++] = set;
    return true;
}

bool terms_add_all(struct terms *t, const struct terms *more)
{
    for (size_t i = 0; i < more->n; i++)
        if (!terms_add(t, more->set[i]))
            return false;
    return true;
}

/* Ascending, into room for both. */
static struct term_set joined(struct term_set a, struct term_set b, uint32_t *room)
{
    size_t n = 0, i = 0, j = 0;
    while (i < a.n || j < b.n) {
        uint32_t next =
            j == b.n || (i < a.n && a.variable[i] <= b.variable[j]) ? a.variable[i] : b.variable[j];
        i += i < a.n && a.variable[i] == next;
        j += j < b.n && b.variable[j] == next;
        room[n++] = next;
    }
    return (struct term_set){n, room};
}

static size_t longest(const struct terms *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        n = t->set[i].n > n ? t->set[i].n : n;
    return n;
}

bool terms_add_products(struct terms *t, const struct terms *left, const struct terms *right)
{
    if (left->n * right->n > 100 * DESIGN_MAX_TERMS)
        return false;
    struct arena *scratch = arena_new();
    uint32_t *room = ARENA_NEW(scratch, uint32_t, longest(left) + longest(right));
    bool good = true;
    for (size_t i = 0; i < left->n && good; i++)
        for (size_t j = 0; j < right->n && good; j++)
            good = terms_add(t, joined(left->set[i], right->set[j], room));
    arena_free(scratch);
    return good;
}

struct term_set terms_union(const struct terms *t, struct arena *keep)
{
    struct term_set all = {0, NULL};
    for (size_t i = 0; i < t->n; i++)
        all = joined(all, t->set[i], ARENA_NEW(keep, uint32_t, all.n + t->set[i].n));
    return all;
}

struct terms *terms_without(const struct terms *t, const struct terms *less, struct arena *keep)
{
    struct terms *rest = terms_new(keep);
    for (size_t i = 0; i < t->n; i++) {
        const struct term_set *s = &t->set[i];
        if (key_map_find(less->number, (const char *)s->variable, s->n * sizeof *s->variable) ==
            KEY_MAP_NONE)
            terms_add(rest, *s);
    }
    return rest;
}

bool terms_set_within(struct term_set a, struct term_set b)
{
    size_t j = 0;
    for (size_t i = 0; i < a.n; i++, j++) {
        while (j < b.n && b.variable[j] < a.variable[i])
            j++;
        if (j == b.n || b.variable[j] != a.variable[i])
            return false;
    }
    return true;
}
