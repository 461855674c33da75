/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers as ugly as files are, made at random: the library must find in them what
   the judge finds, in chunks and windows of every size, with any number of threads;
   and the same customers however their lines are shuffled and spread over files. */
#include "tests/check.h"

#include <string.h>
#include <unistd.h>

#include "models/base/rng.h"
#include "tests/ledger_case.h"
#include "tests/ledger_judge.h"

enum { MOST_FILES = 3, LINES = 60, LONGEST_LINE = 1024, FIRST_DAY = 19700 };

/* A ledger's lines as they stand in its files, and how these are written. */
struct made {
    struct arena *keep;
    gsl_rng *rng;
    size_t n;
    const char *line[LINES];
    const char *header;
    const char *end[3]; /* line ends that the files mix */
    bool typed, faulty, bom, empty_lines;
    unsigned quotes; /* of 8 fields so many are quoted without need */
    char delimiter;
    size_t mark;  /* which code or glyph stands beside amounts */
    size_t often; /* the customer of half of the lines, who has many documents */
    uint64_t last_document[16];
};

static bool chance(struct made *m, uint64_t one_in)
{
    return rng_below(m->rng, one_in) == 0;
}

#define PICK(m, list) ((list)[rng_below((m)->rng, sizeof(list) / sizeof *(list))])

/* ---- cells ---- */

/* The text as a field: quoted where it must be, and at times where it need not. */
static const char *field(struct made *m, const char *text)
{
    const char mark[] = {m->delimiter, '\0'};
    const bool must = strpbrk(text, "\r\n") || strstr(text, mark) || text[0] == '"';
    if (!must && rng_below(m->rng, 8) >= m->quotes)
        return text;
    char *to = ARENA_NEW(m->keep, char, 2 * strlen(text) + 3);
    size_t n = 0;
    to[n++] = '"';
    for (; *text; text++) {
        if (*text == '"')
            to[n++] = '"';
        to[n++] = *text;
    }
    to[n++] = '"';
    to[n] = '\0';
    return to;
}

static const char *const keys[] = {"A",
                                   "B",
                                   "a",
                                   "K17",
                                   "0017",
                                   "17",
                                   " 17",
                                   "a customer with a long name",
                                   "a customer with a long nama",
                                   "sixteen bytes ab",
                                   "seventeen bytes a",
                                   "M\u00fcller, Jos\u00e9",
                                   "the \"best\" one",
                                   "on two\nlines",
                                   "on\r\ntwo",
                                   "\xf0\x9f\x98\x80"};
enum { N_KEYS = sizeof keys / sizeof *keys };

/* Each customer has his own kind of numbers: rising, falling, at random, none, long
   ones, with zeros in front, with what is no ASCII. */
static const char *document(struct made *m, size_t customer)
{
    uint64_t *last = &m->last_document[customer];
    if (!chance(m, 3))
        ++*last;
    if (chance(m, 12))
        *last -= rng_below(m->rng, 4);
    const unsigned long long n = 95 + *last, k = rng_below(m->rng, 12);
    switch (customer) {
    case 1:
        return arena_printf(m->keep, "%llu", 200 - n);
    case 2:
        return arena_printf(m->keep, "%llu", k);
    case 3:
        return "";
    case 4:
        return arena_printf(m->keep, "invoice-of-the-year-2024-%llu", n);
    case 5:
        return arena_printf(m->keep, chance(m, 2) ? "%05llu" : "%llu", n);
    case 6:
        return arena_printf(m->keep, "R\u00e9f \u20ac%llu", n);
    case 7:
        return arena_printf(m->keep, "%llu%s", n, chance(m, 2) ? "a" : "");
    case 8:
        return arena_printf(m->keep, "12345678901%04llu", n); /* as long as fits, and one more */
    case 9:
        return arena_printf(m->keep, "123456789012%04llu", n);
    case 10:
        return chance(m, 2) ? "" : arena_printf(m->keep, "%llu", n);
    case 11:
        return arena_printf(m->keep, "%llu\n%llu,\"%llu", n, k, n);
    default:
        return arena_printf(m->keep, "%s%llu", customer % 2 ? "INV" : "", n);
    }
}

static const char *day(struct made *m, size_t i)
{
    static const char *const odd[] = {"2024-1-5", "2024-02-29", "9999-12-31", "0001-01-01"};
    static const char *const bad[] = {"2023-02-29",  "0000-00-00", "2024-02-30", "20240101",
                                      " 2024-01-01", "2024-13-01", "",           "01.02.2024"};
    const uint64_t at = chance(m, 8) ? rng_below(m->rng, LINES) : i;
    if (m->faulty && chance(m, 150))
        return PICK(m, bad);
    if (chance(m, 30))
        return PICK(m, odd);
    return arena_printf(m->keep, "2024-%02d-%02d", (int)(1 + at / 28), (int)(1 + at % 28));
}

