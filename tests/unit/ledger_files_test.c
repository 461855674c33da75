/* SPDX-License-Identifier: GPL-3.0-or-later
   How ledgers are read: cuts between threads, one pool for many files, files that change,
   limits, packed files, silent pipes. */
#include "tests/check.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "io/ledger/cut.h"
#include "io/ledger/internal.h"
#include "models/base/rng.h"
#include "tests/ledger_case.h"

#define HEADER "key,doc,day,amount,type\n"

/* ---- cuts ---- */

/* Where the records of a text end, byte by byte: RFC 4180, with quotes inside unquoted
   fields as data.  ends[i]: a record ends behind byte i.  Returns the place of a fault. */
static size_t judge(const char *text, size_t n, bool *ends)
{
    bool inside = false, start = true, closed = false;
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        const bool line = c == '\n' || c == '\r';
        ends[i] = false;
        if (inside) {
            if (c == '"')
                inside = false, closed = true;
            continue;
        }
        if (closed && c == '"') {
            inside = true, closed = false;
            continue;
        }
        if (closed && c != ',' && !line)
            return i;
        ends[i] = line;
        inside = start && c == '"';
        start = c == ',' || line;
        closed = false;
    }
    return n;
}

static void cut_in_blocks(const char *text, size_t n, size_t size, const bool *ends, size_t fault)
{
    enum scan_state state = FIELD_START;
    for (size_t at = 0; at < n; at += size) {
        const size_t length = n - at < size ? n - at : size;
        const size_t body = length - (text[at + length - 1] == '\r');
        size_t want = 0;
        for (size_t i = 0; i < body; i++)
            want = ends[at + i] ? i + 1 : want;
        const struct block_cuts seen = cuts_look(',', text + at, length);
        const size_t got = cuts_take(&seen, ',', text + at, length, &state);
        if (fault < at + length) {
            assert_true(got == SIZE_MAX);
            return;
        }
        assert_int_equal(got, want);
    }
}

static void cuts_of_any_blocks(void **unused)
{
    (void)unused;
    static const char *const alphabets[] = {"a\",\n", "a\"\"\",,\n\r", "aaaaaaaaaa,\n",
                                            "aaaaaaaaaaaaaaaaaaaa\",,\n\r"};
    struct arena *keep = arena_new();
    gsl_rng *r = rng_stream(7, 1, keep);
    char text[700];
    bool ends[700];
    for (size_t round = 0; round < 3000; round++) {
        const char *letters = alphabets[round % 4];
        const size_t n = 1 + rng_below(r, sizeof text - 1);
        for (size_t i = 0; i < n; i++)
            text[i] = letters[rng_below(r, strlen(letters))];
        for (size_t i = 0; round % 3 == 0 && i < n; i++) /* regular quotes, for the most part */
            if (text[i] == '"')
                text[i] = 'b';
        for (size_t i = 0; round % 3 == 0 && i + 8 < n; i += 8 + rng_below(r, 40))
            memcpy(text + i, rng_below(r, 2) ? ",\"\n,\"\"\"," : ",\"a\n\"\n,,", 8);
        const size_t fault = judge(text, n, ends);
        for (size_t size = 1; size <= n; size += 1 + size / 3)
            cut_in_blocks(text, n, size, ends, fault);
        cut_in_blocks(text, n, 64, ends, fault);
        cut_in_blocks(text, n, 128, ends, fault);
    }
    arena_free(keep);
}

/* ---- a sink that looks at the order ---- */

struct watch {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t next; /* chunk: each waits for the one before */
    size_t ledger;
    uint64_t lines;
    int64_t sum, weighted; /* of the amounts, and by line: the order shows */
    void (*at)(struct watch *w, uint64_t chunk);
    const char *file;
};

