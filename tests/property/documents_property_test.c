/* SPDX-License-Identifier: GPL-3.0-or-later
   Distinct documents and days, counted without keeping them, against counting all that there
   are: for ledgers in the order of their documents, nearly so, and in any other, with a
   second pass and without, with lists in memory and in a file. */
#include "tests/check.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/ledger/pass.h"
#include "models/base/rng.h"
#include "models/base/workers.h"

enum { CUSTOMERS = 6000, DOCUMENTS = 24000, MOST_LINES = 2 * DOCUMENTS, CHUNK = 700, DAYS = 400 };
enum { RESPONDENTS = 900, FROM = 100, TO = 300 };

struct line {
    int customer, document, day;
};

/* How documents are numbered: what stands in front, digits, what follows; none: not at all. */
static const struct number {
    const char *before;
    int digits;
    const char *behind;
} numbers[] = {{"", 1, ""},
               {"", 9, ""},
               {"INVOICE-2024-", 8, ""},
               {"", 1, "X"},
               {"a-very-long-prefix-of-documents-", 8, ""},
               {"", 0, ""}};

struct made {
    size_t n;
    struct line line[MOST_LINES];
    const struct number *number;
    atomic_size_t next_chunk;
    const struct ledger_sink *sink;
    int scans;
};

static void make(struct made *m, const struct number *number, gsl_rng *rng)
{
    m->n = 0;
    m->number = number;
    for (int d = 0; d < DOCUMENTS; d++) {
        const int customer = (int)rng_below(rng, rng_below(rng, 3) ? CUSTOMERS : 40);
        const int lines = 1 + (int)rng_below(rng, 2);
        for (int k = 0; k < lines; k++)
            m->line[m->n++] = (struct line){
                customer, d, d * DAYS / DOCUMENTS + (k > 0 && rng_below(rng, 20) == 0)};
    }
}

static void swap(struct made *m, size_t i, size_t k)
{
    const struct line kept = m->line[i];
    m->line[i] = m->line[k];
    m->line[k] = kept;
}

static int by_customer(const void *a, const void *b)
{
    const struct line *p = a, *q = b;
    if (p->customer != q->customer)
        return p->customer < q->customer ? -1 : 1;
    if (p->document != q->document)
        return p->document < q->document ? -1 : 1;
    return (p->day > q->day) - (p->day < q->day);
}

static void halves(struct made *m, gsl_rng *rng)
{
    (void)rng;
    for (size_t i = 0; i < m->n / 2; i++)
        swap(m, i, m->n / 2 + i);
}

static void rising(struct made *m, gsl_rng *rng)
{
    (void)m;
    (void)rng;
}

static void some_late(struct made *m, gsl_rng *rng)
{
    for (size_t i = m->n / 2; i < m->n; i += 97)
        swap(m, i, rng_below(rng, m->n));
}

static void any(struct made *m, gsl_rng *rng)
{
    for (size_t i = m->n; i > 1; i--)
        swap(m, i - 1, rng_below(rng, i));
}

static void falling(struct made *m, gsl_rng *rng)
{
    (void)rng;
    for (size_t i = 0; i < m->n / 2; i++)
        swap(m, i, m->n - 1 - i);
}

static void grouped(struct made *m, gsl_rng *rng)
{
    (void)rng;
    qsort(m->line, m->n, sizeof *m->line, by_customer);
}

static void (*const orders[])(struct made *m, gsl_rng *rng) = {rising,  some_late, any,
                                                               falling, grouped,   halves};

/* ---- a source that needs no file ---- */

