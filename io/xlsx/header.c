/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/header.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "models/base/nearest.h"

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

bool header_wrong(const struct header *t, enum err_code code, uint32_t row, uint32_t column,
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

static bool refuse_uncalculated(const struct header *t, uint32_t row, uint32_t column,
                                struct err *err)
{
    return header_wrong(t, ERR_VALUE, row, column, NULL,
                        "holds a formula that was never calculated",
                        "open the workbook in Excel or LibreOffice and save it", err);
}

/* ---- the header ---- */

static bool is_key(const struct header *t, const char *name)
{
    for (size_t i = 0; i < t->asked->n_keys; i++)
        if (t->asked->keys[i] && strcmp(t->asked->keys[i], name) == 0)
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    const struct heading *const *x = a, *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);
    return order ? order : (*x > *y) - (*x < *y);
}

static bool check_names(const struct header *t, struct err *err)
{
    char what[64], first[16];
    struct arena *scratch = arena_new();
    const struct heading **sorted = ARENA_NEW(scratch, const struct heading *, t->n);
    size_t n = 0;
    for (size_t c = 1; c <= t->n; c++)
        if (t->at[c].name)
            sorted[n++] = &t->at[c];
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 1; i < n && err->code == ERR_NONE; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) != 0)
            continue;
        xlsx_reference(t->row, (uint32_t)(sorted[i - 1] - t->at), first);
        snprintf(what, sizeof what, "is the name of the column in %s as well", first);
        header_wrong(t, ERR_SYNTAX, t->row, (uint32_t)(sorted[i] - t->at), sorted[i]->name, what,
                     "give one of them another name", err);
    }
    arena_free(scratch);
    return err->code == ERR_NONE;
}

static void name_column(const struct header *t, struct heading *f, const char *name)
{
    f->name = name;
    f->key = is_key(t, name);
    f->date = t->asked->date && strcmp(t->asked->date, name) == 0;
}

void header_give(struct header *t)
{
    t->row = (uint32_t)t->asked->skip_rows;
    t->n = t->asked->n_names;
    t->at = ARENA_NEW(t->keep, struct heading, t->n + 1);
    for (size_t c = 1; c <= t->n; c++)
        if (t->asked->names[c - 1])
            name_column(t, &t->at[c], t->asked->names[c - 1]);
}

bool header_has_dates(const struct header *t)
{
    for (size_t c = 1; c <= t->n; c++)
        if (t->at[c].date && t->at[c].first_is_date)
            return true;
    return false;
}

bool header_take(struct header *t, const struct xlsx_row *row, struct err *err)
{
    t->row = row->row;
    t->n = row->cells[row->n - 1].column;
    t->at = ARENA_NEW(t->keep, struct heading, t->n + 1);
    for (size_t i = 0; i < row->n; i++) {
        const struct xlsx_cell *c = &row->cells[i];
        if (c->type == XLSX_UNCALCULATED)
            return refuse_uncalculated(t, row->row, c->column, err);
        if (c->type == XLSX_ERROR)
            return header_wrong(t, ERR_VALUE, row->row, c->column, c->text,
                                "is no name of a column", "mend the formula, or write a name", err);
        name_column(t, &t->at[c->column], arena_strndup(t->keep, c->text, c->length));
    }
    return check_names(t, err);
}

/* ---- cells below it ---- */

/* Numbers are no dates either, whatever they were meant to be.  Texts without a digit are passed
   over: further rows of a header. */
static bool check_date(const struct header *t, struct heading *f, uint32_t row,
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
    return header_wrong(
        t, ERR_VALUE, row, c->column, c->text, what,
        "Excel may have exchanged day and month in the dates: export the file anew, with "
        "the dates as text or as CSV",
        err);
}

bool header_check(struct header *t, uint32_t row, const struct xlsx_cell *c, struct err *err)
{
    struct heading *f = c->column <= t->n ? &t->at[c->column] : NULL;
    if (!f || !f->name)
        return header_wrong(t, ERR_SYNTAX, row, c->column, c->text,
                            "stands in a column without a name",
                            "name it in the header, or delete the cell", err);
    if (c->type == XLSX_UNCALCULATED)
        return refuse_uncalculated(t, row, c->column, err);
    if (f->key && c->type == XLSX_NUMBER && (c->number >= 1e15 || c->number <= -1e15))
        return header_wrong(t, ERR_VALUE, row, c->column, c->text,
                            "is an id that Excel has rounded to 15 digits",
                            "export it anew with the ids as text", err);
    return check_date(t, f, row, c, err);
}
