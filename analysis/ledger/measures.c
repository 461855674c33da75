/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/measures.h"

#include <assert.h>
#include <string.h>

struct measure_index {
    const struct respondents *respondents;
    int64_t n_persons;
    const size_t *start; /* [n_persons + 1]: those of person p are member[start[p]] .. */
    const size_t *member;
};

struct measure_table {
    struct arena *memory;
    struct blocks pool;
    const struct measure_index *index;
    struct tally *window, *baseline;   /* [n] */
    int32_t *last_before, *first_ever; /* [n] */
};

const struct measure_index *measure_index_new(const struct respondents *r, struct arena *keep)
{
    struct measure_index *index = ARENA_NEW(keep, struct measure_index, 1);
    index->respondents = r;
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= index->n_persons)
            index->n_persons = r->person[i] + 1;
    size_t *start = ARENA_NEW(keep, size_t, (size_t)index->n_persons + 2);
    size_t *member = ARENA_NEW(keep, size_t, r->n);
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= 0)
            start[r->person[i] + 2]++;
    for (size_t p = 2; p < (size_t)index->n_persons + 2; p++)
        start[p] += start[p - 1];
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= 0)
            member[start[r->person[i] + 1]++] = i;
    index->start = start;
    index->member = member;
    return index;
}

struct measure_table *measure_table_new(const struct measure_index *index)
{
    const size_t n = index->respondents->n;
    struct arena *memory = arena_new();
    struct measure_table *t = ARENA_NEW(memory, struct measure_table, 1);
    *t = (struct measure_table){.memory = memory,
                                .pool = {.arena = memory},
                                .index = index,
                                .window = ARENA_NEW(memory, struct tally, n),
                                .baseline = ARENA_NEW(memory, struct tally, n),
                                .last_before = ARENA_NEW(memory, int32_t, n),
                                .first_ever = ARENA_NEW(memory, int32_t, n)};
    for (size_t i = 0; i < n; i++) {
        tally_start(&t->window[i]);
        tally_start(&t->baseline[i]);
        t->last_before[i] = INT32_MIN;
        t->first_ever[i] = INT32_MAX;
    }
    return t;
}

void measure_table_free(struct measure_table *t)
{
    if (t)
        arena_free(t->memory);
}

static void add_to(struct tally *tally, struct blocks *pool, enum ledger_kind kind, int32_t day,
                   int64_t minor, struct document document)
{
    if (kind == LEDGER_SALE)
        tally_sale(tally, pool, document, day, minor);
    else
        tally_return(tally, minor);
}

static void add_one(struct measure_table *t, size_t i, enum ledger_kind kind, int32_t day,
                    int64_t minor, struct document document)
{
    const struct respondents *r = t->index->respondents;
    if (day >= r->from[i] && day < r->to[i])
        add_to(&t->window[i], &t->pool, kind, day, minor, document);
    if (day >= r->baseline_from[i] && day < r->baseline_to[i])
        add_to(&t->baseline[i], &t->pool, kind, day, minor, document);
    if (kind != LEDGER_SALE)
        return;
    if (day < r->response[i] && day > t->last_before[i])
        t->last_before[i] = day;
    if (day < t->first_ever[i])
        t->first_ever[i] = day;
}

void measure_table_add(struct measure_table *t, int64_t person, enum ledger_kind kind, int32_t day,
                       int64_t minor, struct document document)
{
    const struct measure_index *index = t->index;
    assert(kind == LEDGER_SALE || kind == LEDGER_RETURN);
    if (person < 0 || person >= index->n_persons)
        return;
    for (size_t k = index->start[person]; k < index->start[person + 1]; k++)
        add_one(t, index->member[k], kind, day, minor, document);
}

void measure_table_merge(struct measure_table *into, const struct measure_table *from)
{
    assert(into->index == from->index);
    for (size_t i = 0; i < into->index->respondents->n; i++) {
        tally_merge(&into->window[i], &into->pool, &from->window[i]);
        tally_merge(&into->baseline[i], &into->pool, &from->baseline[i]);
        if (from->last_before[i] > into->last_before[i])
            into->last_before[i] = from->last_before[i];
        if (from->first_ever[i] < into->first_ever[i])
            into->first_ever[i] = from->first_ever[i];
    }
}

bool measure_table_result(struct measure_table *t, struct measures *to, struct arena *keep,
                          struct err *err)
{
    const size_t n = t->index->respondents->n;
    int32_t *first_ever = arena_copy(keep, t->first_ever, n, sizeof *first_ever);
    *to = (struct measures){.n = n,
                            .window = tally_columns_new(n, keep),
                            .baseline = tally_columns_new(n, keep),
                            .last_before = arena_copy(keep, t->last_before, n, sizeof(int32_t)),
                            .first_ever = first_ever};
    for (size_t i = 0; i < n; i++) {
        if (first_ever[i] == INT32_MAX)
            first_ever[i] = INT32_MIN;
        tally_settle(&t->window[i], &t->pool);
        tally_settle(&t->baseline[i], &t->pool);
        const bool window = tally_write(&t->window[i], &to->window, i);
        if (!tally_write(&t->baseline[i], &to->baseline, i) || !window)
            err_set(err, ERR_VALUE,
                    "respondent %zu: the amounts have a sum beyond 64 bits; check them and "
                    "decimals:",
                    i + 1);
    }
    return err->code == ERR_NONE;
}
