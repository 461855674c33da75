/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sample/sample.h"

#include <string.h>

#include "io/labelled/labelled.h"
#include "io/sample/head.h"
#include "io/sample/preset.h"
#include "io/shape/shape.h"
#include "io/survey/layout.h"
#include "io/table/records.h"
#include "io/table/table.h"

enum { HEAD_ROWS = 40, ROWS_COUNTED = 5000 };

/* ---- sheets ---- */

/* Rows of a sheet that hold something, as far as they are counted. */
static size_t count_rows(struct xlsx *book, size_t sheet, struct err *err)
{
    struct xlsx_rows *rows = xlsx_rows_open(book, sheet, err);
    const struct xlsx_row *row;
    size_t n = 0;
    while (rows && n < ROWS_COUNTED && xlsx_rows_next(rows, &row, err))
        n++;
    xlsx_rows_close(rows);
    return n;
}

/* The visible sheets that hold something, and the longest of them. */
static bool find_sheets(struct sample_file *s, struct arena *keep, struct err *err)
{
    struct arena *scratch = arena_new();
    struct xlsx *book = xlsx_open(s->path, NULL, scratch, err);
    size_t most = 0, all = book ? xlsx_n_sheets(book) : 0;
    const char **name = ARENA_NEW(keep, const char *, all);
    for (size_t k = 0; k < all && err->code == ERR_NONE; k++) {
        const struct xlsx_sheet *sheet = &xlsx_sheets(book)[k];
        size_t n = sheet->visibility == XLSX_VISIBLE ? count_rows(book, k, err) : 0;
        if (!n)
            continue;
        name[s->n_sheets] = arena_strdup(keep, sheet->name);
        if (n > most) {
            most = n;
            s->sheet = name[s->n_sheets];
        }
        s->n_sheets++;
    }
    s->sheets = name;
    if (s->n_sheets < 2)
        s->sheet = NULL;
    xlsx_close(book);
    arena_free(scratch);
    return err->code == ERR_NONE;
}

/* ---- rows ---- */

/* The names in a row and where they stand; columns without one are left out. */
struct naming {
    size_t n;
    size_t *at; /* [n] cell */
    const char **name;
};

static struct naming names_of(const struct sample_file *s, const struct record_cell *cells,
                              size_t n, struct arena *keep)
{
    n -= s->shaped; /* the mark */
    struct naming m = {0, ARENA_NEW(keep, size_t, n), ARENA_NEW(keep, const char *, n)};
    for (size_t j = 0; j < n; j++)
        if (cells[j].length) {
            m.at[m.n] = j;
            m.name[m.n++] = arena_strndup(keep, cells[j].text, cells[j].length);
        }
    return m;
}

static struct records *open_records(const struct sample_file *s, struct arena *keep,
                                    struct err *err)
{
    if (!s->shaped)
        return records_open(s->path, &s->dialect, s->sheet, keep, err);
    const struct csv_dialect written = {.delimiter = s->dialect.delimiter};
    struct shape *shape = shape_open(s->declared, 0, s->path, &s->declared->limits, err);
    return shape ? records_open_stream(shape_stream(shape), &written, keep, err) : NULL;
}

/* Does the shape of a ledger leave out the row?  Its mark is the last cell. */
static bool is_left_out(const struct sample_file *s, const struct record_cell *cells, size_t n)
{
    return s->shaped && cells[n - 1].length > 0;
}

/* Reads on to the row of the names. */
static bool reach_header(const struct sample_file *s, struct records *r,
                         const struct record_cell **cells, size_t *n, struct err *err)
{
    while (r && records_next(r, cells, n, err))
        if (records_line(r) == s->header)
            return true;
    return false;
}

static bool two_of_one_name(const struct sample_file *s, const struct naming *m, struct err *err)
{
    for (size_t j = 0; j < m->n; j++)
        for (size_t i = 0; i < j; i++)
            if (strcmp(m->name[i], m->name[j]) == 0)
                return !err_at(err, ERR_SYNTAX,
                               &(struct problem){.file = s->path,
                                                 .line = s->header,
                                                 .column = m->name[j],
                                                 .what = "is the name of two columns",
                                                 .mend = "rename one of them"});
    return false;
}

