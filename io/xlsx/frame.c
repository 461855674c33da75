/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "models/base/nearest.h"

/* A column of the sheet, from its cell in the header or its first below it on. */
struct field {
    const char *name; /* NULL: none */
    bool key, date;
    uint32_t first;     /* row of its first cell, 0: none yet ... */
    bool first_is_date; /* ... and what that is */
    const char **text;  /* [table's room], NULL until it holds something */
    uint8_t *missing;   /* [table's room] */
    size_t n;           /* rows filled; what is behind them is blank */
};

struct table {
    struct xlsx *book;
    size_t sheet;
    const struct xlsx_asked *asked;
    struct field *field; /* [n_fields + 1], from 1 */
    size_t n_fields;     /* last column of the header */
    uint32_t header_row;
    size_t n_rows, room;
    uint64_t *line; /* [room] */
    struct arena *keep;
};

/* ---- which sheet ---- */

static bool is_filled(struct xlsx *book, size_t sheet, bool *filled, struct err *err)
{
    const struct xlsx_row *row;
    struct xlsx_rows *rows = xlsx_rows_open(book, sheet, err);
    *filled = rows && xlsx_rows_next(rows, &row, err);
    xlsx_rows_close(rows);
    return err->code == ERR_NONE;
}

static bool only_sheet(struct xlsx *book, size_t *sheet, struct err *err)
{
    size_t found = 0;
    char mend[256] = "";
    for (size_t i = 0, used = 0; i < xlsx_n_sheets(book); i++) {
        const struct xlsx_sheet *s = &xlsx_sheets(book)[i];
        bool filled = false;
        if (s->visibility == XLSX_VISIBLE && !is_filled(book, i, &filled, err))
            return false;
        if (!filled)
            continue;
        if (found++ == 0)
            *sheet = i;
        if (used < sizeof mend)
            used += (size_t)snprintf(mend + used, sizeof mend - used, "%s\"%s\"",
                                     found > 1 ? ", " : "declare one of them, sheet: ", s->name);
    }
    if (found == 1)
        return true;
    return err_at(err, ERR_USAGE,
                  &(struct problem){.file = xlsx_name(book),
                                    .what = found ? "has several sheets that hold something"
                                                  : "has no visible sheet that holds something",
                                    .mend = found ? mend : "name a hidden one with sheet:"});
}

bool xlsx_find_sheet(struct xlsx *book, const char *name, size_t *sheet, struct err *err)
{
    const size_t n = xlsx_n_sheets(book);
    size_t alike = 0;
    if (!name)
        return only_sheet(book, sheet, err);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(xlsx_sheets(book)[i].name, name) == 0) {
            *sheet = i;
            return true;
        }
        if (strcasecmp(xlsx_sheets(book)[i].name, name) == 0 && alike++ == 0)
            *sheet = i;
    }
    if (alike == 1)
        return true;
    struct arena *scratch = arena_new();
    const char **names = ARENA_NEW(scratch, const char *, n);
    for (size_t i = 0; i < n; i++)
        names[i] = xlsx_sheets(book)[i].name;
    err_at(err, ERR_COLUMN,
           &(struct problem){.file = xlsx_name(book),
                             .value = name,
                             .what = "is no sheet of this workbook",
                             .mend = nearest_mend(name, names, n, "its sheets are ", 8, scratch)});
    arena_free(scratch);
    return false;
}

/* ---- messages ---- */

static bool wrong(const struct table *t, enum err_code code, uint32_t row, uint32_t column,
                  const char *value, const char *what, const char *mend, struct err *err)
{
    struct arena *scratch = arena_new();
    err_at(err, code,
           &(struct problem){.file = xlsx_name(t->book),
                             .column = row ? xlsx_place(t->book, t->sheet, row, column, scratch)
                                           : xlsx_sheets(t->book)[t->sheet].name,
                             .value = value,
                             .what = what,
                             .mend = mend});
    arena_free(scratch);
    return false;
}

static bool refuse_uncalculated(const struct table *t, uint32_t row, uint32_t column,
                                struct err *err)
{
    return wrong(t, ERR_VALUE, row, column, NULL, "holds a formula that was never calculated",
                 "open the workbook in Excel or LibreOffice and save it", err);
}

/* ---- the header ---- */

static bool is_key(const struct table *t, const char *name)
{
    for (size_t i = 0; i < t->asked->n_keys; i++)
        if (t->asked->keys[i] && strcmp(t->asked->keys[i], name) == 0)
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    const struct field *const *x = a, *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);
    return order ? order : (*x > *y) - (*x < *y);
}

static bool check_names(const struct table *t, struct err *err)
{
    char what[64], first[16];
    struct arena *scratch = arena_new();
    const struct field **sorted = ARENA_NEW(scratch, const struct field *, t->n_fields);
    size_t n = 0;
    for (size_t c = 1; c <= t->n_fields; c++)
        if (t->field[c].name)
            sorted[n++] = &t->field[c];
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 1; i < n && err->code == ERR_NONE; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) != 0)
            continue;
        xlsx_reference(t->header_row, (uint32_t)(sorted[i - 1] - t->field), first);
        snprintf(what, sizeof what, "is the name of the column in %s as well", first);
        wrong(t, ERR_SYNTAX, t->header_row, (uint32_t)(sorted[i] - t->field), sorted[i]->name, what,
              "give one of them another name", err);
    }
    arena_free(scratch);
    return err->code == ERR_NONE;
}

