/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/groups.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/study/variables.h"
#include "models/base/key_map.h"
#include "models/base/nearest.h"

enum { MOST_COLUMNS = 8 };

/* A grouping column with its levels and each row's place among them (-1: none). */
struct factor {
    const char *name;
    struct texts levels;
    int32_t *at;
};

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct texts sorted_levels(const struct column *c, size_t n, struct arena *keep)
{
    const char **all = ARENA_NEW(keep, const char *, n);
    struct texts t = {0};
    size_t present = 0;
    for (size_t i = 0; i < n; i++)
        if (c->as.text[i])
            all[present++] = c->as.text[i];
    qsort(all, present, sizeof *all, by_bytes);
    for (size_t i = 0; i < present; i++)
        if (t.n == 0 || strcmp(all[t.n - 1], all[i]) != 0)
            all[t.n++] = all[i];
    t.at = all;
    return t;
}

/* Where each level stands: distinct texts in order, so that their numbers are their places. */
static const struct key_map *places_of(const struct texts *levels, struct arena *keep)
{
    struct key_map *map = key_map_new(levels->n, keep);
    for (size_t k = 0; k < levels->n; k++)
        key_map_add(map, levels->at[k], strlen(levels->at[k]), NULL);
    return map;
}

static bool unknown_level(const struct frame *f, size_t row, const struct column *c,
                          const struct texts *levels, struct err *err)
{
    const char *near = nearest(c->as.text[row], levels->at, levels->n);
    char mend[256];
    snprintf(mend, sizeof mend, "%s%s%sadd it to the levels, or leave them out",
             near ? "did you mean '" : "", near ? near : "", near ? "'? Or " : "");
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = c->name,
                                    .value = c->as.text[row],
                                    .what = "is not among the declared levels",
                                    .mend = mend});
}

/* The margin's word cannot be a level too: its rows could not be told apart. */
static bool level_is_margin(const struct frame *f, size_t row, const struct column *c,
                            struct err *err)
{
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = c->name,
                                    .value = GROUP_ALL,
                                    .what = "is the word for all levels together",
                                    .mend = "give this level another name"});
}

/* Each row's place among the levels. */
static bool place_rows(const struct frame *f, const struct column *c, struct factor *factor,
                       struct arena *keep, struct err *err)
{
    const struct key_map *places = places_of(&factor->levels, keep);
    factor->at = ARENA_NEW(keep, int32_t, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *text = c->as.text[i];
        uint32_t place = text ? key_map_find(places, text, strlen(text)) : KEY_MAP_NONE;
        factor->at[i] = place == KEY_MAP_NONE ? -1 : (int32_t)place;
        if (text && strcmp(text, GROUP_ALL) == 0)
            return level_is_margin(f, i, c, err);
        if (text && place == KEY_MAP_NONE)
            return unknown_level(f, i, c, &factor->levels, err);
    }
    return true;
}

static bool make_factor(const struct frame *f, const char *name, const struct level_order *orders,
                        size_t n_orders, struct factor *factor, struct arena *keep, struct err *err)
{
    const struct column *c = variable_column(f, name, keep, err);
    if (!c)
        return false;
    if (c->type != COLUMN_TEXT)
        return err_at(err, ERR_COLUMN,
                      &(struct problem){.file = f->file,
                                        .column = name,
                                        .what = "is not a grouping column",
                                        .mend = "declare it under groups: of the study"});
    *factor = (struct factor){.name = name};
    for (size_t k = 0; k < n_orders; k++)
        if (strcmp(orders[k].column, name) == 0)
            factor->levels = orders[k].levels;
    if (!factor->levels.n)
        factor->levels = sorted_levels(c, f->n_rows, keep);
    return place_rows(f, c, factor, keep, err);
}

/* Nothing stands twice, and orders are of columns that are there. */
static bool check_asked(const struct frame *f, const struct texts *by,
                        const struct level_order *orders, size_t n_orders, struct arena *keep,
                        struct err *err)
{
    if (by->n > MOST_COLUMNS)
        return err_set(err, ERR_USAGE, "--by: %zu columns are too many; %d at most", by->n,
                       MOST_COLUMNS);
    for (size_t j = 0; j < by->n; j++)
        for (size_t k = 0; k < j; k++)
            if (strcmp(by->at[j], by->at[k]) == 0)
                return err_at(err, ERR_USAGE,
                              &(struct problem){.column = "--by",
                                                .value = by->at[j],
                                                .what = "stands twice",
                                                .mend = "name it once"});
    for (size_t k = 0; k < n_orders; k++)
        if (!variable_column(f, orders[k].column, keep, err))
            return false;
    return true;
}

