/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/frame.h"

#include <string.h>

#include "io/xlsx/header.h"

/* The cells of a column so far. */
struct field {
    const char **text; /* [table's room] */
    uint8_t *missing;  /* [table's room] */
    size_t n;          /* rows filled; what is behind them is blank */
};

struct table {
    struct header header;
    struct field *field; /* [header.n + 1], from 1 */
    size_t n_rows, room;
    uint64_t *line; /* [room] */
    struct arena *keep;
};

/* ---- the rows ---- */

static void make_room(struct table *t)
{
    const size_t room = 2 * t->room + 256;
    uint64_t *line = ARENA_NEW(t->keep, uint64_t, room);
    if (t->n_rows)
        memcpy(line, t->line, t->n_rows * sizeof *line);
    for (size_t c = 1; c <= t->header.n; c++) {
        struct field *f = &t->field[c];
        if (!t->header.at[c].name)
            continue;
        const char **text = ARENA_NEW(t->keep, const char *, room);
        uint8_t *missing = ARENA_NEW(t->keep, uint8_t, room);
        if (f->n) {
            memcpy(text, f->text, f->n * sizeof *text);
            memcpy(missing, f->missing, f->n);
        }
        f->text = text;
        f->missing = missing;
    }
    t->line = line;
    t->room = room;
}

static void fill_blank(struct field *f, size_t n)
{
    if (f->n < n)
        memset(f->missing + f->n, MISSING_BLANK, n - f->n);
    f->n = n;
}

static bool take_cell(struct table *t, uint32_t row, const struct xlsx_cell *c, struct err *err)
{
    if (!header_check(&t->header, row, c, err))
        return false;
    struct field *f = &t->field[c->column];
    fill_blank(f, t->n_rows);
    const bool error = c->type == XLSX_ERROR;
    f->text[f->n] = error ? NULL : arena_strndup(t->keep, c->text, c->length);
    f->missing[f->n++] = error ? MISSING_UNDEFINED : MISSING_NOT;
    return true;
}

static bool take_row(struct table *t, const struct xlsx_row *row, struct err *err)
{
    if (row->row <= t->header.asked->skip_rows)
        return true;
    if (!t->header.row)
        return header_take(&t->header, row, err);
    if (!t->field)
        t->field = ARENA_NEW(t->keep, struct field, t->header.n + 1);
    if (t->n_rows == t->room)
        make_room(t);
    for (size_t i = 0; i < row->n; i++)
        if (!take_cell(t, row->row, &row->cells[i], err))
            return false;
    t->line[t->n_rows++] = row->row;
    return true;
}

/* ---- the frame ---- */

static const struct frame *frame_of(struct table *t)
{
    const char *name = arena_strdup(t->keep, xlsx_name(t->header.book));
    struct frame *f = ARENA_NEW(t->keep, struct frame, 1);
    struct column *cols = ARENA_NEW(t->keep, struct column, t->header.n);
    size_t n = 0;
    if (!t->field)
        t->field = ARENA_NEW(t->keep, struct field, t->header.n + 1);
    if (!t->room)
        make_room(t);
    for (size_t c = 1; c <= t->header.n; c++) {
        struct field *from = &t->field[c];
        const char *column = t->header.at[c].name;
        if (!column)
            continue;
        fill_blank(from, t->n_rows);
        bool all = !memchr(from->missing, MISSING_BLANK, t->n_rows) &&
                   !memchr(from->missing, MISSING_UNDEFINED, t->n_rows);
        cols[n] = (struct column){.name = column,
                                  .label = column,
                                  .type = COLUMN_TEXT,
                                  .missing = all ? NULL : from->missing};
        cols[n++].as.text = from->text;
    }
    *f = (struct frame){.name = name,
                        .n_rows = t->n_rows,
                        .n_cols = n,
                        .cols = cols,
                        .file = name,
                        .line = t->line};
    return f;
}

const struct frame *xlsx_book_frame(struct xlsx *book, const struct xlsx_asked *asked,
                                    struct xlsx_said *said, struct arena *keep, struct err *err)
{
    const struct xlsx_asked nothing = {0};
    const struct xlsx_row *row;
    struct table t = {.header = {.book = book, .asked = asked ? asked : &nothing, .keep = keep},
                      .keep = keep};
    if (!xlsx_find_sheet(book, t.header.asked->sheet, &t.header.sheet, err))
        return NULL;
    if (t.header.asked->names)
        header_give(&t.header);
    struct xlsx_rows *rows = xlsx_rows_open(book, t.header.sheet, err);
    while (rows && xlsx_rows_next(rows, &row, err) && take_row(&t, row, err))
        ;
    if (said && rows)
        *said = *xlsx_rows_said(rows);
    if (said)
        said->has_dates = header_has_dates(&t.header);
    xlsx_rows_close(rows);
    if (err->code == ERR_NONE && !t.header.row)
        header_wrong(&t.header, ERR_SYNTAX, 0, 0, NULL, "holds nothing",
                     "check the name of the sheet", err);
    return err->code == ERR_NONE ? frame_of(&t) : NULL;
}

const struct frame *xlsx_frame(const char *path, const struct xlsx_asked *asked,
                               struct xlsx_said *said, struct arena *keep, struct err *err)
{
    struct arena *own = arena_new(); /* the strings of the workbook, of which a frame needs few */
    struct xlsx *book = xlsx_open(path, NULL, own, err);
    const struct frame *f = book ? xlsx_book_frame(book, asked, said, keep, err) : NULL;
    xlsx_close(book);
    arena_free(own);
    return f;
}