static bool take_header(struct table *t, const struct xlsx_row *row, struct err *err)
{
    t->header_row = row->row;
    t->n_fields = row->cells[row->n - 1].column;
    t->field = ARENA_NEW(t->keep, struct field, t->n_fields + 1);
    for (size_t i = 0; i < row->n; i++) {
        const struct xlsx_cell *c = &row->cells[i];
        if (c->type == XLSX_UNCALCULATED)
            return refuse_uncalculated(t, row->row, c->column, err);
        if (c->type == XLSX_ERROR)
            return wrong(t, ERR_VALUE, row->row, c->column, c->text, "is no name of a column",
                         "mend the formula, or write a name", err);
        struct field *f = &t->field[c->column];
        f->name = arena_strndup(t->keep, c->text, c->length);
        f->key = is_key(t, f->name);
        f->date = t->asked->date && strcmp(t->asked->date, f->name) == 0;
    }
    return check_names(t, err);
}

/* ---- the rows ---- */

static void make_room(struct table *t)
{
    const size_t room = 2 * t->room + 256;
    uint64_t *line = ARENA_NEW(t->keep, uint64_t, room);
    if (t->n_rows)
        memcpy(line, t->line, t->n_rows * sizeof *line);
    for (size_t c = 1; c <= t->n_fields; c++) {
        struct field *f = &t->field[c];
        if (!f->text && !f->name)
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

/* Numbers are no dates either, whatever they were meant to be.  Texts without a digit are passed
   over: further rows of a header. */
static bool check_date(const struct table *t, struct field *f, uint32_t row,
                       const struct xlsx_cell *c, struct err *err)
{
    char what[64], first[16];
    const bool is_date = c->type == XLSX_DATE;
    if (!f->date || c->type == XLSX_ERROR || !strpbrk(c->text, "0123456789"))
        return true;
    if (f->first == 0) {
        f->first = row;
        f->first_is_date = is_date;
    }
    if (is_date == f->first_is_date)
        return true;
    snprintf(what, sizeof what, "is %s, while %s is %s",
             is_date ? "a date" : "none of Excel's dates",
             xlsx_reference(f->first, c->column, first), is_date ? "none of Excel's" : "one");
    return wrong(t, ERR_VALUE, row, c->column, c->text, what,
                 "Excel may have exchanged day and month in the dates: export the file anew, with "
                 "the dates as text or as CSV",
                 err);
}

static bool take_cell(struct table *t, uint32_t row, const struct xlsx_cell *c, struct err *err)
{
    struct field *f = c->column <= t->n_fields ? &t->field[c->column] : NULL;
    if (!f || !f->name)
        return wrong(t, ERR_SYNTAX, row, c->column, c->text, "stands in a column without a name",
                     "name it in the header, or delete the cell", err);
    if (c->type == XLSX_UNCALCULATED)
        return refuse_uncalculated(t, row, c->column, err);
    if (f->key && c->type == XLSX_NUMBER && (c->number >= 1e15 || c->number <= -1e15))
        return wrong(t, ERR_VALUE, row, c->column, c->text,
                     "is an id that Excel has rounded to 15 digits",
                     "export it anew with the ids as text", err);
    if (!check_date(t, f, row, c, err))
        return false;
    fill_blank(f, t->n_rows);
    const bool error = c->type == XLSX_ERROR;
    f->text[f->n] = error ? NULL : arena_strndup(t->keep, c->text, c->length);
    f->missing[f->n++] = error ? MISSING_UNDEFINED : MISSING_NOT;
    return true;
}

static bool take_row(struct table *t, const struct xlsx_row *row, struct err *err)
{
    if (row->row <= t->asked->skip_rows)
        return true;
    if (!t->header_row)
        return take_header(t, row, err);
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
    const char *name = arena_strdup(t->keep, xlsx_name(t->book));
    struct frame *f = ARENA_NEW(t->keep, struct frame, 1);
    struct column *cols = ARENA_NEW(t->keep, struct column, t->n_fields);
    size_t n = 0;
    if (!t->room)
        make_room(t);
    for (size_t c = 1; c <= t->n_fields; c++) {
        struct field *from = &t->field[c];
        if (!from->name)
            continue;
        fill_blank(from, t->n_rows);
        bool all = !memchr(from->missing, MISSING_BLANK, t->n_rows) &&
                   !memchr(from->missing, MISSING_UNDEFINED, t->n_rows);
        cols[n] = (struct column){.name = from->name,
                                  .label = from->name,
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
    struct table t = {.book = book, .asked = asked ? asked : &nothing, .keep = keep};
    if (!xlsx_find_sheet(book, t.asked->sheet, &t.sheet, err))
        return NULL;
    struct xlsx_rows *rows = xlsx_rows_open(book, t.sheet, err);
    while (rows && xlsx_rows_next(rows, &row, err) && take_row(&t, row, err))
        ;
    if (said && rows)
        *said = *xlsx_rows_said(rows);
    xlsx_rows_close(rows);
    if (err->code == ERR_NONE && !t.header_row)
        wrong(&t, ERR_SYNTAX, 0, 0, NULL, "holds nothing", "check the name of the sheet", err);
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
