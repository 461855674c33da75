/* SPDX-License-Identifier: GPL-3.0-or-later
   The columns of a frame as a model formula sees them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/glm/regressions.h"
#include "analysis/study/variables.h"
#include "io/text/parse.h"
#include "models/base/key_map.h"
#include "models/base/nearest.h"
#include "models/base/workers.h"

static bool is_missing_text(const char *text)
{
    return !text || (text[0] == 'N' && (strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0));
}

/* ---- which are read ---- */

static bool in_name(char c)
{
    return c == '.' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* A '.' that is no part of a name or number: all columns. */
static bool mentions_all(const char *text)
{
    for (const char *p = text; (p = strchr(p, '.')); p++)
        if ((p == text || !in_name(p[-1])) && !in_name(p[1]))
            return true;
    return false;
}

bool regressions_mention(const char *text, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = text; n && (p = strstr(p, name)); p += n)
        if ((p == text || !in_name(p[-1])) && !in_name(p[n]))
            return true;
    return false;
}

/* ---- one column ---- */

/* Numbers of a text column; false where some cell is none. */
static bool numbers_of_texts(const struct column *c, size_t n, double *value)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = c->as.text[i];
        value[i] = NAN;
        if (!is_missing_text(text) && !parse_real(text, strlen(text), &value[i]))
            return false;
    }
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The distinct values of a text column, sorted by bytes. */
static void sorted_levels(const struct column *c, size_t n, struct model_column *to,
                          struct arena *keep)
{
    struct key_map *map = key_map_new(16, keep);
    for (size_t i = 0; i < n; i++)
        if (!is_missing_text(c->as.text[i]))
            key_map_add(map, c->as.text[i], strlen(c->as.text[i]), NULL);
    to->n_levels = key_map_count(map);
    const char **level = ARENA_NEW(keep, const char *, to->n_levels);
    for (size_t k = 0; k < to->n_levels; k++)
        level[k] = key_map_text(map, (uint32_t)k, NULL);
    qsort(level, to->n_levels, sizeof *level, by_bytes);
    to->level = level;
}

/* The row whose value is no declared level; n: none.  What `to` has as levels is numbered. */
static size_t place_texts(const struct column *c, size_t n, struct model_column *to, int32_t *code,
                          struct arena *scratch)
{
    struct key_map *place = key_map_new(to->n_levels, scratch);
    for (size_t k = 0; k < to->n_levels; k++)
        key_map_add(place, to->level[k], strlen(to->level[k]), NULL);
    to->code = code;
    for (size_t i = 0; i < n; i++) {
        const char *text = c->as.text[i];
        code[i] = -1;
        if (is_missing_text(text))
            continue;
        uint32_t at = key_map_find(place, text, strlen(text));
        if (at == KEY_MAP_NONE)
            return i;
        code[i] = (int32_t)at;
    }
    return n;
}

/* The texts of a column of numbers whose levels are declared: "1", "2". */
static const struct column *as_texts(const struct column *c, size_t n, struct arena *keep)
{
    if (c->type == COLUMN_TEXT)
        return c;
    struct column *t = arena_copy(keep, c, 1, sizeof *c);
    const char **text = ARENA_NEW(keep, const char *, n);
    for (size_t i = 0; i < n; i++)
        text[i] = column_is_missing(c, i)    ? NULL
                  : c->type == COLUMN_FACTOR ? c->levels->name[c->as.level[i]]
                                             : arena_printf(keep, "%.15g", column_real(c, i));
    t->type = COLUMN_TEXT;
    t->as.text = text;
    return t;
}

/* ---- all of them ---- */

struct reading {
    const struct prepared *prepared;
    struct model_column *column; /* [n_cols] */
    double **value;              /* [n_cols] room for its numbers; NULL: it is not read */
    int32_t **code;              /* [n_cols] or codes */
    size_t *stranger;            /* [n_cols] row of a value that is no declared level */
    struct arena **arena;        /* [n_cols] of its levels, until they are kept */
};

static const struct level_order *order_of(const struct prepared *p, const char *name)
{
    for (size_t k = 0; k < p->n_orders; k++)
        if (strcmp(p->order[k].column, name) == 0)
            return &p->order[k];
    return NULL;
}

static void take_levels(const struct column *c, const struct level_order *order,
                        const struct column *texts, size_t n, struct model_column *to,
                        struct arena *arena)
{
    if (order) {
        to->n_levels = order->levels.n;
        to->level = order->levels.at;
    } else if (c->type == COLUMN_FACTOR) {
        to->n_levels = c->levels->n;
        to->level = c->levels->name;
    } else {
        sorted_levels(texts, n, to, arena);
    }
}

