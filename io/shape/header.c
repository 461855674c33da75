/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/shape/steps.h"

#include "io/study/preset_merge.h"
#include "models/base/nearest.h"

/* ---- seeking it ---- */

static bool holds(const struct record_cell *cells, size_t n, const char *name)
{
    const struct slice wanted = {name, (uint32_t)strlen(name)};
    for (size_t i = 0; i < n; i++)
        if (slice_equal(trimmed(&cells[i]), wanted))
            return true;
    return false;
}

/* The row in few words: "Date, Type, Num". */
static const char *row_shown(const struct record_cell *cells, size_t n, struct arena *keep)
{
    enum { CELLS = 4, BYTES = 24 };
    const char *shown = "";
    size_t k = 0;
    for (size_t i = 0; i < n && k < CELLS; i++) {
        const struct slice text = trimmed(&cells[i]);
        size_t length = text.length < BYTES ? text.length : BYTES;
        while (length < text.length && length > 0 && (text.text[length] & 0xc0) == 0x80)
            length--;
        if (text.length > 0)
            shown = arena_printf(keep, "%s%s%.*s%s", shown, k++ ? ", " : "", (int)length, text.text,
                                 length < text.length ? "..." : "");
    }
    return shown;
}

/* Another delimiter than the declared one leaves all names in one cell. */
static bool in_one_cell(const struct record_cell *cell, const struct texts *names)
{
    for (size_t i = 0; i < names->n; i++)
        if (!memmem(cell->text, cell->length, names->at[i], strlen(names->at[i])))
            return false;
    return names->n > 1;
}

static bool is_header(const struct shape *s, struct shape_search *search,
                      const struct record_cell *cells, size_t n)
{
    const struct texts *names = &s->declared->rows.header;
    const char *lacking = NULL;
    size_t found = 0;
    for (size_t i = 0; i < names->n; i++)
        if (holds(cells, n, names->at[i]))
            found++;
        else if (!lacking)
            lacking = names->at[i];
    if (search->n < SHAPE_SHOWN)
        search->shown[search->n] = arena_printf(
            s->own, "line %llu: %s", (unsigned long long)s->line, row_shown(cells, n, s->own));
    search->n++;
    if (!search->one_cell_line && in_one_cell(&cells[0], names))
        search->one_cell_line = s->line;
    if (found > search->nearest_n) {
        search->nearest_n = found;
        search->nearest_line = s->line;
        search->lacking = lacking;
    }
    return found == names->n;
}

static bool not_found(const struct shape *s, const struct shape_search *search, struct err *err)
{
    const struct texts *names = &s->declared->rows.header;
    const char *what = "has no row with the names of rows: header:", *mend = "its first rows are ";
    for (size_t i = 0; i < names->n; i++)
        what = arena_printf(s->own, "%s%s '%s'", what, i ? "," : "", names->at[i]);
    what = arena_printf(s->own, "%s in its first %zu rows", what, search->n);
    if (search->one_cell_line)
        mend = arena_printf(s->own, "line %llu holds them in one cell: declare delimiter:; %s",
                            (unsigned long long)search->one_cell_line, mend);
    else if (search->nearest_n > 0)
        mend = arena_printf(s->own, "line %llu has no '%s': write the names as in the file; %s",
                            (unsigned long long)search->nearest_line, search->lacking, mend);
    for (size_t i = 0; i < search->n && i < SHAPE_SHOWN; i++)
        mend = arena_printf(s->own, "%s%s%s", mend, i ? " | " : "", search->shown[i]);
    struct problem problem = {.file = s->file, .what = what, .mend = mend};
    preset_problem(&problem, s->study, s->ledger, "rows.header", s->own);
    return err_at(err, ERR_SYNTAX, &problem);
}

static bool nothing(const struct shape *s, struct err *err)
{
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){
                      .file = s->file,
                      .what = "is empty: it has no line with column names",
                      .mend = s->declared->rows.skip ? "skip: passes over so many lines" : NULL});
}

static bool seek(struct shape *s, const struct record_cell **cells, size_t *n, struct err *err)
{
    struct shape_search search = {.n = 0};
    while (search.n < SHAPE_SEARCHED) {
        if (!records_next(s->records, cells, n, err)) {
            if (err->code != ERR_NONE)
                return false;
            break;
        }
        s->line = records_line(s->records);
        if (!shape_dates_title(s, *cells, *n, err))
            return false;
        if (s->line > s->declared->rows.skip && is_header(s, &search, *cells, *n))
            return true;
    }
    return search.n ? not_found(s, &search, err) : nothing(s, err);
}

