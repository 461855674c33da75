/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/scan_case.h"

#include <string.h>

#include "io/scan/plain.h"

/* The longest text is longer than a few blocks of 64 bytes. */
enum { LONGEST = 400 };

struct fields {
    size_t n;
    struct {
        size_t start, end;
        bool last; /* of its record */
    } field[LONGEST + 1];
    enum scan_fault fault;
    size_t fault_at;
};

static void add(struct fields *f, size_t start, size_t end, bool last)
{
    f->field[f->n].start = start;
    f->field[f->n].end = end;
    f->field[f->n++].last = last;
}

/* Fields of a record that was broken off do not count. */
static void fault(struct fields *f, enum scan_fault fault, size_t at)
{
    while (f->n > 0 && !f->field[f->n - 1].last)
        f->n--;
    f->fault = fault;
    f->fault_at = at;
}

/* ---- the judge ---- */

static void judge(const char *text, size_t n, char delimiter, struct fields *f)
{
    const size_t valid = scan_utf8(text, n);
    enum { START, PLAIN, INSIDE, CLOSED } state = START;
    size_t start = 0, opened = 0;
    bool in_record = false;
    f->n = 0;
    f->fault = SCAN_WELL;
    f->fault_at = 0;
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

/* ---- the scanner ---- */

static bool no_index(struct scan *s, size_t from, size_t to)
{
    (void)from;
    (void)to;
    s->quoted = true;
    s->unix_lines = false;
    return false;
}

static bool no_cut(char delimiter, const char *bytes, size_t n, size_t *cut)
{
    *cut = scan_plain_cut(delimiter, bytes, n);
    return false;
}

static uint64_t lines_one_by_one(const char *bytes, size_t n)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == n || bytes[i + 1] != '\n'));
    return lines;
}

static bool utf8_one_by_one(const char *bytes, size_t n)
{
    return scan_utf8(bytes, n) == n;
}

static bool always(void)
{
    return true;
}

const struct scan_kernel scan_case_plain = {"the state machine", always,         no_index, no_cut,
                                            lines_one_by_one,    utf8_one_by_one};

/* Takes what the scanner says of a chunk that starts at `base`; false where what it
   says of lines or of the end before the first is wrong. */
static bool take(struct scan *s, const char *chunk, size_t n, size_t base, struct fields *f)
{
    size_t records = 0;
    bool well = true;
    scan_start(s, chunk, n);
    while (scan_window(s)) {
        size_t start = s->start, k = 0;
        well = well && s->end[-1] + 1 == (uint32_t)start;
        records += s->n_records;
        for (size_t r = 0; r < s->n_records; r++)
            for (; k < s->record[r]; k++) {
                add(f, base + start, base + s->end[k], k + 1 == s->record[r]);
                start = (size_t)s->end[k] + 1;
            }
    }
    f->fault = s->fault;
    f->fault_at = s->fault == SCAN_WELL ? 0 : base + s->fault_at;
    return well && (!s->unix_lines || s->fault != SCAN_WELL ||
                    records - (chunk[n - 1] != '\n') == lines_one_by_one(chunk, n));
}

/* How a text is cut. */
struct cut {
    size_t chunk, window;
};

/* The text in chunks, each cut behind its last record. */
static bool scan_in_chunks(const struct scan_kernel *kernel, const char *text, size_t n,
                           char delimiter, struct cut cut, struct fields *f, struct arena *memory)
{
    struct scan s = scan_new(delimiter, true, cut.window, memory);
    bool well = true;
    s.kernel = kernel;
    f->n = 0;
    f->fault = SCAN_WELL;
    f->fault_at = 0;
    for (size_t from = 0, want = cut.chunk; from < n && f->fault == SCAN_WELL;) {
        const bool rest = want >= n - from;
        const size_t have = rest ? n - from : want;
        const size_t at = rest ? have : scan_cut_by(kernel, delimiter, text + from, have);
        if (at == 0) {
            want += cut.chunk;
            continue;
        }
        well = take(&s, text + from, at, from, f) && well;
        from += at;
        want = cut.chunk;
    }
    return well;
}

