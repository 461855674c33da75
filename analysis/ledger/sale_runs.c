/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/sale_runs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/ledger/sale_list.h"

enum { BUFFER = 256 << 10, SPAN = 4096 };

/* In front of a list in a run: whose it is, and its bytes. */
struct piece {
    uint32_t tally, n;
};

/* ---- writing ---- */

struct writer {
    struct spill *file;
    struct sale_run *run;
    unsigned char *buffer; /* [BUFFER] */
    size_t used;
};

static bool write_out(struct writer *w, const void *bytes, size_t n, struct err *err)
{
    uint64_t at;
    if (n == 0)
        return true;
    if (!spill_write(w->file, bytes, n, &at, err))
        return false;
    if (w->run->n == 0)
        w->run->at = at;
    assert(at == w->run->at + w->run->n);
    w->run->n += n;
    return true;
}

static bool flush(struct writer *w, struct err *err)
{
    const size_t n = w->used;
    w->used = 0;
    return write_out(w, w->buffer, n, err);
}

static bool put(struct writer *w, const void *bytes, size_t n, struct err *err)
{
    if (w->used + n > BUFFER && !flush(w, err))
        return false;
    if (n > BUFFER)
        return write_out(w, bytes, n, err);
    memcpy(w->buffer + w->used, bytes, n);
    w->used += n;
    return true;
}

static struct sale_run *add_run(struct sale_runs *runs)
{
    if (runs->n == runs->room) {
        runs->room = 2 * runs->room + 8;
        struct sale_run *more = ARENA_NEW(runs->arena, struct sale_run, runs->room);
        if (runs->n > 0)
            memcpy(more, runs->run, runs->n * sizeof *more);
        runs->run = more;
    }
    return &runs->run[runs->n++];
}

/* Writes a list, and leaves an empty one that is out of order. */
static bool put_list(struct writer *w, uint32_t number, struct tally *t, struct tally_more *more,
                     struct list_pool *pool, struct err *err)
{
    if (t->known == DOCUMENTS_LISTED) {
        t->known = DOCUMENTS_UNSORTED;
        more->last = t->last_day;
    } else {
        sale_list_sort(t, more, pool);
    }
    const struct piece piece = {number, t->used};
    const bool well = put(w, &piece, sizeof piece, err) && put(w, more->list, piece.n, err);
    more->list = NULL;
    more->limit = 0;
    more->spilled = true;
    t->used = 0;
    t->last = NO_DOCUMENT;
    t->last_day = 0;
    return well;
}

bool tallies_spill(const struct tallies *all, struct list_pool *pool, struct sale_runs *runs,
                   struct err *err)
{
    struct arena *scratch = arena_new();
    struct writer w = {.file = runs->file,
                       .run = add_run(runs),
                       .buffer = ARENA_NEW(scratch, unsigned char, BUFFER)};
    struct tally *t;
    struct tally_more *more;
    bool well = true;
    for (size_t i = 0; i < all->n && well; i++) {
        all->at(all->owner, i, &t, &more);
        well = t->used == 0 || put_list(&w, (uint32_t)i, t, more, pool, err);
    }
    well = well && flush(&w, err);
    arena_free(scratch);
    arena_reset(pool->arena);
    memset(pool->free, 0, sizeof pool->free);
    pool->crowded = false;
    return well;
}

/* ---- reading ---- */

struct run_reader {
    const struct spill *file;
    uint64_t at, end;      /* what is not in the buffer */
    unsigned char *buffer; /* [BUFFER] */
    size_t next, ready;
    struct piece piece; /* the one that is next; n = 0: none */
};

static bool get(struct run_reader *r, void *to, size_t n, struct err *err)
{
    unsigned char *bytes = to;
    while (n > 0) {
        if (r->next == r->ready) {
            const uint64_t left = r->end - r->at;
            r->ready = left < BUFFER ? (size_t)left : BUFFER;
            r->next = 0;
            assert(r->ready > 0);
            if (!spill_read(r->file, r->at, r->buffer, r->ready, err))
                return false;
            r->at += r->ready;
        }
        const size_t part = n < r->ready - r->next ? n : r->ready - r->next;
        memcpy(bytes, r->buffer + r->next, part);
        r->next += part;
        bytes += part;
        n -= part;
    }
    return true;
}

static bool next_piece(struct run_reader *r, struct err *err)
{
    r->piece = (struct piece){0, 0};
    return (r->next == r->ready && r->at == r->end) || get(r, &r->piece, sizeof r->piece, err);
}

static struct run_reader *open_runs(const struct sale_runs *runs, struct arena *scratch,
                                    struct err *err)
{
    struct run_reader *reader = ARENA_NEW(scratch, struct run_reader, runs->n);
    for (size_t i = 0; i < runs->n && err->code == ERR_NONE; i++) {
        reader[i] = (struct run_reader){.file = runs->file,
                                        .at = runs->run[i].at,
                                        .end = runs->run[i].at + runs->run[i].n,
                                        .buffer = ARENA_NEW(scratch, unsigned char, BUFFER)};
        next_piece(&reader[i], err);
    }
    return reader;
}

