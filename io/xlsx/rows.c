/* SPDX-License-Identifier: GPL-3.0-or-later
   The rows of a sheet, one at a time. */
#include <stdlib.h>
#include <string.h>

#include "io/xlsx/cell.h"

struct xlsx_rows {
    struct xlsx *book;
    size_t index;
    struct arena *own, *line; /* line: texts of the row at hand */
    struct sheet *sheet;
    struct raw_rows
        *raw; /* rows raw->row[next .. n) and cells from next_cell on are not yet read */
    size_t next, next_cell;
    struct xlsx_row row;
    struct xlsx_cell *cell; /* [room], row.n of them filled */
    size_t room;
    bool counted[XLSX_MAX_COLUMN + 1]; /* hidden columns that hold something */
    struct xlsx_said said;
};

static bool wrong(const struct xlsx_rows *r, uint32_t column, const char *value, const char *what,
                  struct err *err)
{
    return sheet_wrong(r->book, r->index, r->row.row, column, value, what, err);
}

/* ---- a row ---- */

static void count_cell(struct xlsx_rows *r, const struct xlsx_cell *c)
{
    struct xlsx_said *said = &r->said;
    if (sheet_hidden(r->sheet)[c->column] && !r->counted[c->column]) {
        r->counted[c->column] = true;
        if (said->n_hidden_columns++ == 0)
            said->first_hidden_column = c->column;
    }
    if (c->type == XLSX_ERROR && said->n_errors++ == 0) {
        said->error_row = r->row.row;
        said->error_column = c->column;
    }
    if (c->type == XLSX_NUMBER && (c->number >= 1e15 || c->number <= -1e15) &&
        said->n_long++ == 0) {
        said->long_row = r->row.row;
        said->long_column = c->column;
    }
}

static bool take_cell(struct xlsx_rows *r, const struct raw_cell *raw, struct err *err)
{
    bool empty;
    const char *what;
    char *value = r->raw->text + raw->at;
    struct xlsx_cell *c = &r->cell[r->row.n];
    c->column = raw->column;
    if (!cell_read(r->book, raw, value, c, &empty, r->line, &what))
        return wrong(r, raw->column, value, what, err);
    if (!empty) {
        count_cell(r, c);
        r->row.n++;
    }
    return true;
}

static int by_column(const void *a, const void *b)
{
    const struct xlsx_cell *x = a, *y = b;
    return (x->column > y->column) - (x->column < y->column);
}

static bool put_in_order(struct xlsx_rows *r, struct err *err)
{
    qsort(r->cell, r->row.n, sizeof *r->cell, by_column);
    for (size_t i = 1; i < r->row.n; i++)
        if (r->cell[i - 1].column == r->cell[i].column)
            return wrong(r, r->cell[i].column, NULL, "stands in the file twice", err);
    return true;
}

static void make_room(struct xlsx_rows *r, size_t n)
{
    if (n > r->room)
        r->cell = ARENA_NEW(r->own, struct xlsx_cell, r->room = 2 * n + 64);
}

/* Its cells; none where all of them are empty. */
static bool take_row(struct xlsx_rows *r, const struct raw_row *raw, struct err *err)
{
    const struct raw_cell *cell = r->raw->cell + r->next_cell;
    r->next_cell += raw->n;
    r->row = (struct xlsx_row){.row = raw->row, .hidden = raw->hidden};
    arena_reset(r->line);
    make_room(r, raw->n);
    for (size_t i = 0; i < raw->n; i++)
        if (!take_cell(r, &cell[i], err))
            return false;
    if (raw->broken)
        r->row.n = 0;
    if (raw->unordered && !put_in_order(r, err))
        return false;
    r->row.cells = r->cell;
    if (r->row.n > 0) {
        r->said.n_rows++;
        if (raw->hidden && r->said.n_hidden_rows++ == 0)
            r->said.first_hidden_row = raw->row;
    }
    return true;
}

/* ---- a sheet ---- */

/* Some programs name a table of strings and write none, where no cell needs one. */
static bool read_strings(struct xlsx *book, struct err *err)
{
    if (!book->strings_part || book->strings || !package_has(book->package, book->strings_part))
        return true;
    book->strings = strings_read(book->package, book->strings_part, &book->limits, book->keep, err);
    return book->strings != NULL;
}

struct xlsx_rows *xlsx_rows_open(struct xlsx *book, size_t sheet, struct err *err)
{
    if (!read_strings(book, err))
        return NULL;
    struct arena *own = arena_new();
    struct xlsx_rows *r = ARENA_NEW(own, struct xlsx_rows, 1);
    *r = (struct xlsx_rows){.book = book, .index = sheet, .own = own, .line = arena_new()};
    r->sheet = sheet_open(book, sheet, err);
    if (r->sheet)
        return r;
    xlsx_rows_close(r);
    return NULL;
}

/* What is behind the rows at hand; false at the end and on error, which stays. */
static bool more_rows(struct xlsx_rows *r, struct err *err)
{
    struct raw_rows *raw = r->raw;
    if (raw && raw->err.code != ERR_NONE) {
        if (err->code == ERR_NONE)
            *err = raw->err;
        return false;
    }
    raw = sheet_next(r->sheet);
    if (!raw)
        return false;
    r->raw = raw;
    r->next = r->next_cell = 0;
    r->said.n_merged = raw->n_merged;
    r->said.merged = raw->merged;
    return true;
}

bool xlsx_rows_next(struct xlsx_rows *rows, const struct xlsx_row **row, struct err *err)
{
    *row = &rows->row;
    do {
        while (!rows->raw || rows->next == rows->raw->n)
            if (!more_rows(rows, err))
                return false;
        if (!take_row(rows, &rows->raw->row[rows->next++], err))
            return false;
    } while (rows->row.n == 0);
    return true;
}

double xlsx_rows_share(const struct xlsx_rows *rows)
{
    return rows->raw ? rows->raw->share : 0;
}

const struct xlsx_said *xlsx_rows_said(const struct xlsx_rows *rows)
{
    return &rows->said;
}

void xlsx_rows_close(struct xlsx_rows *rows)
{
    if (!rows)
        return;
    sheet_close(rows->sheet);
    arena_free(rows->line);
    arena_free(rows->own);
}