/* An amount beside the file's code or glyph; with a fault, another one. */
static const char *marked(struct made *m)
{
    static const char *const marks[] = {"$", "\u20ac", "\u00a3", "\u00a5", "EUR", "JPY"};
    static const char *const wrong[] = {"eur", "EURO", "XXQ", "\u20acEU", "EUR EUR"};
    const char *mark = marks[m->mark % (sizeof marks / sizeof *marks)];
    if (m->faulty && chance(m, 20))
        mark = PICK(m, marks);
    if (m->faulty && chance(m, 40))
        mark = PICK(m, wrong);
    return chance(m, 2) ? arena_printf(m->keep, "%s 3.20", mark)
                        : arena_printf(m->keep, "1%s", mark);
}

/* An amount; a negative one for a return. */
static const char *amount(struct made *m, bool negative)
{
    static const char *const odd[] = {"-0.00", "0",     "00000000000000000000001.00",
                                      ".5",    "5.",    "\u00a02.00",
                                      " 7.1 ", "'4.00", "\u20096.10\u202f"};
    static const char *const bad[] = {
        "1e400", "92233720368547758.08", "", "1.234", "1,5", "abc", "--1", "0x10", "-", "."};
    const unsigned long long minor = rng_below(m->rng, chance(m, 10) ? 1000000000000000 : 100000);
    if (m->faulty && chance(m, 150))
        return PICK(m, bad);
    if (!negative && chance(m, 20))
        return PICK(m, odd);
    if (!negative && chance(m, 20))
        return marked(m);
    return arena_printf(m->keep, "%s%llu.%02llu", negative ? (chance(m, 9) ? "\u2212" : "-") : "",
                        minor / 100, minor % 100);
}

/* ---- lines ---- */

/* key, document, day, amount and type, among columns that nobody asks for. */
static const char *line(struct made *m, size_t i)
{
    static const char *const blanks[] = {"", " ", "\t \t"};
    static const char *const kinds[] = {"S", "S", "S", "S", "S", "R", "R", "P", "I"};
    static const char *const others[] = {"", "x", "of no, use", "a \"quote\"", "\r\n", "\u00e9"};
    const size_t customer = chance(m, 2) ? m->often : rng_below(m->rng, N_KEYS);
    const char *kind = m->faulty && chance(m, 150) ? "?" : PICK(m, kinds);
    const bool negative = m->typed ? kind[0] == 'R' : chance(m, 6);
    const char *key = chance(m, 25) ? PICK(m, blanks) : keys[customer];
    const char *cell[] = {
        PICK(m, others),     key, document(m, customer), PICK(m, others), day(m, i),
        amount(m, negative), kind};
    const char *text = field(m, cell[0]);
    for (size_t k = 1; k < sizeof cell / sizeof *cell; k++)
        text = arena_printf(m->keep, "%s%c%s", text, m->delimiter, field(m, cell[k]));
    if (m->faulty && chance(m, 300))
        return arena_printf(m->keep, "%s%cmore", text, m->delimiter);
    return text;
}

/* One byte that breaks the text: no UTF-8, a NUL (written as \x01 here), a quote. */
static const char *broken(struct made *m, const char *text)
{
    static const char breaks[] = "\xff\xc3\x01\"\n";
    char *copy = arena_strdup(m->keep, text);
    const size_t n = strlen(copy);
    if (n > 0)
        copy[rng_below(m->rng, n)] = breaks[rng_below(m->rng, sizeof breaks - 1)];
    return copy;
}

static struct made make(uint64_t task, bool faulty)
{
    static const char *const ends[][3] = {
        {"\n", "\n", "\n"}, {"\r\n", "\r\n", "\r\n"}, {"\r", "\r", "\r"}, {"\n", "\r\n", "\r"}};
    static const char delimiters[] = {',', ',', ';', '\t'};
    struct made m = {.keep = arena_new(), .faulty = faulty, .n = LINES};
    m.rng = rng_stream(20260301, task, m.keep);
    memcpy(m.end, ends[task % 4], sizeof m.end);
    m.delimiter = PICK(&m, delimiters);
    m.often = task % N_KEYS;
    m.mark = task;
    m.typed = chance(&m, 2);
    m.bom = chance(&m, 3);
    m.empty_lines = chance(&m, 2);
    m.quotes = (unsigned)rng_below(m.rng, 9);
    m.header = arena_printf(m.keep, "n%ckey%cdoc%c\"a \"\"b\"\"\"%cday%camount%ctype", m.delimiter,
                            m.delimiter, m.delimiter, m.delimiter, m.delimiter, m.delimiter);
    for (size_t i = 0; i < m.n; i++) {
        m.line[i] = line(&m, i);
        if (faulty && chance(&m, 60))
            m.line[i] = broken(&m, m.line[i]);
    }
    return m;
}

