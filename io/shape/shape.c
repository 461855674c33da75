/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/shape/steps.h"

#include <assert.h>

#include "io/bytes/stream_internal.h"
#include "io/ledger/pattern.h"
#include "io/ledger/plan.h"
#include "io/table/table.h"

enum { PIECE = 64 << 10 };

/* The name of the last column; no study can declare it. */
static const char mark_name[] = "(left out)";

/* ---- what the steps share ---- */

char *shape_room(struct shape *s, struct shape_text *to, size_t n)
{
    if (n > to->room) {
        const size_t room = 2 * n + 64;
        char *larger = ARENA_NEW(s->own, char, room);
        if (to->n > 0)
            memcpy(larger, to->text, to->n);
        to->text = larger;
        to->room = room;
    }
    return to->text;
}

const char *shape_keep(struct shape *s, struct shape_text *to, const char *text, size_t n)
{
    to->n = 0;
    shape_room(s, to, n + 1);
    if (n > 0)
        memcpy(to->text, text, n);
    to->text[n] = '\0';
    to->n = n;
    return to->text;
}

bool shape_wrong(const struct shape *s, enum err_code code, int32_t column, const char *what,
                 const char *mend, struct err *err)
{
    struct arena *scratch = arena_new();
    const char *place = NULL, *value = NULL;
    if (column != SHAPE_NONE) {
        const struct record_cell *c = &s->cell[column];
        value = c->length > 0 ? arena_strndup(scratch, c->text, c->length) : NULL;
        place = s->name[column];
        if (s->workbook && (size_t)column < s->n_of_file)
            place = records_place(s->records, (size_t)column, scratch);
    }
    err_at(err, code,
           &(struct problem){.file = s->file,
                             .line = place && s->workbook ? 0 : s->line,
                             .column = place,
                             .value = value,
                             .what = what,
                             .mend = mend});
    arena_free(scratch);
    return false;
}

int32_t shape_column(const struct shape *s, const char *name)
{
    int32_t column = SHAPE_NONE;
    for (size_t i = 0; name && i < s->n_named; i++)
        if (strcmp(s->name[i], name) == 0) {
            if (column != SHAPE_NONE)
                return SHAPE_NONE;
            column = (int32_t)i;
        }
    return column;
}

/* ---- text ---- */

static void put(struct shape *s, char c)
{
    shape_room(s, &s->out, s->out.n + 1)[s->out.n] = c;
    s->out.n++;
}

static bool is_quoted(const char *text, size_t n, char delimiter)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] == delimiter || text[i] == '"')
            return true;
    return false;
}

/* Line ends inside a cell become blanks: a row is one line. */
static void put_text(struct shape *s, const char *text, size_t n, char delimiter)
{
    const bool quoted = is_quoted(text, n, delimiter);
    char *to = shape_room(s, &s->out, s->out.n + 2 * n + 3) + s->out.n;
    if (quoted)
        *to++ = '"';
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        if (c == '\r' && i + 1 < n && text[i + 1] == '\n')
            continue;
        if (c == '"')
            *to++ = '"';
        *to++ = c == '\r' || c == '\n' ? ' ' : c;
    }
    if (quoted)
        *to++ = '"';
    s->out.n = (size_t)(to - s->out.text);
}

static char delimiter_of(const struct shape *s)
{
    return s->declared->delimiter ? study_delimiter(s->declared->delimiter) : ',';
}

static void begin_line(struct shape *s)
{
    for (; s->lines_out + 1 < s->line; s->lines_out++)
        put(s, '\n');
    s->lines_out = s->line;
}

static void put_cells(struct shape *s, const struct record_cell *cells, size_t n, char delimiter)
{
    for (size_t i = 0; i < s->n_named; i++) {
        if (i < n)
            put_text(s, cells[i].text, cells[i].length, delimiter);
        put(s, delimiter);
    }
}

static char mark_of(enum ledger_kind kind)
{
#define X(letter, of) \
    if (kind == (of)) \
        return letter;
    SHAPE_MARK_LIST(X)
#undef X
    assert(!"a kind of SHAPE_MARK_LIST");
    return '\0';
}

static void put_header(struct shape *s)
{
    const char delimiter = delimiter_of(s);
    begin_line(s);
    for (size_t i = 0; i < s->n_named; i++) {
        put_text(s, s->name[i], strlen(s->name[i]), delimiter);
        put(s, delimiter);
    }
    put_text(s, mark_name, sizeof mark_name - 1, delimiter);
    put(s, '\n');
}

/* ---- a row ---- */