static void read_column(size_t j, void *context)
{
    struct reading *r = context;
    const struct frame *f = r->prepared->frame;
    const struct column *c = &f->cols[j];
    const struct level_order *order = order_of(r->prepared, c->name);
    struct model_column *to = &r->column[j];
    struct arena *arena = r->arena[j] = arena_new();
    bool numbers = c->type != COLUMN_TEXT && c->type != COLUMN_FACTOR;
    *to = (struct model_column){.name = c->name};
    r->stranger[j] = f->n_rows;
    if (!r->value[j])
        return;
    if (!order &&
        (numbers || (c->type == COLUMN_TEXT && numbers_of_texts(c, f->n_rows, r->value[j])))) {
        for (size_t i = 0; numbers && i < f->n_rows; i++)
            r->value[j][i] = column_real(c, i);
        to->value = r->value[j];
        return;
    }
    const struct column *texts = as_texts(c, f->n_rows, arena);
    take_levels(c, order, texts, f->n_rows, to, arena);
    r->stranger[j] = place_texts(texts, f->n_rows, to, r->code[j], arena);
}

/* The levels outlive the arena they were found in. */
static void keep_levels(struct reading *r, size_t n, struct arena *keep)
{
    for (size_t j = 0; j < n; j++) {
        struct model_column *c = &r->column[j];
        const char **level = ARENA_NEW(keep, const char *, c->n_levels);
        for (size_t k = 0; k < c->n_levels; k++)
            level[k] = arena_strdup(keep, c->level[k]);
        c->level = level;
        arena_free(r->arena[j]);
    }
}

static bool told_stranger(const struct frame *f, const struct model_column *c, size_t row,
                          struct arena *keep, struct err *err)
{
    const struct column *texts = as_texts(frame_column(f, c->name), f->n_rows, keep);
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = c->name,
                                    .value = texts->as.text[row],
                                    .what = "is not among the declared levels",
                                    .mend = "add it to --levels, or leave the row out"});
}

/* A typed order whose reference no row has is a slip of the pen. */
static bool reference_exists(const struct frame *f, const struct level_order *order,
                             const struct model_column *c, struct arena *keep, struct err *err)
{
    const struct column *texts = as_texts(frame_column(f, c->name), f->n_rows, keep);
    for (size_t i = 0; i < f->n_rows; i++)
        if (c->code[i] == 0)
            return true;
    struct model_column present = {0};
    sorted_levels(texts, f->n_rows, &present, keep);
    return err_at(
        err, ERR_USAGE,
        &(struct problem){.column = "--levels",
                          .value = order->levels.at[0],
                          .what = arena_printf(keep,
                                               "is to be the reference of %s, but no row "
                                               "has it",
                                               c->name),
                          .mend = nearest_mend(order->levels.at[0], present.level, present.n_levels,
                                               "the rows have ", 12, keep)});
}

static void make_room(const struct frame *f, const char *mentions, struct reading *r,
                      struct arena *keep)
{
    bool all = mentions_all(mentions);
    r->column = ARENA_NEW(keep, struct model_column, f->n_cols);
    r->value = ARENA_NEW(keep, double *, f->n_cols);
    r->code = ARENA_NEW(keep, int32_t *, f->n_cols);
    r->stranger = ARENA_NEW(keep, size_t, f->n_cols);
    r->arena = ARENA_NEW(keep, struct arena *, f->n_cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        bool read = all || regressions_mention(mentions, f->cols[j].name);
        r->value[j] = read ? ARENA_NEW(keep, double, f->n_rows) : NULL;
        r->code[j] = read ? ARENA_NEW(keep, int32_t, f->n_rows) : NULL;
    }
}

bool regressions_data(const struct prepared *p, const char *mentions, struct model_data *data,
                      struct arena *keep, struct err *err)
{
    const struct frame *f = p->frame;
    struct reading r = {.prepared = p};
    make_room(f, mentions, &r, keep);
    workers_run(f->n_cols, p->threads, read_column, &r);
    keep_levels(&r, f->n_cols, keep);
    *data = (struct model_data){f->n_rows, f->n_cols, r.column};
    for (size_t j = 0; j < f->n_cols; j++) {
        const struct level_order *order = order_of(p, f->cols[j].name);
        bool typed = order && (size_t)(order - p->order) < p->n_typed_orders;
        if (r.stranger[j] < f->n_rows)
            return told_stranger(f, &r.column[j], r.stranger[j], keep, err);
        if (r.value[j] && typed && !reference_exists(f, order, &r.column[j], keep, err))
            return false;
    }
    return true;
}
