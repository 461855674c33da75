/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/csv_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/bytes/stream_internal.h"
#include "io/csv/internal.h"

/* Fields are written without a backslash of their own. */
#define FAILED "\\! "

static void write_field(FILE *out, const char *text, size_t length, bool quoted)
{
    if (quoted)
        putc('"', out);
    for (size_t i = 0; i < length; i++)
        if (strchr("|\"\\\r\n", text[i]))
            fprintf(out, "\\%02x", (unsigned char)text[i]);
        else
            putc(text[i], out);
    if (quoted)
        putc('"', out);
}

static void write_names(FILE *out, const struct csv_reader *r)
{
    const size_t n = csv_n_columns(r);
    for (size_t j = 0; j < n; j++) {
        write_field(out, csv_columns(r)[j], strlen(csv_columns(r)[j]), false);
        putc(j + 1 < n ? '|' : '\n', out);
    }
}

static void write_records(FILE *out, struct csv_reader *r, bool quotes, struct err *err)
{
    const struct csv_field *fields;
    const size_t n = csv_n_columns(r);
    while (csv_next(r, &fields, err)) {
        fprintf(out, "%llu: ", (unsigned long long)csv_line(r));
        for (size_t j = 0; j < n; j++) {
            write_field(out, fields[j].text, fields[j].length, quotes && fields[j].quoted);
            putc(j + 1 < n ? '|' : '\n', out);
        }
    }
}

static void write_frame(FILE *out, struct csv_reader *r, struct arena *keep, struct err *err)
{
    const struct frame *f = csv_table(r, keep, err);
    for (size_t i = 0; f && i < f->n_rows; i++) {
        fprintf(out, "%llu: ", (unsigned long long)f->line[i]);
        for (size_t j = 0; j < f->n_cols; j++) {
            const struct column *c = &f->cols[j];
            if (!column_is_missing(c, i))
                write_field(out, c->as.text[i], strlen(c->as.text[i]), false);
            if (column_is_missing(c, i) != (c->missing && c->missing[i] == MISSING_BLANK))
                fputs("?", out);
            putc(j + 1 < f->n_cols ? '|' : '\n', out);
        }
    }
}

enum form { RECORDS, RECORDS_PLAIN, FRAME };

static const char *as_text(enum form form, const void *bytes, size_t n,
                           const struct csv_dialect *dialect, size_t chunk, struct arena *keep)
{
    char *text = NULL;
    size_t size;
    struct err err = {0};
    FILE *out = open_memstream(&text, &size);
    struct stream *s = stream_of_bytes("t.csv", bytes, n, &err);
    struct csv_reader *r = s ? csv_open_stream(s, dialect, chunk, keep, &err) : NULL;
    if (r)
        write_names(out, r);
    if (r && form == FRAME)
        write_frame(out, r, keep, &err);
    else if (r)
        write_records(out, r, form == RECORDS, &err);
    csv_close(r);
    if (err.code != ERR_NONE)
        fprintf(out, "%s%s\n", form == RECORDS ? "! " : FAILED, err.message);
    fclose(out);
    const char *kept = arena_strndup(keep, text, size);
    free(text);
    return kept;
}

const char *csv_as_text(const void *bytes, size_t n, const struct csv_dialect *dialect,
                        size_t chunk, struct arena *keep)
{
    return as_text(RECORDS, bytes, n, dialect, chunk, keep);
}

const char *csv_frame_differs(const void *bytes, size_t n, const struct csv_dialect *dialect,
                              struct arena *keep)
{
    const char *want = as_text(RECORDS_PLAIN, bytes, n, dialect, 1 << 16, keep);
    const char *got = as_text(FRAME, bytes, n, dialect, 1 << 16, keep),
               *failed = strstr(want, FAILED);
    bool same = failed ? strstr(got, FAILED) && strcmp(failed, strstr(got, FAILED)) == 0
                       : strcmp(got, want) == 0;
    return same ? NULL : arena_printf(keep, "as a frame:\n%sby records:\n%s", got, want);
}