static bool fits(struct shape *s, const struct record_cell *cells, size_t n, struct err *err)
{
    const bool ragged = s->declared->rows.declared || s->workbook;
    size_t n_filled = n;
    while (n_filled > s->n_of_file && is_blank(&cells[n_filled - 1]))
        n_filled--;
    if (n_filled <= s->n_of_file && (ragged || n == s->n_of_file))
        return true;
    if (s->workbook) {
        s->cell[0] = cells[n_filled - 1];
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = s->file,
                                        .column = records_place(s->records, n_filled - 1, s->own),
                                        .value = arena_strndup(s->own, cells[n_filled - 1].text,
                                                               cells[n_filled - 1].length),
                                        .what = "stands in a column without a name",
                                        .mend = "name it in the header, or delete the cell"});
    }
    return shape_wrong(s, ERR_SYNTAX, SHAPE_NONE,
                       arena_printf(s->own, "%zu field%s, where the header has %zu", n_filled,
                                    n_filled == 1 ? "" : "s", s->n_of_file),
                       "quote fields that hold the delimiter", err);
}

static void take_cells(struct shape *s, const struct record_cell *cells, size_t n)
{
    const size_t taken = n < s->n_of_file ? n : s->n_of_file;
    memcpy(s->cell, cells, taken * sizeof *cells);
    for (size_t i = taken; i < s->n_named; i++)
        s->cell[i] = (struct record_cell){.text = ""};
}

static bool fits_filter(const struct shape *s, const struct study_filter *filter, int32_t column)
{
    return pattern_any_cell(&filter->values,
                            (struct slice){s->cell[column].text, s->cell[column].length});
}

/* Lines that the ledger's reader leaves out under drop: and keep:, whatever else they hold. */
static bool is_left_out(const struct shape *s)
{
    const struct study_ledger *l = s->declared;
    for (size_t i = 0; i < l->n_drop; i++)
        if (s->drop[i] != SHAPE_NONE && fits_filter(s, &l->drop[i], s->drop[i]))
            return true;
    for (size_t i = 0; i < l->n_keep; i++)
        if (s->keep[i] != SHAPE_NONE && !fits_filter(s, &l->keep[i], s->keep[i]))
            return true;
    return false;
}

static bool has_key(const struct shape *s)
{
    return s->key == SHAPE_NONE || trimmed(&s->cell[s->key]).length > 0;
}

/* What the row is: LEDGER_SALE where the ledger's reader is to say. */
static bool take_row(struct shape *s, enum ledger_kind *kind, struct err *err)
{
    bool again = false;
    if (!shape_rows_take(s, kind, err))
        return false;
    if (*kind != LEDGER_SALE)
        return true;
    if (!shape_cells_calculated(s, err))
        return false;
    const enum party_found found = shape_party_take(s);
    const bool left_out = is_left_out(s);
    shape_totals_add(s, left_out);
    if (left_out)
        return true;
    if (found == PARTY_NONE)
        *kind = LEDGER_NO_PARTY;
    if (found == PARTY_BOTH)
        return shape_party_both(s, err);
    if (found == PARTY_NONE || !has_key(s))
        return true;
    if (!shape_cells_take(s, err) || !shape_dates_take(s, err) || !shape_once_take(s, &again, err))
        return false;
    if (again)
        *kind = LEDGER_TOTAL_AGAIN;
    return true;
}

static bool next_row(struct shape *s, struct err *err)
{
    const struct record_cell *cells;
    enum ledger_kind kind;
    size_t n;
    const char delimiter = delimiter_of(s);
    if (!records_next(s->records, &cells, &n, err)) {
        s->over = true;
        return err->code == ERR_NONE;
    }
    s->line = records_line(s->records);
    if (!fits(s, cells, n, err))
        return false;
    take_cells(s, cells, n);
    if (!take_row(s, &kind, err))
        return false;
    begin_line(s);
    if (kind == LEDGER_SALE) {
        put_cells(s, s->cell, s->n_named, delimiter);
    } else {
        put_cells(s, cells, n < s->n_of_file ? n : s->n_of_file, delimiter);
        put(s, mark_of(kind));
    }
    put(s, '\n');
    return true;
}

/* ---- the beginning and the end ---- */

static bool start_steps(struct shape *s, struct err *err)
{
    const struct study_ledger *l = s->declared;
    if (!shape_rows_start(s, err) || !shape_party_start(s, err) || !shape_dates_start(s, err) ||
        !shape_once_start(s, err))
        return false;
    shape_cells_start(s);
    shape_totals_start(s);
    s->key = shape_column(s, l->key);
    s->drop = ARENA_NEW(s->own, int32_t, l->n_drop);
    for (size_t i = 0; i < l->n_drop; i++)
        s->drop[i] = shape_column(s, l->drop[i].column);
    s->keep = ARENA_NEW(s->own, int32_t, l->n_keep);
    for (size_t i = 0; i < l->n_keep; i++)
        s->keep[i] = shape_column(s, l->keep[i].column);
    return true;
}

