/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scan/scan.h"

#include <assert.h>
#include <string.h>

#include "io/scan/kernel.h"
#include "io/scan/plain.h"

enum { WINDOW = 32 << 10 };

const struct scan_kernel *const scan_kernels[] = {
#define X(kernel) &kernel,
    SCAN_KERNEL_LIST(X)
#undef X
        NULL};

static const struct scan_kernel *best_kernel(void)
{
    size_t i = 0;
    while (!scan_kernels[i]->runs_here())
        i++;
    return scan_kernels[i];
}

struct scan scan_new(char delimiter, bool utf8, size_t window, struct arena *memory)
{
    return (struct scan){.delimiter = delimiter,
                         .utf8 = utf8,
                         .window = window ? window : WINDOW,
                         .memory = memory,
                         .kernel = best_kernel()};
}

void scan_start(struct scan *s, const char *bytes, size_t n)
{
    assert(n < UINT32_MAX);
    s->bytes = bytes;
    s->n = n;
    s->at = s->start = 0;
    s->n_records = 0;
    s->unix_lines = true;
    s->fault = SCAN_WELL;
}

/* A window of n bytes has at most n + 1 ends; one entry stands before the first. */
static void make_room(struct scan *s)
{
    const size_t room = s->window + SCAN_SLACK;
    if (s->room >= room)
        return;
    s->room = room;
    s->ends_room = ARENA_NEW(s->memory, uint32_t, room + 1) + 1;
    s->records_room = ARENA_NEW(s->memory, uint32_t, room);
    s->end = s->ends_room;
    s->record = s->records_room;
}

bool scan_window(struct scan *s)
{
    const size_t from = s->at;
    while (from < s->n && s->fault == SCAN_WELL) {
        const size_t to = s->window < s->n - from ? from + s->window : s->n;
        enum scan_fault fault = SCAN_WELL;
        make_room(s);
        if (!s->kernel->index(s, from, to))
            fault = scan_plain(s, from, to);
        if (s->n_records > 0) {
            const size_t last = s->end[s->record[s->n_records - 1] - 1];
            s->start = from;
            s->ends_room[-1] = (uint32_t)from - 1;
            s->at = last < s->n ? last + 1 : s->n;
            return true;
        }
        s->fault = fault;
        s->window *= 2; /* not one whole record: look further */
    }
    s->n_records = 0;
    return false;
}

static size_t cut_unquoted(const char *bytes, size_t n)
{
    const char *feed = memrchr(bytes, '\n', n);
    const size_t after = feed ? (size_t)(feed - bytes) + 1 : 0;
    const char *ret = memrchr(bytes + after, '\r', n - after);
    return ret ? (size_t)(ret - bytes) + 1 : after;
}

size_t scan_cut_by(const struct scan_kernel *kernel, char delimiter, const char *bytes, size_t n)
{
    size_t cut;
    if (n > 0 && bytes[n - 1] == '\r') /* a line feed may follow */
        n--;
    if (!memchr(bytes, '"', n))
        return cut_unquoted(bytes, n);
    if (kernel->cut(delimiter, bytes, n, &cut))
        return cut;
    return scan_plain_cut(delimiter, bytes, n);
}

size_t scan_cut(char delimiter, const char *bytes, size_t n)
{
    return scan_cut_by(best_kernel(), delimiter, bytes, n);
}

uint64_t scan_lines(const char *bytes, size_t n)
{
    return best_kernel()->lines(bytes, n);
}
