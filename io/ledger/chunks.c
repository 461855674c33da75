/* SPDX-License-Identifier: GPL-3.0-or-later */
#define XXH_INLINE_ALL
#include "io/ledger/chunks.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <xxhash.h>

#include "io/labelled/labelled.h"
#include "io/ledger/cell.h"
#include "io/ledger/cut.h"
#include "io/scan/scan.h"
#include "io/xlsx/xlsx.h"

/* Room in front of a block for the record that begins in the one before. */
enum { FRONT = 32 << 10, PIECE = 64 << 10 };

void chunk_order_start(struct chunk_order *t)
{
    *t = (struct chunk_order){.next = 0};
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
}

bool chunk_order_go_on(struct chunk_order *t)
{
    pthread_mutex_lock(&t->lock);
    const bool on = !t->stop && !t->broken;
    pthread_mutex_unlock(&t->lock);
    return on;
}

void chunk_order_stop(struct chunk_order *t)
{
    pthread_mutex_lock(&t->lock);
    t->stop = true;
    pthread_mutex_unlock(&t->lock);
}

void chunk_order_end(struct chunk_order *t)
{
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->changed);
}

/* ---- blocks ---- */

static bool claim_plain(struct chunks *c, struct chunk *chunk)
{
    if (c->start + c->n * c->size >= c->end)
        return false;
    text_block_make(&chunk->block, FRONT, c->size);
    chunk->last = c->start + (c->n + 1) * c->size >= c->end;
    return true;
}

bool chunks_claim(struct chunks *c, struct chunk *chunk)
{
    bool more = !c->at_end;
    chunk->last = false;
    if (more && c->feeder) {
        more = feeder_take(c->feeder, &chunk->block, &chunk->last, &c->err);
        if (!more)
            chunk_order_stop(c->order);
    } else if (more) {
        more = claim_plain(c, chunk);
    }
    c->at_end = !more || chunk->last;
    chunk->number = c->n;
    c->n += more;
    return more;
}

static char *text_of(const struct chunk *chunk)
{
    return chunk->block.memory + chunk->block.front;
}

static bool read_failed(const struct chunks *c, ssize_t got, struct err *err)
{
    if (got == 0)
        return stream_unchanged(c->stream, &c->stamp, err) &&
               err_at(err, ERR_FILE,
                      &(struct problem){.file = c->file, .what = "ends before its size says"});
    return err_at(err, ERR_FILE,
                  &(struct problem){.file = c->file,
                                    .what = strerror(errno),
                                    .mend = "check the disk or the network share"});
}

static bool read_plain(const struct chunks *c, struct chunk *chunk, struct err *err)
{
    const uint64_t at = c->start + chunk->number * c->size;
    const size_t want = c->end - at < c->size ? (size_t)(c->end - at) : c->size;
    struct text_block *b = &chunk->block;
    for (b->n = 0; b->n < want;) {
        const ssize_t got = pread(c->fd, text_of(chunk) + b->n, want - b->n, (off_t)(at + b->n));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return read_failed(c, got, err);
        b->n += (size_t)got;
    }
    return true;
}

/* ---- cuts ---- */

static void carry_more(struct chunks *c, const char *bytes, size_t n)
{
    struct text_block *carry = &c->carry;
    if (carry->n + n > carry->room) {
        struct text_block larger = {.own = NULL};
        text_block_make(&larger, 0,
                        2 * carry->room > carry->n + n ? 2 * carry->room : carry->n + n);
        larger.n = carry->n;
        if (carry->n > 0)
            memcpy(larger.memory, carry->memory, carry->n);
        text_block_free(carry);
        *carry = larger;
    }
    if (n > 0)
        memcpy(carry->memory + carry->n, bytes, n);
    carry->n += n;
}

