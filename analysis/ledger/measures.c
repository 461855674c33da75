/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/measures.h"

#include <string.h>

#include "analysis/ledger/refused.h"
#include "analysis/ledger/sale_runs.h"
#include "models/base/turns.h"
#include "models/base/workers.h"

enum { PARTS = 16 };

/* One respondent's. */
struct measure {
    struct tally window, baseline;
    struct tally_more window_more, baseline_more;
    int32_t last_before, first_ever;
};

/* The respondents of the persons whose number has this remainder. */
struct part {
    const struct measure_table *table;
    struct list_pool pool;
    struct sale_runs runs;
    size_t n;
    size_t *member; /* [n] */
    struct err err;
};

struct measure_table {
    struct arena *memory;
    const struct respondents *respondents;
    struct measure_options options;
    bool again;
    int64_t n_persons;
    size_t *start;           /* [n_persons + 1]: those of person p are member[start[p]] .. */
    size_t *member;          /* [n] */
    struct measure *measure; /* [n] */
    struct turns *turns;
    struct part part[PARTS];
};

static size_t part_of(int64_t person)
{
    return (size_t)person % PARTS;
}

static void index_persons(struct measure_table *t)
{
    const struct respondents *r = t->respondents;
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= t->n_persons)
            t->n_persons = r->person[i] + 1;
    t->start = ARENA_NEW(t->memory, size_t, (size_t)t->n_persons + 2);
    t->member = ARENA_NEW(t->memory, size_t, r->n);
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= 0)
            t->start[r->person[i] + 2]++;
    for (size_t p = 2; p < (size_t)t->n_persons + 2; p++)
        t->start[p] += t->start[p - 1];
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= 0)
            t->member[t->start[r->person[i] + 1]++] = i;
}

static void start_parts(struct measure_table *t)
{
    const struct respondents *r = t->respondents;
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= 0)
            t->part[part_of(r->person[i])].n++;
    for (size_t k = 0; k < PARTS; k++) {
        struct part *p = &t->part[k];
        p->table = t;
        p->pool = (struct list_pool){.arena = arena_new(), .keeps = t->options.keeps};
        p->runs = (struct sale_runs){.arena = t->memory, .file = spill_new()};
        p->member = ARENA_NEW(t->memory, size_t, p->n);
        p->n = 0;
    }
    for (size_t i = 0; i < r->n; i++)
        if (r->person[i] >= 0) {
            struct part *p = &t->part[part_of(r->person[i])];
            p->member[p->n++] = i;
        }
}

struct measure_table *measure_table_new(const struct respondents *r,
                                        const struct measure_options *options)
{
    struct arena *memory = arena_new();
    struct measure_table *t = ARENA_NEW(memory, struct measure_table, 1);
    *t = (struct measure_table){.memory = memory,
                                .respondents = r,
                                .options = *options,
                                .measure = ARENA_NEW(memory, struct measure, r->n),
                                .turns = turns_new(PARTS, memory)};
    index_persons(t);
    start_parts(t);
    for (size_t i = 0; i < r->n; i++) {
        struct measure *m = &t->measure[i];
        tally_start(&m->window, &m->window_more);
        tally_start(&m->baseline, &m->baseline_more);
        m->last_before = INT32_MIN;
        m->first_ever = INT32_MAX;
    }
    return t;
}

void measure_table_free(struct measure_table *t)
{
    if (!t)
        return;
    for (size_t k = 0; k < PARTS; k++) {
        arena_free(t->part[k].pool.arena);
        spill_free(t->part[k].runs.file);
    }
    turns_end(t->turns);
    arena_free(t->memory);
}

/* ---- a chunk ---- */

struct measure_work {
    struct arena *memory;
    size_t room;
    uint32_t *line;            /* [room] by part, in their order */
    uint32_t start[PARTS + 1]; /* of the parts */
};

struct measure_work *measure_work_new(struct arena *keep)
{
    struct measure_work *own = ARENA_NEW(keep, struct measure_work, 1);
    own->memory = keep;
    return own;
}

static bool counts(const struct measure_table *t, const struct ledger_batch *b,
                   const int64_t *person, size_t i)
{
    return b->kind[i] <= LEDGER_RETURN && person[i] >= 0 && person[i] < t->n_persons;
}

static void sort_lines(const struct measure_table *t, struct measure_work *own,
                       const struct ledger_batch *b, const int64_t *person)
{
    uint32_t at[PARTS];
    if (b->n > own->room) {
        own->room = 2 * b->n;
        own->line = ARENA_NEW(own->memory, uint32_t, own->room);
    }
    memset(own->start, 0, sizeof own->start);
    for (size_t i = 0; i < b->n; i++)
        if (counts(t, b, person, i))
            own->start[part_of(person[i]) + 1]++;
    for (size_t p = 0; p < PARTS; p++)
        own->start[p + 1] += own->start[p];
    memcpy(at, own->start, sizeof at);
    for (size_t i = 0; i < b->n; i++)
        if (counts(t, b, person, i))
            own->line[at[part_of(person[i])]++] = (uint32_t)i;
}

/* A line on its way into the tallies. */
struct entry {
    enum ledger_kind kind;
    int32_t day;
    int64_t minor;
    struct document document;
};

static bool add_to(const struct measure_table *t, struct part *p, struct tally *tally,
                   struct tally_more *more, const struct entry *e)
{
    if (t->again) {
        if (e->kind == LEDGER_SALE)
            tally_sale_again(tally, more, &p->pool, e->document, e->day);
        return true;
    }
    return e->kind == LEDGER_SALE ? tally_sale(tally, more, &p->pool, e->document, e->day, e->minor)
                                  : tally_return(tally, more, e->minor);
}

