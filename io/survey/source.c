/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/source.h"

#include <string.h>
#include <sys/stat.h>

#include "io/bytes/stream_internal.h"
#include "io/csv/internal.h"
#include "io/table/records.h"

/* ---- bytes ---- */

static bool is_plain_file(const char *path)
{
    struct stat s;
    if (strcmp(path, "-") == 0)
        return false;
    return stat(path, &s) != 0 || S_ISREG(s.st_mode); /* what is not there is told on opening */
}

/* All bytes of a stream; *bytes grows in `keep`. */
static bool read_whole(struct stream *stream, char **bytes, size_t *n, struct arena *keep,
                       struct err *err)
{
    size_t room = 0, got = 1;
    *n = 0;
    *bytes = NULL;
    while (got > 0) {
        if (room - *n < 1 << 16) {
            char *more = ARENA_NEW(keep, char, room = 2 * room + (1 << 18));
            if (*n)
                memcpy(more, *bytes, *n);
            *bytes = more;
        }
        if (!stream_read(stream, *bytes + *n, room - *n, &got, err))
            return false;
        *n += got;
    }
    return true;
}

static bool hold_pipe(struct survey_source *s, struct arena *keep, struct err *err)
{
    char *bytes;
    struct stream *stream = stream_open(s->path, err);
    if (!stream)
        return false;
    const bool read = read_whole(stream, &bytes, &s->n, keep, err);
    stream_close(stream);
    s->bytes = bytes;
    return read;
}

static struct stream *open_stream(const struct survey_source *s, struct err *err)
{
    return s->bytes ? stream_of_bytes(s->path, s->bytes, s->n, err) : stream_open(s->path, err);
}

/* ---- the mark for Excel ---- */

static struct records *open_records(const struct survey_source *s, struct arena *keep,
                                    struct err *err)
{
    if (s->workbook)
        return records_open(s->path, NULL, s->asked.workbook.sheet, keep, err);
    struct stream *stream = open_stream(s, err);
    return stream ? records_open_stream(stream, &s->asked.dialect, keep, err) : NULL;
}

/* `sep=` and a delimiter, whatever delimiter is declared. */
static char marked_delimiter(const struct record_cell *cells, size_t n, char declared)
{
    if (n > 2 || (n == 2 && cells[1].length > 0) || strncmp(cells[0].text, "sep=", 4) != 0)
        return '\0';
    return cells[0].length == 4 && n == 2 ? declared
           : cells[0].length == 5         ? cells[0].text[4]
                                          : '\0';
}

static void obey_mark(struct survey_source *s, struct remarks *remarks)
{
    size_t n;
    struct err ignored = {0};
    const struct record_cell *cells;
    struct arena *scratch = arena_new();
    struct records *r = open_records(s, scratch, &ignored);
    if (r && records_next(r, &cells, &n, &ignored) && records_line(r) == 1) {
        const char declared = s->asked.dialect.delimiter;
        const char marked = marked_delimiter(cells, n, declared);
        if (marked && marked != '"')
            s->asked.dialect = (struct csv_dialect){
                .delimiter = marked, .encoding = s->asked.dialect.encoding, .skip_lines = 1};
        if (marked && marked != declared)
            remark(remarks, "line 1, sep=%c, is taken for the delimiter: '%c' is not in use here",
                   marked, declared);
    }
    records_close(r);
    arena_free(scratch);
}

static struct table_asked asked_of(const struct study_survey *survey, struct arena *keep)
{
    const bool utf8 = survey->encoding && strcmp(survey->encoding, "UTF-8") == 0;
    const char **key = ARENA_NEW(keep, const char *, 1);
    *key = survey->key;
    return (struct table_asked){
        .dialect = {.delimiter = study_delimiter(survey->delimiter),
                    .encoding = utf8 ? NULL : survey->encoding},
        .workbook = {.sheet = survey->sheet, .n_keys = 1, .keys = key, .date = survey->date}};
}