/* Lines [from, to) as a file's bytes. */
static struct judge_file file_of(struct made *m, size_t from, size_t to)
{
    char *text = ARENA_NEW(m->keep, char, LONGEST_LINE *(to - from + 1));
    size_t n = 0;
    n += (size_t)snprintf(text, LONGEST_LINE, "%s%s%s", m->bom ? "\xef\xbb\xbf" : "", m->header,
                          m->end[0]);
    for (size_t i = from; i < to; i++) {
        const bool last = i + 1 == to && chance(m, 2);
        n += (size_t)snprintf(text + n, LONGEST_LINE, "%s%s%s", m->line[i],
                              last ? "" : PICK(m, m->end),
                              m->empty_lines && !last && chance(m, 5) ? PICK(m, m->end) : "");
    }
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\x01')
            text[i] = '\0';
    return (struct judge_file){text, n};
}

/* ---- checks ---- */

/* The lines in so many files, declared. */
struct laid_out {
    struct study *study;
    struct judge_file file[MOST_FILES];
};

static struct laid_out lay_out(struct made *m, size_t n_files)
{
    static const char *const delimiters[] = {",", ";", "tab"};
    struct laid_out l = {.study = ledger_case("", m->keep)};
    l.study->n_ledgers = n_files;
    l.study->ledgers[0].delimiter = delimiters[m->delimiter == ','   ? 0
                                               : m->delimiter == ';' ? 1
                                                                     : 2];
    if (!m->typed)
        l.study->ledgers[0].type = (struct study_type){.column = NULL};
    for (size_t i = 0; i < n_files; i++) {
        l.file[i] = file_of(m, i * m->n / n_files, (i + 1) * m->n / n_files);
        l.study->ledgers[i] = l.study->ledgers[0];
        l.study->ledgers[i].file = temporary_file(l.file[i].bytes, l.file[i].n, m->keep);
    }
    return l;
}

static void clear_away(const struct laid_out *l)
{
    for (size_t i = 0; i < l->study->n_ledgers; i++)
        unlink(l->study->ledgers[i].file);
}

/* Where the number of threads is even, documents go to a file as soon as they may. */
static void assert_judged(const struct laid_out *l, const struct judged *want, size_t chunk,
                          size_t window, size_t threads)
{
    struct arena *scratch = arena_new();
    const struct reading how = {
        .chunk = chunk, .window = window, .threads = threads, .memory = threads % 2 ? 0 : 1};
    const struct judged got = library_ledgers(l->study, &how, FIRST_DAY, INT32_MAX, scratch);
    if (!judged_same(&got, want))
        fail_msg("chunks of %zu, windows of %zu, %zu threads:\n%s%s\nwant:\n%s%s\nin [%s]", chunk,
                 window, threads, got.customers, got.files, want->customers, want->files,
                 (const char *)l->file[0].bytes);
    arena_free(scratch);
}

/* Lines without a fault are customers, not an error. */
static struct judged judge(struct made *m, const struct laid_out *l)
{
    const struct judged j = judge_ledgers(l->study, l->file, FIRST_DAY, INT32_MAX, m->keep);
    if (!m->faulty && strncmp(j.customers, "error ", 6) == 0)
        fail_msg("%s", j.customers);
    return j;
}

/* At every chunk size from 1 to 64, by a window of some size from 1 to 64. */
static void small_chunks(struct made *m, size_t n_files)
{
    const struct laid_out l = lay_out(m, n_files);
    const struct judged want = judge(m, &l);
    for (size_t chunk = 1; chunk <= 64; chunk++)
        assert_judged(&l, &want, chunk, 1 + rng_below(m->rng, 64), 1 + chunk % 4);
    clear_away(&l);
}