/* What has been carried comes to stand before the block's text. */
static void put_in_front(struct chunks *c, struct chunk *chunk, size_t cut)
{
    struct text_block *b = &chunk->block;
    if (c->carry.n > b->front) {
        struct text_block larger = {.own = NULL};
        text_block_make(&larger, c->carry.n, b->room);
        memcpy(larger.memory + c->carry.n, text_of(chunk), b->n);
        larger.n = b->n;
        text_block_free(b);
        *b = larger;
    }
    if (c->carry.n > 0)
        memcpy(text_of(chunk) - c->carry.n, c->carry.memory, c->carry.n);
    chunk->bytes = text_of(chunk) - c->carry.n;
    chunk->n = c->carry.n + cut;
    c->carry.n = 0;
}

/* Length of the record that was carried, with what the block has of it. */
static size_t first_record(const struct chunks *c, const struct chunk *chunk, enum scan_state state)
{
    size_t first;
    scan_plain_ends(c->delimiter, text_of(chunk), chunk->block.n, &state, &first);
    return c->carry.n + (first ? first : chunk->block.n);
}

/* False where a record is too long; only the first can be, the others end in the block. */
static bool cut(struct chunks *c, struct chunk *chunk, const struct block_cuts *seen)
{
    const enum scan_state before = c->state;
    const size_t n = chunk->block.n, longest = (size_t)c->limits->record;
    size_t at = n;
    if (!chunk->last)
        at = cuts_take(seen, c->delimiter, text_of(chunk), n, &c->state);
    if (at == SIZE_MAX) /* who reads the chunk will tell */
        at = n;
    if (c->carry.n + (at ? at : n) > longest && first_record(c, chunk, before) > longest) {
        c->overlong = true;
        c->overlong_at = chunk->number;
        return false;
    }
    chunk->bytes = text_of(chunk);
    chunk->n = 0;
    if (at > 0 || chunk->last)
        put_in_front(c, chunk, at);
    carry_more(c, text_of(chunk) + at, n - at);
    return true;
}

static void new_lines(struct chunks *c, uint64_t number)
{
    if (number >= c->lines_room) {
        const size_t room = 2 * c->lines_room + 64;
        uint64_t *lines = ARENA_NEW(c->memory, uint64_t, room);
        if (c->lines_room > 0)
            memcpy(lines, c->lines, c->lines_room * sizeof *lines);
        c->lines = lines;
        c->lines_room = room;
    }
    c->lines[number] = 0;
}

static XXH128_hash_t print_of(const struct chunks *c, const char *text, size_t n, uint64_t number)
{
    if (!c->fingerprint || n == 0)
        return (XXH128_hash_t){0, 0};
    return XXH3_128bits_withSeed(text, n, number);
}

static void add_print(struct chunks *c, XXH128_hash_t print)
{
    c->print[0] += print.low64;
    c->print[1] += print.high64;
}

/* Chunks are hashed in their order, one while the next is read. */
static void hash_in_turn(struct chunks *c, const struct chunk *chunk)
{
    pthread_mutex_lock(&c->hash_lock);
    while (c->n_hashed != chunk->number)
        pthread_cond_wait(&c->next_turn, &c->hash_lock);
    sha256_add(&c->sha, text_of(chunk), chunk->block.n);
    c->n_hashed++;
    pthread_cond_broadcast(&c->next_turn);
    pthread_mutex_unlock(&c->hash_lock);
}

/* What only the block before decides. */
static bool take_turn(struct chunks *c, struct chunk *chunk, const struct block_cuts *seen,
                      XXH128_hash_t print, const struct err *err)
{
    struct chunk_order *t = c->order;
    bool well = false;
    pthread_mutex_lock(&t->lock);
    while (t->next != c->first + chunk->number && !t->broken)
        pthread_cond_wait(&t->changed, &t->lock);
    if (!t->broken) {
        new_lines(c, chunk->number);
        add_print(c, print);
        if (err->code != ERR_NONE)
            c->err = *err;
        well = err->code == ERR_NONE && cut(c, chunk, seen);
        t->broken = !well;
        t->next++;
        pthread_cond_broadcast(&t->changed);
    }
    pthread_mutex_unlock(&t->lock);
    return well;
}

