/* SPDX-License-Identifier: GPL-3.0-or-later
   The vector scanner against a state machine that is written down here once more,
   byte by byte: on random texts made of what matters, for windows and chunks of
   every size, both must find the same fields and the same faults. */
#include "tests/check.h"

#include <string.h>

#include "io/scan.h"
#include "models/base/rng.h"

enum { LONGEST = 400 };

struct found {
    size_t n;
    struct {
        size_t start, end;
        bool last; /* of its record */
    } field[LONGEST + 1];
    enum scan_fault fault;
    size_t fault_at;
};

static void add(struct found *f, size_t start, size_t end, bool last)
{
    f->field[f->n].start = start;
    f->field[f->n].end = end;
    f->field[f->n++].last = last;
}

/* Fields of a record that was broken off do not count. */
static void drop_open_record(struct found *f)
{
    while (f->n > 0 && !f->field[f->n - 1].last)
        f->n--;
}

static void fault(struct found *f, enum scan_fault fault, size_t at)
{
    drop_open_record(f);
    f->fault = fault;
    f->fault_at = at;
}

static void judge(const char *text, size_t n, char delimiter, struct found *f)
{
    const size_t valid = scan_utf8(text, n);
    enum { START, PLAIN, INSIDE, CLOSED } state = START;
    size_t start = 0, opened = 0;
    bool in_record = false;
    *f = (struct found){.n = 0};
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        const bool line = c == '\n' || c == '\r';
        if (c == '\0' || (state == CLOSED && c != delimiter && !line && c != '"')) {
            fault(f, c == '\0' ? SCAN_NUL : SCAN_AFTER_QUOTE, i);
            return;
        }
        if (i == valid) {
            fault(f, SCAN_UTF8, i);
            return;
        }
        if (state == INSIDE) {
            state = c == '"' ? CLOSED : INSIDE;
        } else if (c == delimiter || line) {
            add(f, start, i, line);
            start = i + 1;
            state = START;
            in_record = !line;
        } else if (state == CLOSED && c == '"') {
            state = INSIDE;
        } else if (state == START && c == '"') {
            state = INSIDE;
            opened = i;
            in_record = true;
        } else {
            state = PLAIN;
            in_record = true;
        }
    }
    if (state == INSIDE)
        fault(f, SCAN_UNCLOSED, opened);
    else if (in_record)
        add(f, start, n, true);
}

/* Takes what the scanner says of a chunk that starts at `base`. */
static void take(struct scan *s, const char *chunk, size_t n, size_t base, struct found *f)
{
    scan_start(s, chunk, n);
    while (scan_window(s)) {
        size_t start = s->start, k = 0;
        for (size_t r = 0; r < s->n_records; r++)
            for (; k < s->record[r]; k++) {
                add(f, base + start, base + s->end[k], k + 1 == s->record[r]);
                start = (size_t)s->end[k] + 1;
            }
    }
    f->fault = s->fault;
    f->fault_at = s->fault == SCAN_WELL ? 0 : base + s->fault_at;
}

/* The text in pieces of `size` bytes, each cut behind its last record. */
static void scan_in_chunks(const char *text, size_t n, char delimiter, size_t size, size_t window,
                           struct found *f, struct arena *memory)
{
    struct scan s = scan_new(delimiter, true, window, memory);
    *f = (struct found){.n = 0};
    for (size_t from = 0, want = size; from < n && f->fault == SCAN_WELL;) {
        const bool rest = want >= n - from;
        const size_t have = rest ? n - from : want;
        const size_t cut = rest ? have : scan_cut(delimiter, text + from, have);
        if (cut == 0) {
            want += size;
            continue;
        }
        take(&s, text + from, cut, from, f);
        from += cut;
        want = size;
    }
}

static void assert_same(const struct found *got, const struct found *want, const char *text,
                        size_t size, size_t window)
{
    bool same = got->fault == want->fault && got->fault_at == want->fault_at && got->n == want->n;
    for (size_t i = 0; same && i < got->n; i++)
        same = got->field[i].start == want->field[i].start &&
               got->field[i].end == want->field[i].end && got->field[i].last == want->field[i].last;
    if (!same)
        fail_msg("chunks of %zu, windows of %zu: %zu fields, fault %d at %zu; want %zu, %d at %zu "
                 "in [%s]",
                 size, window, got->n, (int)got->fault, got->fault_at, want->n, (int)want->fault,
                 want->fault_at, text);
}

static const char *const pieces[] = {",",          "\n", "\"",       "\r\n", "\"\"",  "a",
                                     "bcd",        ";",  "\xc3\xa9", "\r",   "\",\"", "\"\n\"",
                                     "0123456789", " ",  "\"x\"",    ",,"};