static bool take(void *context, const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    struct watch *w = context;
    (void)refusal;
    pthread_mutex_lock(&w->lock);
    while (w->next != b->chunk)
        pthread_cond_wait(&w->changed, &w->lock);
    assert_true(b->ledger >= w->ledger);
    w->ledger = b->ledger;
    for (size_t i = 0; i < b->n; i++) {
        w->sum += b->minor[i];
        w->weighted += (int64_t)(++w->lines % 1000) * b->minor[i];
    }
    if (w->at)
        w->at(w, b->chunk);
    w->next++;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
    return true;
}

static struct watch watch_new(void)
{
    struct watch w = {.next = 0};
    pthread_mutex_init(&w.lock, NULL);
    pthread_cond_init(&w.changed, NULL);
    return w;
}

static bool scan(const struct ledger_source *source, struct watch *w, size_t threads,
                 struct ledger_scan *seen, struct arena *keep, struct err *err)
{
    const struct ledger_sink sink = {w, take};
    *err = (struct err){.code = ERR_NONE};
    return source->scan(source, &sink, &(struct ledger_asked){.n_threads = threads}, seen, keep,
                        err);
}

static char *lines(size_t n, size_t from, struct arena *keep)
{
    char *text = ARENA_NEW(keep, char, 64 * n + 64), *end = text;
    end += snprintf(end, 64, HEADER);
    for (size_t i = from; i < from + n; i++)
        end += snprintf(end, 64,
                        i % 3 ? "c%zu,%zu,2025-01-31,%zu.00,S\n"
                              : "\"c%zu\n\",\"%zu\",2025-01-31,%zu.00,S\r\n",
                        i % 7, i, i);
    return text;
}

static struct study *study_of(size_t n, struct arena *keep)
{
    struct study *s = ledger_case("", keep);
    struct study_ledger *l = ARENA_NEW(keep, struct study_ledger, n);
    for (size_t i = 0; i < n; i++)
        l[i] = s->ledgers[0];
    s->ledgers = l;
    s->n_ledgers = n;
    return s;
}

static void remove_all(const struct study *s)
{
    for (size_t i = 0; i < s->n_ledgers; i++)
        unlink(s->ledgers[i].file);
}

/* ---- many files ---- */

/* With fewer descriptors than files, and some without a line. */
static void many_files(void **unused)
{
    (void)unused;
    enum { FILES = 150 };
    struct arena *keep = arena_new();
    struct study *s = study_of(FILES, keep);
    struct rlimit limit, few;
    size_t all = 0;
    for (size_t i = 0; i < FILES; i++) {
        const size_t n = i % 5 == 4 ? 0 : 1 + i * 7 % 40;
        const char *text = lines(n, all, keep);
        s->ledgers[i].file = temporary_file(text, strlen(text), keep);
        all += n;
    }
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    few = limit;
    few.rlim_cur = 40;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    const int64_t most = (int64_t)all;
    int64_t weighted = 0;
    for (int64_t i = 0; i < most; i++)
        weighted += (i + 1) % 1000 * 100 * i;
    for (size_t threads = 1; threads <= 4; threads++)
        for (size_t size = 50; size < 5000; size *= 9) {
            struct watch w = watch_new();
            struct ledger_scan seen;
            struct err err;
            const struct ledger_source *source = ledger_files_sized(s, size, 0, keep);
            assert_true(source->repeats);
            assert_true(scan(source, &w, threads, &seen, keep, &err));
            assert_int_equal(w.lines, all);
            assert_int_equal(w.sum, 100 * most * (most - 1) / 2);
            assert_int_equal(w.weighted, weighted);
            for (size_t i = 0; i < FILES; i++)
                assert_int_equal(seen.counts[i].lines, i % 5 == 4 ? 0 : 1 + i * 7 % 40);
        }
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    remove_all(s);
    arena_free(keep);
}