bool chunks_fetch(struct chunks *c, struct chunk *chunk)
{
    struct block_cuts seen = {.looked = 0};
    struct err err = {.code = ERR_NONE};
    XXH128_hash_t print = {0, 0};
    if (c->feeder || read_plain(c, chunk, &err)) {
        if (!chunk->last)
            seen = cuts_look(c->delimiter, text_of(chunk), chunk->block.n);
        print = print_of(c, text_of(chunk), chunk->block.n, chunk->number);
    }
    if (!take_turn(c, chunk, &seen, print, &err))
        return false;
    if (c->hash && !c->feeder)
        hash_in_turn(c, chunk);
    return true;
}

void chunks_finish(struct chunks *c, const struct chunk *chunk, uint64_t lines)
{
    pthread_mutex_lock(&c->order->lock);
    c->lines[chunk->number] = lines;
    pthread_mutex_unlock(&c->order->lock);
}

void chunks_stop(struct chunks *c)
{
    chunk_order_stop(c->order);
    stream_stop(c->stream);
}

/* ---- the header ---- */

static bool is_utf8(const char *encoding)
{
    return !encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

static void hash_bytes(void *context, const void *bytes, size_t n)
{
    sha256_add(context, bytes, n);
}

/* Text in a code page is cut into fields as it stands; other encodings, and what a
   byte order mark declares, are converted as the file is read. */
static bool open_text(struct chunks *c, const char *path, const char *encoding, struct arena *keep,
                      struct err *err)
{
    if (!c->stream)
        c->stream = stream_open(path, err);
    if (!c->stream)
        return false;
    c->stamp = stream_stamp(c->stream);
    sha256_start(&c->sha);
    if (c->hash)
        stream_tap(c->stream, hash_bytes, &c->sha);
    if (!is_utf8(encoding))
        c->page = code_page_find(encoding, keep);
    if (!c->page)
        c->decoder =
            decoder_new(c->stream, is_utf8(encoding) ? NULL : encoding, PIECE, c->memory, err);
    return c->page || c->decoder;
}

/* The beginning of the text. */
struct head {
    char *bytes;
    size_t n, room;
    size_t header;   /* bytes of the header, blank lines before it and its line end */
    size_t next_try; /* bytes to have before it is sought again */
    bool at_end, found;
};

static bool more_head(struct chunks *c, struct head *h, struct err *err)
{
    const char *at, *end;
    char piece[4096];
    size_t n;
    if (c->decoder) {
        if (!decoder_next(c->decoder, 0, &at, &end, err))
            return false;
        n = (size_t)(end - at);
    } else {
        at = piece;
        if (!stream_read(c->stream, piece, sizeof piece, &n, err))
            return false;
    }
    if (h->n + n > h->room) {
        h->room = 2 * (h->n + n);
        char *larger = ARENA_NEW(c->memory, char, h->room);
        if (h->n > 0)
            memcpy(larger, h->bytes, h->n);
        h->bytes = larger;
    }
    if (n > 0)
        memcpy(h->bytes + h->n, at, n);
    h->n += n;
    h->at_end = n == 0;
    return true;
}

/* Text in a code page has no byte order mark; one that stands there tells that
   another encoding was meant. */
static bool check_mark(const struct chunks *c, const struct head *h, const char *encoding,
                       struct err *err)
{
    static const char *const marks[] = {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"};
    for (size_t i = 0; c->page && i < sizeof marks / sizeof marks[0]; i++)
        if (h->n >= strlen(marks[i]) && memcmp(h->bytes, marks[i], strlen(marks[i])) == 0)
            return err_at(err, ERR_SYNTAX,
                          &(struct problem){.file = c->file,
                                            .column = "encoding",
                                            .value = encoding,
                                            .what = "is declared for a file that begins with a "
                                                    "byte order mark of Unicode",
                                            .mend = "remove encoding: the mark tells it"});
    return true;
}

static bool header_problem(const struct chunks *c, const struct scan *s, struct err *err)
{
    const size_t at = s->fault == SCAN_UNCLOSED ? s->fault_at : s->at;
    if (s->fault == SCAN_NUL && xlsx_begins(s->bytes, s->n))
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = c->file,
                                        .what = "is an Excel workbook, packed or from a pipe",
                                        .mend = "name the workbook itself"});
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = c->file,
                                    .line = scan_lines(s->bytes, at) + 1,
                                    .what = scan_fault_what(s->fault),
                                    .mend = scan_fault_mend(s->fault)});
}

