/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/letters.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "io/bytes/code_page.h"
#include "io/bytes/decode.h"

struct letters {
    bool utf8;
    const struct code_page *page; /* of one byte per letter; or NULL */
    iconv_t converter;            /* where neither */
};

/* Names of ReadStat that iconv spells otherwise. */
static const char *iconv_name(const char *encoding)
{
    static const char *const other[][2] = {{"MACROMAN", "MACINTOSH"},
                                           {"SHIFT-JIS", "SHIFT_JIS"},
                                           {"HZ-GB-2312", "GB2312"},
                                           {"MACCYRILLIC", "MAC-CYRILLIC"},
                                           {"MACCENTRALEUROPE", "MAC-CENTRALEUROPE"}};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (strcasecmp(encoding, other[i][0]) == 0)
            return other[i][1];
    return encoding;
}

struct letters *letters_open(const char *encoding, struct arena *keep)
{
    struct letters *l = ARENA_NEW(keep, struct letters, 1);
    const char *name = iconv_name(encoding);
    l->utf8 = strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0;
    if (l->utf8)
        return l;
    if (!*name || strchr(name, '/'))
        return NULL;
    l->page = code_page_find(name, keep);
    if (l->page)
        return l;
    l->converter = iconv_open("UTF-8", name);
    return l->converter == (iconv_t)-1 ? NULL : l;
}

void letters_close(struct letters *l)
{
    if (l && !l->utf8 && !l->page)
        iconv_close(l->converter);
}

/* Whether text[bad..n) begins a character of UTF-8 and ends within it. */
static bool is_cut(const char *text, size_t n, size_t bad)
{
    const unsigned char first = (unsigned char)text[bad];
    size_t length = first >= 0xf0 && first < 0xf5   ? 4
                    : first >= 0xe0 && first < 0xf0 ? 3
                    : first >= 0xc2 && first < 0xe0 ? 2
                                                    : 0;
    for (size_t i = bad + 1; i < n; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return false;
    return n - bad < length;
}

/* The first n bytes in UTF-8, or NULL with the place of a byte that is no letter. */
static const char *from_utf8(const char *text, size_t n, size_t *bad, struct arena *keep)
{
    *bad = utf8_bad(text, n);
    if (*bad < n && !is_cut(text, n, *bad))
        return NULL;
    return arena_strndup(keep, text, *bad);
}

/* Of UCS-4 and its like iconv writes what is beyond the last letter (in 5 or 6 bytes), of UTF-7 a
   NUL within. */
static bool is_whole(const char *text, size_t n)
{
    return utf8_bad(text, n) == n && !memchr(text, '\0', n);
}

/* What iconv makes of the n bytes within room bytes: the bytes written, their number in *written
   and in *bad that of the bytes read; errno tells why it ended before all. */
static char *iconv_once(const struct letters *l, char *from, size_t n, size_t room, size_t *written,
                        size_t *bad, struct arena *keep)
{
    char *to = ARENA_NEW(keep, char, room + 1), *end = to, *at = from;
    size_t left = room, rest = n;
    errno = 0;
    iconv(l->converter, NULL, NULL, NULL, NULL);
    if (iconv(l->converter, &at, &rest, &end, &left) != (size_t)-1)
        errno = 0;
    *written = (size_t)(end - to);
    *bad = n - rest;
    return to;
}

static const char *by_iconv(const struct letters *l, const char *text, size_t n, size_t *bad,
                            struct arena *keep)
{
    char *from = arena_strndup(keep, text, n), *to;
    size_t written, room = 4 * n + 16;
    while (to = iconv_once(l, from, n, room, &written, bad, keep), errno == E2BIG)
        room *= 2;
    if (!is_whole(to, written))
        *bad = 0;
    else if (errno == 0 || errno == EINVAL)
        return to;
    return NULL;
}

static const char *convert(const struct letters *l, const char *text, size_t n, size_t *bad,
                           struct arena *keep)
{
    size_t length;
    if (l->utf8)
        return from_utf8(text, n, bad, keep);
    return l->page ? code_page_text(l->page, text, n, &length, bad, keep)
                   : by_iconv(l, text, n, bad, keep);
}

static size_t without_padding(const char *text)
{
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return n;
}

const char *letters_text(const struct letters *l, const char *text, char shown[64],
                         struct arena *keep)
{
    size_t n = without_padding(text), ascii = 0, bad;
    while (ascii < n && (unsigned char)text[ascii] < 0x80)
        ascii++;
    if (ascii == n && (l->utf8 || l->page))
        return text[n] ? arena_strndup(keep, text, n) : text;
    const char *utf8 = convert(l, text, n, &bad, keep);
    if (!utf8)
        shown_bytes(text, n, bad, shown);
    return utf8;
}

const char *letters_replaced(const struct letters *l, const char *text, size_t *n_replaced,
                             struct arena *keep)
{
    size_t n = without_padding(text), bad;
    const char *whole = "", *rest;
    while (!(rest = convert(l, text, n, &bad, keep))) {
        whole = arena_printf(keep, "%s%s<%02x>", whole, convert(l, text, bad, &(size_t){0}, keep),
                             (unsigned)(unsigned char)text[bad]);
        text += bad + 1;
        n -= bad + 1;
        ++*n_replaced;
    }
    return arena_printf(keep, "%s%s", whole, rest);
}
