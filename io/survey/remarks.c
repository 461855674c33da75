/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/remarks.h"

#include <stdarg.h>
#include <string.h>

const char *remark_value(const char *text, struct arena *keep)
{
    size_t n = 60;
    if (strlen(text) <= n)
        return text;
    while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    return arena_printf(keep, "%.*s...", (int)n, text);
}

void remark(struct remarks *r, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(r->keep, fmt, args);
    va_end(args);
    if (r->n == r->room) {
        const char **more = ARENA_NEW(r->keep, const char *, r->room = 2 * r->room + 8);
        if (r->n)
            memcpy(more, r->at, r->n * sizeof *more);
        r->at = more;
    }
    r->at[r->n++] = arena_printf(r->keep, "%s: %s", r->file, text);
}
