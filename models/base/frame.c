/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/frame.h"

#include <assert.h>
#include <math.h>
#include <string.h>

const char *missing_word(enum missing reason)
{
    static const char *const word[] = {
#define X(code, text) text,
        MISSING_LIST(X)
#undef X
    };
    return word[reason];
}

const struct column *frame_column(const struct frame *f, const char *name)
{
    for (size_t j = 0; j < f->n_cols; j++)
        if (strcmp(f->cols[j].name, name) == 0)
            return &f->cols[j];
    for (size_t j = 0; j < f->n_cols; j++)
        if ((f->cols[j].source && strcmp(f->cols[j].source, name) == 0) ||
            (f->cols[j].alias && strcmp(f->cols[j].alias, name) == 0))
            return &f->cols[j];
    return NULL;
}

const char *column_source(const struct column *c)
{
    return c->source ? c->source : c->name;
}

const char *const *frame_names_and_aliases(const struct frame *f, size_t *n, struct arena *keep)
{
    const char **names = ARENA_NEW(keep, const char *, 2 * f->n_cols);
    for (*n = 0; *n < f->n_cols; ++*n)
        names[*n] = f->cols[*n].name;
    for (size_t j = 0; j < f->n_cols; j++)
        if (f->cols[j].alias)
            names[(*n)++] = f->cols[j].alias;
    return names;
}

const char *const *frame_names(const struct frame *f, struct arena *keep)
{
    size_t ignored;
    return frame_names_and_aliases(f, &ignored, keep);
}

bool column_is_missing(const struct column *c, size_t row)
{
    switch (c->type) {
    case COLUMN_REAL:
        return isnan(c->as.real[row]);
    case COLUMN_WHOLE:
        return c->as.whole[row] == WHOLE_MISSING;
    case COLUMN_DAY:
        return c->as.day[row] == DAY_MISSING;
    case COLUMN_FACTOR:
        return c->as.level[row] < 0;
    case COLUMN_TEXT:
        return c->as.text[row] == NULL;
    }
    return true;
}

double column_real(const struct column *c, size_t row)
{
    if (column_is_missing(c, row))
        return NAN;
    switch (c->type) {
    case COLUMN_REAL:
        return c->as.real[row];
    case COLUMN_WHOLE:
        return (double)c->as.whole[row];
    case COLUMN_DAY:
        return c->as.day[row];
    case COLUMN_FACTOR:
    case COLUMN_TEXT:
        break;
    }
    return NAN;
}

struct rows rows_all(size_t n, struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        at[i] = (uint32_t)i;
    return (struct rows){n, at};
}

struct rows rows_complete(const struct column *const cols[], size_t k, struct rows in,
                          struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, in.n);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        bool whole = true;
        for (size_t j = 0; j < k && whole; j++)
            whole = !column_is_missing(cols[j], in.at[i]);
        if (whole)
            at[n++] = in.at[i];
    }
    return (struct rows){n, at};
}

/* ---- making one ---- */

/* One column while it grows. */
struct growing {
    struct column column;
    unsigned char *cells; /* [capacity * cell size] */
    uint8_t *missing;     /* [capacity] */
    const char **code;    /* [capacity], or NULL: there is none */
    bool any_missing;
};

struct frame_builder {
    const char *name;
    struct arena *keep;
    struct growing *col;
    size_t n_cols, col_capacity;
    size_t n_rows, capacity;
};

static size_t cell_size(enum column_type type)
{
    static const size_t size[] = {
        [COLUMN_REAL] = sizeof(double),       [COLUMN_WHOLE] = sizeof(int64_t),
        [COLUMN_DAY] = sizeof(int32_t),       [COLUMN_FACTOR] = sizeof(int32_t),
        [COLUMN_TEXT] = sizeof(const char *),
    };
    return size[type];
}

struct frame_builder *frame_builder_new(const char *name, struct arena *keep)
{
    struct frame_builder *b = ARENA_NEW(keep, struct frame_builder, 1);
    b->name = name;
    b->keep = keep;
    return b;
}