/* ---- its names ---- */

/* Numbers names that stand before: "Amount", "Amount (2)". */
static void number_names(struct shape *s)
{
    struct arena *scratch = arena_new();
    struct key_map *map = key_map_new(2 * s->n_of_file, scratch);
    size_t *count = ARENA_NEW(scratch, size_t, 2 * s->n_of_file + 1);
    for (size_t i = 0; i < s->n_of_file; i++) {
        bool added;
        const char *name = s->name[i];
        const uint32_t first = key_map_add(map, name, strlen(name), &added);
        while (!added) {
            const char *numbered = arena_printf(s->own, "%s (%zu)", name, ++count[first] + 1);
            key_map_add(map, numbered, strlen(numbered), &added);
            s->name[i] = numbered;
        }
    }
    arena_free(scratch);
}

static const char *name_of(struct shape *s, size_t column, struct slice text)
{
    char *name;
    if (text.length == 0)
        return arena_printf(s->own, "(column %zu)", column + 1);
    name = arena_strndup(s->own, text.text, text.length);
    for (char *c = name; *c; c++)
        if (*c == '\r' || *c == '\n')
            *c = ' ';
    return name;
}

enum { ADDED = 4 }; /* columns at most */

static bool take_names(struct shape *s, const struct record_cell *cells, size_t n, struct err *err)
{
    while (n > 0 && is_blank(&cells[n - 1]))
        n--;
    s->n_of_file = s->n_named = n;
    s->name = ARENA_NEW(s->own, const char *, n + ADDED);
    s->header = ARENA_NEW(s->own, const char *, n);
    s->cell = ARENA_NEW(s->own, struct record_cell, n + ADDED);
    s->use = ARENA_NEW(s->own, uint8_t, n + ADDED);
    for (size_t i = 0; i < n; i++) {
        const struct slice text = trimmed(&cells[i]);
        s->cell[i] = cells[i];
        if (cells[i].error || cells[i].uncalculated)
            return shape_wrong(s, ERR_VALUE, (int32_t)i, "is no name of a column",
                               "mend the formula, or write a name", err);
        s->header[i] = arena_strndup(s->own, text.text, text.length);
        s->name[i] = name_of(s, i, text);
    }
    if (s->declared->rows.declared)
        number_names(s);
    return n > 0 || nothing(s, err);
}

bool shape_take_header(struct shape *s, struct err *err)
{
    const struct record_cell *cells;
    size_t n;
    return seek(s, &cells, &n, err) && take_names(s, cells, n, err);
}

/* ---- columns ---- */

static bool column_problem(const struct shape *s, enum err_code code, const char *key,
                           const char *name, const char *what, const char *mend, struct err *err)
{
    const bool by_study = s->study->path != NULL;
    struct problem problem = {.file = by_study ? s->study->path : s->file,
                              .line =
                                  by_study ? study_line(s->study, "ledgers", s->ledger, key) : 0,
                              .column = key,
                              .value = name,
                              .what = arena_printf(s->own, "%s %s", what, s->file),
                              .mend = mend};
    preset_problem(&problem, s->study, s->ledger, key, s->own);
    return err_at(err, code, &problem);
}

static size_t count_name(const struct shape *s, const char *name, int32_t *column)
{
    size_t found = 0;
    *column = SHAPE_NONE;
    for (size_t i = s->n_named; name && i-- > 0;)
        if (strcmp(s->name[i], name) == 0) {
            *column = (int32_t)i;
            found++;
        }
    return found;
}

bool shape_find(const struct shape *s, const char *key, const char *name, int32_t *column,
                struct err *err)
{
    const size_t found = count_name(s, name, column);
    if (!name || found == 1)
        return true;
    if (found > 1)
        return column_problem(s, ERR_SYNTAX, key, name, "is the name of several columns of",
                              "give each column of the file its own name, or declare rows: with "
                              "the header's names, which numbers them",
                              err);
    return column_problem(s, ERR_COLUMN, key, name, "is no column of",
                          nearest_mend(name, s->name, s->n_named, "its columns are ", 12, s->own),
                          err);
}

bool shape_add(struct shape *s, const char *key, const char *name, int32_t *column, struct err *err)
{
    if (count_name(s, name, column) > 0)
        return column_problem(s, ERR_COLUMN, key, name, "is already a column of",
                              "give that column of the file another name", err);
    *column = (int32_t)s->n_named;
    s->name[s->n_named++] = name;
    return true;
}
