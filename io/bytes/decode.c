/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/decode.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "io/bytes/stream_internal.h"

/* Room for two byte order marks, and for the longest piece of a character that
   the end of a chunk leaves behind. */
#define SLACK ((size_t)16)

#define LONGEST_MARK 4
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct decoder {
    struct stream *stream;
    const char *name, *encoding; /* encoding NULL: bytes pass as they are */
    iconv_t converter;
    size_t chunk;
    char *raw; /* [chunk + SLACK]: raw[at..end) not yet converted */
    size_t at, end;
    char *text; /* [text_size] converted */
    size_t text_size;
    bool at_end, flushed, past_marks;
};

/* UTF-32 before UTF-16, whose mark is the beginning of the other. */
static const struct {
    const char *encoding, *bytes;
    size_t n;
} marks[] = {
    {"UTF-8", BYTE_ORDER_MARK, 3}, {"UTF-32LE", "\xff\xfe\0\0", 4}, {"UTF-32BE", "\0\0\xfe\xff", 4},
    {"UTF-16LE", "\xff\xfe", 2},   {"UTF-16BE", "\xfe\xff", 2},
};

static bool fill(struct decoder *d, struct err *err)
{
    size_t got;
    memmove(d->raw, d->raw + d->at, d->end - d->at);
    d->end -= d->at;
    d->at = 0;
    if (!stream_read(d->stream, d->raw + d->end, d->chunk, &got, err))
        return false;
    d->at_end = got == 0;
    d->end += got;
    return true;
}

/* Passes the mark over; gives the encoding that it stands for, or NULL. */
static const char *take_mark(struct decoder *d)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (d->end - d->at >= marks[i].n &&
            memcmp(d->raw + d->at, marks[i].bytes, marks[i].n) == 0) {
            d->at += marks[i].n;
            return marks[i].encoding;
        }
    return NULL;
}

static bool is_utf8(const char *encoding)
{
    return strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

/* "UTF-16" is settled by the mark: UTF-16LE. */
static bool contradicts(const char *declared, const char *mark)
{
    if (is_utf8(declared))
        return !is_utf8(mark);
    return strncasecmp(declared, mark, strlen(declared)) != 0;
}

static bool settle_encoding(struct decoder *d, const char *declared, struct err *err)
{
    char what[96];
    const char *mark = take_mark(d);
    if (declared && mark && contradicts(declared, mark)) {
        snprintf(what, sizeof what, "is declared for a file that begins with the mark of %s", mark);
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = d->name,
                                        .column = "encoding",
                                        .value = declared,
                                        .what = what,
                                        .mend = "remove encoding: the mark tells it"});
    }
    d->encoding = mark ? mark : declared;
    if (d->encoding && is_utf8(d->encoding))
        d->encoding = NULL;
    return true;
}

static bool open_converter(struct decoder *d, struct arena *keep, struct err *err)
{
    bool plain_name = *d->encoding && !strchr(d->encoding, '/');
    if (plain_name)
        d->converter = iconv_open("UTF-8", d->encoding);
    if (!plain_name || d->converter == (iconv_t)-1) {
        const char *encoding = d->encoding;
        d->encoding = NULL;
        return err_at(err, ERR_STUDY,
                      &(struct problem){.file = d->name,
                                        .column = "encoding",
                                        .value = encoding,
                                        .what = "is not an encoding known here",
                                        .mend = "choose one of those that 'iconv -l' lists"});
    }
    d->text_size = 4 * d->chunk + SLACK;
    d->text = ARENA_NEW(keep, char, d->text_size);
    return true;
}

struct decoder *decoder_new(struct stream *stream, const char *encoding, size_t chunk,
                            struct arena *keep, struct err *err)
{
    assert(chunk > 0);
    struct decoder *d = ARENA_NEW(keep, struct decoder, 1);
    d->stream = stream;
    d->name = arena_strdup(keep, stream_name(stream));
    d->chunk = chunk;
    d->raw = ARENA_NEW(keep, char, chunk + SLACK);
    while (!d->at_end && d->end < 2 * LONGEST_MARK)
        if (!fill(d, err))
            return NULL;
    if (!settle_encoding(d, arena_strdup(keep, encoding), err))
        return NULL;
    if (d->encoding && !open_converter(d, keep, err))
        return NULL;
    return d;
}