/* ---- counting ---- */

/* Days, each once. */
struct days {
    int32_t first;
    bool many; /* too far apart for the bits */
    uint64_t bit[SPAN / 64];
    size_t n;
    int32_t *day; /* [n], if many */
};

static int by_day(const void *a, const void *b)
{
    const int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return (p > q) - (p < q);
}

static void add_day(struct days *d, int32_t day)
{
    if (d->many) {
        if (d->n == 0 || d->day[d->n - 1] != day)
            d->day[d->n++] = day;
        return;
    }
    const size_t bit = (size_t)((int64_t)day - d->first);
    d->bit[bit / 64] |= 1ULL << bit % 64;
}

static uint32_t n_days(struct days *d)
{
    uint32_t n = 0;
    if (d->many) {
        qsort(d->day, d->n, sizeof *d->day, by_day);
        for (size_t i = 0; i < d->n; i++)
            n += i == 0 || d->day[i] != d->day[i - 1];
        return n;
    }
    for (size_t k = 0; k < SPAN / 64; k++)
        n += (uint32_t)__builtin_popcountll(d->bit[k]);
    return n;
}

/* The lists of one tally, merged: each is sorted. */
static void count(struct tally *t, struct sale_reader *list, size_t n, struct days *days)
{
    struct document last = NO_DOCUMENT;
    t->documents = 0;
    for (size_t i = 0; i < n;)
        if (sale_reader_next(&list[i]))
            i++;
        else
            list[i] = list[--n];
    while (n > 0) {
        size_t least = 0;
        for (size_t i = 1; i < n; i++)
            if (sale_order(&list[i].sale, &list[least].sale) < 0)
                least = i;
        const struct sale sale = list[least].sale;
        t->documents += !document_same(last, sale.document);
        last = sale.document;
        add_day(days, sale.day);
        if (!sale_reader_next(&list[least]))
            list[least] = list[--n];
    }
    t->days = n_days(days);
}

/* The tallies of a pool on their way to being settled. */
struct settling {
    struct list_pool *pool;
    size_t n_runs;
    struct run_reader *run;
    struct sale_reader *list; /* [n_runs + 1] */
    struct arena *scratch;    /* of one tally */
};

/* All lists of tally i, in memory and in runs, whose pieces come in the order of the
   tallies. */
static bool gather(struct settling *s, size_t i, struct tally *t, struct tally_more *more,
                   size_t *n_lists, size_t *n_bytes, struct err *err)
{
    *n_lists = *n_bytes = 0;
    if (t->used > 0) {
        sale_list_sort(t, more, s->pool);
        s->list[(*n_lists)++] = sale_reader_new(more->list, t->used);
        *n_bytes = t->used;
    }
    for (size_t k = 0; more->spilled && k < s->n_runs; k++) {
        struct run_reader *r = &s->run[k];
        if (r->piece.n == 0 || r->piece.tally != i)
            continue;
        unsigned char *bytes = ARENA_NEW(s->scratch, unsigned char, r->piece.n);
        if (!get(r, bytes, r->piece.n, err))
            return false;
        s->list[(*n_lists)++] = sale_reader_new(bytes, r->piece.n);
        *n_bytes += r->piece.n;
        if (!next_piece(r, err))
            return false;
    }
    return true;
}

static bool settle(struct settling *s, size_t i, struct tally *t, struct tally_more *more,
                   struct err *err)
{
    size_t n_lists, n_bytes;
    assert(t->known != DOCUMENTS_LOST);
    if (t->known <= DOCUMENTS_COUNTED) {
        if (t->lines > 0)
            more->last = t->last_day;
        sale_list_drop(t, more, s->pool);
        return true;
    }
    arena_reset(s->scratch);
    if (!gather(s, i, t, more, &n_lists, &n_bytes, err))
        return false;
    struct days days = {.first = more->first, .many = (int64_t)more->last - more->first >= SPAN};
    if (days.many) /* no sale takes fewer bytes than two */
        days.day = ARENA_NEW(s->scratch, int32_t, n_bytes / 2 + 1);
    count(t, s->list, n_lists, &days);
    sale_list_drop(t, more, s->pool);
    return true;
}

bool tallies_settle(const struct tallies *all, struct list_pool *pool, const struct sale_runs *runs,
                    struct err *err)
{
    struct arena *keep = arena_new();
    struct settling s = {.pool = pool, .n_runs = runs->n, .scratch = arena_new()};
    struct tally *t;
    struct tally_more *more;
    s.run = open_runs(runs, keep, err);
    s.list = ARENA_NEW(keep, struct sale_reader, runs->n + 1);
    for (size_t i = 0; i < all->n && err->code == ERR_NONE; i++) {
        all->at(all->owner, i, &t, &more);
        settle(&s, i, t, more, err);
    }
    arena_free(s.scratch);
    arena_free(keep);
    return err->code == ERR_NONE;
}