/* Chunks that end at each record's end, one byte before it and one behind it. */
static void borders(struct made *m)
{
    const struct laid_out l = lay_out(m, 1);
    const struct judged want = judge(m, &l);
    const char *text = l.file[0].bytes;
    for (size_t i = 0; i < l.file[0].n; i++)
        if ((text[i] == '\n' || text[i] == '\r') && chance(m, getenv("SLOW") ? 1 : 10))
            for (size_t chunk = i; chunk <= i + 2; chunk++)
                assert_judged(&l, &want, chunk ? chunk : 1, 0, 1 + i % 3);
    assert_judged(&l, &want, 0, 0, 2);
    clear_away(&l);
}

static void as_the_judge_reads_them(void **unused)
{
    (void)unused;
    const uint64_t n = getenv("SLOW") ? 20 : 3;
    for (uint64_t task = 0; task < n; task++) {
        struct made m = make(task, false);
        small_chunks(&m, 1 + task % MOST_FILES);
        borders(&m);
        arena_free(m.keep);
    }
}

static void faults_as_the_judge_tells_them(void **unused)
{
    (void)unused;
    const uint64_t n = getenv("SLOW") ? 300 : 25;
    for (uint64_t task = 0; task < n; task++) {
        struct made m = make(1000000 + task, true);
        const struct laid_out l = lay_out(&m, 1 + task % MOST_FILES);
        const struct judged want = judge(&m, &l);
        for (size_t k = 0; k < 4; k++)
            assert_judged(&l, &want, 1 + rng_below(m.rng, k % 2 ? 64 : 4000), rng_below(m.rng, 65),
                          1 + k % 4);
        clear_away(&l);
        arena_free(m.keep);
    }
}

static void shuffle(struct made *m)
{
    for (size_t i = m->n; i-- > 1;) {
        const size_t k = rng_below(m->rng, i + 1);
        const char *t = m->line[i];
        m->line[i] = m->line[k];
        m->line[k] = t;
    }
}

/* The customers are those of the lines, in whatever order and file they stand. */
static void shuffled_and_split(void **unused)
{
    (void)unused;
    const uint64_t n = getenv("SLOW") ? 60 : 8;
    for (uint64_t task = 0; task < n; task++) {
        struct made m = make(2000000 + task, false);
        const struct laid_out as_made = lay_out(&m, 1);
        const struct judged want = judge(&m, &as_made);
        clear_away(&as_made);
        for (size_t k = 0; k < 4; k++, shuffle(&m)) {
            const struct laid_out l = lay_out(&m, 1 + k % MOST_FILES);
            const struct judged here = judge(&m, &l);
            assert_string_equal(here.customers, want.customers);
            assert_judged(&l, &here, 1 + rng_below(m.rng, 4000), 0, 1 + k % 4);
            clear_away(&l);
        }
        arena_free(m.keep);
    }
}

/* Thousands of customers with documents in rising order, of whom a few fall out of it
   late: their documents are counted by reading the ledger again. */
static void many_in_order_some_not(void **unused)
{
    (void)unused;
    enum { CUSTOMERS = 6000, EACH = 4, LATE = 200, LINE = 64 };
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(20260303, 0, keep);
    char *text = ARENA_NEW(keep, char, LINE *(CUSTOMERS * EACH + LATE + 1));
    size_t n = (size_t)snprintf(text, LINE, "key,doc,day,amount\n");
    for (int i = 0; i < CUSTOMERS * EACH; i++)
        n += (size_t)snprintf(text + n, LINE, "C%d,%d,2024-0%d-01,1.00\n", i % CUSTOMERS, i / 2,
                              1 + i / CUSTOMERS);
    for (int i = 0; i < LATE; i++)
        n += (size_t)snprintf(text + n, LINE, "C%d,%d,2024-0%d-02,1.00\n",
                              (int)rng_below(rng, CUSTOMERS), (int)rng_below(rng, CUSTOMERS * 2),
                              1 + (int)rng_below(rng, 9));
    const struct judge_file file = {text, n};
    struct study *study = ledger_case(temporary_file(text, n, keep), keep);
    study->ledgers[0].type = (struct study_type){.column = NULL};
    const struct judged want = judge_ledgers(study, &file, FIRST_DAY, INT32_MAX, keep);
    for (size_t threads = 1; threads <= 4; threads++) {
        const struct reading how = {
            .chunk = 20000 * threads, .threads = threads, .memory = threads == 3};
        const struct judged got = library_ledgers(study, &how, FIRST_DAY, INT32_MAX, keep);
        assert_true(judged_same(&got, &want));
    }
    unlink(study->ledgers[0].file);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_judge_reads_them), cmocka_unit_test(faults_as_the_judge_tells_them),
        cmocka_unit_test(shuffled_and_split), cmocka_unit_test(many_in_order_some_not)};
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
