/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

#include "models/base/arena.h"

#define SMALL ((size_t)4 << 10)
#define HUGE ((size_t)2 << 20)

static size_t up_to(size_t bytes, size_t unit)
{
    return (bytes + unit - 1) & ~(unit - 1);
}

static size_t size_of_block(size_t bytes)
{
    return bytes == 0 ? SMALL : up_to(bytes, SMALL);
}

/* More is asked for than needed, and what lies before and behind a multiple of 2 MB
   given back: only whole pages of 2 MB come as one. */
static void *aligned_block(size_t size)
{
    char *block =
        mmap(NULL, size + HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED)
        return NULL;
    const size_t before = up_to((uintptr_t)block, HUGE) - (uintptr_t)block;
    if (before > 0)
        munmap(block, before);
    munmap(block + before + size, HUGE - before);
    madvise(block + before, size, MADV_HUGEPAGE);
    return block + before;
}

static void *small_block(size_t size)
{
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return block == MAP_FAILED ? NULL : block;
}

void *pages_new(size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        out_of_memory(1, bytes);
    const size_t size = size_of_block(bytes);
    void *block = size < HUGE ? small_block(size) : aligned_block(size);
    if (!block)
        out_of_memory(1, bytes);
    return block;
}

void pages_free(void *pages, size_t bytes)
{
    if (pages)
        munmap(pages, size_of_block(bytes));
}
