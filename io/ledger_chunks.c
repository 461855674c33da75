/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger_chunks.h"

#include <string.h>
#include <strings.h>

#include "io/ledger_cell.h"
#include "io/scan.h"

enum { PIECE = 64 << 10 };

/* Room for `need` bytes in a buffer of which `used` hold something. */
static void grow(struct arena *memory, char **buffer, size_t used, size_t *room, size_t need)
{
    if (need <= *room)
        return;
    const size_t wanted = 2 * *room > need ? 2 * *room : need;
    char *larger = ARENA_NEW(memory, char, wanted);
    if (used > 0)
        memcpy(larger, *buffer, used);
    *buffer = larger;
    *room = wanted;
}

static void hash_bytes(void *context, const void *bytes, size_t n)
{
    sha256_add(context, bytes, n);
}

/* More of the text: none at the end of the file. */
static bool next_piece(struct chunks *c, struct err *err)
{
    size_t got;
    if (c->decoder)
        return decoder_next(c->decoder, 0, &c->piece, &c->piece_end, err);
    if (!stream_read(c->stream, c->bytes, PIECE, &got, err))
        return false;
    c->piece = c->bytes;
    c->piece_end = c->bytes + got;
    return true;
}

/* From here on nothing stands between the file and the chunks. */
static bool is_direct(struct chunks *c)
{
    if (!c->direct && stream_is_direct(c->stream) && (c->page || decoder_is_done(c->decoder))) {
        stream_tap(c->stream, NULL, NULL);
        c->direct = true;
    }
    return c->direct;
}

static bool fill_direct(struct chunks *c, struct chunk *chunk, size_t want, struct err *err)
{
    size_t got;
    grow(chunk->memory, &chunk->bytes, chunk->n, &chunk->room, want);
    if (!stream_read(c->stream, chunk->bytes + chunk->n, want - chunk->n, &got, err))
        return false;
    if (chunk->n_fresh == 0)
        chunk->fresh = chunk->n;
    chunk->n_fresh += got;
    chunk->n += got;
    c->at_end = got == 0;
    return true;
}

/* Appends text until the chunk has `want` bytes; fewer only at the end of the file. */
static bool fill(struct chunks *c, struct chunk *chunk, size_t want, struct err *err)
{
    while (chunk->n < want && !c->at_end) {
        if (c->piece == c->piece_end && is_direct(c)) {
            if (!fill_direct(c, chunk, want, err))
                return false;
            continue;
        }
        if (c->piece == c->piece_end && !next_piece(c, err))
            return false;
        const size_t ready = (size_t)(c->piece_end - c->piece);
        const size_t take = ready < want - chunk->n ? ready : want - chunk->n;
        c->at_end = ready == 0;
        grow(chunk->memory, &chunk->bytes, chunk->n, &chunk->room, want);
        memcpy(chunk->bytes + chunk->n, c->piece, take);
        chunk->n += take;
        c->piece += take;
    }
    return true;
}

/* What lies behind the first n bytes of the chunk waits for the next one. */
static void keep_rest(struct chunks *c, struct chunk *chunk, size_t n)
{
    c->n_carry = chunk->n - n;
    grow(c->memory, &c->carry, 0, &c->carry_room, c->n_carry);
    if (c->n_carry > 0)
        memcpy(c->carry, chunk->bytes + n, c->n_carry);
    chunk->n = n;
}

/* Likewise, with the carry behind it. */
static void put_back(struct chunks *c, struct chunk *chunk, size_t from)
{
    grow(chunk->memory, &chunk->bytes, chunk->n, &chunk->room, chunk->n + c->n_carry);
    if (c->n_carry > 0)
        memcpy(chunk->bytes + chunk->n, c->carry, c->n_carry);
    chunk->n += c->n_carry;
    keep_rest(c, chunk, from);
}

