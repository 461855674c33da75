/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/glyph.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Helvetica, ' ' to '~', in thousandths of an em (Adobe Core 14 metrics). */
static const uint16_t ascii_width[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584,
};

/* The character at p and its bytes; an invalid byte is the replacement, alone. */
static size_t next_character(const char *p, int32_t *c)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, &code);
    *c = n > 0 ? code : REPLACEMENT;
    return n > 0 ? (size_t)n : 1;
}

static double glyph_ems(int32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return ascii_width[c - 0x20] / 1000.0;
    if (c == 0x2026)
        return 1;
    int cells = utf8proc_charwidth(c);
    return cells <= 0 ? 0 : cells == 1 ? 0.6 : 1.05;
}

double text_ems(const char *text)
{
    double ems = 0;
    int32_t c;
    for (const char *p = text; *p;) {
        p += next_character(p, &c);
        ems += glyph_ems(c);
    }
    return ems;
}

/* Bytes of the longest start that is at most `ems` wide. */
static size_t fitting(const char *text, double ems)
{
    const char *p = text;
    int32_t c;
    while (*p) {
        size_t n = next_character(p, &c);
        ems -= glyph_ems(c);
        if (ems < 0)
            break;
        p += n;
    }
    return (size_t)(p - text);
}

const char *text_shorten(const char *text, double ems, struct arena *keep)
{
    if (text_ems(text) <= ems)
        return text;
    size_t n = fitting(text, ems - 1);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return arena_printf(keep, "%.*s…", (int)n, text);
}

const char *text_shorten_middle(const char *text, double ems, struct arena *keep)
{
    double whole = text_ems(text);
    if (whole <= ems)
        return text;
    size_t head = fitting(text, fmax(0, 0.55 * (ems - 1)));
    const char *tail = text + head;
    double room = ems - 1 - 0.55 * fmax(0, ems - 1);
    int32_t c;
    while (*tail && text_ems(tail) > room)
        tail += next_character(tail, &c);
    while (head > 0 && text[head - 1] == ' ')
        head--;
    while (*tail == ' ')
        tail++;
    return arena_printf(keep, "%.*s…%s", (int)head, text, tail);
}

/* The text with each of its parts at most `most` wide. */
static const char *parts_within(const char *text, double most, struct arena *keep)
{
    const char *whole = "";
    for (bool first = true; text; first = false) {
        const char *end = strstr(text, ", ");
        size_t n = end ? (size_t)(end - text) : strlen(text);
        const char *part = text_shorten(arena_strndup(keep, text, n), most, keep);
        whole = arena_printf(keep, "%s%s%s", whole, first ? "" : ", ", part);
        text = end ? end + 2 : NULL;
    }
    return whole;
}

const char *text_shorten_parts(const char *text, double ems, struct arena *keep)
{
    double whole = text_ems(text);
    if (whole <= ems)
        return text;
    for (double most = whole; strstr(text, ", ") && most > 3; most *= 0.96) {
        const char *shorter = parts_within(text, most, keep);
        if (text_ems(shorter) <= ems)
            return shorter;
    }
    return text_shorten_middle(text, ems, keep);
}

/* Bytes of the first line: up to the last blank that fits, else what fits, but at
   least one character. */
static size_t line_break(const char *text, double ems)
{
    size_t n = fitting(text, ems);
    int32_t c;
    if (!text[n])
        return n;
    for (size_t at = n; at > 0; at--)
        if (text[at] == ' ')
            return at;
    return n > 0 ? n : next_character(text, &c);
}

size_t text_wrap(const char *text, double ems, size_t max_lines, const char *lines[],
                 struct arena *keep)
{
    assert(max_lines > 0);
    size_t n = 0;
    while (n + 1 < max_lines && text_ems(text) > ems) {
        size_t bytes = line_break(text, ems);
        lines[n++] = arena_strndup(keep, text, bytes);
        text += bytes;
        while (*text == ' ')
            text++;
    }
    if (*text || n == 0)
        lines[n++] = text_shorten(text, ems, keep);
    return n;
}

/* Ends lines, commands a terminal, or turns the direction of what comes after it. */
static bool is_control(int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Control characters become `control`, or stay where it is NUL. */
static const char *cleaned(const char *text, char control, struct arena *keep)
{
    size_t size = 0;
    char *copy = arena_alloc(keep, strlen(text) + 1, 3);
    int32_t c;
    for (const char *p = text; *p;) {
        size_t n = next_character(p, &c);
        if (control && is_control(c))
            copy[size++] = control;
        else
            size += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)copy + size);
        p += n;
    }
    copy[size] = '\0';
    return copy;
}

const char *text_valid(const char *text, struct arena *keep)
{
    int32_t c;
    for (const char *p = text; *p;) {
        size_t n = next_character(p, &c);
        if (c == REPLACEMENT && n == 1)
            return cleaned(text, '\0', keep);
        p += n;
    }
    return text;
}

const char *text_one_line(const char *text, struct arena *keep)
{
    return cleaned(text, ' ', keep);
}

const char *text_shown(const char *text, struct arena *keep)
{
    return cleaned(text, '?', keep);
}

const char *text_folded(const char *text, struct arena *keep)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_option_t how = UTF8PROC_NULLTERM | UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE;
    if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded, how) < 0)
        return arena_strdup(keep, text);
    char *copy = arena_strdup(keep, (const char *)folded);
    free(folded);
    return copy;
}

size_t text_utf16(const char *text)
{
    size_t units = 0;
    int32_t c;
    for (const char *p = text; *p; units += c > 0xFFFF ? 2 : 1)
        p += next_character(p, &c);
    return units;
}

const char *text_cut_utf16(const char *text, size_t units, struct arena *keep)
{
    const char *p = text;
    int32_t c;
    while (*p) {
        size_t n = next_character(p, &c), needs = c > 0xFFFF ? 2 : 1;
        if (needs > units)
            return arena_strndup(keep, text, (size_t)(p - text));
        units -= needs;
        p += n;
    }
    return text;
}

const char *number_text(double value, int decimals, struct arena *keep)
{
    const char *plain = arena_printf(keep, "%.*f", decimals, fabs(value));
    size_t whole = strcspn(plain, "."), size = strlen(plain);
    bool negative = value < 0 && strspn(plain, "0.") < size;
    char *text = arena_alloc(keep, 2 * size + 4, 1), *to = text;
    if (negative) {
        memcpy(to, "−", strlen("−"));
        to += strlen("−");
    }
    for (size_t i = 0; i < size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            *to++ = ',';
        *to++ = plain[i];
    }
    *to = '\0';
    return text;
}