/* Pieces up to `kinds` of the list, so that many texts are regular and many not. */
static size_t random_text(gsl_rng *rng, size_t longest, char *text)
{
    const size_t kinds = 2 + rng_below(rng, sizeof pieces / sizeof pieces[0] - 1);
    size_t n = 0;
    while (n + 12 < longest) {
        const char *piece = pieces[rng_below(rng, kinds)];
        if (rng_below(rng, 3) == 0)
            piece = pieces[5 + rng_below(rng, 2)];
        memcpy(text + n, piece, strlen(piece));
        n += strlen(piece);
    }
    text[n] = '\0';
    return n;
}

/* Fields with quotes only where RFC 4180 has them: the masks alone must do. */
static size_t regular_text(gsl_rng *rng, size_t longest, char *text)
{
    static const char *const fields[] = {"",     "a",   "\"b,c\"",  "\"d\"\"e\"", "\"f\ng\"",
                                         "\"\"", "hij", "\"\"\"\"", "\"\r\n\""};
    size_t n = 0;
    while (n + 16 < longest) {
        const char *field = fields[rng_below(rng, sizeof fields / sizeof fields[0])];
        memcpy(text + n, field, strlen(field));
        n += strlen(field);
        const char *end = rng_below(rng, 4) ? "," : rng_below(rng, 2) ? "\r\n" : "\n";
        memcpy(text + n, end, strlen(end));
        n += strlen(end);
    }
    text[n] = '\0';
    return n;
}

static void check_text(const char *text, size_t n, struct arena *memory)
{
    static const size_t windows[] = {1, 7, 63, 64, 65, 128, 500};
    struct found want, got;
    judge(text, n, ',', &want);
    for (size_t w = 0; w < sizeof windows / sizeof windows[0]; w++)
        for (size_t size = w == 6 ? 1 : 61; size <= 64; size++) {
            scan_in_chunks(text, n, ',', size, windows[w], &got, memory);
            assert_same(&got, &want, text, size, windows[w]);
        }
    scan_in_chunks(text, n, ',', n + 1, 4096, &got, memory);
    assert_same(&got, &want, text, n + 1, 4096);
}

static void random_texts(void **unused)
{
    (void)unused;
    struct arena *memory = arena_new();
    struct arena *seeds = arena_new();
    gsl_rng *rng = rng_stream(20250301, 0, seeds);
    char text[LONGEST + 1];
    for (int i = 0; i < 1500; i++)
        check_text(text, random_text(rng, 12 + rng_below(rng, LONGEST - 12), text), memory);
    arena_free(memory);
    arena_free(seeds);
}

static void regular_texts(void **unused)
{
    (void)unused;
    struct arena *memory = arena_new();
    struct arena *seeds = arena_new();
    gsl_rng *rng = rng_stream(20250301, 1, seeds);
    char text[LONGEST + 1];
    for (int i = 0; i < 600; i++)
        check_text(text, regular_text(rng, 16 + rng_below(rng, LONGEST - 16), text), memory);
    arena_free(memory);
    arena_free(seeds);
}

/* A NUL byte and a byte that is no UTF-8, wherever they stand. */
static void forbidden_bytes(void **unused)
{
    (void)unused;
    struct arena *memory = arena_new();
    struct arena *seeds = arena_new();
    gsl_rng *rng = rng_stream(20250301, 2, seeds);
    char text[LONGEST + 1];
    for (int i = 0; i < 600; i++) {
        const size_t n = regular_text(rng, 200, text);
        text[rng_below(rng, n)] = i % 2 ? '\0' : '\xff';
        check_text(text, n, memory);
    }
    arena_free(memory);
    arena_free(seeds);
}

static void lines_are_counted_in_any_pieces(void **unused)
{
    (void)unused;
    struct arena *seeds = arena_new();
    gsl_rng *rng = rng_stream(20250301, 3, seeds);
    char text[LONGEST + 1];
    for (int i = 0; i < 500; i++) {
        const size_t n = random_text(rng, LONGEST, text);
        uint64_t want = 0;
        for (size_t k = 0; k < n; k++)
            want += text[k] == '\n' || (text[k] == '\r' && text[k + 1] != '\n');
        assert_int_equal(scan_lines(text, n), want);
    }
    arena_free(seeds);
}

static void utf8_is_that_of_rfc_3629(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {{"abc", 3},          {"\xc3\xa9", 2},         {"a\xc0\xaf", 1},
                 {"\xed\xa0\x80", 0}, {"\xf4\x8f\xbf\xbf", 4}, {"\xf4\x90\x80\x80", 0},
                 {"ab\xe2\x82", 2},   {"\xe0\x9f\xbf", 0},     {"12345678\x80", 8}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(scan_utf8(cases[i].text, strlen(cases[i].text)), cases[i].valid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts), cmocka_unit_test(regular_texts),
        cmocka_unit_test(forbidden_bytes), cmocka_unit_test(lines_are_counted_in_any_pieces),
        cmocka_unit_test(utf8_is_that_of_rfc_3629)};
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