static struct frame_builder *builder_of(const struct sample_file *s, size_t n,
                                        const char *const names[], struct arena *keep)
{
    struct frame_builder *b = frame_builder_new(s->path, keep);
    for (size_t j = 0; j < n; j++)
        frame_builder_column(b, &(struct column){.name = names[j], .type = COLUMN_TEXT});
    return b;
}

/* A plain table of text, as strict as a run reads it. */
static bool read_table(struct sample_file *s, size_t rows, struct arena *keep, struct err *err)
{
    struct csv_reader *r = csv_open(s->path, &s->dialect, keep, err);
    if (!r)
        return false;
    const struct csv_field *field;
    struct frame_builder *b = builder_of(s, csv_n_columns(r), csv_columns(r), keep);
    size_t n = 0;
    while (n < rows && csv_next(r, &field, err)) {
        for (size_t j = 0; j < csv_n_columns(r); j++)
            if (field[j].length)
                frame_put_text(b, j, field[j].text);
        frame_end_row(b);
        n++;
    }
    s->whole = n < rows;
    csv_close(r);
    s->frame = frame_builder_finish(b);
    return err->code == ERR_NONE;
}

/* The rows below the names, whatever their length. */
static bool read_below(struct sample_file *s, size_t rows, struct arena *keep, struct err *err)
{
    const struct record_cell *cells;
    size_t length, n = 0;
    struct records *r = open_records(s, keep, err);
    if (!reach_header(s, r, &cells, &length, err)) {
        records_close(r);
        return err->code == ERR_NONE &&
               err_set(err, ERR_SYNTAX, "%s: there is nothing in the file", s->path);
    }
    const struct naming m = names_of(s, cells, length, keep);
    struct frame_builder *b = builder_of(s, m.n, m.name, keep);
    bool more = !two_of_one_name(s, &m, err);
    while (more && n < rows && (more = records_next(r, &cells, &length, err))) {
        if (is_left_out(s, cells, length))
            continue;
        for (size_t j = 0; j < m.n && m.at[j] < length; j++)
            if (cells[m.at[j]].length && !cells[m.at[j]].error)
                frame_put_text(b, j, cells[m.at[j]].text);
        frame_end_row(b);
        n++;
    }
    s->whole = !more;
    records_close(r);
    s->frame = frame_builder_finish(b);
    return err->code == ERR_NONE;
}

/* ---- a second look ---- */

static void pass_over(const struct sample_file *s, struct records *r, const struct naming *m,
                      const struct sample_asked *asked, struct arena *scratch, struct err *err)
{
    const struct record_cell *cells;
    const char **row = ARENA_NEW(scratch, const char *, asked->n);
    size_t *at = ARENA_NEW(scratch, size_t, asked->n), length;
    for (size_t k = 0; k < asked->n; k++) {
        at[k] = SIZE_MAX;
        for (size_t j = 0; j < m->n; j++)
            if (strcmp(m->name[j], asked->columns[k]) == 0)
                at[k] = m->at[j];
    }
    for (uint64_t n = 0; records_next(r, &cells, &length, err);) {
        if (is_left_out(s, cells, length) || n++ < asked->after)
            continue;
        for (size_t k = 0; k < asked->n; k++)
            row[k] = at[k] < length && cells[at[k]].length ? cells[at[k]].text : NULL;
        asked->take(asked->context, row);
    }
}

bool sample_rows(const struct sample_file *s, const struct sample_asked *asked, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct record_cell *cells;
    size_t length;
    struct records *r = open_records(s, scratch, err);
    if (reach_header(s, r, &cells, &length, err)) {
        const struct naming m = names_of(s, cells, length, scratch);
        pass_over(s, r, &m, asked, scratch, err);
    }
    records_close(r);
    arena_free(scratch);
    return err->code == ERR_NONE;
}

/* ---- labelled files ---- */

static bool read_labelled(const char *path, struct sample_file *sample, struct arena *keep,
                          struct err *err)
{
    const char *ignored; /* the study that is drafted will tell of it */
    const struct labelled *l = labelled_read_replacing(path, NULL, NULL, &ignored, keep, err);
    if (!l)
        return false;
    *sample = (struct sample_file){.path = path,
                                   .dialect = {.delimiter = ','},
                                   .frame = l->frame,
                                   .whole = true,
                                   .labelled = true};
    return true;
}

/* ---- the whole ---- */

