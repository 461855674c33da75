/* SPDX-License-Identifier: GPL-3.0-or-later
   The pass over a ledger against counting by comparing every line with every
   other: for random ledgers, in any order of lines, spread over files, with chunks
   of any size and any number of threads. */
#include "tests/check.h"

#include <string.h>
#include <unistd.h>

#include "analysis/ledger/pass.h"
#include "io/ledger/internal.h"
#include "io/text/parse.h"
#include "models/base/rng.h"
#include "tests/ledger_case.h"

enum { LINES = 600, CUSTOMERS = 12, RESPONDENTS = 30, DAYS = 90, FIRST = 20000 };

struct line {
    int customer, document, day, kind;
    int64_t minor;
};

struct made {
    struct line line[LINES];
    struct respondents respondents;
    bool parts; /* customers stand in the ledger under several ids */
    gsl_rng *rng;
    struct arena *keep;
};

/* Lines of a document follow each other in most, but not in all; some documents go
   over several days; some customers have documents with long numbers, some none. */
static void make_lines(struct made *m)
{
    for (int i = 0; i < LINES; i++) {
        struct line *l = &m->line[i];
        if (i > 0 && rng_below(m->rng, 2)) {
            *l = m->line[i - 1];
            l->day += rng_below(m->rng, 8) == 0 && l->day < FIRST + DAYS - 1;
        } else {
            l->customer = (int)rng_below(m->rng, CUSTOMERS);
            l->document = (int)rng_below(m->rng, 150);
            l->day = FIRST + (int)rng_below(m->rng, DAYS);
        }
        l->kind = rng_below(m->rng, 5)   ? LEDGER_SALE
                  : rng_below(m->rng, 3) ? LEDGER_RETURN
                                         : LEDGER_IGNORED;
        if (l->customer == 3)
            l->kind = LEDGER_IGNORED; /* known, but without a sale */
        l->minor = 1 + (int64_t)rng_below(m->rng, 100000);
        if (l->kind == LEDGER_RETURN)
            l->minor = -l->minor;
    }
}

static void make_respondents(struct made *m)
{
    int64_t *person = ARENA_NEW(m->keep, int64_t, RESPONDENTS);
    int32_t *day[5];
    for (int k = 0; k < 5; k++)
        day[k] = ARENA_NEW(m->keep, int32_t, RESPONDENTS);
    for (int i = 0; i < RESPONDENTS; i++) {
        person[i] = (int64_t)rng_below(m->rng, CUSTOMERS + 1) - 1;
        day[0][i] = FIRST + (int)rng_below(m->rng, DAYS);
        day[1][i] = day[0][i] + (int)rng_below(m->rng, 3);
        day[2][i] = day[1][i] + (int)rng_below(m->rng, 40);
        day[3][i] = day[0][i] - (int)rng_below(m->rng, 40);
        day[4][i] = day[0][i];
    }
    m->respondents =
        (struct respondents){RESPONDENTS, person, day[0], day[1], day[2], day[3], day[4]};
}

static const char *document_name(const struct line *l, struct arena *keep)
{
    if (l->customer == 1)
        return "";
    if (l->customer == 2)
        return arena_printf(keep, "invoice-%d-of-a-long-series", l->document);
    if (l->customer == 4) /* as many digits as there are, and zeros that tell two apart */
        return arena_printf(keep, l->document % 2 ? "%d" : "%05d", l->document / 2);
    if (l->customer == 5)
        return arena_printf(keep, "INV%08d", 99999900 + l->document);
    if (l->customer == 6)
        return arena_printf(keep, "%c%d%c", 'A' + l->document % 3, l->document,
                            'a' + l->document % 7);
    if (l->customer == 7)
        return arena_printf(keep, "%d", l->document * 14316557);
    if (l->customer == 8)
        return arena_printf(keep, "%d/2024-%06d", l->document % 2, l->document / 2);
    return arena_printf(keep, "%d", l->document);
}

