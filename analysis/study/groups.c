/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/groups.h"

#include <stdlib.h>
#include <string.h>

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

static int32_t place(const struct texts *levels, const char *value)
{
    for (size_t k = 0; k < levels->n; k++)
        if (strcmp(levels->at[k], value) == 0)
            return (int32_t)k;
    return -1;
}

static bool unknown_level(const struct frame *f, size_t row, const struct column *c,
                          const struct texts *levels, struct err *err)
{
    const char *near = nearest(c->as.text[row], levels->at, levels->n);
    char what[160];
    snprintf(what, sizeof what, "is not among the declared levels%s%s%s",
             near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = c->name,
                                    .value = c->as.text[row],
                                    .what = what,
                                    .mend = "add it to the levels, or leave them out"});
}

static bool make_factor(const struct frame *f, const char *name, const struct level_order *orders,
                        size_t n_orders, struct factor *factor, struct arena *keep,
                        struct err *err)
{
    const struct column *c = frame_column(f, name);
    if (!c || c->type != COLUMN_TEXT) {
        const char *near = nearest(name, frame_names(f, keep), f->n_cols);
        return err_at(err, ERR_COLUMN,
                      &(struct problem){.file = f->file,
                                        .column = name,
                                        .what = c ? "is not a grouping column" : "there is no such "
                                                                                 "column",
                                        .mend = near ? arena_printf(keep, "did you mean '%s'?", near)
                                                     : NULL});
    }
    *factor = (struct factor){.name = name};
    for (size_t k = 0; k < n_orders; k++)
        if (strcmp(orders[k].column, name) == 0)
            factor->levels = orders[k].levels;
    if (!factor->levels.n)
        factor->levels = sorted_levels(c, f->n_rows, keep);
    factor->at = ARENA_NEW(keep, int32_t, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++) {
        factor->at[i] = c->as.text[i] ? place(&factor->levels, c->as.text[i]) : -1;
        if (c->as.text[i] && factor->at[i] < 0)
            return unknown_level(f, i, c, &factor->levels, err);
    }
    return true;
}

static struct rows rows_of(const struct factor *factor, size_t n_by, const size_t *pick, size_t n,
                           struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, n);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool in = true;
        for (size_t j = 0; j < n_by && in; j++)
            in = pick[j] == factor[j].levels.n || factor[j].at[i] == (int32_t)pick[j];
        if (in)
            at[count++] = (uint32_t)i;
    }
    return (struct rows){count, at};
}

static struct group make_group(const struct factor *factor, size_t n_by, const size_t *pick,
                               size_t n, struct arena *keep)
{
    struct group g = {0};
    const char **level = ARENA_NEW(keep, const char *, n_by);
    for (size_t j = 0; j < n_by; j++) {
        bool all = pick[j] == factor[j].levels.n;
        level[j] = all ? GROUP_ALL : factor[j].levels.at[pick[j]];
        g.margin |= all;
    }
    g.level = level;
    g.rows = rows_of(factor, n_by, pick, n, keep);
    return g;
}

/* The next combination, the last column fastest; false after the last one. */
static bool step(const struct factor *factor, size_t n_by, size_t *pick)
{
    for (size_t j = n_by; j-- > 0;) {
        if (++pick[j] <= factor[j].levels.n)
            return true;
        pick[j] = 0;
    }
    return false;
}

bool groups_make(const struct frame *f, const struct texts *by, const struct level_order *orders,
                 size_t n_orders, struct groups *groups, struct arena *keep, struct err *err)
{
    struct factor factor[MOST_COLUMNS];
    size_t pick[MOST_COLUMNS] = {0}, most = 1;
    if (by->n > MOST_COLUMNS)
        return err_set(err, ERR_USAGE, "--by: %zu columns are too many; %d at most", by->n,
                       MOST_COLUMNS);
    for (size_t j = 0; j < by->n; j++) {
        if (!make_factor(f, by->at[j], orders, n_orders, &factor[j], keep, err))
            return false;
        most *= factor[j].levels.n + 1;
        if (most > 100000)
            return err_set(err, ERR_USAGE,
                           "--by: over 100,000 groups; is '%s' a column of ids?", by->at[j]);
    }
    struct group *at = ARENA_NEW(keep, struct group, most);
    const char **label = ARENA_NEW(keep, const char *, by->n);
    for (size_t j = 0; j < by->n; j++)
        label[j] = frame_column(f, by->at[j])->label;
    *groups = (struct groups){.n_by = by->n, .by = by->at, .label = label, .at = at};
    do {
        struct group g = make_group(factor, by->n, pick, f->n_rows, keep);
        if (g.rows.n || by->n == 0)
            at[groups->n++] = g;
    } while (step(factor, by->n, pick));
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
