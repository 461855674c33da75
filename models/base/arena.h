/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_ARENA_H
#define MODELS_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/* Memory by lifetime.  An arena owns every block taken from it; blocks are
   never freed one by one.  A function that returns memory names the arena it
   takes it from: `keep` outlives the call, `scratch` does not.  An arena
   belongs to one thread at a time. */
struct arena;

struct arena *arena_new(void);
void arena_reset(struct arena *a); /* forget the contents, keep the first block */
void arena_free(struct arena *a);  /* NULL is fine */

/* Bytes taken from the system so far. */
size_t arena_size(const struct arena *a);

/* Zeroed memory for n objects of `size` bytes, aligned for any type.  Never
   NULL: when memory runs out, or n * size overflows, the program says so and
   exits with status 1.  n = 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t n, size_t size);

char *arena_strdup(struct arena *a, const char *s); /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* A copy of n objects of `size` bytes. */
void *arena_copy(struct arena *a, const void *from, size_t n, size_t size);

/* Says that n * size bytes could not be had, and exits with status 1. */
_Noreturn void out_of_memory(size_t n, size_t size);

#define ARENA_NEW(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

#endif
