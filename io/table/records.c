/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/table/records.h"

#include "io/csv/internal.h"
#include "io/table/table.h"

enum { PIECE = 64 << 10 }; /* bytes read at a time */

struct records {
    struct csv_reader *text; /* or NULL: */
    struct xlsx *book;
    struct xlsx_rows *rows;
    size_t sheet;
    uint64_t line;
    struct arena *own; /* what grows with the rows */
    struct record_cell *cell;
    size_t room;
};

static struct records *new_records(struct arena *keep)
{
    struct records *r = ARENA_NEW(keep, struct records, 1);
    *r = (struct records){.own = arena_new()};
    return r;
}

/* ---- opening ---- */

static bool open_book(struct records *r, const char *path, const char *sheet, struct err *err)
{
    r->book = xlsx_open(path, NULL, r->own, err);
    if (!r->book || !xlsx_find_sheet(r->book, sheet, &r->sheet, err))
        return false;
    r->rows = xlsx_rows_open(r->book, r->sheet, err);
    return r->rows != NULL;
}

struct records *records_open_stream(struct stream *stream, const struct csv_dialect *dialect,
                                    struct arena *keep, struct err *err)
{
    struct records *r = new_records(keep);
    r->text = csv_open_bare(stream, dialect, PIECE, keep, err);
    if (r->text)
        return r;
    records_close(r);
    return NULL;
}

struct records *records_open(const char *path, const struct csv_dialect *dialect, const char *sheet,
                             struct arena *keep, struct err *err)
{
    if (table_is_workbook(path)) {
        struct records *r = new_records(keep);
        if (open_book(r, path, sheet, err))
            return r;
        records_close(r);
        return NULL;
    }
    if (sheet) {
        table_no_sheets(path, sheet, err);
        return NULL;
    }
    struct stream *stream = stream_open(path, err);
    return stream ? records_open_stream(stream, dialect, keep, err) : NULL;
}

void records_close(struct records *r)
{
    if (!r)
        return;
    csv_close(r->text);
    xlsx_rows_close(r->rows);
    xlsx_close(r->book);
    arena_free(r->own);
}

/* ---- rows ---- */

static void make_room(struct records *r, size_t n)
{
    if (n <= r->room)
        return;
    r->room = 2 * n + 32;
    r->cell = ARENA_NEW(r->own, struct record_cell, r->room);
}

/* False where every field is empty. */
static bool take_fields(struct records *r, const struct csv_field *field, size_t n)
{
    bool holds = false;
    make_room(r, n);
    for (size_t j = 0; j < n; j++) {
        r->cell[j] = (struct record_cell){
            .text = field[j].text, .length = field[j].length, .quoted = field[j].quoted};
        holds |= field[j].length > 0;
    }
    return holds;
}

static size_t take_row(struct records *r, const struct xlsx_row *row)
{
    const size_t n = row->cells[row->n - 1].column;
    make_room(r, n);
    for (size_t j = 0; j < n; j++)
        r->cell[j] = (struct record_cell){.text = ""};
    for (size_t i = 0; i < row->n; i++) {
        const struct xlsx_cell *c = &row->cells[i];
        r->cell[c->column - 1] = (struct record_cell){
            .text = c->text,
            .length = c->length,
            .error = c->type == XLSX_ERROR,
            .uncalculated = c->type == XLSX_UNCALCULATED,
            .number = c->type == XLSX_NUMBER,
            .rounded = c->type == XLSX_NUMBER && (c->number >= 1e15 || c->number <= -1e15),
            .is_date = c->type == XLSX_DATE,
            .shown_with = c->type == XLSX_NUMBER ? c->shown_with : NULL};
    }
    return n;
}

bool records_next(struct records *r, const struct record_cell **cells, size_t *n, struct err *err)
{
    const struct csv_field *field;
    const struct xlsx_row *row;
    if (r->text) {
        do
            if (!csv_next_bare(r->text, &field, n, err))
                return false;
        while (!take_fields(r, field, *n));
        r->line = csv_line(r->text);
    } else {
        if (!xlsx_rows_next(r->rows, &row, err))
            return false;
        *n = take_row(r, row);
        r->line = row->row;
    }
    *cells = r->cell;
    return true;
}

/* ---- about them ---- */

uint64_t records_line(const struct records *r)
{
    return r->line;
}

bool records_is_workbook(const struct records *r)
{
    return r->book != NULL;
}

const char *records_place(const struct records *r, size_t cell, struct arena *keep)
{
    if (!r->book)
        return NULL;
    return xlsx_place(r->book, r->sheet, (uint32_t)r->line, (uint32_t)cell + 1, keep);
}

double records_share(const struct records *r)
{
    return r->rows ? xlsx_rows_share(r->rows) : 0;
}

const struct xlsx_said *records_said(const struct records *r)
{
    return r->rows ? xlsx_rows_said(r->rows) : NULL;
}