/* The number of a row's combination of levels, the last column fastest, where the
   bits of `margins` stand for all levels of a column; SIZE_MAX: a value is missing. */
static size_t combination(const struct factor *factor, size_t n_by, size_t row, unsigned margins)
{
    size_t at = 0;
    for (size_t j = 0; j < n_by; j++) {
        bool all = margins >> j & 1;
        if (!all && factor[j].at[row] < 0)
            return SIZE_MAX;
        at = at * (factor[j].levels.n + 1) + (all ? factor[j].levels.n : (size_t)factor[j].at[row]);
    }
    return at;
}

/* The rows of each of the n combinations: each row is in 2^n_by of them. */
static const struct rows *rows_of(const struct factor *factor, size_t n_by, size_t n_rows, size_t n,
                                  struct arena *keep)
{
    struct rows *rows = ARENA_NEW(keep, struct rows, n);
    uint32_t **to = ARENA_NEW(keep, uint32_t *, n);
    for (size_t i = 0; i < n_rows; i++)
        for (unsigned margins = 0; margins < 1u << n_by; margins++) {
            size_t at = combination(factor, n_by, i, margins);
            rows[at == SIZE_MAX ? 0 : at].n += at != SIZE_MAX;
        }
    for (size_t k = 0; k < n; k++)
        rows[k].at = to[k] = ARENA_NEW(keep, uint32_t, rows[k].n);
    for (size_t i = 0; i < n_rows; i++)
        for (unsigned margins = 0; margins < 1u << n_by; margins++) {
            size_t at = combination(factor, n_by, i, margins);
            if (at != SIZE_MAX)
                *to[at]++ = (uint32_t)i;
        }
    return rows;
}

static struct group make_group(const struct factor *factor, size_t n_by, const size_t *pick,
                               struct rows rows, struct arena *keep)
{
    struct group g = {.rows = rows};
    const char **level = ARENA_NEW(keep, const char *, n_by);
    for (size_t j = 0; j < n_by; j++) {
        bool all = pick[j] == factor[j].levels.n;
        level[j] = all ? GROUP_ALL : factor[j].levels.at[pick[j]];
        g.margin |= all;
    }
    g.level = level;
    return g;
}

/* The next combination, the last column fastest. */
static void step(const struct factor *factor, size_t n_by, size_t *pick)
{
    for (size_t j = n_by; j-- > 0;) {
        if (++pick[j] <= factor[j].levels.n)
            return;
        pick[j] = 0;
    }
}

bool groups_make(const struct frame *f, const struct texts *by, const struct level_order *orders,
                 size_t n_orders, struct groups *groups, struct arena *keep, struct err *err)
{
    struct factor factor[MOST_COLUMNS];
    size_t pick[MOST_COLUMNS] = {0}, most = 1;
    if (!check_asked(f, by, orders, n_orders, keep, err))
        return false;
    for (size_t j = 0; j < by->n; j++) {
        if (!make_factor(f, by->at[j], orders, n_orders, &factor[j], keep, err))
            return false;
        most *= factor[j].levels.n + 1;
        if (most > 100000)
            return err_set(err, ERR_USAGE, "--by: over 100,000 groups; is '%s' a column of ids?",
                           by->at[j]);
    }
    struct group *at = ARENA_NEW(keep, struct group, most);
    const char **label = ARENA_NEW(keep, const char *, by->n);
    for (size_t j = 0; j < by->n; j++)
        label[j] = frame_column(f, by->at[j])->label;
    *groups = (struct groups){.n_by = by->n, .by = by->at, .label = label, .at = at};
    const struct rows *rows = rows_of(factor, by->n, f->n_rows, most, keep);
    for (size_t k = 0; k < most; k++, step(factor, by->n, pick))
        if (rows[k].n || k == most - 1)
            at[groups->n++] = make_group(factor, by->n, pick, rows[k], keep);
    return true;
}

const char *group_title(const struct group *g, size_t n_by, struct arena *keep)
{
    const char *title = "";
    for (size_t j = 0; j < n_by; j++)
        if (strcmp(g->level[j], GROUP_ALL) != 0)
            title = arena_printf(keep, "%s%s%s", title, *title ? ", " : "", g->level[j]);
    return *title ? title : "all customers";
}