static void deliver(struct made *m, size_t worker, size_t chunk, struct arena *scratch)
{
    const size_t from = chunk * CHUNK, n = m->n - from < CHUNK ? m->n - from : CHUNK;
    struct slice *key = ARENA_NEW(scratch, struct slice, n);
    struct slice *document = ARENA_NEW(scratch, struct slice, n);
    int32_t *day = ARENA_NEW(scratch, int32_t, n);
    int64_t *minor = ARENA_NEW(scratch, int64_t, n);
    uint8_t *kind = ARENA_NEW(scratch, uint8_t, n);
    for (size_t i = 0; i < n; i++) {
        const struct line *l = &m->line[from + i];
        const char *text = arena_printf(scratch, "c%d", l->customer);
        key[i] = (struct slice){text, (uint32_t)strlen(text)};
        text = m->number->digits ? arena_printf(scratch, "%s%0*d%s", m->number->before,
                                                m->number->digits, l->document, m->number->behind)
                                 : "";
        document[i] = (struct slice){text, (uint32_t)strlen(text)};
        day[i] = l->day;
        minor[i] = 1;
        kind[i] = LEDGER_SALE;
    }
    const struct ledger_batch batch = {.worker = worker,
                                       .chunk = chunk,
                                       .n = n,
                                       .key = key,
                                       .document = document,
                                       .day = day,
                                       .minor = minor,
                                       .kind = kind};
    struct ledger_refusal refusal;
    assert_true(m->sink->take(m->sink->context, &batch, &refusal));
}

