/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/types.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "io/ledger/cell.h"
#include "io/ledger/pattern.h"

enum { FIRST_SLOTS = 64, LISTED = 12 };

/* The slot that holds the text, or the free one where it belongs. */
static struct ledger_type *slot_of(const struct ledger_types *t, struct slice text)
{
    size_t i = XXH3_64bits(text.text, text.length) & (t->n_slots - 1);
    while (t->slot[i].text.text && !slice_equal(t->slot[i].text, text))
        i = (i + 1) & (t->n_slots - 1);
    return &t->slot[i];
}

static void double_slots(struct ledger_types *t)
{
    struct ledger_type *old = t->slot;
    const size_t n_old = t->n_slots;
    t->n_slots = n_old ? 2 * n_old : FIRST_SLOTS;
    t->slot = ARENA_NEW(t->memory, struct ledger_type, t->n_slots);
    for (size_t i = 0; i < n_old; i++)
        if (old[i].text.text)
            *slot_of(t, old[i].text) = old[i];
}

static struct ledger_type *insert(struct ledger_types *t, struct slice text, uint8_t kind)
{
    if (2 * (t->n + 1) > t->n_slots)
        double_slots(t);
    struct ledger_type *type = slot_of(t, text);
    const char *copy = arena_strndup(t->memory, text.text, text.length);
    *type = (struct ledger_type){.text = {copy, text.length}, .kind = kind};
    t->n++;
    return type;
}

/* The lists of a declaration, in the order in which they are asked. */
enum { N_LISTS = 4 };

static const struct texts *list_of(const struct study_type *declared, size_t i, uint8_t *kind)
{
    const struct texts *const list[N_LISTS] = {&declared->sale, &declared->returned,
                                               &declared->payment, &declared->ignore};
    static const uint8_t kinds[N_LISTS] = {LEDGER_SALE, LEDGER_RETURN, LEDGER_PAYMENT,
                                           LEDGER_IGNORED};
    *kind = kinds[i];
    return list[i];
}

static void declare(struct ledger_types *t, const struct texts *texts, uint8_t kind)
{
    for (size_t i = 0; i < texts->n; i++) {
        const struct slice text = {texts->at[i], (uint32_t)strlen(texts->at[i])};
        if (!pattern_is(texts->at[i]) && !slot_of(t, text)->text.text)
            insert(t, text, kind);
    }
}

static uint8_t kind_by_pattern(const struct study_type *declared, struct slice text)
{
    uint8_t kind;
    for (size_t i = 0; i < N_LISTS; i++)
        if (pattern_any(list_of(declared, i, &kind), text))
            return kind;
    return LEDGER_N_KINDS;
}

struct ledger_types ledger_types_new(const struct study_type *declared, struct arena *memory)
{
    struct ledger_types t = {.memory = memory, .declared = declared};
    uint8_t kind;
    for (uint8_t k = 0; k <= LEDGER_N_KINDS; k++)
        t.other[k].kind = k;
    double_slots(&t);
    for (size_t i = 0; i < N_LISTS; i++) {
        const struct texts *list = list_of(declared, i, &kind);
        declare(&t, list, kind);
    }
    return t;
}

static struct ledger_type *find_other(struct ledger_types *t, struct slice text)
{
    struct ledger_type *type = slot_of(t, text);
    if (type->text.text)
        return type;
    const uint8_t kind = kind_by_pattern(t->declared, text);
    if (t->n >= LEDGER_TYPES_TOLD) {
        t->too_many = true;
        return &t->other[kind];
    }
    return insert(t, text, kind);
}

struct ledger_type *ledger_types_find(struct ledger_types *t, struct slice text)
{
    if (!t->last || !slice_equal(t->last->text, text)) {
        struct ledger_type *found = find_other(t, text);
        t->last = found->text.text ? found : NULL;
        return found;
    }
    return t->last;
}

static void add(struct ledger_type *to, const struct ledger_type *from)
{
    to->n += from->n;
    to->positive += from->positive;
    to->negative += from->negative;
}

void ledger_types_merge(struct ledger_types *into, const struct ledger_types *from)
{
    for (size_t i = 0; i < from->n_slots; i++)
        if (from->slot[i].text.text)
            add(ledger_types_find(into, from->slot[i].text), &from->slot[i]);
    for (size_t k = 0; k <= LEDGER_N_KINDS; k++)
        add(&into->other[k], &from->other[k]);
    into->too_many |= from->too_many;
}

static int by_frequency(const void *a, const void *b)
{
    const struct ledger_type *p = a, *q = b;
    if (p->n != q->n)
        return p->n < q->n ? 1 : -1;
    const uint32_t shorter = p->text.length < q->text.length ? p->text.length : q->text.length;
    const int order = memcmp(p->text.text, q->text.text, shorter);
    return order ? order : (p->text.length > q->text.length) - (p->text.length < q->text.length);
}

/* Those that stand in the file, of one kind or (LEDGER_N_KINDS) of any. */
static size_t listed(const struct ledger_types *t, enum ledger_kind kind, struct ledger_type **list,
                     struct arena *keep)
{
    size_t n = 0;
    *list = ARENA_NEW(keep, struct ledger_type, t->n);
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->slot[i].n > 0 && (kind == LEDGER_N_KINDS || t->slot[i].kind == kind))
            (*list)[n++] = t->slot[i];
    qsort(*list, n, sizeof **list, by_frequency);
    return n;
}

static const char *shown(const struct ledger_type *type, struct arena *keep)
{
    if (type->text.length == 0)
        return "(blank)";
    return arena_printf(keep, "%.*s%s", type->text.length > 24 ? 24 : (int)type->text.length,
                        type->text.text, type->text.length > 24 ? "..." : "");
}

static const char *and_more(const char *text, size_t n, struct arena *keep)
{
    return n > LISTED ? arena_printf(keep, "%s and %zu more", text, n - LISTED) : text;
}

const char *ledger_types_list(const struct ledger_types *t, struct arena *keep)
{
    struct ledger_type *list;
    const char *text = "";
    if (t->too_many)
        return arena_printf(keep, "more than %d different ones", LEDGER_TYPES_TOLD);
    const size_t n = listed(t, LEDGER_N_KINDS, &list, keep);
    for (size_t i = 0; i < n && i < LISTED; i++)
        text = arena_printf(keep, "%s%s%s %llu", text, i ? ", " : "", shown(&list[i], keep),
                            (unsigned long long)list[i].n);
    return and_more(text, n, keep);
}

const char *ledger_types_positive(const struct ledger_types *t, enum ledger_kind kind,
                                  struct arena *keep)
{
    struct ledger_type *list;
    const char *text = "";
    const size_t n = listed(t, kind, &list, keep);
    for (size_t i = 0; i < n && i < LISTED; i++)
        text = arena_printf(keep, "%s%s%s %llu of %llu", text, i ? ", " : "", shown(&list[i], keep),
                            (unsigned long long)list[i].positive,
                            (unsigned long long)(list[i].positive + list[i].negative));
    return and_more(text, n, keep);
}