size_t frame_builder_column(struct frame_builder *b, const struct column *like)
{
    assert(b->capacity == 0);
    if (b->n_cols == b->col_capacity) {
        size_t capacity = b->col_capacity ? 2 * b->col_capacity : 16;
        struct growing *more = ARENA_NEW(b->keep, struct growing, capacity);
        if (b->n_cols)
            memcpy(more, b->col, b->n_cols * sizeof *more);
        b->col = more;
        b->col_capacity = capacity;
    }
    struct growing *g = &b->col[b->n_cols];
    *g = (struct growing){.column = *like};
    g->column.missing = NULL;
    g->column.code = NULL;
    if (!g->column.label)
        g->column.label = g->column.name;
    return b->n_cols++;
}

void frame_builder_quantity(struct frame_builder *b, size_t col, enum quantity quantity)
{
    assert(col < b->n_cols);
    b->col[col].column.quantity = quantity;
}

static void blank_cell(struct growing *g, size_t row)
{
    void *cell = g->cells + row * cell_size(g->column.type);
    switch (g->column.type) {
    case COLUMN_REAL:
        *(double *)cell = NAN;
        break;
    case COLUMN_WHOLE:
        *(int64_t *)cell = WHOLE_MISSING;
        break;
    case COLUMN_DAY:
        *(int32_t *)cell = DAY_MISSING;
        break;
    case COLUMN_FACTOR:
        *(int32_t *)cell = -1;
        break;
    case COLUMN_TEXT:
        *(const char **)cell = NULL;
        break;
    }
    g->missing[row] = MISSING_BLANK;
}

static void grow(struct frame_builder *b)
{
    size_t capacity = b->capacity ? 2 * b->capacity : 64;
    for (size_t j = 0; j < b->n_cols; j++) {
        struct growing *g = &b->col[j];
        size_t size = cell_size(g->column.type);
        unsigned char *cells = arena_alloc(b->keep, capacity, size);
        uint8_t *missing = ARENA_NEW(b->keep, uint8_t, capacity);
        if (b->capacity) {
            memcpy(cells, g->cells, b->capacity * size);
            memcpy(missing, g->missing, b->capacity);
        }
        if (g->code) {
            const char **code = ARENA_NEW(b->keep, const char *, capacity);
            memcpy(code, g->code, b->capacity * sizeof *code);
            g->code = code;
        }
        g->cells = cells;
        g->missing = missing;
        for (size_t i = b->capacity; i < capacity; i++)
            blank_cell(g, i);
    }
    b->capacity = capacity;
}

/* The cell of the current row, marked as present. */
static void *cell(struct frame_builder *b, size_t col, enum column_type type)
{
    assert(col < b->n_cols && b->col[col].column.type == type);
    if (b->n_rows == b->capacity)
        grow(b);
    b->col[col].missing[b->n_rows] = MISSING_NOT;
    return b->col[col].cells + b->n_rows * cell_size(type);
}

void frame_put_real(struct frame_builder *b, size_t col, double value)
{
    *(double *)cell(b, col, COLUMN_REAL) = value;
    if (isnan(value))
        b->col[col].missing[b->n_rows] = MISSING_UNDEFINED;
}

void frame_put_whole(struct frame_builder *b, size_t col, int64_t value)
{
    *(int64_t *)cell(b, col, COLUMN_WHOLE) = value;
    if (value == WHOLE_MISSING)
        b->col[col].missing[b->n_rows] = MISSING_UNDEFINED;
}

void frame_put_day(struct frame_builder *b, size_t col, int32_t value)
{
    *(int32_t *)cell(b, col, COLUMN_DAY) = value;
    if (value == DAY_MISSING)
        b->col[col].missing[b->n_rows] = MISSING_UNDEFINED;
}

void frame_put_level(struct frame_builder *b, size_t col, int32_t level)
{
    *(int32_t *)cell(b, col, COLUMN_FACTOR) = level;
    if (level < 0)
        b->col[col].missing[b->n_rows] = MISSING_BLANK;
}

void frame_put_text(struct frame_builder *b, size_t col, const char *text)
{
    if (text)
        *(const char **)cell(b, col, COLUMN_TEXT) = arena_strdup(b->keep, text);
}

void frame_put_missing(struct frame_builder *b, size_t col, enum missing reason)
{
    assert(col < b->n_cols);
    if (b->n_rows == b->capacity)
        grow(b);
    blank_cell(&b->col[col], b->n_rows);
    b->col[col].missing[b->n_rows] = (uint8_t)reason;
}