static bool same(const struct fields *a, const struct fields *b)
{
    if (a->fault != b->fault || a->fault_at != b->fault_at || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->field[i].start != b->field[i].start || a->field[i].end != b->field[i].end ||
            a->field[i].last != b->field[i].last)
            return false;
    return true;
}

/* One kernel and what is wrong with it. */
struct trial {
    const struct scan_kernel *kernel;
    struct arena *keep, *memory;
    const char *differs;
};

static void compare(struct trial *t, const char *text, size_t n, char delimiter, struct cut cut,
                    const struct fields *want)
{
    struct fields got;
    const bool well = scan_in_chunks(t->kernel, text, n, delimiter, cut, &got, t->memory);
    if (t->differs || (well && same(&got, want)))
        return;
    const char *shown = "";
    for (size_t i = 0; i < n; i++)
        shown = text[i] >= ' ' && text[i] <= '~'
                    ? arena_printf(t->keep, "%s%c", shown, text[i])
                    : arena_printf(t->keep, "%s<%02x>", shown, (unsigned char)text[i]);
    t->differs = arena_printf(
        t->keep,
        "%s, chunks of %zu, windows of %zu: %zu fields, fault %d at %zu%s; want %zu, "
        "%d at %zu in [%s]",
        t->kernel->name, cut.chunk, cut.window, got.n, (int)got.fault, got.fault_at,
        well ? "" : ", wrong lines or sentinel", want->n, (int)want->fault, want->fault_at, shown);
}

/* In windows and in chunks of 1 to 64 bytes and about the borders of blocks; in all
   pairs of the two where asked for. */
static void check(struct trial *t, const char *text, size_t n, char delimiter, bool every_pair)
{
    static const size_t borders[] = {127, 128, 129, 191, 192, 193, 500};
    struct fields want;
    judge(text, n, delimiter, &want);
    for (size_t size = 1; size <= 64; size++) {
        compare(t, text, n, delimiter, (struct cut){n + 1, size}, &want);
        compare(t, text, n, delimiter, (struct cut){size, 500}, &want);
        compare(t, text, n, delimiter, (struct cut){size, 65 - size}, &want);
        for (size_t window = 1; every_pair && window <= 64; window++)
            compare(t, text, n, delimiter, (struct cut){size, window}, &want);
    }
    for (size_t i = 0; i < sizeof borders / sizeof borders[0]; i++) {
        compare(t, text, n, delimiter, (struct cut){n + 1, borders[i]}, &want);
        compare(t, text, n, delimiter, (struct cut){borders[i], 65}, &want);
    }
    if (!t->differs && t->kernel->lines(text, n) != lines_one_by_one(text, n))
        t->differs = arena_printf(t->keep, "%s counts other lines", t->kernel->name);
    arena_reset(t->memory);
}

/* ---- the texts ---- */

/* A random number below n (SplitMix). */
static size_t below(uint64_t *state, size_t n)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return (size_t)((x ^ x >> 31) % n);
}

struct piece {
    const char *text;
    size_t n;
};

static size_t put(char *text, size_t n, struct piece piece)
{
    memcpy(text + n, piece.text, piece.n);
    return n + piece.n;
}

/* Pieces up to `kinds` of the list, so that many texts are regular and many not. */
static size_t random_text(uint64_t *random, char text[LONGEST])
{
#define P(bytes)                \
    {                           \
        bytes, sizeof bytes - 1 \
    }
    static const struct piece pieces[] = {
        P(","),          P("\n"),   P("\""),       P("\r\n"), P("\"\""),         P("a"),
        P("bcd"),        P(";"),    P("\xc3\xa9"), P("\r"),   P("\",\""),        P("\"\n\""),
        P("0123456789"), P(" "),    P("\"x\""),    P(",,"),   P("\xef\xbb\xbf"), P("\t"),
        P("\xe2\x82"),   P("\xff"), P("\0")};
#undef P
    const size_t kinds = 2 + below(random, sizeof pieces / sizeof pieces[0] - 1);
    const size_t longest = 12 + below(random, LONGEST - 12);
    size_t n = 0;
    while (n + 12 < longest)
        n = put(text, n, pieces[below(random, 3) ? below(random, kinds) : 5 + below(random, 2)]);
    return n;
}