/* The first error of the first file that has one, whatever comes sooner. */
static void first_of_many_errors(void **unused)
{
    (void)unused;
    enum { FILES = 9 };
    struct arena *keep = arena_new();
    struct study *s = study_of(FILES, keep);
    for (size_t i = 0; i < FILES; i++) {
        const char *text = lines(200, 0, keep);
        if (i == 3)
            text = arena_printf(keep, "%sx,1,2025-01-31,1.00,Q\ny,1,2025-01-31,1.00,S\n", text);
        if (i == 4)
            text = "key,doc,day,money,type\n";
        s->ledgers[i].file = temporary_file(text, strlen(text), keep);
    }
    unlink(s->ledgers[6].file);
    for (size_t threads = 1; threads <= 4; threads++)
        for (size_t size = 50; size < 50000; size *= 6) {
            struct watch w = watch_new();
            struct ledger_scan seen;
            struct err err;
            assert_false(
                scan(ledger_files_sized(s, size, 0, keep), &w, threads, &seen, keep, &err));
            assert_string_equal(err.file, s->ledgers[3].file);
            assert_int_equal(err.line, 269); /* 67 of 200 lines go over two */
            assert_string_equal(err.value, "Q");
            assert_non_null(strstr(err.message, "S 201, Q 1"));
        }
    remove_all(s);
    arena_free(keep);
}

/* ---- files that change ---- */

