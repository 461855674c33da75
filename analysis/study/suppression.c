/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/suppression.h"

#include <string.h>

#include "models/base/key_map.h"

static bool is_all(const struct group *g, size_t j)
{
    return strcmp(g->level[j], GROUP_ALL) == 0;
}

/* What a group has in common with those that differ from it in column j only. */
static const char *others(const struct groups *groups, size_t g, size_t j, struct arena *scratch)
{
    const char *text = arena_printf(scratch, "%zu", j);
    for (size_t k = 0; k < groups->n_by; k++)
        if (k != j)
            text = arena_printf(scratch, "%s:%zu:%s", text, strlen(groups->at[g].level[k]),
                                groups->at[g].level[k]);
    return text;
}

/* Lines of groups over each column, with their margin: [*n]. */
static const struct suppression_line *lines_of(const struct groups *groups, size_t *n,
                                               struct arena *scratch)
{
    const size_t most = groups->n * groups->n_by;
    struct key_map *map = key_map_new(most, scratch);
    uint32_t *of = ARENA_NEW(scratch, uint32_t, most), **to;
    struct suppression_line *line = ARENA_NEW(scratch, struct suppression_line, most);
    for (size_t i = 0; i < most; i++) {
        const char *text = others(groups, i / groups->n_by, i % groups->n_by, scratch);
        of[i] = key_map_add(map, text, strlen(text), NULL);
        line[of[i]].n += !is_all(&groups->at[i / groups->n_by], i % groups->n_by);
    }
    *n = key_map_count(map);
    to = ARENA_NEW(scratch, uint32_t *, *n);
    for (size_t k = 0; k < *n; k++)
        line[k].cell = to[k] = ARENA_NEW(scratch, uint32_t, line[k].n);
    for (size_t i = 0; i < most; i++)
        if (is_all(&groups->at[i / groups->n_by], i % groups->n_by))
            line[of[i]].total = (uint32_t)(i / groups->n_by);
        else
            *to[of[i]]++ = (uint32_t)(i / groups->n_by);
    return line;
}

static struct groups without_hidden(const struct groups *of, const bool *hidden, struct arena *keep)
{
    struct groups groups = *of;
    struct group *at = arena_copy(keep, groups.at, groups.n, sizeof *at);
    for (size_t g = 0; g < groups.n; g++)
        if (hidden[g]) {
            at[g].suppressed = true;
            at[g].rows.n = 0;
        }
    groups.at = at;
    return groups;
}

struct groups groups_suppressed(const struct groups *groups, const struct suppression_cell *size,
                                double below, struct arena *keep)
{
    struct arena *scratch = arena_new();
    bool *hidden = ARENA_NEW(keep, bool, groups->n);
    size_t n;
    const struct suppression_line *line = lines_of(groups, &n, scratch);
    for (size_t g = 0; g < groups->n; g++)
        hidden[g] = groups->at[g].suppressed || (size[g].least > 0 && size[g].least < below);
    suppression_complete(size, groups->n, line, n, below, hidden);
    arena_free(scratch);
    return without_hidden(groups, hidden, keep);
}
