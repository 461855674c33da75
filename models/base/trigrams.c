/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/trigrams.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The character at text[*i], and *i behind it; a byte that begins none stands for itself. */
static uint32_t next_character(const char *text, size_t length, size_t *i)
{
    const unsigned char first = (unsigned char)text[(*i)++];
    const size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    uint32_t c = more ? first & (0x3fu >> more) : first;
    for (size_t k = 0; k < more; k++) {
        if (*i == length || ((unsigned char)text[*i] & 0xc0) != 0x80)
            return first;
        c = c << 6 | ((unsigned char)text[(*i)++] & 0x3f);
    }
    return c;
}

static bool is_of_word(uint32_t c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Names are short: few are sorted by insertion. */
static void sort(uint64_t *at, size_t n)
{
    enum { FEW = 48 };
    if (n > FEW) {
        qsort(at, n, sizeof *at, compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const uint64_t trigram = at[i];
        size_t k = i;
        for (; k > 0 && at[k - 1] > trigram; k--)
            at[k] = at[k - 1];
        at[k] = trigram;
    }
}

static size_t sort_distinct(uint64_t *at, size_t n)
{
    size_t kept = 0;
    sort(at, n);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || at[kept - 1] != at[i])
            at[kept++] = at[i];
    return kept;
}

struct trigrams trigrams_of(const char *text, size_t length, struct arena *keep)
{
    enum { BITS = 21 };
    const uint64_t mask = ((uint64_t)1 << 3 * BITS) - 1, blanks = (uint64_t)' ' << BITS | ' ';
    uint64_t *at = ARENA_NEW(keep, uint64_t, 2 * length + 1), last = blanks;
    bool inside = false; /* a word */
    size_t n = 0;
    for (size_t i = 0; i < length;) {
        const uint32_t c = next_character(text, length, &i);
        if (is_of_word(c)) {
            at[n++] = last = (last << BITS | c) & mask;
            inside = true;
        } else if (inside) {
            at[n++] = (last << BITS | ' ') & mask;
            last = blanks;
            inside = false;
        }
    }
    if (inside)
        at[n++] = (last << BITS | ' ') & mask;
    return (struct trigrams){sort_distinct(at, n), at};
}

double trigrams_dice(struct trigrams a, struct trigrams b)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < a.n && j < b.n;) {
        shared += a.at[i] == b.at[j];
        const bool first = a.at[i] <= b.at[j], second = b.at[j] <= a.at[i];
        i += first;
        j += second;
    }
    return a.n && b.n ? 2.0 * (double)shared / (double)(a.n + b.n) : 0;
}