static bool bad_character(const struct decoder *d, uint64_t line, struct err *err)
{
    char value[8], what[96];
    snprintf(value, sizeof value, "\\x%02x", (unsigned char)d->raw[d->at]);
    snprintf(what, sizeof what, "is no character of the encoding %s", d->encoding);
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = d->name,
                                    .line = line,
                                    .value = value,
                                    .what = what,
                                    .mend = "declare the encoding that the file is written in"});
}

/* What raw holds as text; `left` of it waits for more when a character is cut
   by the end of the chunk. */
static bool convert(struct decoder *d, uint64_t line, size_t *n, struct err *err)
{
    char *in = d->raw + d->at, *out = d->text;
    size_t in_left = d->end - d->at, out_left = d->text_size;
    d->flushed = d->at_end && in_left == 0;
    size_t status = iconv(d->converter, d->flushed ? NULL : &in, &in_left, &out, &out_left);
    const int error = status == (size_t)-1 ? errno : 0;
    *n = d->text_size - out_left;
    if (!d->flushed)
        d->at = (size_t)(in - d->raw);
    if (*n > 0 || error == 0 || error == E2BIG)
        return true;
    if (error == EINVAL && !d->at_end)
        return true;
    return bad_character(d, line, err);
}

/* Bytes of the file as they are. */
static bool pass(struct decoder *d, const char **at, const char **end, struct err *err)
{
    if (d->at == d->end && !d->at_end && !fill(d, err))
        return false;
    *at = d->raw + d->at;
    *end = d->raw + d->end;
    d->at = d->end;
    return true;
}

static bool next_text(struct decoder *d, uint64_t line, const char **at, const char **end,
                      struct err *err)
{
    size_t n = 0;
    if (!d->encoding)
        return pass(d, at, end, err);
    while (n == 0 && !d->flushed) {
        if (!convert(d, line, &n, err))
            return false;
        if (n == 0 && !d->at_end && !fill(d, err))
            return false;
    }
    *at = d->text;
    *end = d->text + n;
    return true;
}

/* A second mark, which careless joining of files leaves, is dropped as well.
   The first piece of text is never cut within one: a converter gives whole
   characters, and raw starts with the bytes of two. */
bool decoder_next(struct decoder *d, uint64_t line, const char **at, const char **end,
                  struct err *err)
{
    const size_t n = sizeof BYTE_ORDER_MARK - 1;
    const bool first = !d->past_marks;
    d->past_marks = true;
    if (!next_text(d, line, at, end, err))
        return false;
    if (!first || (size_t)(*end - *at) < n || memcmp(*at, BYTE_ORDER_MARK, n) != 0)
        return true;
    *at += n;
    return *at < *end || next_text(d, line, at, end, err);
}

bool decoder_is_done(const struct decoder *d)
{
    return !d->encoding && d->past_marks && d->at == d->end;
}

void decoder_free(struct decoder *d)
{
    if (d && d->encoding)
        iconv_close(d->converter);
}

/* ---- UTF-8 ---- */

/* Bytes of the character at p, of which n are there; 0 if it is none.  The
   bounds of the second byte are those of table 3-7 of the Unicode Standard. */
static size_t character_size(const unsigned char *p, size_t n)
{
    unsigned low = 0x80, high = 0xbf;
    size_t size = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] == 0xe0)
        low = 0xa0;
    else if (p[0] == 0xed)
        high = 0x9f;
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xf4)
        high = 0x8f;
    if (p[0] > 0xf4 || size > n)
        return 0;
    for (size_t i = 1; i < size; i++, low = 0x80, high = 0xbf)
        if (p[i] < low || p[i] > high)
            return 0;
    return size;
}

size_t utf8_bad(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t at = 0;
    while (at < length) {
        uint64_t eight;
        if (length - at >= sizeof eight) {
            memcpy(&eight, p + at, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                at += sizeof eight;
                continue;
            }
        }
        size_t size = character_size(p + at, length - at);
        if (size == 0)
            return at;
        at += size;
    }
    return length;
}

const char *shown_bytes(const char *text, size_t length, size_t bad, char buffer[64])
{
    size_t from = bad > 12 ? bad - 12 : 0, n = 0;
    while (from < bad && ((unsigned char)text[from] & 0xc0) == 0x80)
        from++;
    for (size_t i = from; i < length && n + 8 < 48;) {
        size_t size = character_size((const unsigned char *)text + i, length - i);
        if (size > 0)
            memcpy(buffer + n, text + i, size);
        else
            snprintf(buffer + n, 8, "\\x%02x", (unsigned char)text[i]);
        n += size > 0 ? size : 4;
        i += size > 0 ? size : 1;
    }
    buffer[n] = '\0';
    return buffer;
}