/* Lines [from, to) in the order given, as a file. */
static const char *write_lines(const struct made *m, const int *order, int from, int to,
                               struct arena *keep)
{
    static const char *const types[] = {"S", "R", "P", "I"};
    char *text = ARENA_NEW(keep, char, 160 * (LINES + 1));
    static const char *const parts[] = {"", ":Kitchen", ":Bath", ":Bath:Tiles"};
    size_t n = (size_t)snprintf(text, 64, "key,doc,day,amount,type\n");
    for (int i = from; i < to; i++) {
        const struct line *l = &m->line[order[i]];
        const long long size = l->minor < 0 ? -l->minor : l->minor;
        char day[16];
        n += (size_t)snprintf(text + n, 160, "K%d%s%s,%s,%s,%s%lld.%02lld,%s\n", l->customer,
                              l->customer % 2 ? "" : " with a long name beyond it",
                              m->parts ? parts[size % 4] : "", document_name(l, keep),
                              day_text(l->day, day), l->minor < 0 ? "-" : "", size / 100,
                              size % 100, types[l->kind]);
    }
    return temporary_file(text, n, keep);
}

static int64_t resolve(void *context, size_t ledger, const char *key, size_t length,
                       struct arena *scratch)
{
    (void)scratch;
    int customer = 0;
    (void)context;
    (void)ledger;
    for (size_t i = 1; i < length && key[i] >= '0' && key[i] <= '9'; i++)
        customer = 10 * customer + key[i] - '0';
    return customer;
}

/* What stands before the first colon. */
static struct slice owner(void *context, struct slice key, struct arena *scratch)
{
    const char *colon = memchr(key.text, ':', key.length);
    (void)context, (void)scratch;
    return (struct slice){key.text, colon ? (uint32_t)(colon - key.text) : key.length};
}

/* The same document, by its number or, without one, by its day. */
static bool same_document(const struct line *a, const struct line *b)
{
    return a->customer == 1 ? a->day == b->day : a->document == b->document;
}

struct sums {
    int64_t purchases, purchase_days, lines, gross, returned;
    int32_t first, last;
};

/* Counts a sale's document and day only at the first of its lines in the window. */
static struct sums count(const struct made *m, int customer, int from, int to)
{
    struct sums s = {.first = INT32_MIN, .last = INT32_MIN};
    for (int i = 0; i < LINES; i++) {
        const struct line *a = &m->line[i];
        bool new_document = true, new_day = true;
        if (a->customer != customer || a->day < from || a->day >= to || a->kind > LEDGER_RETURN)
            continue;
        if (a->kind == LEDGER_RETURN) {
            s.returned += a->minor;
            continue;
        }
        for (int k = 0; k < i; k++) {
            const struct line *b = &m->line[k];
            if (b->customer != customer || b->day < from || b->day >= to || b->kind != LEDGER_SALE)
                continue;
            new_document = new_document && !same_document(a, b);
            new_day = new_day && a->day != b->day;
        }
        s.purchases += new_document;
        s.purchase_days += new_day;
        s.lines++;
        s.gross += a->minor;
        s.first = s.first == INT32_MIN || a->day < s.first ? a->day : s.first;
        s.last = a->day > s.last ? a->day : s.last;
    }
    return s;
}

static void assert_sums(const struct tally_columns *got, size_t i, const struct sums *want)
{
    assert_int_equal(got->purchases[i], want->purchases);
    assert_int_equal(got->purchase_days[i], want->purchase_days);
    assert_int_equal(got->lines[i], want->lines);
    assert_int_equal(got->spend_gross[i], want->gross);
    assert_int_equal(got->returned[i], want->returned);
    assert_int_equal(got->spend[i], want->gross + want->returned);
    assert_int_equal(got->first[i], want->first);
    assert_int_equal(got->last[i], want->last);
}

static void assert_customers(const struct made *m, const struct behaviour_seen *seen, int from,
                             int to)
{
    bool known[CUSTOMERS] = {false};
    size_t n_known = 0;
    for (int i = 0; i < LINES; i++) {
        n_known += !known[m->line[i].customer];
        known[m->line[i].customer] = true;
    }
    assert_int_equal(seen->customers.n, n_known);
    for (size_t i = 0; i < seen->customers.n; i++) {
        const char *key = seen->customers.key[i];
        const int customer = (int)resolve(NULL, 0, key, strlen(key), NULL);
        const struct sums want = count(m, customer, from, to);
        uint64_t counted = 0;
        for (int k = 0; k < LINES; k++)
            counted += m->line[k].customer == customer && m->line[k].kind <= LEDGER_RETURN &&
                       m->line[k].day >= from && m->line[k].day < to;
        assert_sums(&seen->customers.tally, i, &want);
        assert_int_equal(seen->customers.counted[i], counted);
        if (i > 0)
            assert_true(strcmp(seen->customers.key[i - 1], key) < 0);
    }
}

