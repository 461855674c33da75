/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/code_page.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* False if the byte is only the beginning of a character. */
static bool convert_byte(iconv_t converter, int byte, struct code_page *page)
{
    char in[1] = {(char)byte}, out[16];
    char *from = in, *to = out;
    size_t n_in = 1, n_out = sizeof out;
    iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &n_in, &to, &n_out) == (size_t)-1)
        return errno == EILSEQ;
    const size_t n = sizeof out - n_out;
    if (n == 0 || n > sizeof page->utf8[0])
        return false;
    page->length[byte] = (uint8_t)n;
    memcpy(page->utf8[byte], out, n);
    return true;
}

static bool is_ascii(const struct code_page *page, int byte)
{
    return page->length[byte] == 1 && page->utf8[byte][0] == (char)byte;
}

static bool fill(struct code_page *page, iconv_t converter)
{
    for (int byte = 0; byte < 256; byte++)
        if (!convert_byte(converter, byte, page) || (byte < 128 && !is_ascii(page, byte)))
            return false;
    return true;
}

const struct code_page *code_page_find(const char *encoding, struct arena *keep)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return NULL;
    struct code_page *page = ARENA_NEW(keep, struct code_page, 1);
    const bool one_byte_each = fill(page, converter);
    iconv_close(converter);
    return one_byte_each ? page : NULL;
}

const char *code_page_text(const struct code_page *page, const char *text, size_t n, size_t *n_utf8,
                           size_t *bad, struct arena *keep)
{
    char *to = ARENA_NEW(keep, char, sizeof page->utf8[0] * n + 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (page->length[byte] == 0) {
            *bad = i;
            return NULL;
        }
        memcpy(to + at, page->utf8[byte], page->length[byte]);
        at += page->length[byte];
    }
    *n_utf8 = at;
    return to;
}
