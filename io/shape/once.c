/* SPDX-License-Identifier: GPL-3.0-or-later
   An amount that stands on each line of a document counts once. */
#include "io/shape/steps.h"

bool shape_once_start(struct shape *s, struct err *err)
{
    const struct study_ledger *l = s->declared;
    struct shape_once *o = &s->once;
    o->document = SHAPE_NONE;
    if (!l->amount.once_per)
        return true;
    o->known = key_map_new(1 << 10, s->own);
    return shape_find(s, "amount.once_per", l->amount.once_per, &o->document, err) &&
           shape_find(s, "key", l->key, &o->key, err) &&
           shape_find(s, "amount.column", l->amount.column, &o->amount, err);
}

static void remember(struct shape *s, uint32_t number, struct slice amount)
{
    struct shape_once *o = &s->once;
    if (number >= o->room) {
        const size_t room = 2 * o->room + 1024;
        struct once_amount *more = ARENA_NEW(s->own, struct once_amount, room);
        if (o->room > 0)
            memcpy(more, o->first, o->room * sizeof *more);
        o->first = more;
        o->room = room;
    }
    o->first[number] =
        (struct once_amount){s->line, arena_strndup(s->own, amount.text, amount.length)};
}

static bool another(const struct shape *s, const struct once_amount *first, struct err *err)
{
    const struct slice document = trimmed(&s->cell[s->once.document]);
    return shape_wrong(
        s, ERR_VALUE, s->once.amount,
        arena_printf(s->own, "is another amount than '%s' on line %llu of the same document '%.*s'",
                     first->amount, (unsigned long long)first->line, (int)document.length,
                     document.text),
        "take once_per: out if each line has its own amount, or declare the column of the "
        "document's total",
        err);
}

/* The same number with another customer is another document. */
bool shape_once_take(struct shape *s, bool *again, struct err *err)
{
    struct shape_once *o = &s->once;
    *again = false;
    if (o->document == SHAPE_NONE)
        return true;
    const struct slice document = trimmed(&s->cell[o->document]), key = trimmed(&s->cell[o->key]),
                       amount = trimmed(&s->cell[o->amount]);
    if (document.length == 0)
        return true; /* nothing tells what it belongs to */
    const size_t n = (size_t)document.length + 1 + key.length;
    char *pair = shape_room(s, &o->pair, n);
    memcpy(pair, document.text, document.length);
    pair[document.length] = '\0';
    if (key.length > 0)
        memcpy(pair + document.length + 1, key.text, key.length);
    uint32_t number = key_map_find(o->known, pair, n);
    *again = number != KEY_MAP_NONE;
    if (!*again && amount.length > 0)
        remember(s, key_map_add(o->known, pair, n, NULL), amount);
    if (!*again || amount.length == 0)
        return true;
    const struct once_amount *first = &o->first[number];
    return (strlen(first->amount) == amount.length &&
            memcmp(first->amount, amount.text, amount.length) == 0) ||
           another(s, first, err);
}
