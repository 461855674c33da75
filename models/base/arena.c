/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/pages.h"

enum { FIRST_BLOCK = 64 << 10, LARGEST_STEP = 8 << 20, ZEROED = 1 << 20, PAGES = 32 << 20 };

struct block {
    struct block *next; /* older */
    size_t size, used;
    size_t dirty; /* bytes before this are not known to be zero */
    bool paged;   /* it is of pages_new() */
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    size_t total;
};

_Noreturn void out_of_memory(size_t n, size_t size)
{
    fprintf(stderr, "saydo: out of memory (%zu x %zu bytes)\n", n, size);
    exit(1);
}

static void *need(size_t size, bool zeroed)
{
    void *p = zeroed ? calloc(1, size) : malloc(size);
    if (!p)
        out_of_memory(1, size);
    return p;
}

struct arena *arena_new(void)
{
    struct arena *a = need(sizeof *a, false);
    *a = (struct arena){0};
    return a;
}

static void free_block(struct block *b)
{
    if (b->paged)
        pages_free(b, sizeof *b + b->size);
    else
        free(b);
}

static void free_blocks(struct block *b)
{
    while (b) {
        struct block *next = b->next;
        free_block(b);
        b = next;
    }
}

void arena_reset(struct arena *a)
{
    struct block *oldest = a->newest;
    if (!oldest)
        return;
    while (oldest->next) {
        struct block *next = oldest->next;
        a->total -= oldest->size;
        free_block(oldest);
        oldest = next;
    }
    if (oldest->dirty < oldest->used)
        oldest->dirty = oldest->used;
    oldest->used = 0;
    a->newest = oldest;
}

void arena_free(struct arena *a)
{
    if (a)
        free_blocks(a->newest);
    free(a);
}

size_t arena_size(const struct arena *a)
{
    return a->total;
}

static void add_block(struct arena *a, size_t at_least)
{
    size_t size = a->newest ? 2 * a->newest->size : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < at_least)
        size = at_least;
    if (size > SIZE_MAX - sizeof(struct block))
        out_of_memory(1, size);
    /* The system gives large blocks zeroed: what is not used of them costs nothing. */
    const bool paged = size >= PAGES;
    struct block *b = paged ? pages_new(sizeof *b + size) : need(sizeof *b + size, size >= ZEROED);
    b->paged = paged;
    b->next = a->newest;
    b->size = size;
    b->used = 0;
    b->dirty = size >= ZEROED ? 0 : size;
    a->newest = b;
    a->total += size;
}

void *arena_alloc(struct arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2)
        out_of_memory(n, size);
    bytes = (bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!a->newest || a->newest->size - a->newest->used < bytes)
        add_block(a, bytes);
    struct block *b = a->newest;
    size_t from = b->used;
    b->used += bytes;
    if (from < b->dirty)
        memset(b->bytes + from, 0, (b->used < b->dirty ? b->used : b->dirty) - from);
    return b->bytes + from;
}

void *arena_copy(struct arena *a, const void *from, size_t n, size_t size)
{
    void *to = arena_alloc(a, n, size);
    if (n && size)
        memcpy(to, from, n * size);
    return to;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *to = arena_alloc(a, n + 1, 1);
    if (n)
        memcpy(to, s, n);
    return to;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    size_t size = n < 0 ? 1 : (size_t)n + 1;
    char *to = arena_alloc(a, size, 1);
    vsnprintf(to, size, fmt, ap);
    return to;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *to = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return to;
}
