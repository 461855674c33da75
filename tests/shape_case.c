/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shape_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/shape/shape.h"
#include "io/study/check.h"
#include "tests/check.h"
#include "tests/ledger_case.h"

const struct study *shape_case_study(const char *file, const char *keys, struct arena *keep)
{
    struct err err = {0};
    const char *yaml = arena_printf(
        keep,
        "study: {name: s}\nledgers:\n  - file: %s\n    key: key\n    amount: {column: amount%s",
        file, keys);
    const struct study *s = study_from_bytes("s.yml", yaml, strlen(yaml), keep, &err);
    if (!s)
        fail_msg("%s\n%s", err.message, yaml);
    return s;
}

static const char *read_all(const struct study *s, size_t piece, struct arena *keep)
{
    const struct ledger_limits limits = ledger_limits_usual();
    struct err err = {0};
    char *text = NULL, *buffer = ARENA_NEW(keep, char, piece);
    size_t length = 0, got = 1;
    struct shape *shape = shape_open(s, 0, s->ledgers[0].file, &limits, &err);
    FILE *out = open_memstream(&text, &length);
    while (shape && got > 0 && stream_read(shape_stream(shape), buffer, piece, &got, &err))
        fwrite(buffer, 1, got, out);
    if (err.code != ERR_NONE)
        fprintf(out, "! %s", err.message);
    fclose(out);
    stream_close(shape ? shape_stream(shape) : NULL);
    const char *copy = arena_strdup(keep, text);
    free(text);
    return copy;
}

static const char *without(const char *text, const char *file, struct arena *keep)
{
    const char *at = strstr(text, file);
    return !at ? text
               : without(
                     arena_printf(keep, "%.*sFILE%s", (int)(at - text), text, at + strlen(file)),
                     file, keep);
}

const char *shape_case(const void *bytes, size_t n, const char *keys, struct arena *keep)
{
    static const size_t pieces[] = {2, 3, 7, 64, 100000};
    const char *file = temporary_file(bytes, n, keep);
    const struct study *s = shape_case_study(file, keys, keep);
    const char *text = read_all(s, 1, keep), *error = strstr(text, "! ");
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const char *other = read_all(s, pieces[i], keep);
        if (error && strstr(other, "! "))
            assert_string_equal(strstr(other, "! "), error);
        else
            assert_string_equal(other, text);
    }
    unlink(file);
    return without(error ? error : text, file, keep);
}