/* Every id stands once, in the order of the customers, each of whom its ids begin with. */
static void assert_written(const struct customers *c)
{
    assert_true(c->n_written > c->n);
    for (size_t i = 0; i < c->n_written; i++) {
        const struct slice of =
            owner(NULL, (struct slice){c->written[i], (uint32_t)strlen(c->written[i])}, NULL);
        const char *key = c->key[c->of_written[i]];
        assert_int_equal(strlen(key), of.length);
        assert_memory_equal(key, of.text, of.length);
        if (i > 0 && c->of_written[i - 1] == c->of_written[i])
            assert_true(strcmp(c->written[i - 1], c->written[i]) < 0);
        else
            assert_int_equal(c->of_written[i], i > 0 ? c->of_written[i - 1] + 1 : 0);
    }
}

static void assert_measures(const struct made *m, const struct measures *got)
{
    const struct respondents *r = &m->respondents;
    assert_int_equal(got->n, RESPONDENTS);
    for (size_t i = 0; i < RESPONDENTS; i++) {
        const int who = (int)r->person[i];
        const struct sums window = count(m, who, r->from[i], r->to[i]);
        const struct sums baseline = count(m, who, r->baseline_from[i], r->baseline_to[i]);
        assert_sums(&got->window, i, &window);
        assert_sums(&got->baseline, i, &baseline);
        assert_int_equal(got->last_before[i], count(m, who, 0, r->response[i]).last);
        assert_int_equal(got->first_ever[i], count(m, who, 0, FIRST + DAYS).first);
    }
}

static void shuffle(struct made *m, int order[LINES])
{
    for (int i = LINES - 1; i > 0; i--) {
        const int k = (int)rng_below(m->rng, (uint64_t)i + 1), t = order[i];
        order[i] = order[k];
        order[k] = t;
    }
}

/* The lines in this order, over so many files. */
static void check_pass(const struct made *m, const int *order, int n_files, size_t chunk,
                       size_t n_threads)
{
    struct arena *keep = arena_new();
    struct study *s = ledger_case("", keep);
    struct behaviour_seen seen;
    struct err err = {.code = ERR_NONE};
    uint64_t n_lines = 0;
    s->n_ledgers = (size_t)n_files;
    for (int i = 0; i < n_files; i++) {
        s->ledgers[i] = s->ledgers[0];
        s->ledgers[i].file =
            write_lines(m, order, i * LINES / n_files, (i + 1) * LINES / n_files, keep);
    }
    const struct behaviour_scan scan = {.source = ledger_files_sized(s, chunk, 0, keep),
                                        .from = FIRST + 10,
                                        .to = FIRST + 60,
                                        .respondents = &m->respondents,
                                        .resolve = resolve,
                                        .owner = m->parts ? owner : NULL,
                                        .n_threads = n_threads};
    if (!behaviour_scan(&scan, &seen, keep, &err))
        fail_msg("%s", err.message);
    assert_customers(m, &seen, FIRST + 10, FIRST + 61);
    assert_measures(m, &seen.measures);
    if (m->parts)
        assert_written(&seen.customers);
    else
        assert_null(seen.customers.written);
    for (int i = 0; i < n_files; i++) {
        const struct ledger_counts *c = &seen.ledgers.counts[i];
        uint64_t kinds = 0;
        for (int k = 0; k < LEDGER_N_KINDS; k++)
            kinds += c->kind[k];
        assert_int_equal(kinds, c->lines);
        n_lines += c->lines;
        unlink(s->ledgers[i].file);
    }
    assert_int_equal(n_lines, LINES);
    arena_free(keep);
}

