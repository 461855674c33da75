/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/formula.h"

#include <string.h>

#define BEFORE 52 /* characters shown before the position, at most */
#define AFTER 20

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

const char *formula_caret(const char *text, size_t position, struct arena *keep)
{
    if (position == FORMULA_NOWHERE)
        return NULL;
    size_t length = strlen(text), from = position < length ? position : length, to = from;
    position = from;
    size_t before = 0;
    while (from > 0 && before < BEFORE)
        before += !continues(text[--from]);
    for (size_t after = 0; to < length && after < AFTER; to++)
        after += !continues(text[to]);
    while (to < length && continues(text[to]))
        to++;
    char *line = arena_strndup(keep, text + from, to - from);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = strchr(" \t\r\n", *c) ? ' ' : '?';
    return arena_printf(keep, "  %s\n  %*s^", line, (int)before, "");
}
