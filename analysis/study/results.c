/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/results.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "analysis/study/words.h"
#include "io/privacy/suppress.h"
#include "io/text/parse.h"

struct results {
    struct frame_builder *builder;
    struct arena *keep;
    size_t n_by, n_cols, capacity;
    const char **name;   /* [n_cols] of the columns after the grouping ones */
    size_t next;         /* index behind the column of the last cell */
    bool in_row, hidden; /* hidden: nothing is told of the row's group but its name */
};

static void add_column(struct results *r, const struct column *like)
{
    if (r->n_cols == r->capacity) {
        size_t capacity = r->capacity ? 2 * r->capacity : 32;
        const char **more = ARENA_NEW(r->keep, const char *, capacity);
        if (r->n_cols)
            memcpy(more, r->name, r->n_cols * sizeof *more);
        r->name = more;
        r->capacity = capacity;
    }
    r->name[r->n_cols++] = like->name;
    frame_builder_column(r->builder, like);
}

static bool among(const char *columns, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = columns; n && (p = strstr(p, name)); p += n)
        if ((p == columns || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

struct results *results_new(const char *name, const struct groups *groups, const char *columns,
                            struct arena *keep)
{
    struct results *r = ARENA_NEW(keep, struct results, 1);
    r->builder = frame_builder_new(name, keep);
    r->keep = keep;
    r->n_by = groups ? groups->n_by : 0;
    for (size_t i = 0; i < r->n_by; i++)
        frame_builder_column(
            r->builder, &(struct column){.name = among(columns, groups->by[i])
                                                     ? arena_printf(keep, "by_%s", groups->by[i])
                                                     : groups->by[i],
                                         .label = groups->label[i],
                                         .note = "grouping column; (all) is its margin",
                                         .type = COLUMN_TEXT});
    for (const char *p = columns; *p;) {
        size_t length = strcspn(p, " ");
        const struct column *word = word_find(arena_strndup(keep, p, length));
        assert(word);
        add_column(r, word);
        p += length + strspn(p + length, " ");
    }
    return r;
}

void results_own_column(struct results *r, const struct column *like)
{
    add_column(r, like);
}

/* Cells are mostly given in the order of the columns: the search begins behind the
   last one. */
static size_t at(struct results *r, const char *column)
{
    for (size_t i = 0; i < r->n_cols; i++) {
        const size_t j = (r->next + i) % r->n_cols;
        if (strcmp(r->name[j], column) == 0) {
            r->next = j + 1;
            return r->n_by + j;
        }
    }
    assert(!"a column of this table");
    return 0;
}

void results_quantity(struct results *r, const char *columns, enum quantity quantity)
{
    for (const char *p = columns; *p;) {
        size_t length = strcspn(p, " ");
        frame_builder_quantity(r->builder, at(r, arena_strndup(r->keep, p, length)), quantity);
        p += length + strspn(p + length, " ");
    }
}

static bool has_column(const struct results *r, const char *column)
{
    for (size_t i = 0; i < r->n_cols; i++)
        if (strcmp(r->name[i], column) == 0)
            return true;
    return false;
}

void results_hide(struct results *r)
{
    r->hidden = true;
    if (has_column(r, "status"))
        frame_put_text(r->builder, at(r, "status"), STATUS_SUPPRESSED);
}

void results_row(struct results *r, const struct group *group)
{
    if (r->in_row)
        frame_end_row(r->builder);
    r->in_row = true;
    r->hidden = group && group->suppressed;
    for (size_t i = 0; i < r->n_by && group; i++)
        frame_put_text(r->builder, i, group->level[i]);
    if (r->hidden)
        results_hide(r);
}

/* What a text column says is found, or only what it was looked for in. */
static bool is_finding(const char *column)
{
    return among("status verdict verdict_flips finding direction flag best_by reliability_x_source "
                 "reliability_y_source omega_status",
                 column);
}

void results_text(struct results *r, const char *column, const char *text)
{
    if (r->hidden && is_finding(column))
        return;
    frame_put_text(r->builder, at(r, column), text);
}

void results_real(struct results *r, const char *column, double value)
{
    if (!r->hidden)
        frame_put_real(r->builder, at(r, column), value);
}

void results_whole(struct results *r, const char *column, int64_t value)
{
    if (!r->hidden)
        frame_put_whole(r->builder, at(r, column), value);
}

void results_day(struct results *r, const char *column, int32_t day)
{
    if (!r->hidden)
        frame_put_day(r->builder, at(r, column), day);
}

void results_status(struct results *r, enum fit_status status)
{
    results_text(r, "status", fit_status_word(status));
}

void results_missing(struct results *r, const char *column, enum missing reason)
{
    if (!r->hidden)
        frame_put_missing(r->builder, at(r, column), reason);
}

void results_code(struct results *r, const char *column, const char *code)
{
    if (!r->hidden)
        frame_put_code(r->builder, at(r, column), code);
}

const struct frame *results_finish(struct results *r)
{
    if (r->in_row)
        frame_end_row(r->builder);
    return frame_builder_finish(r->builder);
}

static struct column with_cells(const struct result_column *given)
{
    const struct column *word = word_find(given->name);
    assert(word);
    struct column c = *word;
    switch (c.type) {
    case COLUMN_REAL:
        c.as.real = given->real;
        break;
    case COLUMN_WHOLE:
        c.as.whole = given->whole;
        break;
    case COLUMN_DAY:
        c.as.day = given->day;
        break;
    case COLUMN_TEXT:
        c.as.text = given->text;
        break;
    case COLUMN_FACTOR:
        break;
    }
    assert(c.as.text); /* of whatever type: cells of the word's type have been given */
    return c;
}

const struct frame *results_of_columns(const char *name, const struct result_column *cols,
                                       size_t n_cols, size_t n_rows, struct arena *keep)
{
    struct column *all = ARENA_NEW(keep, struct column, n_cols);
    for (size_t j = 0; j < n_cols; j++)
        all[j] = with_cells(&cols[j]);
    return frame_of_columns(name, all, n_cols, n_rows, keep);
}

/* ---- the report ---- */

/* A list of things of one size. */
struct list {
    unsigned char *bytes;
    size_t n, capacity;
};

struct report_builder {
    const char *title, *gate;
    struct arena *keep;
    struct list lines, tables, charts, files, warnings, facts;
};

static void add(struct list *list, const void *item, size_t size, struct arena *keep)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 8;
        unsigned char *more = arena_alloc(keep, capacity, size);
        if (list->n)
            memcpy(more, list->bytes, list->n * size);
        list->bytes = more;
        list->capacity = capacity;
    }
    memcpy(list->bytes + list->n++ * size, item, size);
}