bool survey_source_open(const struct study_survey *survey, const char *path,
                        struct survey_source *source, struct remarks *remarks, struct arena *keep,
                        struct err *err)
{
    *source = (struct survey_source){
        .path = path, .asked = asked_of(survey, keep), .workbook = table_is_workbook(path)};
    if (!source->workbook && survey->sheet)
        return table_no_sheets(path, survey->sheet, err);
    if (!is_plain_file(path) && !hold_pipe(source, keep, err))
        return false;
    if (!source->workbook)
        obey_mark(source, remarks);
    return true;
}

void survey_source_of_bytes(const struct study_survey *survey, const char *name, const void *bytes,
                            size_t n, struct survey_source *source, struct remarks *remarks,
                            struct arena *keep)
{
    *source = (struct survey_source){
        .path = name, .asked = asked_of(survey, keep), .bytes = bytes, .n = n};
    obey_mark(source, remarks);
}

/* ---- the first rows ---- */

static struct survey_row taken_row(const struct record_cell *cells, size_t n, uint64_t line,
                                   struct arena *keep)
{
    const char **cell = ARENA_NEW(keep, const char *, n);
    for (size_t j = 0; j < n; j++)
        cell[j] = arena_strndup(keep, cells[j].text, cells[j].length);
    return (struct survey_row){.n = n, .cell = cell, .line = line};
}

void survey_source_head(const struct survey_source *source, struct survey_head *head,
                        struct arena *keep)
{
    size_t n;
    struct err err = {0};
    const struct record_cell *cells;
    *head = (struct survey_head){.file = source->path, .workbook = source->workbook};
    struct records *r = open_records(source, keep, &err);
    while (r && head->n < SURVEY_HEAD_ROWS && records_next(r, &cells, &n, &err))
        head->row[head->n++] = taken_row(cells, n, records_line(r), keep);
    head->broken = err.code != ERR_NONE;
    records_close(r);
}

/* ---- the whole ---- */

const struct frame *survey_source_plain(const struct survey_source *source, struct xlsx_said *said,
                                        struct arena *keep, struct err *err)
{
    if (source->workbook)
        return xlsx_frame(source->path, &source->asked.workbook, said, keep, err);
    struct stream *stream = open_stream(source, err);
    if (!stream)
        return NULL;
    struct csv_reader *r = csv_open_stream(stream, &source->asked.dialect, 1 << 16, keep, err);
    const struct frame *f = r ? csv_table(r, keep, err) : NULL;
    csv_close(r);
    return f;
}

/* The records of the header are those that the head holds. */
static bool pass_header(struct csv_reader *r, uint64_t last_line, struct err *err)
{
    size_t n;
    const struct csv_field *fields;
    do
        if (!csv_next_bare(r, &fields, &n, err))
            return false;
    while (csv_line(r) < last_line);
    return true;
}

static const struct frame *text_below(const struct survey_source *source,
                                      const struct survey_head *head,
                                      const struct survey_header *header, struct arena *keep,
                                      struct err *err)
{
    const struct frame *f = NULL;
    struct stream *stream = open_stream(source, err);
    struct csv_reader *r =
        stream ? csv_open_bare(stream, &source->asked.dialect, 1 << 16, keep, err) : NULL;
    if (r && pass_header(r, head->row[header->n_rows - 1].line, err)) {
        csv_name_columns(r, header->name, header->n, head->row[0].n);
        f = csv_table(r, keep, err);
    }
    csv_close(r);
    return f;
}

const struct frame *survey_source_below(const struct survey_source *source,
                                        const struct survey_head *head,
                                        const struct survey_header *header, struct xlsx_said *said,
                                        struct arena *keep, struct err *err)
{
    if (!source->workbook)
        return text_below(source, head, header, keep, err);
    struct xlsx_asked asked = source->asked.workbook;
    asked.skip_rows = (size_t)head->row[header->n_rows - 1].line;
    asked.n_names = header->n;
    asked.names = header->name;
    return xlsx_frame(source->path, &asked, said, keep, err);
}