static bool read_chunk(struct chunks *c, struct chunk *chunk, struct err *err)
{
    chunk->n = chunk->n_fresh = 0;
    grow(chunk->memory, &chunk->bytes, 0, &chunk->room, c->n_carry + 1);
    if (c->n_carry > 0)
        memcpy(chunk->bytes, c->carry, c->n_carry);
    chunk->n = c->n_carry;
    c->n_carry = 0;
    for (size_t want = c->size; !c->at_end; want = 2 * chunk->n) {
        if (!fill(c, chunk, want, err))
            return false;
        const size_t cut = c->at_end ? chunk->n : scan_cut(c->delimiter, chunk->bytes, chunk->n);
        if (cut > 0 || c->at_end) {
            keep_rest(c, chunk, cut);
            return true;
        }
        if (chunk->n >= CHUNKS_RECORD)
            return !(c->overlong = true);
    }
    return true;
}

static void new_number(struct chunks *c, struct chunk *chunk)
{
    if (c->n == c->lines_room) {
        uint64_t *lines = ARENA_NEW(c->memory, uint64_t, 2 * c->lines_room + 64);
        if (c->n > 0)
            memcpy(lines, c->lines, c->n * sizeof *lines);
        c->lines = lines;
        c->lines_room = 2 * c->lines_room + 64;
    }
    c->lines[c->n] = 0;
    chunk->number = c->n++;
}

static void hash_fresh(struct chunks *c, const struct chunk *chunk)
{
    if (chunk->n_fresh > 0)
        sha256_add(&c->sha, chunk->bytes + chunk->fresh, chunk->n_fresh);
}

/* Chunks are hashed in their order, one while the next is read. */
static void hash_in_turn(struct chunks *c, const struct chunk *chunk)
{
    pthread_mutex_lock(&c->hash_lock);
    while (c->n_hashed != chunk->number)
        pthread_cond_wait(&c->next_turn, &c->hash_lock);
    hash_fresh(c, chunk);
    c->n_hashed++;
    pthread_cond_broadcast(&c->next_turn);
    pthread_mutex_unlock(&c->hash_lock);
}

bool chunks_next(struct chunks *c, struct chunk *chunk)
{
    pthread_mutex_lock(&c->lock);
    bool more =
        !c->stop && c->err.code == ERR_NONE && !c->overlong && (!c->at_end || c->n_carry > 0);
    more = more && read_chunk(c, chunk, &c->err) && chunk->n > 0;
    if (more)
        new_number(c, chunk);
    pthread_mutex_unlock(&c->lock);
    if (more)
        hash_in_turn(c, chunk);
    return more;
}

static bool is_utf8(const char *encoding)
{
    return !encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

/* Text in a code page is cut into fields as it stands; other encodings, and what a
   byte order mark declares, are converted as the file is read. */
static bool open_text(struct chunks *c, const char *path, const char *encoding, struct arena *keep,
                      struct err *err)
{
    c->stream = stream_open(path, err);
    if (!c->stream)
        return false;
    sha256_start(&c->sha);
    stream_tap(c->stream, hash_bytes, &c->sha);
    if (!is_utf8(encoding))
        c->page = code_page_find(encoding, keep);
    if (c->page)
        c->bytes = ARENA_NEW(keep, char, PIECE);
    else
        c->decoder = decoder_new(c->stream, is_utf8(encoding) ? NULL : encoding,
                                 c->size < PIECE ? c->size : PIECE, keep, err);
    return c->page || c->decoder;
}

/* Text in a code page has no byte order mark; one that stands there tells that
   another encoding was meant. */
static bool check_mark(const struct chunks *c, const struct chunk *chunk, const char *encoding,
                       struct err *err)
{
    static const char *const marks[] = {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"};
    for (size_t i = 0; c->page && i < sizeof marks / sizeof marks[0]; i++)
        if (chunk->n >= strlen(marks[i]) && memcmp(chunk->bytes, marks[i], strlen(marks[i])) == 0)
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
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = c->file,
                                    .line = c->header_lines + scan_lines(s->bytes, at) + 1,
                                    .what = scan_fault_what(s->fault),
                                    .mend = scan_fault_mend(s->fault)});
}

/* The names are in the chunk's first record that is no empty line.  What follows
   it goes back in front of the carry. */
