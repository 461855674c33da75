/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/nearest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 63 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Optimal string alignment distance (Damerau 1964), three rows at a time. */
static size_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), row[3][LONGEST + 1];
    if (n > LONGEST || m > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= m; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            int p = tolower((unsigned char)a[i - 1]), q = tolower((unsigned char)b[j - 1]);
            now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + (p != q));
            if (i > 1 && j > 1 && p == tolower((unsigned char)b[j - 2]) &&
                q == tolower((unsigned char)a[i - 2]))
                now[j] = least(now[j], before[j - 2] + 1, now[j]);
        }
    }
    return row[n % 3][m];
}

/* The first name that begins with what was typed; *count: how many do. */
static const char *longer(const char *typed, const char *const names[], size_t n, size_t *count)
{
    const char *first = NULL;
    size_t length = strlen(typed);
    *count = 0;
    for (size_t i = 0; length >= 3 && i < n; i++)
        if (strncasecmp(typed, names[i], length) == 0 && (*count)++ == 0)
            first = names[i];
    return first;
}

const char *nearest(const char *typed, const char *const names[], size_t n)
{
    size_t length = strlen(typed), smallest = 3, n_longer;
    const char *begins = longer(typed, names, n, &n_longer), *best = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(typed, names[i]);
        if (d < smallest && 2 * d < length + 1)
            best = names[i], smallest = d;
    }
    return best && (smallest <= 1 || n_longer != 1) ? best : begins;
}

const char *nearest_mend(const char *typed, const char *const names[], size_t n, const char *lead,
                         size_t most, struct arena *keep)
{
    const char *near = nearest(typed, names, n), *all = lead;
    if (near)
        return arena_printf(keep, "did you mean '%s'?", near);
    for (size_t i = 0; i < n && i < most; i++)
        all = arena_printf(keep, "%s%s%s", all, i ? ", " : "", names[i]);
    if (n == 0)
        return arena_printf(keep, "%snone", lead);
    return n > most ? arena_printf(keep, "%s, ...", all) : all;
}
