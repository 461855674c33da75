/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/study/presets.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "io/bytes/sha256.h"
#include "models/base/nearest.h"

#define X(word) extern const struct preset preset_##word;
PRESET_LIST(X)
#undef X

const struct preset *const presets[] = {
#define X(word) &preset_##word,
    PRESET_LIST(X)
#undef X
};

enum { N = sizeof presets / sizeof *presets };
const size_t n_presets = N;

const struct preset *preset_find(const char *name)
{
    for (size_t i = 0; i < N; i++)
        if (strcmp(presets[i]->name, name) == 0)
            return presets[i];
    return NULL;
}

const char *preset_mend(const char *typed, struct arena *keep)
{
    const char *name[N];
    for (size_t i = 0; i < N; i++)
        name[i] = presets[i]->name;
    const char *near = nearest(typed, name, N);
    const char *all = nearest_mend("", name, N, "the presets are ", N, keep);
    return near ? arena_printf(keep, "did you mean '%s'? %s", near, all) : all;
}

static bool among(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

const struct preset *preset_recognise(const char *const *names, size_t n)
{
    assert(names || n == 0);
    const struct preset *best = NULL;
    for (size_t i = 0; i < N; i++) {
        const struct preset *p = presets[i];
        size_t found = 0;
        while (found < p->n_header && among(p->header[found], names, n))
            found++;
        if (found == p->n_header && (!best || found > best->n_header))
            best = p;
    }
    return best;
}

const char *preset_ledger(const struct preset *p, struct arena *keep)
{
    size_t size = 1;
    for (size_t i = p->ledger; i < p->n_lines; i++)
        size += strlen(p->line[i]) + 1;
    char *text = ARENA_NEW(keep, char, size), *at = text;
    for (size_t i = p->ledger; i < p->n_lines; i++) {
        const char *line = p->line[i] + (strncmp(p->line[i], "  ", 2) == 0 ? 2 : 0);
        const size_t length = strlen(line);
        memcpy(at, line, length);
        at[length] = '\n';
        at += length + 1;
    }
    return text;
}

const char *preset_hash(const struct preset *p, struct arena *keep)
{
    struct sha256 sha;
    uint8_t hash[32];
    sha256_start(&sha);
    for (size_t i = 0; i < p->n_lines; i++) {
        sha256_add(&sha, p->line[i], strlen(p->line[i]));
        sha256_add(&sha, "\n", 1);
    }
    sha256_end(&sha, hash);
    return sha256_text(hash, keep);
}