/* Fields with quotes only where RFC 4180 has them: the masks alone must do.  Then
   maybe a forbidden byte, wherever it stands. */
static size_t regular_text(uint64_t *random, char text[LONGEST])
{
    static const char *const fields[] = {"",     "a",   "\"b,c\"",  "\"d\"\"e\"", "\"f\ng\"",
                                         "\"\"", "hij", "\"\"\"\"", "\"\r\n\"",   "long enough"};
    static const char *const ends[] = {",", ",", ",", ",", "\r\n", "\n", "\r"};
    const size_t longest = 20 + below(random, LONGEST - 20);
    const size_t kinds = 1 + below(random, sizeof ends / sizeof ends[0]);
    size_t n = 0;
    while (n + 20 < longest) {
        const char *const field = fields[below(random, sizeof fields / sizeof fields[0])];
        const char *const end = ends[sizeof ends / sizeof ends[0] - 1 - below(random, kinds)];
        n = put(text, n, (struct piece){field, strlen(field)});
        n = put(text, n, (struct piece){end, strlen(end)});
    }
    if (n > 0 && below(random, 4) == 0)
        text[below(random, n)] = below(random, 2) ? '\0' : '\xff';
    return n;
}

/* Every text of five bytes that matter, across the border of a block. */
static void every_short_text(struct trial *t)
{
    static const char alphabet[] = {'"', ',', '\n', '\r', 'a'};
    enum { LETTERS = sizeof alphabet, N = 5, BEFORE = 62, BEHIND = 3 };
    struct fields want;
    char text[BEFORE + N + BEHIND];
    memset(text, 'x', sizeof text);
    text[0] = '\n';
    for (unsigned number = 0; number < LETTERS * LETTERS * LETTERS * LETTERS * LETTERS; number++) {
        unsigned rest = number;
        for (int i = 0; i < N; i++, rest /= LETTERS)
            text[BEFORE + i] = alphabet[rest % LETTERS];
        for (int field = 0; field < 2; field++) {
            text[BEFORE - 1] = field ? ',' : 'x';
            for (size_t from = 0; from <= BEFORE; from += BEFORE) {
                const size_t n = sizeof text - from - (number % 2 ? BEHIND : 0);
                judge(text + from, n, ',', &want);
                compare(t, text + from, n, ',', (struct cut){n + 1, 4096}, &want);
                compare(t, text + from, n, ',', (struct cut){3, 64}, &want);
            }
        }
        if (number % 64 == 0)
            arena_reset(t->memory);
    }
}

/* Every lead with every second byte and with third and fourth bytes that are or are no
   continuations, at each place of two registers. */
static void every_character(struct trial *t)
{
    static const char more[] = {'\x80', '\xc3', 'x'};
    char text[80];
    for (unsigned number = 0; number < 128 * 256 && !t->differs; number++) {
        const size_t at = number % 67;
        memset(text, 'x', sizeof text);
        text[at] = (char)(0x80 + number / 256);
        text[at + 1] = (char)(number % 256);
        for (unsigned k = 0; k < sizeof more * sizeof more; k++) {
            text[at + 2] = more[k / sizeof more];
            text[at + 3] = more[k % sizeof more];
            for (size_t n = at + 1; n <= at + 5; n++)
                if (t->kernel->utf8(text, n) != utf8_one_by_one(text, n))
                    t->differs = arena_printf(t->keep, "%s: UTF-8 of %x %x %x %x in %zu at %zu",
                                              t->kernel->name, 0x80 + number / 256, number % 256,
                                              (unsigned char)text[at + 2],
                                              (unsigned char)text[at + 3], n, at);
        }
    }
}

const char *scan_case_differs(const struct scan_kernel *kernel, size_t n_texts, bool every_pair,
                              struct arena *keep)
{
    struct trial t = {.kernel = kernel, .keep = keep, .memory = arena_new()};
    uint64_t random = 20250301;
    char text[LONGEST];
    every_short_text(&t);
    every_character(&t);
    for (size_t i = 0; i < n_texts; i++) {
        check(&t, text, random_text(&random, text), below(&random, 8) ? ',' : ';', every_pair);
        check(&t, text, regular_text(&random, text), ',', every_pair);
    }
    arena_free(t.memory);
    return t.differs;
}
