/* SPDX-License-Identifier: GPL-3.0-or-later
   Fuzzer of the headers of survey programs (scripts/fuzz survey; survey_replay_test.c replays the
   corpus without a fuzzer).

   The first byte chooses the delimiter, the encoding and the format; the rest is the file.  What
   comes out must be a table that a study can name: each column once, each alias once, found by
   either; as many cells as the records below the header have; the same under the format that was
   told.  What is refused has a message and the exit status of a bad file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/bytes/stream_internal.h"
#include "io/survey/internal.h"
#include "io/table/records.h"
#include "models/base/key_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void refuse(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

static void check_names(const struct frame *f, struct arena *keep)
{
    struct key_map *names = key_map_new(f->n_cols, keep), *aliases = key_map_new(f->n_cols, keep);
    for (size_t j = 0; j < f->n_cols; j++) {
        bool added;
        const struct column *c = &f->cols[j];
        if (!c->name || !*c->name || !c->label)
            refuse("a column without a name or a label");
        key_map_add(names, c->name, strlen(c->name), &added);
        if (!added)
            refuse("two columns of one name");
        if (j < 64 && frame_column(f, c->name) != c)
            refuse("a column is not found by its name");
        if (!c->alias)
            continue;
        key_map_add(aliases, c->alias, strlen(c->alias), &added);
        if (!added || !*c->alias)
            refuse("two columns of one alias, or an empty one");
    }
}

/* Rows of the file that hold something, but for those up to the first answer's line. */
static size_t rows_below(const uint8_t *data, size_t size, const struct csv_dialect *dialect,
                         uint64_t line, struct arena *keep)
{
    size_t n_cells, n = 0;
    struct err err = {0};
    const struct record_cell *cells;
    struct stream *stream = stream_of_bytes("f", data, size, &err);
    struct records *r = stream ? records_open_stream(stream, dialect, keep, &err) : NULL;
    while (r && records_next(r, &cells, &n_cells, &err))
        n += records_line(r) >= line;
    records_close(r);
    return n;
}

static size_t filled_rows(const struct frame *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_rows; i++) {
        bool filled = false;
        for (size_t j = 0; j < f->n_cols && !filled; j++)
            filled = f->cols[j].as.text[i] != NULL;
        n += filled;
    }
    return n;
}

/* A mark for Excel may have changed the delimiter: then the records are others. */
static bool is_marked(const uint8_t *data, size_t size)
{
    return size >= 7 && (memcmp(data, "sep=", 4) == 0 || memcmp(data + 3, "sep=", 4) == 0);
}

static void check_frame(const struct frame *f, const uint8_t *data, size_t size,
                        const struct csv_dialect *dialect, struct arena *keep)
{
    check_names(f, keep);
    if (f->n_rows == 0 || is_marked(data, size))
        return;
    if (filled_rows(f) != rows_below(data, size, dialect, f->line[0], keep))
        refuse("an answer is lost, or one too many");
}

static void check_told(const struct study_survey *survey, const struct frame *f,
                       const struct survey_said *said, const uint8_t *data, size_t size,
                       struct arena *keep)
{
    struct err err = {0};
    struct survey_said again;
    struct study_survey declared = *survey;
    declared.format = said->format;
    const struct frame *g = survey_read_bytes(&declared, "f", data, size, &again, keep, &err);
    if (!g || g->n_rows != f->n_rows || g->n_cols != f->n_cols)
        refuse("not the same under the format that was told");
    for (size_t j = 0; j < f->n_cols; j++)
        if (strcmp(f->cols[j].name, g->cols[j].name) != 0)
            refuse("other names under the format that was told");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct csv_dialect dialects[] = {
        {.delimiter = ','}, {.delimiter = ';', .encoding = "CP1252"}, {.delimiter = '\t'}};
    static const char *const delimiters[] = {",", ";", "tab"};
    static const char *const formats[] = {"auto", "qualtrics", "surveymonkey", "limesurvey",
                                          "google_forms"};
    if (size < 1)
        return 0;
    const size_t d = data[0] % 3, format = data[0] / 3 % 5;
    struct arena *keep = arena_new();
    struct err err = {0};
    struct survey_said said;
    const struct study_survey survey = {.format = formats[format],
                                        .delimiter = delimiters[d],
                                        .encoding = dialects[d].encoding,
                                        .key = "id",
                                        .date = "submitdate"};
    const struct frame *f = survey_read_bytes(&survey, "f", data + 1, size - 1, &said, keep, &err);
    if (f) {
        check_frame(f, data + 1, size - 1, &dialects[d], keep);
        if (format == 0)
            check_told(&survey, f, &said, data + 1, size - 1, keep);
    } else if (!*err.message || (err_exit_status(&err) != 3 && err_exit_status(&err) != 2)) {
        refuse("refused without a reason");
    }
    arena_free(keep);
    return 0;
}
