/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/strings.h"

#include <assert.h>
#include <string.h>

#include "io/xlsx/xml.h"

enum { TABLE = 1, STRING, STRING_TEXT, RUN, RUN_TEXT };

static const struct xml_place places[] = {
    {STRING, "t", STRING_TEXT, true}, {TABLE, "si", STRING, false},   {STRING, "r", RUN, false},
    {RUN, "t", RUN_TEXT, true},       {XML_TOP, "sst", TABLE, false}, {0, NULL, 0, false}};

/* Texts lie behind each other in blocks, each text whole in one of them, with a mark behind the
   last that has a next block.  Where every fourth begins is counted through all blocks, so that
   four bytes say it; the others follow it. */
enum { BLOCK_BITS = 20, BLOCK = 1 << BLOCK_BITS, MOST_BLOCKS = 4096 };
enum { STRIDE = 4, STARTS = 1 << 14 };
static const char NEXT_BLOCK = '\xff'; /* begins no text in UTF-8 */

struct strings {
    struct package *package;
    const char *part;
    uint64_t most;
    struct arena *keep;
    size_t n;
    uint32_t **start; /* [most / STRIDE / STARTS + 1][STARTS] */
    char *block[MOST_BLOCKS];
    size_t n_blocks, used; /* of the last block */
    char *text;            /* [room] of the string at hand */
    size_t length, room;
    struct arena *scratch;
};

static bool too_many(const struct strings *s, struct err *err)
{
    return package_wrong(s->package, s->part, NULL, "holds more texts than are read",
                         "save the data in several workbooks, or as CSV", err);
}

static void append(struct strings *s, const char *text, size_t n)
{
    if (s->length + n >= s->room) {
        char *more = ARENA_NEW(s->scratch, char, s->room = 2 * (s->length + n) + 256);
        if (s->length)
            memcpy(more, s->text, s->length);
        s->text = more;
    }
    memcpy(s->text + s->length, text, n);
    s->length += n;
}

/* Room for n bytes and a mark in one block; NULL where there are too many. */
static char *make_room(struct strings *s, size_t n)
{
    if (s->n_blocks == 0 || BLOCK - s->used <= n) {
        if (s->n_blocks == MOST_BLOCKS)
            return NULL;
        if (s->n_blocks > 0)
            s->block[s->n_blocks - 1][s->used] = NEXT_BLOCK;
        s->block[s->n_blocks++] = arena_alloc(s->keep, BLOCK, 1);
        s->used = 0;
    }
    return s->block[s->n_blocks - 1] + s->used;
}

static bool take_string(struct strings *s, struct err *err)
{
    append(s, "", 1);
    const size_t n = xml_unescape(s->text, s->length - 1) + 1;
    if (n >= BLOCK)
        return package_wrong(s->package, s->part, NULL, "holds a text of more than a million bytes",
                             "shorten it", err);
    char *room = make_room(s, n);
    if (!room || s->n == s->most)
        return too_many(s, err);
    memcpy(room, s->text, n);
    if (s->n % (STRIDE * STARTS) == 0)
        s->start[s->n / STRIDE / STARTS] = ARENA_NEW(s->keep, uint32_t, STARTS);
    if (s->n % STRIDE == 0)
        s->start[s->n / STRIDE / STARTS][s->n / STRIDE % STARTS] =
            (uint32_t)((s->n_blocks - 1) << BLOCK_BITS | s->used);
    s->used += n;
    s->n++;
    return true;
}

static bool on_end(void *context, int place, const char *text, size_t length, struct err *err)
{
    struct strings *s = context;
    if (place == STRING_TEXT || place == RUN_TEXT) {
        if (s->length + length > BLOCK)
            return package_wrong(s->package, s->part, NULL,
                                 "holds a text of more than a million bytes", "shorten it", err);
        append(s, text, length);
    }
    if (place != STRING)
        return true;
    bool taken = take_string(s, err);
    s->length = 0;
    return taken;
}

struct strings *strings_read(struct package *p, const char *part, const struct xlsx_limits *limits,
                             struct arena *keep, struct err *err)
{
    static const struct xml_reader reader = {
        .what = "shared strings", .places = places, .namespaces = xml_spreadsheet, .end = on_end};
    struct strings *s = ARENA_NEW(keep, struct strings, 1);
    struct arena *scratch = arena_new();
    s->package = p;
    s->part = part;
    s->most = limits->strings;
    s->keep = keep;
    s->start = ARENA_NEW(keep, uint32_t *, s->most / STRIDE / STARTS + 1);
    s->scratch = scratch;
    bool done = xml_read(p, part, limits->strings_bytes, &reader, s, scratch, err);
    arena_free(scratch);
    s->text = NULL;
    s->scratch = NULL;
    return done ? s : NULL;
}

size_t strings_n(const struct strings *s)
{
    return s->n;
}

const char *strings_at(const struct strings *s, size_t i, uint32_t *length)
{
    assert(i < s->n);
    const uint32_t start = s->start[i / STRIDE / STARTS][i / STRIDE % STARTS];
    size_t block = start >> BLOCK_BITS;
    const char *text = s->block[block] + (start & (BLOCK - 1));
    for (size_t k = i % STRIDE; k > 0; k--) {
        text += strlen(text) + 1;
        if (*text == NEXT_BLOCK)
            text = s->block[++block];
    }
    *length = (uint32_t)strlen(text);
    return text;
}
