/* SPDX-License-Identifier: GPL-3.0-or-later
   A whole file as a frame.  Its bytes are split where they lie: the fields of the frame point into
   them.  What is not as it should be is left to the reader of records (csv.c), from the record
   on where it stands: that one alone says what is wrong. */
#include <string.h>

#include "io/csv/internal.h"
#include "io/scan/scan.h"

struct table {
    size_t n_columns, n_header, max_record;
    size_t n_rows, room;
    const char ***text; /* [n_columns][room] */
    uint8_t **missing;  /* [n_columns][room], NULL until one is */
    uint64_t *line;     /* [room] */
    struct arena *keep;
};

/* ---- cells ---- */

static void make_room(struct table *t, size_t room)
{
    uint64_t *line = ARENA_NEW(t->keep, uint64_t, room);
    if (t->n_rows)
        memcpy(line, t->line, t->n_rows * sizeof *line);
    for (size_t j = 0; j < t->n_columns; j++) {
        const char **text = ARENA_NEW(t->keep, const char *, room);
        uint8_t *missing = t->missing[j] ? ARENA_NEW(t->keep, uint8_t, room) : NULL;
        if (t->n_rows)
            memcpy(text, t->text[j], t->n_rows * sizeof(char *));
        if (t->n_rows && missing)
            memcpy(missing, t->missing[j], t->n_rows);
        t->text[j] = text;
        t->missing[j] = missing;
    }
    t->line = line;
    t->room = room;
}

static void put(struct table *t, size_t j, const char *text)
{
    t->text[j][t->n_rows] = text;
    if (text)
        return;
    if (!t->missing[j])
        t->missing[j] = ARENA_NEW(t->keep, uint8_t, t->room);
    t->missing[j][t->n_rows] = MISSING_BLANK;
}

/* ---- records by the reader ---- */

static bool read_records(struct csv_reader *r, struct table *t, struct err *err)
{
    const struct csv_field *fields;
    while (csv_next(r, &fields, err)) {
        if (t->n_rows == t->room)
            make_room(t, 2 * t->room + 64);
        for (size_t j = 0; j < t->n_columns; j++)
            put(t, j,
                fields[j].length ? arena_strndup(t->keep, fields[j].text, fields[j].length) : NULL);
        t->line[t->n_rows++] = csv_line(r);
    }
    return err->code == ERR_NONE;
}

/* ---- records where they lie ---- */

/* A record of the current window. */
struct span {
    size_t start, n;
    const uint32_t *end; /* [n] of its fields */
};

static size_t field_start(const struct span *s, size_t j)
{
    return j ? (size_t)s->end[j - 1] + 1 : s->start;
}

/* Is it one that the reader would take?  A record that may be too long is left to it. */
static bool is_regular(const struct table *t, const struct span *s)
{
    size_t last = s->end[s->n - 1];
    for (size_t j = t->n_columns; j < t->n_header && s->n == t->n_header; j++)
        if (field_start(s, j) < s->end[j])
            return false;
    return s->n == t->n_header && last - s->start <= t->max_record;
}

/* Takes the quotes off bytes [from, to), doubled ones inside becoming one; the new end. */
static size_t unquote(char *bytes, size_t from, size_t to)
{
    size_t at = from;
    for (size_t i = from + 1; i + 1 < to; i++) {
        bytes[at++] = bytes[i];
        i += bytes[i] == '"';
    }
    return at;
}

/* Fills the row from the record's bytes; the lines that end inside it. */
static uint64_t put_record(struct table *t, char *bytes, const struct span *s)
{
    uint64_t lines = 0;
    for (size_t j = 0; j < t->n_columns; j++) {
        size_t from = field_start(s, j), to = s->end[j];
        if (from < to && bytes[from] == '"') {
            lines += scan_lines(bytes + from, to - from);
            to = unquote(bytes, from, to);
        }
        bytes[to] = '\0';
        put(t, j, from < to ? bytes + from : NULL);
    }
    return lines;
}

/* A line of the file that holds nothing. */
static bool is_blank(const struct span *s)
{
    return s->n == 1 && s->start == s->end[0];
}

/* The records of a window; false, with *at, where one is not regular. */
static bool split_window(struct table *t, struct csv_rest *rest, const struct scan *scan,
                         size_t *at)
{
    struct span s = {.start = scan->start};
    for (size_t k = 0, first = 0; k < scan->n_records; first = scan->record[k++]) {
        s.end = scan->end + first;
        s.n = scan->record[k] - first;
        size_t last = s.end[s.n - 1];
        char closing = last < rest->n ? rest->bytes[last] : '\n';
        *at = s.start;
        if (is_blank(&s)) {
            rest->line += !(closing == '\n' && rest->after_cr);
        } else {
            if (!is_regular(t, &s))
                return false;
            t->line[t->n_rows] = rest->line;
            rest->line += 1 + put_record(t, rest->bytes, &s);
            t->n_rows++;
        }
        rest->after_cr = closing == '\r';
        s.start = last + 1;
    }
    return true;
}

/* What is left goes to the reader, from *at on; rest->n: nothing. */
static void split(struct table *t, struct csv_rest *rest, size_t *at)
{
    struct arena *scratch = arena_new();
    struct scan scan = scan_new(rest->delimiter, true, 0, scratch);
    bool regular = true;
    scan_start(&scan, rest->bytes, rest->n);
    make_room(t, scan_lines(rest->bytes, rest->n) + 1);
    while (regular && scan_window(&scan))
        regular = split_window(t, rest, &scan, at);
    if (regular)
        *at = scan.fault == SCAN_WELL ? rest->n : scan.at;
    arena_free(scratch);
}

/* ---- the frame ---- */

static const struct frame *frame_of(const struct csv_reader *r, const struct table *t)
{
    struct frame *f = ARENA_NEW(t->keep, struct frame, 1);
    struct column *cols = ARENA_NEW(t->keep, struct column, t->n_columns);
    for (size_t j = 0; j < t->n_columns; j++) {
        const char *name = csv_columns(r)[j];
        cols[j] = (struct column){
            .name = name, .label = name, .type = COLUMN_TEXT, .missing = t->missing[j]};
        cols[j].as.text = t->text[j];
    }
    *f = (struct frame){.name = csv_name(r),
                        .n_rows = t->n_rows,
                        .n_cols = t->n_columns,
                        .cols = cols,
                        .file = csv_name(r),
                        .line = t->line};
    return f;
}

const struct frame *csv_table(struct csv_reader *r, struct arena *keep, struct err *err)
{
    struct csv_rest rest;
    size_t n = csv_n_columns(r), at = 0;
    struct table t = {.n_columns = n,
                      .n_header = csv_n_header(r),
                      .max_record = csv_max_record(r),
                      .text = ARENA_NEW(keep, const char **, n),
                      .missing = ARENA_NEW(keep, uint8_t *, n),
                      .keep = keep};
    if (csv_rest(r, &rest, keep)) {
        split(&t, &rest, &at);
        csv_resume(r, &rest, at);
    } else {
        make_room(&t, 64);
    }
    return read_records(r, &t, err) ? frame_of(r, &t) : NULL;
}

const struct frame *csv_read(const char *path, const struct csv_dialect *dialect,
                             struct arena *keep, struct err *err)
{
    struct csv_reader *r = csv_open(path, dialect, keep, err);
    if (!r)
        return NULL;
    const struct frame *f = csv_table(r, keep, err);
    csv_close(r);
    return f;
}