static bool too_many_columns(const struct chunks *c, size_t n, uint64_t line, struct err *err)
{
    char what[96];
    snprintf(what, sizeof what, "has %zu columns, where %lld are allowed", n,
             (long long)c->limits->columns);
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = c->file,
                                    .line = line,
                                    .what = what,
                                    .mend = "check the delimiter, or allow more: --max-columns, "
                                            "limits: columns"});
}

/* The names are in the first record that is no empty line. */
static bool seek_header(struct chunks *c, struct head *h, size_t *n_columns,
                        const char *const **columns, struct arena *keep, struct err *err)
{
    struct scan s = scan_new(c->delimiter, !c->page, 64, c->memory);
    struct record record = {.n = 0};
    const size_t n = h->at_end ? h->n : scan_cut(c->delimiter, h->bytes, h->n);
    scan_start(&s, h->bytes, n);
    while (!h->found && scan_window(&s))
        for (size_t r = 0; r < s.n_records && !h->found; r++) {
            record = record_at(&s, r);
            h->found = !record_is_empty(&s, &record);
        }
    if (!h->found)
        return s.fault == SCAN_WELL || header_problem(c, &s, err);
    const size_t end = s.end[record.first + record.n - 1];
    const uint64_t line = scan_lines(h->bytes, record.start) + 1;
    h->header =
        end + (size_t)(end < n) + (size_t)(end + 1 < n && memcmp(h->bytes + end, "\r\n", 2) == 0);
    c->header_lines = scan_lines(h->bytes, h->header);
    *n_columns = record.n;
    if (record.n > (size_t)c->limits->columns)
        return too_many_columns(c, record.n, line, err);
    return header_names(&s, &record, c->page, columns, keep) ||
           err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = c->file,
                                    .line = line,
                                    .what = "a column's name is not in the file's encoding",
                                    .mend = "declare the encoding"});
}

static bool overlong(const struct chunks *c, uint64_t line, struct err *err)
{
    char what[96];
    snprintf(what, sizeof what, "a record longer than %.10g MiB starts here",
             (double)c->limits->record / (1 << 20));
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = c->file,
                                    .line = line,
                                    .what = what,
                                    .mend = "close the quote that is open in it, or allow more: "
                                            "--max-record, limits: record"});
}

/* A sought header costs a look at all that is there: each time at twice as much. */
static bool read_head(struct chunks *c, struct head *h, const char *encoding, size_t *n_columns,
                      const char *const **columns, struct arena *keep, struct err *err)
{
    const size_t longest = (size_t)c->limits->record;
    while (!h->found) {
        if (h->at_end)
            return err_at(err, ERR_SYNTAX,
                          &(struct problem){.file = c->file,
                                            .what = "is empty: it has no line with column names"});
        while (!h->at_end && h->n <= h->next_try)
            if (!more_head(c, h, err))
                return false;
        h->next_try = 2 * h->n < longest ? 2 * h->n : longest;
        if (!labelled_no_ledger(c->file, h->bytes, h->n, err) || !check_mark(c, h, encoding, err) ||
            !seek_header(c, h, n_columns, columns, keep, err))
            return false;
        if ((h->found ? h->header : h->n) > longest)
            return overlong(c, 1, err);
    }
    return true;
}