static void work(size_t index, void *context)
{
    struct made *m = context;
    struct arena *scratch = arena_new();
    for (size_t c; (c = atomic_fetch_add(&m->next_chunk, 1)) < (m->n + CHUNK - 1) / CHUNK;) {
        deliver(m, index, c, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
}

static bool scan(const struct ledger_source *source, const struct ledger_sink *sink,
                 const struct ledger_asked *asked, struct ledger_scan *seen, struct arena *keep,
                 struct err *err)
{
    struct made *m = *(struct made *const *)source->self;
    (void)err;
    m->sink = sink;
    m->scans++;
    atomic_store(&m->next_chunk, 0);
    workers_run(asked->n_threads, asked->n_threads, work, m);
    *seen =
        (struct ledger_scan){.n_ledgers = 1, .counts = ARENA_NEW(keep, struct ledger_counts, 1)};
    return true;
}

/* ---- the plain count ---- */

struct counted {
    int documents, days, lines, first, last;
};

static int by_int(const void *a, const void *b)
{
    const int p = *(const int *)a, q = *(const int *)b;
    return (p > q) - (p < q);
}

static int distinct(int *value, int n)
{
    int different = 0;
    qsort(value, (size_t)n, sizeof *value, by_int);
    for (int i = 0; i < n; i++)
        different += i == 0 || value[i] != value[i - 1];
    return different;
}

/* Of each customer, the lines of the days [from, to); a document without number is one of
   its day. */
static struct counted *plain_count(const struct made *m, int from, int to, struct arena *keep)
{
    struct counted *c = ARENA_NEW(keep, struct counted, CUSTOMERS);
    struct line *line = arena_copy(keep, m->line, m->n, sizeof *line);
    int *document = ARENA_NEW(keep, int, m->n), *day = ARENA_NEW(keep, int, m->n);
    qsort(line, m->n, sizeof *line, by_customer);
    for (size_t i = 0, k; i < m->n; i = k) {
        int n = 0;
        struct counted *of = &c[line[i].customer];
        for (k = i; k < m->n && line[k].customer == line[i].customer; k++)
            if (line[k].day >= from && line[k].day < to) {
                document[n] = m->number->digits ? line[k].document : line[k].day;
                day[n++] = line[k].day;
            }
        of->lines = n;
        of->documents = distinct(document, n);
        of->days = distinct(day, n);
        of->first = n ? day[0] : INT32_MIN;
        of->last = n ? day[n - 1] : INT32_MIN;
    }
    return c;
}

static void assert_counted(const struct tally_columns *got, size_t i, const struct counted *want)
{
    assert_int_equal(got->lines[i], want->lines);
    assert_int_equal(got->purchases[i], want->documents);
    assert_int_equal(got->purchase_days[i], want->days);
    if (want->lines > 0) {
        assert_int_equal(got->first[i], want->first);
        assert_int_equal(got->last[i], want->last);
    }
}

static int64_t resolve(void *context, size_t ledger, const char *key, size_t length,
                       struct arena *scratch)
{
    (void)scratch;
    (void)context;
    (void)ledger;
    (void)length;
    const int customer = (int)strtol(key + 1, NULL, 10);
    return customer < RESPONDENTS ? customer : -1;
}

static struct respondents respondents(struct arena *keep)
{
    int64_t *person = ARENA_NEW(keep, int64_t, RESPONDENTS);
    int32_t *from = ARENA_NEW(keep, int32_t, RESPONDENTS),
            *to = ARENA_NEW(keep, int32_t, RESPONDENTS);
    int32_t *none = ARENA_NEW(keep, int32_t, RESPONDENTS);
    for (int i = 0; i < RESPONDENTS; i++) {
        person[i] = i;
        from[i] = FROM;
        to[i] = TO;
    }
    return (struct respondents){RESPONDENTS, person, from, from, to, none, none};
}

static void check_run(struct made *m, const struct counted *all, const struct counted *inside,
                      bool repeats, uint64_t memory, size_t n_threads, struct behaviour_seen *seen)
{
    struct arena *keep = arena_new();
    const struct ledger_source source = {.self = &m, .repeats = repeats, .scan = scan};
    const struct respondents r = respondents(keep);
    const struct behaviour_scan asked = {.source = &source,
                                         .from = INT32_MIN,
                                         .to = INT32_MAX,
                                         .respondents = &r,
                                         .resolve = resolve,
                                         .memory = memory,
                                         .n_threads = n_threads};
    struct err err = {.code = ERR_NONE};
    m->scans = 0;
    if (!behaviour_scan(&asked, seen, keep, &err))
        fail_msg("%s", err.message);
    size_t n = 0;
    for (int c = 0; c < CUSTOMERS; c++)
        n += all[c].lines > 0;
    assert_int_equal(seen->customers.n, n);
    for (size_t i = 0; i < n; i++)
        assert_counted(&seen->customers.tally, i,
                       &all[strtol(seen->customers.key[i] + 1, NULL, 10)]);
    for (size_t i = 0; i < RESPONDENTS; i++)
        assert_counted(&seen->measures.window, i, &inside[i]);
    assert_int_equal(m->scans, seen->twice ? 2 : 1);
    assert_false(seen->twice && !repeats);
    arena_free(keep);
}

static void any_order(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    struct made *m = ARENA_NEW(keep, struct made, 1);
    struct behaviour_seen seen;
    gsl_rng *rng = rng_stream(20261122, 0, keep);
    const size_t n_orders = sizeof orders / sizeof *orders;
    bool twice = false;
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        for (size_t o = 0; o < n_orders; o++) {
            if (k > 1 && !getenv("SLOW") && o != k)
                continue;
            struct arena *counts = arena_new();
            make(m, &numbers[k], rng);
            orders[o](m, rng);
            const struct counted *all = plain_count(m, 0, DAYS + 1, counts);
            const struct counted *inside = plain_count(m, FROM, TO, counts);
            check_run(m, all, inside, true, 0, 1 + o % 3, &seen);
            assert_int_equal(seen.spilled, 0);
            twice = twice || seen.twice;
            check_run(m, all, inside, o % 2, 1, 1 + k % 3, &seen); /* a byte: all to the file */
            assert_true(seen.spilled > 0);
            arena_free(counts);
        }
    assert_true(twice); /* or the second pass has not been tested */
    arena_free(keep);
}

/* Documents in rising order take no more memory however many there are, and no second pass. */
static void rising_order_needs_no_list(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    struct made *m = ARENA_NEW(keep, struct made, 1);
    struct behaviour_seen seen;
    make(m, &numbers[1], rng_stream(20261122, 1, keep));
    for (size_t i = 1; i < m->n; i++) /* days of a document that begin before the last one's end */
        if (m->line[i].day < m->line[i - 1].day)
            m->line[i].day = m->line[i - 1].day;
    check_run(m, plain_count(m, 0, DAYS + 1, keep), plain_count(m, FROM, TO, keep), true, 0, 2,
              &seen);
    assert_false(seen.twice);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order),
        cmocka_unit_test(rising_order_needs_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
