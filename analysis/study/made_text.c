/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/made_text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "io/text/parse.h"

static void reserve(struct made_text *t, size_t more)
{
    if (t->size + more <= t->capacity)
        return;
    size_t capacity = 2 * t->capacity + more + 4096;
    char *bytes = arena_alloc(t->keep, capacity, 1);
    if (t->size)
        memcpy(bytes, t->bytes, t->size);
    t->bytes = bytes;
    t->capacity = capacity;
}

void text_add(struct made_text *t, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, fmt, args);
    assert(length >= 0);
    reserve(t, (size_t)length + 1);
    vsnprintf(t->bytes + t->size, (size_t)length + 1, fmt, again);
    t->size += (size_t)length;
    va_end(again);
    va_end(args);
}

void text_add_cents(struct made_text *t, int64_t minor)
{
    uint64_t cents = minor < 0 ? -(uint64_t)minor : (uint64_t)minor;
    text_add(t, "%s%" PRIu64 ".%02" PRIu64, minor < 0 ? "-" : "", cents / 100, cents % 100);
}

void text_add_day(struct made_text *t, int32_t day)
{
    char buffer[16];
    text_add(t, "%s", day_text(day, buffer));
}

struct made_file text_file(const char *name, const struct made_text *t)
{
    return (struct made_file){name, t->size, t->bytes};
}