static bool take_header(struct chunks *c, struct chunk *chunk, size_t *n_columns,
                        const char *const **columns, bool *found, struct arena *keep,
                        struct err *err)
{
    struct scan s = scan_new(c->delimiter, !c->page, 64, keep);
    struct record record;
    scan_start(&s, chunk->bytes, chunk->n);
    *found = false;
    while (!*found && scan_window(&s))
        for (size_t r = 0; r < s.n_records && !*found; r++) {
            record = record_at(&s, r);
            *found = !record_is_empty(&s, &record);
        }
    if (!*found && s.fault != SCAN_WELL)
        return header_problem(c, &s, err);
    const size_t end = *found ? s.end[record.first + record.n - 1] : chunk->n;
    const size_t after = end + (size_t)(end < chunk->n) +
                         (size_t)(end + 1 < chunk->n && memcmp(chunk->bytes + end, "\r\n", 2) == 0);
    if (*found && !header_names(&s, &record, c->page, columns, keep))
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = c->file,
                                        .line = c->header_lines + 1,
                                        .what = "a column's name is not in the file's encoding",
                                        .mend = "declare the encoding"});
    *n_columns = *found ? record.n : 0;
    c->header_lines += scan_lines(chunk->bytes, after);
    put_back(c, chunk, after);
    return true;
}

bool chunks_open(struct chunks *c, const char *path, char delimiter, const char *encoding,
                 size_t size, size_t *n_columns, const char *const **columns, struct arena *keep,
                 struct err *err)
{
    struct chunk chunk = {.memory = arena_new()};
    bool found = false, well;
    *c = (struct chunks){.delimiter = delimiter, .size = size, .memory = arena_new()};
    c->file = strcmp(path, "-") == 0 ? "(standard input)" : path;
    pthread_mutex_init(&c->lock, NULL);
    pthread_mutex_init(&c->hash_lock, NULL);
    pthread_cond_init(&c->next_turn, NULL);
    well = open_text(c, path, encoding, keep, err);
    while (well && !found && (!c->at_end || c->n_carry > 0)) {
        well = read_chunk(c, &chunk, err);
        hash_fresh(c, &chunk);
        well = well && (c->header_lines > 0 || check_mark(c, &chunk, encoding, err)) &&
               take_header(c, &chunk, n_columns, columns, &found, keep, err);
    }
    arena_free(chunk.memory);
    if (well && !found)
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = c->file,
                                        .what = "is empty: it has no line with column names"});
    return well || (chunks_well(c, err), false);
}

void chunks_finish(struct chunks *c, const struct chunk *chunk, uint64_t lines)
{
    pthread_mutex_lock(&c->lock);
    c->lines[chunk->number] = lines;
    pthread_mutex_unlock(&c->lock);
}

void chunks_stop(struct chunks *c)
{
    pthread_mutex_lock(&c->lock);
    c->stop = true;
    pthread_mutex_unlock(&c->lock);
}

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
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = c->file,
                                        .line = chunks_line(c, c->n, 0),
                                        .what = "a record longer than 64 MiB starts here",
                                        .mend = "close the quote that is open in it"});
    if (c->err.code != ERR_NONE && err->code == ERR_NONE)
        *err = c->err;
    return c->err.code == ERR_NONE;
}

double chunks_share(struct chunks *c)
{
    pthread_mutex_lock(&c->lock);
    const double size = (double)stream_size(c->stream);
    const double share = size > 0 ? (double)stream_position(c->stream) / size : 0;
    pthread_mutex_unlock(&c->lock);
    return share < 1 ? share : 1;
}

void chunks_hash(struct chunks *c, uint8_t hash[32])
{
    sha256_end(&c->sha, hash);
}

void chunks_close(struct chunks *c)
{
    decoder_free(c->decoder);
    stream_close(c->stream);
    arena_free(c->memory);
    pthread_mutex_destroy(&c->lock);
    pthread_mutex_destroy(&c->hash_lock);
    pthread_cond_destroy(&c->next_turn);
}