/* Lines to pass over are passed over unread, unless the period stands in one. */
static struct records *open_records(struct shape *s, struct err *err)
{
    const struct study_ledger *l = s->declared;
    const struct csv_dialect dialect = {.delimiter = delimiter_of(s),
                                        .encoding = l->encoding,
                                        .skip_lines = l->period.row > 0 ? 0 : (size_t)l->rows.skip,
                                        .max_record = (size_t)s->limits.record};
    if (s->workbook)
        return records_open(s->file, &dialect, l->sheet, s->own, err);
    struct stream *source = s->source;
    s->source = NULL; /* the records' */
    struct records *records = records_open_stream(source, &dialect, s->own, err);
    if (records)
        s->source = source;
    return records;
}

/* A workbook is not read in the order of its bytes; its hash is of all of them. */
static bool show_bytes(struct shape *s, struct err *err)
{
    char piece[PIECE];
    size_t got = 1;
    while (s->workbook && got > 0 && stream_is_tapped(s->source))
        if (!stream_read(s->source, piece, sizeof piece, &got, err))
            return false;
    return true;
}

static bool more_text(struct shape *s, struct err *err)
{
    s->out_at = s->out.n = 0;
    if (!s->records) {
        s->records = open_records(s, err);
        if (!s->records || !shape_take_header(s, err) || !start_steps(s, err))
            return false;
        put_header(s);
        return true;
    }
    return next_row(s, err) && (!s->over || show_bytes(s, err));
}

static bool read_text(void *self, void *buffer, size_t size, size_t *got, struct err *err)
{
    struct shape *s = self;
    *got = 0;
    while (*got < size) {
        if (s->out_at == s->out.n && !s->over && !more_text(s, &s->err))
            s->over = true;
        if (s->out_at == s->out.n && s->over)
            break;
        const size_t left = s->out.n - s->out_at, n = left < size - *got ? left : size - *got;
        if (n > 0)
            memcpy((char *)buffer + *got, s->out.text + s->out_at, n);
        s->out_at += n;
        *got += n;
    }
    if (*got == 0 && s->err.code != ERR_NONE)
        *err = s->err;
    return *got > 0 || s->err.code == ERR_NONE;
}

/* A workbook's bytes are taken by others, and not in their order. */
static uint64_t position(const void *self)
{
    const struct shape *s = self;
    if (!s->workbook)
        return stream_position(s->source);
    const uint64_t size = stream_size(s->source);
    return s->over ? size : s->records ? (uint64_t)(records_share(s->records) * (double)size) : 0;
}

static void close_shape(void *self)
{
    struct shape *s = self;
    if (s->workbook || !s->records)
        stream_close(s->source);
    records_close(s->records);
    arena_free(s->own);
}

/* ---- outside ---- */

bool shape_is_needed(const struct study_ledger *l, const char *path)
{
    return l->rows.declared || l->party.columns.n > 0 || l->period.declared || l->amount.once_per ||
           l->sheet || table_is_workbook(path);
}

struct shape *shape_open(const struct study *study, size_t ledger, const char *path,
                         const struct ledger_limits *limits, struct err *err)
{
    static const struct stream_maker maker = {
        .read = read_text, .close = close_shape, .position = position};
    const struct study_ledger *l = &study->ledgers[ledger];
    const bool workbook = table_is_workbook(path);
    if (l->sheet && !workbook)
        return table_no_sheets(path, l->sheet, err), NULL;
    struct stream *source = stream_open(path, err);
    if (!source)
        return NULL;
    struct arena *own = arena_new();
    struct shape *s = ARENA_NEW(own, struct shape, 1);
    *s = (struct shape){.own = own,
                        .study = study,
                        .ledger = ledger,
                        .declared = l,
                        .file =
                            strcmp(path, "-") == 0 ? "(standard input)" : arena_strdup(own, path),
                        .limits = *limits,
                        .source = source,
                        .workbook = workbook};
    s->made = stream_made(source, &maker, s);
    return s;
}

struct stream *shape_stream(struct shape *s)
{
    return s->made;
}

size_t shape_n_of_file(const struct shape *s)
{
    return s->n_of_file;
}

size_t shape_n_named(const struct shape *s)
{
    return s->n_named;
}

bool shape_writes_iso(const struct shape *s)
{
    return s->workbook || s->declared->period.declared;
}

uint64_t shape_hidden_rows(const struct shape *s)
{
    const struct xlsx_said *said = s->records ? records_said(s->records) : NULL;
    return said ? said->n_hidden_rows : 0;
}