static void any_order_files_chunks_and_threads(void **unused)
{
    (void)unused;
    for (uint64_t task = 0; task < 8; task++) {
        struct made m = {.keep = arena_new(), .parts = task >= 5};
        int order[LINES];
        m.rng = rng_stream(20250302, task, m.keep);
        make_lines(&m);
        make_respondents(&m);
        for (int i = 0; i < LINES; i++)
            order[i] = i;
        for (int shuffled = 0; shuffled < 3; shuffled++, shuffle(&m, order))
            for (int n_files = 1; n_files <= 3; n_files++)
                for (size_t threads = 1; threads <= 3; threads++)
                    check_pass(&m, order, n_files, threads == 2 ? 97 : 1500, threads);
        arena_free(m.keep);
    }
}

static void sums_beyond_64_bits(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    const char *text = "key,doc,day,amount,type\nb,1,2025-01-01,92233720368547758.06,S\n"
                       "a,1,2025-01-01,92233720368547758.06,S\na,1,2025-01-01,0.01,S\n"
                       "b,1,2025-01-01,0.01,S\nb,2,2025-01-01,-0.01,S\n";
    for (size_t threads = 1; threads <= 3; threads++) {
        struct study *s = ledger_case(temporary_file(text, strlen(text), keep), keep);
        const struct behaviour_scan scan = {.source = ledger_files_sized(s, 1, 0, keep),
                                            .from = INT32_MIN,
                                            .to = INT32_MAX,
                                            .n_threads = threads};
        struct behaviour_seen seen;
        struct err err = {.code = ERR_NONE};
        /* 2^63 - 1 fits: it takes one more to be too much. */
        assert_true(behaviour_scan(&scan, &seen, keep, &err));
        assert_true(seen.customers.tally.spend[0] == INT64_MAX);
        assert_true(seen.customers.tally.spend[1] == INT64_MAX - 1);
        unlink(s->ledgers[0].file);
    }
    const char *more = "key,doc,day,amount,type\nb,1,2025-01-01,92233720368547758.07,S\n"
                       "a,1,2025-01-01,92233720368547758.07,S\na,1,2025-01-01,0.01,S\n"
                       "b,1,2025-01-01,0.01,S\n";
    for (size_t threads = 1; threads <= 3; threads++) {
        struct study *s = ledger_case(temporary_file(more, strlen(more), keep), keep);
        const struct behaviour_scan scan = {.source = ledger_files_sized(s, 1, 0, keep),
                                            .from = INT32_MIN,
                                            .to = INT32_MAX,
                                            .n_threads = threads};
        struct behaviour_seen seen;
        struct err err = {.code = ERR_NONE};
        assert_false(behaviour_scan(&scan, &seen, keep, &err));
        assert_string_equal(err.message,
                            arena_printf(keep,
                                         "%s:4: spend: 'a' has amounts whose sum is beyond 64 "
                                         "bits here; check the customer's amounts and decimals:",
                                         s->ledgers[0].file));
        unlink(s->ledgers[0].file);
    }
    arena_free(keep);
}

/* Different texts are different documents, even those that no ledger has. */
static void documents_are_told_apart(void **unused)
{
    (void)unused;
    static const char *const text[] = {"1",
                                       "\x01",
                                       "01",
                                       "001",
                                       "00000001",
                                       "000000001",
                                       "100000000",
                                       "12345678",
                                       "1234567a",
                                       "a1234567",
                                       "a12345678",
                                       "b12345678",
                                       "012345678",
                                       "A",
                                       "a",
                                       "/",
                                       ":",
                                       "2024-001",
                                       "2024/001",
                                       "123456789012345",
                                       "023456789012345",
                                       "1234567890123456",
                                       "1234567890123457"};
    enum { N = sizeof text / sizeof text[0] };
    struct document d[N + 2];
    for (size_t i = 0; i < N; i++) {
        d[i] = document_of(text[i], strlen(text[i]), FIRST + (int)i, 1);
        const struct document again = document_of(text[i], strlen(text[i]), FIRST, 1);
        assert_true(again.high == d[i].high && again.low == d[i].low);
    }
    d[N] = document_of("", 0, 1, 1);
    d[N + 1] = document_of("", 0, -1, 1);
    for (size_t i = 0; i < N + 2; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(d[i].high != d[k].high || d[i].low != d[k].low);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_order_files_chunks_and_threads),
                                       cmocka_unit_test(documents_are_told_apart),
                                       cmocka_unit_test(sums_beyond_64_bits)};
    return cmocka_run_group_tests_name("pass", tests, NULL, NULL);
}