struct report_builder *report_builder_new(const char *title, struct arena *keep)
{
    struct report_builder *b = ARENA_NEW(keep, struct report_builder, 1);
    b->title = title;
    b->keep = keep;
    return b;
}

void report_add_table(struct report_builder *b, const struct table *table)
{
    add(&b->tables, table, sizeof *table, b->keep);
}

static bool has_chart(const struct report_builder *b, const char *id)
{
    const struct chart *charts = (const void *)b->charts.bytes;
    for (size_t i = 0; i < b->charts.n; i++)
        if (strcmp(charts[i].id, id) == 0)
            return true;
    return false;
}

void report_add_chart(struct report_builder *b, const struct chart *chart)
{
    enum { LONGEST_ID = 120 }; /* with page and ending well below the 255 bytes of a file name */
    struct chart named = *chart;
    const char *id =
        strlen(chart->id) > LONGEST_ID ? arena_strndup(b->keep, chart->id, LONGEST_ID) : chart->id;
    named.id = id;
    for (size_t k = 2; has_chart(b, named.id); k++)
        named.id = arena_printf(b->keep, "%s_%zu", id, k);
    add(&b->charts, &named, sizeof named, b->keep);
}

void report_add_file(struct report_builder *b, const struct made_file *file)
{
    add(&b->files, file, sizeof *file, b->keep);
}

void report_add_line(struct report_builder *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *text = arena_vprintf(b->keep, fmt, ap);
    va_end(ap);
    add(&b->lines, &text, sizeof text, b->keep);
}

void report_add_warning(struct report_builder *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *text = arena_vprintf(b->keep, fmt, ap);
    va_end(ap);
    add(&b->warnings, &text, sizeof text, b->keep);
}

void report_add_fact(struct report_builder *b, const char *section, const char *name,
                     const char *value)
{
    struct fact f = {.section = section, .name = name, .value = value};
    add(&b->facts, &f, sizeof f, b->keep);
}

void report_add_count(struct report_builder *b, const char *name, double value)
{
    char buffer[32];
    struct fact f = {.section = "counts", .name = name, .is_number = true};
    f.value = arena_strdup(b->keep, real_text(value, buffer));
    add(&b->facts, &f, sizeof f, b->keep);
}

void report_set_gate(struct report_builder *b, const char *gate)
{
    b->gate = gate;
}

void report_finish(struct report_builder *b, struct report *report)
{
    *report = (struct report){
        .title = b->title,
        .gate = b->gate,
        .n_lines = b->lines.n,
        .lines = (const void *)b->lines.bytes,
        .n_tables = b->tables.n,
        .tables = (const void *)b->tables.bytes,
        .n_charts = b->charts.n,
        .charts = (const void *)b->charts.bytes,
        .n_files = b->files.n,
        .files = (const void *)b->files.bytes,
        .n_warnings = b->warnings.n,
        .warnings = (const void *)b->warnings.bytes,
        .n_facts = b->facts.n,
        .facts = (const void *)b->facts.bytes,
    };
}