static void write_at(const char *file, const char *text, bool append)
{
    FILE *f = fopen(file, append ? "ab" : "r+b");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void grow(struct watch *w, uint64_t chunk)
{
    if (chunk == 1)
        write_at(w->file, "c1,1,2025-01-31,1.", true);
}

static void shrink(struct watch *w, uint64_t chunk)
{
    if (chunk == 1)
        assert_int_equal(truncate(w->file, 300), 0);
}

/* One second later, so that every file system's clock shows it. */
static void rewrite(struct watch *w, uint64_t chunk)
{
    struct stat about;
    if (chunk != 1)
        return;
    assert_int_equal(stat(w->file, &about), 0);
    write_at(w->file, HEADER "d", false);
    const struct timespec times[2] = {about.st_mtim,
                                      {about.st_mtim.tv_sec + 1, about.st_mtim.tv_nsec}};
    assert_int_equal(utimensat(AT_FDCWD, w->file, times, 0), 0);
}

static void files_that_change(void **unused)
{
    (void)unused;
    static const struct {
        void (*at)(struct watch *w, uint64_t chunk);
        const char *what;
    } ways[] = {{grow, "grew while it was read"},
                {shrink, "shrank while it was read"},
                {rewrite, "was written to while it was read"}};
    struct arena *keep = arena_new();
    struct study *s = study_of(1, keep);
    const char *text = lines(200, 0, keep);
    for (size_t way = 0; way < 3; way++)
        for (size_t threads = 1; threads <= 3; threads++)
            for (size_t size = 100; size <= 3000; size += 2900) {
                struct watch w = watch_new();
                struct ledger_scan seen;
                struct err err;
                w.file = s->ledgers[0].file = temporary_file(text, strlen(text), keep);
                w.at = ways[way].at;
                assert_false(
                    scan(ledger_files_sized(s, size, 0, keep), &w, threads, &seen, keep, &err));
                assert_non_null(strstr(err.message, ways[way].what));
                assert_non_null(strstr(err.message, "copy it first"));
                assert_int_equal(err_exit_status(&err), 3);
                unlink(w.file);
            }
    arena_free(keep);
}

/* What is counted in a second scan must be what the first has seen. */
static void change_between_scans(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    struct study *s = study_of(1, keep);
    const char *text = lines(20, 0, keep);
    struct watch w = watch_new(), again = watch_new();
    struct ledger_scan seen;
    struct err err;
    s->ledgers[0].file = temporary_file(text, strlen(text), keep);
    const struct ledger_source *source = ledger_files(s, keep);
    assert_true(scan(source, &w, 2, &seen, keep, &err));
    write_at(s->ledgers[0].file, "c1,1,2025-01-31,1.00,S\n", true);
    assert_false(scan(source, &again, 2, &seen, keep, &err));
    assert_non_null(strstr(err.message, "grew while it was read"));
    remove_all(s);
    arena_free(keep);
}

/* ---- limits ---- */

static const char *error_of(struct study *s, const char *text, size_t n, size_t size,
                            struct arena *keep)
{
    s->ledgers[0].file = temporary_file(text, n, keep);
    const char *said = ledger_case_error(s, ledger_files_sized(s, size, 0, keep), 1, keep);
    assert_string_equal(ledger_case_error(s, ledger_files_sized(s, size, 0, keep), 3, keep), said);
    unlink(s->ledgers[0].file);
    return said;
}

/* A quoted field from `line` on, of a record of n bytes with its line end. */
static const char *long_record(size_t n, size_t *length, struct arena *keep)
{
    static const char before[] = HEADER "a,1,2025-01-31,1.00,S\n",
                      behind[] = "\",1,2025-01-31,1.00,S\n";
    char *text = ARENA_NEW(keep, char, sizeof before + n + 1);
    memcpy(text, before, sizeof before - 1);
    char *record = text + sizeof before - 1;
    memset(record, 'x', n);
    record[0] = '"';
    memcpy(record + n - (sizeof behind - 1), behind, sizeof behind - 1);
    *length = sizeof before - 1 + n;
    return text;
}

static void limits(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    struct study *s = study_of(1, keep);
    size_t n;
    s->limits = (struct ledger_limits){.record = 5000, .columns = 6, .key = 6000};
    for (size_t size = 64; size <= 4096; size *= 4) {
        const char *text = long_record(5000, &n, keep);
        assert_string_equal(error_of(s, text, n, size, keep), "no error");
        text = long_record(5001, &n, keep);
        assert_string_equal(
            error_of(s, text, n, size, keep),
            "FILE:3: a record longer than 0.004768371582 MiB starts here; close the "
            "quote that is open in it, or allow more: --max-record, limits: record");
    }
    static const char seven[] = "\nkey,doc,day,amount,type,6,7\n";
    assert_string_equal(
        error_of(s, seven, sizeof seven - 1, 100, keep),
        "FILE:2: has 7 columns, where 6 are allowed; check the delimiter, or allow more: "
        "--max-columns, limits: columns");
    static const char keys[] = HEADER "abc,1,2025-01-31,1.00,S\nabcd,1,2025-01-31,1.00,S\n";
    s->limits.key = 3;
    assert_string_equal(error_of(s, keys, sizeof keys - 1, 100, keep),
                        "FILE:3: key: 'abcd' is longer than a key may be; check key: and the "
                        "delimiter, or allow more: --max-key, limits: key");
    arena_free(keep);
}

/* Many megabytes of one record: told early, in the header and below. */
static void monsters(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    struct study *s = study_of(1, keep);
    const size_t n = 10 << 20, start = sizeof HEADER - 1;
    char *text = ARENA_NEW(keep, char, n + start);
    memcpy(text, HEADER, start);
    memset(text + start, ',', n);
    assert_string_equal(error_of(s, text, n + start, 0, keep),
                        "FILE:2: a record longer than 8 MiB starts here; close the quote that is "
                        "open in it, or allow more: --max-record, limits: record");
    assert_string_equal(error_of(s, text + start, n, 0, keep),
                        "FILE:1: a record longer than 8 MiB starts here; close the quote that is "
                        "open in it, or allow more: --max-record, limits: record");
    s->limits.record = 16 << 20;
    assert_string_equal(error_of(s, text, n + start, 0, keep),
                        "FILE:2: 10485761 fields, where the header has 5; quote fields that hold "
                        "the delimiter");
    arena_free(keep);
}

/* ---- packed files ---- */

static const char *packed(char *text, size_t n, size_t *size, struct arena *keep)
{
    uLongf bound = compressBound(n) + 64;
    unsigned char *to = ARENA_NEW(keep, unsigned char, bound);
    z_stream z = {
        .next_in = (Bytef *)text, .avail_in = (uInt)n, .next_out = to, .avail_out = (uInt)bound};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    *size = z.total_out;
    deflateEnd(&z);
    return (const char *)to;
}

/* Two members, many blocks of text; the print is that of the plain file. */
static void packed_as_plain(void **unused)
{
    (void)unused;
    enum { LINES = 30000 };
    struct arena *keep = arena_new();
    struct study *s = study_of(2, keep);
    char *text = lines(LINES, 0, keep);
    const size_t n = strlen(text);
    size_t a, b;
    const char *first = packed(text, n / 3, &a, keep),
               *rest = packed(text + n / 3, n - n / 3, &b, keep);
    char *both = ARENA_NEW(keep, char, a + b);
    memcpy(both, first, a);
    memcpy(both + a, rest, b);
    s->ledgers[0].file = temporary_file(text, n, keep);
    s->ledgers[1].file = temporary_file(both, a + b, keep);
    for (size_t threads = 1; threads <= 3; threads++)
        for (size_t size = 1000; size < 1 << 20; size *= 30) {
            struct watch w = watch_new();
            struct ledger_scan seen;
            struct err err;
            assert_true(scan(ledger_files_sized(s, size, 0, keep), &w, threads, &seen, keep, &err));
            assert_int_equal(seen.counts[0].lines, LINES);
            assert_int_equal(seen.counts[1].lines, LINES);
            assert_int_equal(w.sum, 100LL * LINES * (LINES - 1));
            assert_memory_equal(seen.counts[0].fingerprint, seen.counts[1].fingerprint, 16);
            assert_memory_not_equal(seen.counts[0].fingerprint, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                                    16);
        }
    assert_int_equal(truncate(s->ledgers[1].file, (off_t)(a + b - 100)), 0);
    for (size_t threads = 1; threads <= 3; threads++) {
        struct watch w = watch_new();
        struct ledger_scan seen;
        struct err err;
        assert_false(scan(ledger_files(s, keep), &w, threads, &seen, keep, &err));
        assert_string_equal(err.file, s->ledgers[1].file);
        assert_non_null(strstr(err.message, "the packed data end too early"));
    }
    remove_all(s);
    arena_free(keep);
}

/* ---- a pipe that stays open ---- */

static void silent_pipe(void **unused)
{
    (void)unused;
    static const char text[] = HEADER "a,1,2025-01-31,1.00,S\nb,1\n"
                                      "c,1,2025-01-31,1.00,S\nd,1,2025-01-31,1.00,S\n";
    struct arena *keep = arena_new();
    struct study *s = study_of(1, keep);
    const int before = dup(0);
    s->ledgers[0].file = "-";
    for (size_t threads = 1; threads <= 4; threads++) {
        struct watch w = watch_new();
        struct ledger_scan seen;
        struct err err;
        int two[2];
        assert_int_equal(pipe(two), 0);
        assert_int_equal(dup2(two[0], 0), 0);
        assert_int_equal(write(two[1], text, sizeof text - 1), sizeof text - 1);
        const struct ledger_source *source = ledger_files_sized(s, 16, 0, keep);
        assert_false(source->repeats);
        assert_false(scan(source, &w, threads, &seen, keep, &err));
        assert_int_equal(err.line, 3);
        close(two[0]);
        close(two[1]);
    }
    dup2(before, 0);
    close(before);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_of_any_blocks),
        cmocka_unit_test(many_files),
        cmocka_unit_test(first_of_many_errors),
        cmocka_unit_test(files_that_change),
        cmocka_unit_test(change_between_scans),
        cmocka_unit_test(limits),
        cmocka_unit_test(monsters),
        cmocka_unit_test(packed_as_plain),
        cmocka_unit_test(silent_pipe),
    };
    return cmocka_run_group_tests_name("ledger files", tests, NULL, NULL);
}
