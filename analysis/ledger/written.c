/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/written.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/key_map.h"

/* An id's owner: a part of it, or a text of its own. */
struct owner {
    const char *text; /* NULL: a part */
    uint32_t skip, length;
};

struct written {
    struct arena *keep;
    struct key_map *ids;
    size_t room;
    struct owner *owner; /* [ids] */
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
    struct owner *more = ARENA_NEW(w->keep, struct owner, room);
    if (w->room)
        memcpy(more, w->owner, w->room * sizeof *more);
    w->owner = more;
    w->room = room;
}

static struct owner owner_of(const struct written *w, struct slice id, struct slice owner)
{
    const uintptr_t from = (uintptr_t)id.text, at = (uintptr_t)owner.text;
    if (at >= from && at + owner.length <= from + id.length)
        return (struct owner){NULL, (uint32_t)(at - from), owner.length};
    return (struct owner){arena_strndup(w->keep, owner.text, owner.length), 0, owner.length};
}

uint32_t written_number(struct written *w, const struct customer_options *options, struct slice id,
                        struct arena *scratch)
{
    bool added;
    const uint32_t number = key_map_add(w->ids, id.text, id.length, &added);
    if (added) {
        make_room(w, (size_t)number + 1);
        w->owner[number] = owner_of(w, id, options->owner(options->owner_context, id, scratch));
    }
    return number;
}

struct slice written_owner(const struct written *w, uint32_t number, struct slice id)
{
    const struct owner *o = &w->owner[number];
    return (struct slice){o->text ? o->text : id.text + o->skip, o->length};
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
            const uint32_t number = key_map_add(distinct, id, length, &added);
            if (added)
                pair[n++] = (struct pair){.id = key_map_text(distinct, number, NULL)};
            pair[number].owner =
                written_owner(all[t], i, (struct slice){pair[number].id, (uint32_t)length});
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
