/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/xml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <expat.h>

enum { PIECE = 1 << 16, DEEPEST = 64, LONGEST_TAG = 1 << 20, LONGEST_TEXT = 1 << 20 };
enum { SKIPPED = -1 };
static const char SEPARATOR = '\n'; /* between namespace and name: no URI holds one */

const char *const xml_spreadsheet[] = {"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                       "http://purl.oclc.org/ooxml/spreadsheetml/main", NULL};
const char *const xml_relationships[] = {
    "http://schemas.openxmlformats.org/package/2006/relationships", NULL};

struct xml {
    XML_Parser parser;
    struct part *part;
    const struct xml_reader *reader;
    size_t uri_length[2]; /* of the reader's namespaces */
    void *context;
    struct arena *own;
    struct err *err;   /* while it runs */
    uint64_t fed;      /* bytes of the part */
    uint64_t seen;     /* of them, those before what the parser told last */
    bool paused, over; /* over: no more bytes will come */
    int depth;
    int place[DEEPEST + 1]; /* of the elements that are open */
    bool wanted;            /* their text */
    char *text;             /* [room] */
    size_t length, room;
};

static bool wrong(const struct xml *x, const char *what, struct err *err)
{
    return package_wrong(part_package(x->part), part_name(x->part), NULL, what,
                         "save it again in Excel or LibreOffice", err);
}

static void stop(struct xml *x)
{
    XML_StopParser(x->parser, XML_FALSE);
}

/* The name within one of the reader's namespaces, else NULL. */
static const char *local_name(const struct xml *x, const char *name)
{
    for (size_t i = 0; i < 2 && x->uri_length[i]; i++) {
        const size_t n = x->uri_length[i];
        if (strncmp(name, x->reader->namespaces[i], n) == 0 && name[n] == SEPARATOR)
            return name + n + 1;
    }
    return NULL;
}

static const struct xml_place skipped = {.place = SKIPPED};

static const struct xml_place *place_of(const struct xml *x, const char *name)
{
    const int inside = x->place[x->depth];
    const char *local = inside == SKIPPED ? NULL : local_name(x, name);
    for (const struct xml_place *p = x->reader->places; local && p->name; p++)
        if (p->inside == inside && strcmp(p->name, local) == 0)
            return p;
    return &skipped;
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct xml *x = data;
    const struct xml_place *p = place_of(x, name);
    char what[96];
    if (x->depth == DEEPEST) {
        wrong(x, "is nested deeper than any workbook is", x->err);
        stop(x);
        return;
    }
    if (x->depth == 0 && p == &skipped) {
        snprintf(what, sizeof what, "does not hold %s", x->reader->what);
        wrong(x, what, x->err);
        stop(x);
        return;
    }
    if (x->wanted) {
        wrong(x, "holds an element inside a text", x->err);
        stop(x);
        return;
    }
    x->place[++x->depth] = p->place;
    x->wanted = p->text;
    x->length = 0;
    if (p != &skipped && x->reader->start &&
        !x->reader->start(x->context, p->place, attributes, x->err))
        stop(x);
}

static void on_end(void *data, const char *name)
{
    struct xml *x = data;
    const int place = x->place[x->depth--];
    const bool wanted = x->wanted;
    (void)name;
    x->wanted = false;
    if (place == SKIPPED || !x->reader->end)
        return;
    if (wanted)
        x->text[x->length] = '\0';
    if (!x->reader->end(x->context, place, wanted ? x->text : "", wanted ? x->length : 0, x->err))
        stop(x);
}

static void on_text(void *data, const char *text, int n)
{
    struct xml *x = data;
    if (!x->wanted)
        return;
    if (x->length + (size_t)n > LONGEST_TEXT) {
        wrong(x, "holds a text of more than a million bytes", x->err);
        stop(x);
        return;
    }
    if (x->length + (size_t)n >= x->room) {
        size_t room = 2 * (x->length + (size_t)n) + 256;
        char *more = ARENA_NEW(x->own, char, room);
        memcpy(more, x->text, x->length);
        x->text = more;
        x->room = room;
    }
    memcpy(x->text + x->length, text, (size_t)n);
    x->length += (size_t)n;
}

/* A document type can define entities that grow without measure, or name other files. */
static void on_doctype(void *data, const char *name, const char *system_id, const char *public_id,
                       int internal)
{
    struct xml *x = data;
    (void)name, (void)system_id, (void)public_id, (void)internal;
    wrong(x, "holds a document type (DTD), which no workbook has", x->err);
    stop(x);
}

struct xml *xml_open(struct part *part, const struct xml_reader *reader, void *context,
                     struct arena *own, struct err *err)
{
    struct xml *x = ARENA_NEW(own, struct xml, 1);
    *x = (struct xml){.part = part, .reader = reader, .context = context, .own = own, .room = 256};
    x->text = ARENA_NEW(own, char, x->room);
    for (size_t i = 0; i < 2 && reader->namespaces[i]; i++)
        x->uri_length[i] = strlen(reader->namespaces[i]);
    x->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!x->parser) {
        err_set(err, ERR_FILE, "%s: not enough memory", package_name(part_package(part)));
        return NULL;
    }
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    return x;
}