static bool add_one(struct measure_table *t, struct part *p, size_t i, const struct entry *e)
{
    const struct respondents *r = t->respondents;
    struct measure *m = &t->measure[i];
    bool well = true;
    if (e->day >= r->from[i] && e->day < r->to[i])
        well = add_to(t, p, &m->window, &m->window_more, e);
    if (e->day >= r->baseline_from[i] && e->day < r->baseline_to[i])
        well = add_to(t, p, &m->baseline, &m->baseline_more, e) && well;
    if (e->kind != LEDGER_SALE)
        return well;
    if (e->day < r->response[i] && e->day > m->last_before)
        m->last_before = e->day;
    if (e->day < m->first_ever)
        m->first_ever = e->day;
    return well;
}

static void add_line(struct measure_table *t, struct part *p, const struct ledger_batch *b,
                     size_t i, int64_t person, struct arena *keep, struct ledger_refusal *refusal)
{
    struct entry e = {.kind = (enum ledger_kind)b->kind[i], .day = b->day[i], .minor = b->minor[i]};
    bool well = true;
    if (e.kind == LEDGER_SALE)
        e.document =
            document_of(b->document[i].text, b->document[i].length, e.day, t->options.seed);
    for (size_t k = t->start[person]; k < t->start[person + 1]; k++)
        well = add_one(t, p, t->member[k], &e) && well;
    if (!well)
        refuse_sum(refusal, b, i, keep);
}

static void tally_at(const void *owner, size_t i, struct tally **t, struct tally_more **more)
{
    const struct part *p = owner;
    struct measure *m = &p->table->measure[p->member[i / 2]];
    *t = i % 2 ? &m->baseline : &m->window;
    *more = i % 2 ? &m->baseline_more : &m->window_more;
}

static void relieve(const struct measure_table *t, struct part *p)
{
    const struct tallies all = {2 * p->n, p, tally_at};
    if (p->err.code == ERR_NONE &&
        (p->pool.crowded || arena_size(p->pool.arena) > t->options.memory / PARTS))
        tallies_spill(&all, &p->pool, &p->runs, &p->err);
}

bool measure_table_take(struct measure_table *t, struct measure_work *own,
                        const struct ledger_batch *batch, const int64_t *person,
                        struct ledger_refusal *refusal)
{
    sort_lines(t, own, batch, person);
    for (size_t k = 0; k < PARTS; k++) {
        struct part *p = &t->part[k];
        if (!turns_wait(t->turns, k, batch->chunk))
            return refusal->code == ERR_NONE;
        for (uint32_t i = own->start[k]; i < own->start[k + 1]; i++)
            add_line(t, p, batch, own->line[i], person[own->line[i]], own->memory, refusal);
        relieve(t, p);
        turns_pass(t->turns, k);
    }
    if (refusal->code == ERR_NONE)
        return true;
    turns_stop(t->turns, batch->chunk);
    return false;
}

/* ---- results ---- */

bool measure_table_again(struct measure_table *t)
{
    size_t n_lost = 0;
    for (size_t k = 0; k < PARTS; k++)
        n_lost += t->part[k].pool.n_lost;
    for (size_t i = 0; n_lost > 0 && i < t->respondents->n; i++) {
        tally_start_again(&t->measure[i].window);
        tally_start_again(&t->measure[i].baseline);
    }
    turns_end(t->turns);
    t->turns = turns_new(PARTS, t->memory);
    t->again = true;
    return n_lost > 0;
}

uint64_t measure_table_spilled(const struct measure_table *t)
{
    uint64_t bytes = 0;
    for (size_t k = 0; k < PARTS; k++)
        bytes += spill_size(t->part[k].runs.file);
    return bytes;
}

static void settle_part(size_t k, void *context)
{
    struct measure_table *t = context;
    struct part *p = &t->part[k];
    const struct tallies all = {2 * p->n, p, tally_at};
    if (p->err.code == ERR_NONE)
        tallies_settle(&all, &p->pool, &p->runs, &p->err);
}

static bool settle(struct measure_table *t, size_t n_threads, struct err *err)
{
    workers_run(PARTS, n_threads, settle_part, t);
    for (size_t k = 0; k < PARTS; k++)
        if (t->part[k].err.code != ERR_NONE) {
            *err = t->part[k].err;
            return false;
        }
    return true;
}

bool measure_table_result(struct measure_table *t, size_t n_threads, struct measures *to,
                          struct arena *keep, struct err *err)
{
    const size_t n = t->respondents->n;
    int32_t *last_before = ARENA_NEW(keep, int32_t, n), *first_ever = ARENA_NEW(keep, int32_t, n);
    *to = (struct measures){.n = n,
                            .window = tally_columns_new(n, keep),
                            .baseline = tally_columns_new(n, keep),
                            .last_before = last_before,
                            .first_ever = first_ever};
    if (!settle(t, n_threads, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct measure *m = &t->measure[i];
        last_before[i] = m->last_before;
        first_ever[i] = m->first_ever == INT32_MAX ? INT32_MIN : m->first_ever;
        const bool window = tally_write(&m->window, &m->window_more, &to->window, i);
        if (!tally_write(&m->baseline, &m->baseline_more, &to->baseline, i) || !window)
            err_set(err, ERR_VALUE,
                    "respondent %zu: the amounts have a sum beyond 64 bits; check them and "
                    "decimals:",
                    i + 1);
    }
    return err->code == ERR_NONE;
}
