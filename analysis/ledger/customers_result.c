/* SPDX-License-Identifier: GPL-3.0-or-later
   The table of customers as columns. */
#include <string.h>

#include "analysis/ledger/customers_internal.h"
#include "models/base/key_sort.h"
#include "models/base/workers.h"

/* Rows that a thread works on at once; how far ahead it fetches. */
enum { RANGE = 64 << 10, AHEAD = 32 };

/* The columns while they are filled, a part of the customers each. */
struct filling {
    struct customer_table *table;
    const char **key;
    uint64_t *counted;
    struct tally_columns tally;
    size_t from[PARTS];        /* the part's first row */
    char *text[PARTS];         /* room for its keys */
    const char *beyond[PARTS]; /* the first key whose sum is beyond 64 bits; NULL: none */
};

static void fill_row(struct filling *f, size_t part, size_t i, char **text)
{
    const struct part *p = &f->table->part[part];
    const struct customer *c = customer_at(p, i);
    const struct slice key = customer_key(c);
    const size_t row = f->from[part] + i;
    memcpy(*text, key.text, key.length);
    f->key[row] = *text;
    *text += key.length + 1;
    f->counted[row] = (uint64_t)c->tally.lines + c->tally.return_lines;
    if (!tally_write(&c->tally, more_at(p, i), &f->tally, row) &&
        (!f->beyond[part] || strcmp(f->key[row], f->beyond[part]) < 0))
        f->beyond[part] = f->key[row];
}

static void fill_part(size_t part, void *context)
{
    struct filling *f = context;
    struct part *p = &f->table->part[part];
    const struct tallies all = customer_part_tallies(p);
    char *text = f->text[part];
    if (p->err.code == ERR_NONE && tallies_settle(&all, &p->pool, &p->runs, &p->err))
        for (size_t i = 0; i < p->n; i++)
            fill_row(f, part, i, &text);
    customer_part_empty(p);
}

/* ---- order ---- */

static struct key_bytes key_of_row(const void *context, uint64_t row)
{
    const char *const *key = context;
    return (struct key_bytes){key[row], strlen(key[row])};
}

/* ---- columns in order ---- */

/* A column on its way into the order of the rows, by way of a second one that all columns
   share: fresh memory is dearer than what has been touched. */
struct ordering {
    size_t n;
    const struct key_item *row; /* [n] */
    size_t size;                /* of a value: 4 or 8 bytes */
    void *column, *in_order;    /* [n] */
};

static void gather_range(size_t index, void *context)
{
    const struct ordering *o = context;
    const size_t from = index * RANGE, to = o->n - from < RANGE ? o->n : from + RANGE;
    if (o->size == sizeof(uint64_t)) {
        const uint64_t *column = o->column;
        uint64_t *in_order = o->in_order;
        for (size_t i = from; i < to; i++) {
            __builtin_prefetch(&column[o->row[i + AHEAD < to ? i + AHEAD : i].item]);
            in_order[i] = column[o->row[i].item];
        }
    } else {
        const uint32_t *column = o->column;
        uint32_t *in_order = o->in_order;
        for (size_t i = from; i < to; i++)
            in_order[i] = column[o->row[i].item];
    }
}

static void copy_range(size_t index, void *context)
{
    const struct ordering *o = context;
    const size_t from = index * RANGE, n = o->n - from < RANGE ? o->n - from : RANGE;
    memcpy((char *)o->column + from * o->size, (const char *)o->in_order + from * o->size,
           n * o->size);
}

static void order_column(struct ordering *o, void *column, size_t size, size_t n_threads)
{
    const size_t n_ranges = (o->n + RANGE - 1) / RANGE;
    o->column = column;
    o->size = size;
    workers_run(n_ranges, n_threads, gather_range, o);
    workers_run(n_ranges, n_threads, copy_range, o);
}

static void order(struct filling *f, size_t n, size_t n_threads)
{
    struct arena *scratch = arena_new();
    const struct tally_columns *t = &f->tally;
    struct key_item *row = ARENA_NEW(scratch, struct key_item, n);
    for (size_t i = 0; i < n; i++)
        row[i].item = i;
    key_sort(row, n, &(struct key_owner){key_of_row, f->key}, n_threads);
    struct ordering o = {.n = n, .row = row, .in_order = ARENA_NEW(scratch, uint64_t, n)};
    void *const wide[] = {f->key,   f->counted, t->purchases,   t->purchase_days,
                          t->lines, t->spend,   t->spend_gross, t->returned};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        order_column(&o, wide[i], sizeof(uint64_t), n_threads);
    order_column(&o, t->first, sizeof *t->first, n_threads);
    order_column(&o, t->last, sizeof *t->last, n_threads);
    arena_free(scratch);
}

_Static_assert(sizeof(const char *) == sizeof(uint64_t), "keys are ordered as numbers are");

static bool check(const struct filling *f, struct err *err)
{
    const char *beyond = NULL;
    for (size_t k = 0; k < PARTS; k++) {
        const char *here = f->beyond[k];
        if (f->table->part[k].err.code != ERR_NONE) {
            *err = f->table->part[k].err;
            return false;
        }
        if (here && (!beyond || strcmp(here, beyond) < 0))
            beyond = here;
    }
    return !beyond ||
           err_at(err, ERR_VALUE,
                  &(struct problem){.column = "spend",
                                    .value = beyond,
                                    .what = "has amounts whose sum is beyond 64 bits",
                                    .mend = "check the customer's amounts and decimals:"});
}

bool customer_table_result(struct customer_table *t, size_t n_threads, struct customers *to,
                           struct arena *keep, struct err *err)
{
    struct filling f = {.table = t};
    size_t n = 0, n_text = 0;
    for (size_t k = 0; k < PARTS; k++)
        n_text += t->part[k].key_bytes;
    char *text = ARENA_NEW(keep, char, n_text);
    for (size_t k = 0; k < PARTS; k++) {
        f.from[k] = n;
        f.text[k] = text;
        text += t->part[k].key_bytes;
        n += t->part[k].n;
    }
    f.key = ARENA_NEW(keep, const char *, n);
    f.counted = ARENA_NEW(keep, uint64_t, n);
    f.tally = tally_columns_new(n, keep);
    workers_run(PARTS, n_threads, fill_part, &f);
    if (!check(&f, err))
        return false;
    order(&f, n, n_threads);
    *to = (struct customers){.n = n, .key = f.key, .counted = f.counted, .tally = f.tally};
    return true;
}