/* What is the same byte by byte in the file can be read from there by anyone. */
static bool is_plain(struct chunks *c, const struct head *h)
{
    uint64_t given;
    c->fd = stream_descriptor(c->stream, &given);
    if (c->fd < 0 || given > c->stamp.size || !(c->page || decoder_is_done(c->decoder)))
        return false;
    c->start = given - (h->n - h->header);
    c->end = c->stamp.size;
    return true;
}

/* The bytes before the first block. */
static bool hash_start(struct chunks *c, struct err *err)
{
    struct chunk start = {.number = 0};
    stream_tap(c->stream, NULL, NULL);
    sha256_start(&c->sha);
    const struct chunks all = {.file = c->file,
                               .stream = c->stream,
                               .stamp = c->stamp,
                               .fd = c->fd,
                               .size = c->start,
                               .end = c->start};
    text_block_make(&start.block, 0, (size_t)c->start + 1);
    const bool well = read_plain(&all, &start, err);
    if (well)
        sha256_add(&c->sha, start.block.memory, start.block.n);
    chunk_free(&start);
    return well;
}

bool chunks_open(struct chunks *c, const char *path, const struct chunks_how *how,
                 size_t *n_columns, const char *const **columns, struct arena *keep,
                 struct err *err)
{
    struct head head = {.n = 0};
    *c = (struct chunks){.delimiter = how->delimiter,
                         .size = how->size,
                         .stream = how->text,
                         .limits = how->limits,
                         .order = how->order,
                         .first = how->first,
                         .hash = how->hash,
                         .fingerprint = how->fingerprint,
                         .fd = -1,
                         .memory = arena_new()};
    c->file = strcmp(path, "-") == 0 ? "(standard input)" : path;
    pthread_mutex_init(&c->hash_lock, NULL);
    pthread_cond_init(&c->next_turn, NULL);
    if (!open_text(c, path, how->encoding, keep, err) ||
        !read_head(c, &head, how->encoding, n_columns, columns, keep, err))
        return false;
    add_print(c, print_of(c, head.bytes, head.header, UINT64_MAX));
    if (is_plain(c, &head))
        return !c->hash || hash_start(c, err);
    c->feeder = feeder_new(c->stream, c->decoder, head.bytes + head.header, head.n - head.header,
                           FRONT, c->size);
    return true;
}

/* ---- afterwards ---- */

uint64_t chunks_line(const struct chunks *c, uint64_t number, uint64_t line)
{
    uint64_t before = c->header_lines;
    for (uint64_t i = 0; i < number; i++)
        before += c->lines[i];
    return before + line + 1;
}

bool chunks_well(const struct chunks *c, struct err *err)
{
    if (c->overlong)
        return overlong(c, chunks_line(c, c->overlong_at, 0), err);
    if (c->err.code != ERR_NONE && err->code == ERR_NONE)
        *err = c->err;
    return c->err.code == ERR_NONE;
}

bool chunks_whole(const struct chunks *c)
{
    return c->at_end && !c->overlong && c->err.code == ERR_NONE;
}

uint64_t chunks_position(const struct chunks *c)
{
    if (c->feeder)
        return feeder_position(c->feeder);
    const uint64_t at = c->start + c->n * c->size;
    return at < c->end ? at : c->end;
}

void chunks_hash(struct chunks *c, uint8_t hash[32])
{
    if (c->hash)
        sha256_end(&c->sha, hash);
}

void chunks_fingerprint(const struct chunks *c, uint8_t print[16])
{
    memcpy(print, c->print, 16);
}

void chunk_free(struct chunk *chunk)
{
    text_block_free(&chunk->block);
}

void chunks_close(struct chunks *c)
{
    feeder_free(c->feeder);
    decoder_free(c->decoder);
    stream_close(c->stream);
    text_block_free(&c->carry);
    if (!c->memory)
        return;
    arena_free(c->memory);
    pthread_mutex_destroy(&c->hash_lock);
    pthread_cond_destroy(&c->next_turn);
}
