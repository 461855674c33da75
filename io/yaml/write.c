/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/yaml/write.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* Text that grows; or, with `at` NULL, only its length. */
struct writing {
    char *at;
    size_t n;
};

static void put(struct writing *w, const char *text, size_t length)
{
    if (w->at)
        memcpy(w->at + w->n, text, length);
    w->n += length;
}

/* Line ends that YAML would fold, marks of the byte order and controls are escaped with
   all that is no ASCII. */
static void put_letter(struct writing *w, utf8proc_int32_t letter)
{
    char escape[16];
    if (letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\') {
        escape[0] = (char)letter;
        put(w, escape, 1);
    } else {
        const int length = snprintf(escape, sizeof escape, "\\U%08x", (unsigned)letter);
        put(w, escape, (size_t)length);
    }
}

static void put_text(struct writing *w, const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t left = strlen(text);
    put(w, "\"", 1);
    while (left > 0) {
        utf8proc_int32_t letter;
        const utf8proc_ssize_t length = utf8proc_iterate(at, (utf8proc_ssize_t)left, &letter);
        if (length <= 0)
            break; /* the reader of YAML lets no such byte through */
        put_letter(w, letter);
        at += length;
        left -= (size_t)length;
    }
    put(w, "\"", 1);
}

static void put_tree(struct writing *w, const struct yaml_tree *t)
{
    if (t->kind == YAML_TEXT) {
        put_text(w, t->text);
        return;
    }
    put(w, t->kind == YAML_LIST ? "[" : "{", 1);
    for (const struct yaml_tree *child = t->first; child; child = child->next) {
        if (child != t->first)
            put(w, ", ", 2);
        if (t->kind == YAML_MAP) {
            put_text(w, child->key);
            put(w, ": ", 2);
        }
        put_tree(w, child);
    }
    put(w, t->kind == YAML_LIST ? "]" : "}", 1);
}

const char *yaml_write(const struct yaml_tree *t, size_t *size, struct arena *keep)
{
    struct writing w = {0};
    put_tree(&w, t);
    *size = w.n;
    w = (struct writing){.at = ARENA_NEW(keep, char, *size + 1)};
    put_tree(&w, t);
    return w.at;
}