/* Where the parser is.  It may keep back what it has been fed until a tag has ended, and then
   tells no place: so the last one is remembered. */
static void note_place(struct xml *x)
{
    const XML_Index at = XML_GetCurrentByteIndex(x->parser);
    if (at > 0)
        x->seen = (uint64_t)at;
}

/* The next piece; what expat keeps back is a tag that has not ended. */
static enum XML_Status feed(struct xml *x, struct err *err)
{
    size_t got;
    void *buffer = XML_GetBuffer(x->parser, PIECE);
    if (!buffer)
        return XML_STATUS_ERROR;
    if (!part_read(x->part, buffer, PIECE, &got, err))
        return XML_STATUS_ERROR;
    if (x->fed - x->seen > LONGEST_TAG) {
        wrong(x, "holds a tag of more than a million bytes", err);
        return XML_STATUS_ERROR;
    }
    x->fed += got;
    x->over = got == 0;
    return XML_ParseBuffer(x->parser, (int)got, x->over);
}

static bool refuse(const struct xml *x, struct err *err)
{
    char what[160];
    if (err->code != ERR_NONE)
        return false;
    const enum XML_Error error = XML_GetErrorCode(x->parser);
    if (error == XML_ERROR_NO_MEMORY)
        return err_set(err, ERR_FILE, "%s: not enough memory", package_name(part_package(x->part)));
    snprintf(what, sizeof what, "is damaged: its XML has an error in line %lu, byte %lu (%s)",
             (unsigned long)XML_GetCurrentLineNumber(x->parser),
             (unsigned long)XML_GetCurrentColumnNumber(x->parser) + 1, XML_ErrorString(error));
    return wrong(x, what, err);
}

bool xml_run(struct xml *x, struct err *err)
{
    enum XML_Status status = XML_STATUS_OK;
    x->err = err;
    if (x->paused) {
        x->paused = false;
        status = XML_ResumeParser(x->parser);
    }
    while (status == XML_STATUS_OK && !x->over && err->code == ERR_NONE) {
        note_place(x);
        status = feed(x, err);
    }
    if (status == XML_STATUS_SUSPENDED)
        return true;
    if (status == XML_STATUS_ERROR)
        refuse(x, err);
    return false;
}

void xml_pause(struct xml *x)
{
    x->paused = true;
    XML_StopParser(x->parser, XML_TRUE);
}

void xml_close(struct xml *x)
{
    if (x && x->parser)
        XML_ParserFree(x->parser);
    if (x)
        x->parser = NULL;
}

bool xml_read(struct package *p, const char *name, uint64_t limit, const struct xml_reader *reader,
              void *context, struct arena *scratch, struct err *err)
{
    struct part *part = part_open(p, name, limit, err);
    struct xml *x = part ? xml_open(part, reader, context, scratch, err) : NULL;
    while (x && xml_run(x, err))
        ;
    xml_close(x);
    part_close(part);
    return err->code == ERR_NONE;
}

/* ---- attributes ---- */

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(*attributes, name) == 0)
            return attributes[1];
    return NULL;
}

bool xml_flag(const char **attributes, const char *name)
{
    const char *value = xml_attribute(attributes, name);
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool xml_count(const char *text, uint64_t most, uint64_t *value)
{
    uint64_t sum = 0;
    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        sum = 10 * sum + (uint64_t)(*text - '0');
        if (sum > most)
            return false;
    }
    *value = sum;
    return true;
}

/* ---- escapes ---- */

/* The unit that _xHHHH_ stands for, -1 where the text is no such thing. */
static long escaped(const char *text, size_t length)
{
    long unit = 0;
    if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        if (!isxdigit((unsigned char)text[i]))
            return -1;
        int digit = text[i] <= '9' ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10;
        unit = 16 * unit + digit;
    }
    return unit;
}

static size_t put_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)((0xf00 >> n & 0xff) | c);
    return n;
}

/* Half a character, and a NUL, stay as they are written. */
size_t xml_unescape(char *text, size_t length)
{
    size_t at = 0;
    if (!memmem(text, length, "_x", 2))
        return length;
    for (size_t i = 0; i < length;) {
        long unit = escaped(text + i, length - i);
        long low = unit >= 0xd800 && unit < 0xdc00 ? escaped(text + i + 7, length - i - 7) : -1;
        if (low >= 0xdc00 && low < 0xe000) {
            at += put_utf8(text + at,
                           0x10000u + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00));
            i += 14;
        } else if (unit > 0 && (unit < 0xd800 || unit >= 0xe000)) {
            at += put_utf8(text + at, (uint32_t)unit);
            i += 7;
        } else {
            text[at++] = text[i++];
        }
    }
    text[at] = '\0';
    return at;
}
