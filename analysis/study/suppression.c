/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/suppression.h"

#include <string.h>

#include "models/base/key_map.h"

/* The groups that differ in one column only, and their margin over it. */
struct line {
    size_t margin;   /* SIZE_MAX: it is not there */
    size_t smallest; /* of the groups that are told: SIZE_MAX: none is */
    size_t n_hidden;
    double hidden, total; /* respondents: of hidden groups, of all groups of the line */
};

struct hiding {
    const struct groups *groups;
    const struct group_size *size;
    double below;
    bool *hidden; /* [groups->n] */
    struct arena *scratch;
};

static bool is_all(const struct group *g, size_t j)
{
    return strcmp(g->level[j], GROUP_ALL) == 0;
}

/* The line of each group over column j, by number; *n of them. */
static uint32_t *lines_over(const struct hiding *h, size_t j, size_t *n)
{
    const struct groups *groups = h->groups;
    uint32_t *line = ARENA_NEW(h->scratch, uint32_t, groups->n);
    struct key_map *map = key_map_new(groups->n, h->scratch);
    for (size_t g = 0; g < groups->n; g++) {
        const char *others = "";
        for (size_t k = 0; k < groups->n_by; k++)
            if (k != j)
                others = arena_printf(h->scratch, "%s%zu:%s", others,
                                      strlen(groups->at[g].level[k]), groups->at[g].level[k]);
        line[g] = key_map_add(map, others, strlen(others), NULL);
    }
    *n = key_map_count(map);
    return line;
}

static void add_group(const struct hiding *h, struct line *line, size_t g)
{
    line->total += h->size[g].n;
    if (h->hidden[g]) {
        line->n_hidden++;
        line->hidden += h->size[g].least;
    } else if (h->size[g].least > 0 &&
               (line->smallest == SIZE_MAX || h->size[g].least < h->size[line->smallest].least)) {
        line->smallest = g;
    }
}

/* Can a hidden group be had from the margin and the groups that are told? */
static bool gives_away(const struct hiding *h, const struct line *line)
{
    if (line->margin == SIZE_MAX || h->hidden[line->margin])
        return false;
    const double rest = h->size[line->margin].n - line->total; /* without a level */
    const size_t n = line->n_hidden + (rest > 0);
    const bool any = line->n_hidden > 0 || (rest > 0 && rest < h->below);
    return any && (n < 2 || line->hidden + rest < h->below);
}

/* One look along all lines over column j; true: more is hidden now. */
static bool hide_along(struct hiding *h, size_t j)
{
    size_t n;
    bool more = false;
    const uint32_t *of = lines_over(h, j, &n);
    struct line *line = ARENA_NEW(h->scratch, struct line, n);
    for (size_t i = 0; i < n; i++)
        line[i] = (struct line){.margin = SIZE_MAX, .smallest = SIZE_MAX};
    for (size_t g = 0; g < h->groups->n; g++)
        if (is_all(&h->groups->at[g], j))
            line[of[g]].margin = g;
        else
            add_group(h, &line[of[g]], g);
    for (size_t i = 0; i < n; i++)
        if (gives_away(h, &line[i])) {
            h->hidden[line[i].smallest == SIZE_MAX ? line[i].margin : line[i].smallest] = true;
            more = true;
        }
    return more;
}

static struct groups without_hidden(const struct hiding *h, struct arena *keep)
{
    struct groups groups = *h->groups;
    struct group *at = arena_copy(keep, groups.at, groups.n, sizeof *at);
    for (size_t g = 0; g < groups.n; g++)
        if (h->hidden[g]) {
            at[g].suppressed = true;
            at[g].rows.n = 0;
        }
    groups.at = at;
    return groups;
}

struct groups groups_suppressed(const struct groups *groups, const struct group_size *size,
                                double below, struct arena *keep)
{
    struct hiding h = {groups, size, below, ARENA_NEW(keep, bool, groups->n), arena_new()};
    bool more = true;
    for (size_t g = 0; g < groups->n; g++)
        h.hidden[g] = groups->at[g].suppressed || (size[g].least > 0 && size[g].least < below);
    while (more) {
        more = false;
        for (size_t j = 0; j < groups->n_by; j++)
            more |= hide_along(&h, j);
        arena_reset(h.scratch);
    }
    arena_free(h.scratch);
    return without_hidden(&h, keep);
}

size_t groups_n_suppressed(const struct groups *groups)
{
    size_t n = 0;
    for (size_t g = 0; g < groups->n; g++)
        n += groups->at[g].suppressed;
    return n;
}
