/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/delimited.h"

#include <string.h>

#include "io/xlsx/header.h"

struct xlsx_delimited {
    struct arena *own;
    struct header header;
    struct xlsx_rows *rows;
    char delimiter;
    uint32_t line; /* rows written */
    char *text;    /* [room] written, text[at..n) not yet given */
    size_t at, n, room;
    bool over;
};

static void put(struct xlsx_delimited *d, char c)
{
    if (d->n == d->room) {
        char *more = ARENA_NEW(d->own, char, d->room = 2 * d->room + 4096);
        if (d->n)
            memcpy(more, d->text, d->n);
        d->text = more;
    }
    d->text[d->n++] = c;
}

static void put_cell(struct xlsx_delimited *d, const struct xlsx_cell *c)
{
    const char marks[] = {d->delimiter, '"', '\0'};
    const bool quoted = strpbrk(c->text, marks) != NULL;
    if (quoted)
        put(d, '"');
    for (uint32_t i = 0; i < c->length; i++) {
        if (c->text[i] == '\r' && c->text[i + 1] == '\n')
            continue;
        if (c->text[i] == '"')
            put(d, '"');
        put(d, c->text[i] == '\r' || c->text[i] == '\n' ? ' ' : c->text[i]);
    }
    if (quoted)
        put(d, '"');
}

/* The cells below names, empty ones too; a row of one empty cell would be no record. */
static bool put_row(struct xlsx_delimited *d, const struct xlsx_row *row, struct err *err)
{
    size_t i = 0;
    bool first = true;
    const bool is_header = row->row == d->header.row;
    for (; d->line + 1 < row->row; d->line++)
        put(d, '\n');
    for (uint32_t c = 1; c <= d->header.n; c++) {
        const struct xlsx_cell *cell =
            i < row->n && row->cells[i].column == c ? &row->cells[i] : NULL;
        if (cell && !is_header && !header_check(&d->header, row->row, cell, err))
            return false;
        i += cell != NULL;
        if (!d->header.at[c].name)
            continue;
        if (!first)
            put(d, d->delimiter);
        first = false;
        if (cell)
            put_cell(d, cell);
    }
    put(d, '\n');
    d->line = row->row;
    return i == row->n || header_check(&d->header, row->row, &row->cells[i], err);
}

/* The next row; d->over at the end. */
static bool next_row(struct xlsx_delimited *d, struct err *err)
{
    const struct xlsx_row *row;
    d->at = d->n = 0;
    if (!xlsx_rows_next(d->rows, &row, err)) {
        d->over = true;
        return err->code == ERR_NONE;
    }
    if (row->row <= d->header.asked->skip_rows)
        return true;
    if (!d->header.row && !header_take(&d->header, row, err))
        return false;
    return put_row(d, row, err);
}

struct xlsx_delimited *xlsx_delimited_open(struct xlsx *book, const struct xlsx_asked *asked,
                                           char delimiter, struct err *err)
{
    size_t sheet;
    if (!xlsx_find_sheet(book, asked->sheet, &sheet, err))
        return NULL;
    struct xlsx_rows *rows = xlsx_rows_open(book, sheet, err);
    if (!rows)
        return NULL;
    struct arena *own = arena_new();
    struct xlsx_delimited *d = ARENA_NEW(own, struct xlsx_delimited, 1);
    *d = (struct xlsx_delimited){
        .own = own,
        .header = {.book = book, .sheet = sheet, .asked = asked, .keep = own},
        .rows = rows,
        .delimiter = delimiter};
    return d;
}

bool xlsx_delimited_read(struct xlsx_delimited *d, void *buffer, size_t size, size_t *got,
                         struct err *err)
{
    *got = 0;
    while (*got < size) {
        if (d->at == d->n && (d->over || !next_row(d, err)))
            return err->code == ERR_NONE;
        const size_t left = d->n - d->at, n = left < size - *got ? left : size - *got;
        if (n)
            memcpy((char *)buffer + *got, d->text + d->at, n);
        d->at += n;
        *got += n;
    }
    return true;
}

void xlsx_delimited_close(struct xlsx_delimited *d)
{
    if (!d)
        return;
    xlsx_rows_close(d->rows);
    arena_free(d->own);
}
