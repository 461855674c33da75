/* SPDX-License-Identifier: GPL-3.0-or-later
   The rows of a long ledger below those of its sample: ids that the survey asks for, the last
   days, types that come late.  Nothing else of them is kept. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/key/keys.h"
#include "io/text/parse.h"

/* Columns in the order in which they are asked for. */
enum { KEY, DATE, TYPE, AMOUNT, N_COLUMNS };

struct passing {
    struct draft_ledger *ledger;
    struct key_steps steps;
    struct key_buffer buffer;
    const struct key_map *asking; /* the survey's ids, spelled alike */
    const char *ends_at;          /* of the ledger's; or NULL */
    struct arena *keep;
};

static bool is_subtotal(const struct texts *patterns, const char *text)
{
    for (size_t k = 0; k < patterns->n; k++) {
        const char *star = strchr(patterns->at[k], '*');
        if (star ? strncmp(text, patterns->at[k], (size_t)(star - patterns->at[k])) == 0
                 : strcmp(text, patterns->at[k]) == 0)
            return true;
    }
    return false;
}

static void take_id(struct passing *p, const char *text)
{
    const char *end = p->ends_at ? strstr(text, p->ends_at) : NULL;
    const size_t length = end ? (size_t)(end - text) : strlen(text);
    struct key_text key = keys_apply(&p->steps, SIZE_MAX, text, length, &p->buffer);
    if (key_map_find(p->asking, key.text, key.length) != KEY_MAP_NONE)
        key_map_add(p->ledger->rest.ids, text, length, NULL);
}

static void take_day(struct draft_ledger *l, const char *text)
{
    int32_t day;
    if (!l->date || l->date->n_formats != 1)
        return;
    if (!parse_date(text, strlen(text), l->date->format[0], &day)) {
        l->rest.undated++;
        return;
    }
    l->first = l->first == DAY_MISSING || day < l->first ? day : l->first;
    l->last = l->last == DAY_MISSING || day > l->last ? day : l->last;
}

static void take_type(struct passing *p, const char *text, int64_t minor)
{
    struct draft_ledger *l = p->ledger;
    size_t k = 0;
    while (k < l->n_types && strcmp(l->types[k].text, text) != 0)
        k++;
    if (k == l->types_room)
        return;
    if (k == l->n_types)
        l->types[l->n_types++] = (struct draft_type){.text = arena_strdup(p->keep, text)};
    draft_type_add(l, &l->types[k], minor);
}

static void take_row(void *context, const char *const cell[])
{
    struct passing *p = context;
    struct draft_ledger *l = p->ledger;
    int64_t minor = 0;
    if (!cell[KEY])
        return;
    if (is_subtotal(&l->subtotal, cell[KEY])) {
        l->n_subtotals++;
        return;
    }
    take_id(p, cell[KEY]);
    if (cell[DATE])
        take_day(l, cell[DATE]);
    if (cell[AMOUNT] && !draft_amount_value(&l->amount, cell[AMOUNT], &minor))
        l->rest.unfit++;
    l->amount.n_negative += minor < 0;
    if (l->type)
        take_type(p, cell[TYPE] ? cell[TYPE] : "", minor);
}

/* The survey's ids, as they are spelled by the rules. */
static const struct key_map *asking_ids(const struct draft *d, struct passing *p)
{
    const struct profile *s = d->key.survey;
    struct key_map *map = key_map_new(s->n_distinct, p->keep);
    for (size_t k = 0; k < s->n_distinct; k++) {
        const char *text = s->value[k].text;
        struct key_text key = keys_apply(&p->steps, SIZE_MAX, text, strlen(text), &p->buffer);
        if (key.length)
            key_map_add(map, key.text, key.length, NULL);
    }
    return map;
}

static const char *name_of(const struct profile *p)
{
    return p ? p->column->name : "";
}

static bool is_whole(const struct draft_ledger *l)
{
    for (size_t k = 0; k < l->n_parts; k++)
        if (!l->part[k].sample->whole)
            return false;
    return true;
}

bool draft_see_rest(struct draft *d, struct arena *keep, struct err *err)
{
    struct draft_ledger *l = &d->ledger;
    if (is_whole(l) || !d->key.survey || !d->key.ledger)
        return true;
    struct passing p = {.ledger = l,
                        .ends_at = d->key.ends_at,
                        .steps = draft_spellings(keep),
                        .buffer = {.arena = keep},
                        .keep = keep};
    p.asking = asking_ids(d, &p);
    l->rest.ids = key_map_new(key_map_count(p.asking), keep);
    l->rest.seen = d->key.seen_in_part = true;
    const char *const columns[N_COLUMNS] = {name_of(d->key.ledger), name_of(l->date),
                                            name_of(l->type), name_of(l->amount.column)};
    for (size_t k = 0; k < l->n_parts && err->code == ERR_NONE; k++) {
        const struct sample_asked asked = {.n = N_COLUMNS,
                                           .columns = columns,
                                           .after = l->part[k].frame->n_rows,
                                           .take = take_row,
                                           .context = &p};
        if (!l->part[k].sample->whole)
            sample_rows(l->part[k].sample, &asked, err);
    }
    return err->code == ERR_NONE;
}