void frame_put_code(struct frame_builder *b, size_t col, const char *code)
{
    struct growing *g = &b->col[col];
    frame_put_missing(b, col, MISSING_CODE);
    if (code && !g->code)
        g->code = ARENA_NEW(b->keep, const char *, b->capacity);
    if (code)
        g->code[b->n_rows] = code;
}

void frame_end_row(struct frame_builder *b)
{
    if (b->n_rows == b->capacity)
        grow(b);
    for (size_t j = 0; j < b->n_cols; j++)
        b->col[j].any_missing |= b->col[j].missing[b->n_rows] != MISSING_NOT;
    b->n_rows++;
}

static struct column finished(const struct growing *g)
{
    struct column c = g->column;
    switch (c.type) {
    case COLUMN_REAL:
        c.as.real = (const double *)(const void *)g->cells;
        break;
    case COLUMN_WHOLE:
        c.as.whole = (const int64_t *)(const void *)g->cells;
        break;
    case COLUMN_DAY:
        c.as.day = (const int32_t *)(const void *)g->cells;
        break;
    case COLUMN_FACTOR:
        c.as.level = (const int32_t *)(const void *)g->cells;
        break;
    case COLUMN_TEXT:
        c.as.text = (const char *const *)(const void *)g->cells;
        break;
    }
    c.missing = g->any_missing ? g->missing : NULL;
    c.code = g->code;
    return c;
}

const struct frame *frame_builder_finish(struct frame_builder *b)
{
    if (b->capacity == 0)
        grow(b);
    struct column *cols = ARENA_NEW(b->keep, struct column, b->n_cols);
    for (size_t j = 0; j < b->n_cols; j++)
        cols[j] = finished(&b->col[j]);
    struct frame *f = ARENA_NEW(b->keep, struct frame, 1);
    *f = (struct frame){.name = b->name, .n_rows = b->n_rows, .n_cols = b->n_cols, .cols = cols};
    return f;
}

const struct frame *frame_of_columns(const char *name, const struct column *cols, size_t n_cols,
                                     size_t n_rows, struct arena *keep)
{
    struct column *own = arena_copy(keep, cols, n_cols, sizeof *cols);
    for (size_t j = 0; j < n_cols; j++)
        if (!own[j].label)
            own[j].label = own[j].name;
    struct frame *f = ARENA_NEW(keep, struct frame, 1);
    *f = (struct frame){.name = name, .n_rows = n_rows, .n_cols = n_cols, .cols = own};
    return f;
}

static void put_cell(struct frame_builder *b, size_t col, const struct column *c, size_t row)
{
    if (column_is_missing(c, row) && c->code && c->code[row]) {
        frame_put_code(b, col, c->code[row]);
        return;
    }
    if (column_is_missing(c, row)) {
        frame_put_missing(b, col, c->missing ? (enum missing)c->missing[row] : MISSING_BLANK);
        return;
    }
    switch (c->type) {
    case COLUMN_REAL:
        frame_put_real(b, col, c->as.real[row]);
        break;
    case COLUMN_WHOLE:
        frame_put_whole(b, col, c->as.whole[row]);
        break;
    case COLUMN_DAY:
        frame_put_day(b, col, c->as.day[row]);
        break;
    case COLUMN_FACTOR:
        frame_put_level(b, col, c->as.level[row]);
        break;
    case COLUMN_TEXT:
        frame_put_text(b, col, c->as.text[row]);
        break;
    }
}

const struct frame *frames_stacked(const char *name, const struct frame *const frames[], size_t n,
                                   struct arena *keep)
{
    struct frame_builder *b = frame_builder_new(name, keep);
    for (size_t j = 0; n && j < frames[0]->n_cols; j++)
        frame_builder_column(b, &frames[0]->cols[j]);
    for (size_t k = 0; k < n; k++) {
        assert(frames[k]->n_cols == frames[0]->n_cols);
        for (size_t i = 0; i < frames[k]->n_rows; i++) {
            for (size_t j = 0; j < frames[k]->n_cols; j++)
                put_cell(b, j, &frames[k]->cols[j], i);
            frame_end_row(b);
        }
    }
    return frame_builder_finish(b);
}
