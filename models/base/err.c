/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies text so that it can be shown on a terminal: control characters (those of
   U+0080 to U+009F too: terminals obey U+009B) are escaped, and what is too long ends in
   "...".  UTF-8 passes unchanged and is
   never cut inside a character. */
static void copy_shown(char *to, size_t size, const char *from)
{
    size_t at = 0;
    to[0] = '\0';
    if (!from)
        return;
    for (const unsigned char *p = (const unsigned char *)from; *p; p++) {
        char piece[8];
        bool c1 = p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0;
        p += c1;
        int n = c1 || *p < 0x20 || *p == 0x7f ? snprintf(piece, sizeof piece, "\\x%02x", *p)
                                              : snprintf(piece, sizeof piece, "%c", *p);
        if (at + (size_t)n + 4 >= size) {
            while (at > 0 && ((unsigned char)to[at - 1] & 0xc0) == 0x80)
                at--;
            if (at > 0 && ((unsigned char)to[at - 1] & 0xc0) == 0xc0)
                at--;
            memcpy(to + at, "...", 4);
            return;
        }
        memcpy(to + at, piece, (size_t)n);
        at += (size_t)n;
        to[at] = '\0';
    }
}

static void append(char *to, size_t size, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void append(char *to, size_t size, const char *fmt, ...)
{
    size_t at = strlen(to);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(to + at, size - at, fmt, ap);
    va_end(ap);
}

bool err_at(struct err *err, enum err_code code, const struct problem *p)
{
    if (err->code != ERR_NONE)
        return false;
    err->code = code;
    err->line = p->line;
    copy_shown(err->file, sizeof err->file, p->file);
    copy_shown(err->column, sizeof err->column, p->column);
    copy_shown(err->value, sizeof err->value / 2, p->value);
    copy_shown(err->what, sizeof err->what, p->what);
    copy_shown(err->mend, sizeof err->mend, p->mend);
    err->message[0] = '\0';
    if (err->file[0])
        append(err->message, sizeof err->message, "%s:", err->file);
    if (err->line)
        append(err->message, sizeof err->message, "%llu:", (unsigned long long)err->line);
    if (err->message[0])
        append(err->message, sizeof err->message, " ");
    if (err->column[0])
        append(err->message, sizeof err->message, "%s: ", err->column);
    if (p->value)
        append(err->message, sizeof err->message, "'%s' ", err->value);
    append(err->message, sizeof err->message, "%s", err->what);
    if (err->mend[0])
        append(err->message, sizeof err->message, "; %s", err->mend);
    return false;
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    if (err->code != ERR_NONE)
        return false;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    err->code = code;
    copy_shown(err->what, sizeof err->what, text);
    copy_shown(err->message, sizeof err->message, text);
    return false;
}

bool err_lines(struct err *err, enum err_code code, const char *text)
{
    if (err->code != ERR_NONE)
        return false;
    err->code = code;
    snprintf(err->message, sizeof err->message, "%s", text);
    copy_shown(err->what, sizeof err->what, text);
    return false;
}

int err_exit_status(const struct err *err)
{
    static const int status[] = {
#define X(code, exit_status, gloss) exit_status,
        ERR_LIST(X)
#undef X
    };
    return status[err->code];
}