/* Where the names stand, by the first rows; a preset knows its own. */
static void find_header(struct sample_file *s, const struct head_row *rows, size_t n,
                        struct arena *keep)
{
    s->n_above = n ? head_names(rows, n) : 0;
    for (size_t i = 0; i < n && i < SAMPLE_PRESET_ROWS && !s->preset; i++) {
        s->preset = preset_recognise(rows[i].cell, rows[i].n);
        s->n_above = s->preset ? i : s->n_above;
    }
    s->header = n ? rows[s->n_above].line : 0;
    if (s->preset)
        s->declared = sample_preset_study(s->preset, &s->dialect, s->sheet, keep);
    s->preset = s->declared ? s->preset : NULL;
    s->shaped = s->preset && shape_is_needed(&s->declared->ledgers[0], s->path);
    s->above = rows;
}

/* Is it the export of a survey program? */
static bool is_survey(const struct sample_file *s, const struct head_row *rows, size_t n)
{
    struct survey_head head = {.file = s->path, .workbook = s->n_sheets > 0};
    const size_t first = n && strncmp(rows[0].cell[0], "sep=", 4) == 0; /* Excel's line */
    for (size_t i = first; i < n && head.n < SURVEY_HEAD_ROWS; i++)
        head.row[head.n++] = (struct survey_row){rows[i].n, rows[i].cell, rows[i].line};
    return n > 0 && survey_layout_of(&head, NULL) != NULL;
}

static bool read_survey(struct sample_file *s, struct arena *keep, struct err *err)
{
    const struct study_survey asked = {.file = s->path,
                                       .format = "auto",
                                       .delimiter = arena_strndup(keep, &s->dialect.delimiter, 1),
                                       .encoding = s->dialect.encoding,
                                       .sheet = s->sheet,
                                       .key = "",
                                       .date = ""};
    s->frame = survey_read(&asked, s->path, &s->said, keep, err);
    s->format = s->said.format;
    s->whole = true;
    return s->frame != NULL;
}

static bool read_as_is(struct sample_file *s, size_t most, struct arena *keep, struct err *err)
{
    const struct head_row *rows;
    size_t n;
    if (!head_rows(s->path, &s->dialect, s->sheet, HEAD_ROWS, &rows, &n, keep, err))
        return false;
    if (is_survey(s, rows, n))
        return read_survey(s, keep, err);
    find_header(s, rows, n, keep);
    return s->n_above || s->n_sheets || s->shaped ? read_below(s, most, keep, err)
                                                  : read_table(s, most, keep, err);
}

/* Of several sheets the longest, unless somebody says another. */
static void ask_sheet(struct sample_file *s, size_t (*ask)(const struct question *q),
                      struct arena *keep)
{
    size_t longest = 0;
    if (s->n_sheets < 2 || !ask)
        return;
    for (size_t k = 0; k < s->n_sheets; k++)
        longest = s->sheets[k] == s->sheet ? k : longest;
    const char *text = arena_printf(keep, "%s has %zu sheets. Which is it?", s->path, s->n_sheets);
    s->sheet = s->sheets[ask(&(struct question){text, s->n_sheets, s->sheets, longest})];
}

bool sample_read_sheet(const struct sample_file *read, const char *sheet, size_t rows,
                       struct sample_file *sample, struct arena *keep, struct err *err)
{
    *sample = (struct sample_file){.path = read->path,
                                   .dialect = read->dialect,
                                   .sheet = sheet,
                                   .n_sheets = read->n_sheets,
                                   .sheets = read->sheets};
    return read_as_is(sample, rows, keep, err);
}

bool sample_read(const char *path, size_t rows, size_t (*ask)(const struct question *q),
                 struct sample_file *sample, struct arena *keep, struct err *err)
{
    *sample = (struct sample_file){.path = path, .dialect = {.delimiter = ','}};
    if (labelled_begins(path))
        return read_labelled(path, sample, keep, err);
    if (table_is_workbook(path)) {
        if (!find_sheets(sample, keep, err))
            return false;
        ask_sheet(sample, ask, keep);
        return read_as_is(sample, rows, keep, err);
    }
    if (!head_dialect(path, &sample->dialect, err))
        return false;
    if (read_as_is(sample, rows, keep, err))
        return true;
    struct err again = {0};
    if (err->code != ERR_SYNTAX || sample->dialect.encoding)
        return false;
    sample->dialect.encoding = "CP1252"; /* its first other letter may come late */
    if (!read_as_is(sample, rows, keep, &again))
        return false;
    *err = again;
    return true;
}
