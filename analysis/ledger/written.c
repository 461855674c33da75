/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/written.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/key_map.h"

/* Where an id's owner stands in it. */
struct part_of_id {
    uint32_t skip, length;
};

struct written {
    struct arena *keep;
    struct key_map *ids;
    size_t room;
    struct part_of_id *owner; /* [ids] */
};

struct written *written_new(struct arena *keep)
{
    struct written *w = ARENA_NEW(keep, struct written, 1);
    *w = (struct written){.keep = keep, .ids = key_map_new(0, keep)};
    return w;
}

static void make_room(struct written *w, size_t n)
{
    if (n <= w->room)
        return;
    const size_t room = 2 * w->room + 1024;
    struct part_of_id *more = ARENA_NEW(w->keep, struct part_of_id, room);
    if (w->room)
        memcpy(more, w->owner, w->room * sizeof *more);
    w->owner = more;
    w->room = room;
}

struct slice written_owner(struct written *w, const struct customer_options *options,
                           struct slice id, struct arena *scratch)
{
    bool added;
    const uint32_t number = key_map_add(w->ids, id.text, id.length, &added);
    if (added) {
        const struct slice owner = options->owner(options->owner_context, id, scratch);
        make_room(w, (size_t)number + 1);
        w->owner[number] = (struct part_of_id){(uint32_t)(owner.text - id.text), owner.length};
    }
    const struct part_of_id at = w->owner[number];
    return (struct slice){id.text + at.skip, at.length};
}

/* ---- all threads' ---- */

/* An id, and the customer's. */
struct pair {
    const char *id;
    struct slice owner;
    uint32_t row; /* the customer's */
};

static int by_customer(const void *a, const void *b)
{
    const struct pair *p = a, *q = b;
    return p->row != q->row ? (p->row < q->row ? -1 : 1) : strcmp(p->id, q->id);
}

/* The distinct ones of all; `keep` holds their bytes. */
static size_t gather(struct written *const *all, size_t n_threads, struct pair *pair,
                     struct arena *keep)
{
    struct key_map *distinct = key_map_new(0, keep);
    size_t n = 0, length;
    for (size_t t = 0; t < n_threads; t++)
        for (uint32_t i = 0; i < key_map_count(all[t]->ids); i++) {
            bool added;
            const char *id = key_map_text(all[t]->ids, i, &length);
            const struct part_of_id at = all[t]->owner[i];
            const uint32_t number = key_map_add(distinct, id, length, &added);
            if (added)
                pair[n++] = (struct pair){.id = key_map_text(distinct, number, NULL)};
            pair[number].owner = (struct slice){pair[number].id + at.skip, at.length};
        }
    return n;
}

/* Customers by the bytes of their keys. */
static uint32_t row_of(const struct customers *c, struct slice owner)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strncmp(c->key[middle], owner.text, owner.length);
        if (order == 0 && c->key[middle][owner.length] == '\0')
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    assert(!"an id's customer is known");
    return 0;
}

void written_settle(struct written *const *all, size_t n, struct customers *to, struct arena *keep)
{
    size_t most = 0;
    for (size_t t = 0; t < n; t++)
        most += key_map_count(all[t]->ids);
    if (most == 0)
        return;
    struct arena *scratch = arena_new();
    struct pair *pair = ARENA_NEW(scratch, struct pair, most);
    const size_t n_ids = gather(all, n, pair, keep);
    for (size_t i = 0; i < n_ids; i++)
        pair[i].row = row_of(to, pair[i].owner);
    qsort(pair, n_ids, sizeof *pair, by_customer);
    const char **written = ARENA_NEW(keep, const char *, n_ids);
    uint32_t *of_written = ARENA_NEW(keep, uint32_t, n_ids);
    for (size_t i = 0; i < n_ids; i++) {
        written[i] = pair[i].id;
        of_written[i] = pair[i].row;
    }
    to->n_written = n_ids;
    to->written = written;
    to->of_written = of_written;
    arena_free(scratch);
}
