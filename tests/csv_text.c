/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/csv_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv_internal.h"
#include "io/stream_internal.h"

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

static void write_records(FILE *out, struct csv_reader *r, struct err *err)
{
    const struct csv_field *fields;
    const size_t n = csv_n_columns(r);
    for (size_t j = 0; j < n; j++) {
        write_field(out, csv_columns(r)[j], strlen(csv_columns(r)[j]), false);
        putc(j + 1 < n ? '|' : '\n', out);
    }
    while (csv_next(r, &fields, err)) {
        fprintf(out, "%llu: ", (unsigned long long)csv_line(r));
        for (size_t j = 0; j < n; j++) {
            write_field(out, fields[j].text, fields[j].length, fields[j].quoted);
            putc(j + 1 < n ? '|' : '\n', out);
        }
    }
}

const char *csv_as_text(const void *bytes, size_t n, const struct csv_dialect *dialect,
                        size_t chunk, struct arena *keep)
{
    char *text = NULL;
    size_t size;
    struct err err = {0};
    FILE *out = open_memstream(&text, &size);
    struct stream *s = stream_of_bytes("t.csv", bytes, n, &err);
    struct csv_reader *r = s ? csv_open_stream(s, dialect, chunk, keep, &err) : NULL;
    if (r)
        write_records(out, r, &err);
    csv_close(r);
    if (err.code != ERR_NONE)
        fprintf(out, "! %s\n", err.message);
    fclose(out);
    const char *kept = arena_strndup(keep, text, size);
    free(text);
    return kept;
}
