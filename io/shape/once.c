/* SPDX-License-Identifier: GPL-3.0-or-later
   An amount that stands on each line of a document counts once. */
#include "io/shape/steps.h"

#include "io/ledger/cell.h"

bool shape_once_start(struct shape *s, struct err *err)
{
    const struct study_ledger *l = s->declared;
    struct shape_once *o = &s->once;
    o->document = SHAPE_NONE;
    if (!l->amount.once_per)
        return true;
    o->known = key_map_new(1 << 10, s->own);
    o->column[ONCE_REFUNDED] = shape_column(s, l->amount.refunded);
    o->column[ONCE_TYPE] = shape_column(s, l->type.column);
    return shape_find(s, "amount.once_per", l->amount.once_per, &o->document, err) &&
           shape_find(s, "key", l->key, &o->key, err) &&
           shape_find(s, "amount.column", l->amount.column, &o->column[ONCE_AMOUNT], err);
}

static struct slice told(const struct shape *s, int what)
{
    const int32_t column = s->once.column[what];
    return column == SHAPE_NONE ? (struct slice){"", 0} : trimmed(&s->cell[column]);
}

static void remember(struct shape *s, uint32_t number)
{
    struct shape_once *o = &s->once;
    if (number >= o->room) {
        const size_t room = 2 * o->room + 1024;
        struct once_line *more = ARENA_NEW(s->own, struct once_line, room);
        if (o->room > 0)
            memcpy(more, o->first, o->room * sizeof *more);
        o->first = more;
        o->room = room;
    }
    o->first[number].line = s->line;
    for (int i = 0; i < ONCE_N; i++) {
        const struct slice text = told(s, i);
        o->first[number].text[i] =
            text.length > 0 ? arena_strndup(s->own, text.text, text.length) : "";
    }
}

static bool another(const struct shape *s, int what, const struct once_line *first, struct err *err)
{
    static const char *const name[ONCE_N] = {"amount", "refund", "type"};
    static const char later[] =
        "the file may hold two exports of the document: leave the lines of the earlier one out";
    static const char *const mend[ONCE_N] = {
        "take once_per: out if each line has its own amount, or declare the column of the "
        "document's total",
        later, later};
    const struct slice document = trimmed(&s->cell[s->once.document]);
    return shape_wrong(s, ERR_VALUE, s->once.column[what],
                       arena_printf(s->own,
                                    "is another %s than '%s' on line %llu of the same document "
                                    "'%.*s'",
                                    name[what], first->text[what], (unsigned long long)first->line,
                                    (int)document.length, document.text),
                       mend[what], err);
}

/* Blank cells stand for what the document's first line says. */
static bool alike(const struct shape *s, const struct once_line *first, struct err *err)
{
    for (int i = 0; i < ONCE_N; i++) {
        const struct slice text = told(s, i);
        if (text.length > 0 && (strlen(first->text[i]) != text.length ||
                                memcmp(first->text[i], text.text, text.length) != 0))
            return another(s, i, first, err);
    }
    return true;
}

/* The same number with another customer is another document. */
bool shape_once_take(struct shape *s, bool *again, struct err *err)
{
    struct shape_once *o = &s->once;
    *again = false;
    if (o->document == SHAPE_NONE)
        return true;
    const struct slice document = trimmed(&s->cell[o->document]),
                       key = cell_id(trimmed(&s->cell[o->key]), s->declared->key_starts_after,
                                     s->declared->key_ends_at);
    if (document.length == 0)
        return true; /* nothing tells what it belongs to */
    const size_t n = (size_t)document.length + 1 + key.length;
    char *pair = shape_room(s, &o->pair, n);
    memcpy(pair, document.text, document.length);
    pair[document.length] = '\0';
    if (key.length > 0)
        memcpy(pair + document.length + 1, key.text, key.length);
    const uint32_t number = key_map_find(o->known, pair, n);
    *again = number != KEY_MAP_NONE;
    if (!*again && told(s, ONCE_AMOUNT).length > 0)
        remember(s, key_map_add(o->known, pair, n, NULL));
    return !*again || alike(s, &o->first[number], err);
}
