/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sample.h"

#include <string.h>

#include "io/decode.h"
#include "io/labelled/labelled.h"

enum { HEAD = 64 << 10, LINES = 50 };

static const char delimiters[] = {',', ';', '\t', '|'};

static bool read_head(const char *path, char *head, size_t *length, struct err *err)
{
    struct stream *s = stream_open(path, err);
    size_t got = 1;
    *length = 0;
    while (s && *length < HEAD && got) {
        if (!stream_read(s, head + *length, HEAD - *length, &got, err)) {
            stream_close(s);
            return false;
        }
        *length += got;
    }
    stream_close(s);
    return s != NULL;
}

/* UTF-8 as far as it was read, or a text whose byte order mark tells what it is. */
static bool tells_itself(const char *head, size_t n)
{
    static const char mark[][2] = {{'\xff', '\xfe'}, {'\xfe', '\xff'}};
    for (size_t i = 0; i < 2; i++)
        if (n >= 2 && memcmp(head, mark[i], 2) == 0)
            return true;
    size_t bad = utf8_bad(head, n), longest = 4;
    return bad == n || (n == HEAD && n - bad < longest);
}

/* Lines (outside quotes) that hold as many delimiters as the first one does. */
static size_t evenness(const char *text, size_t n, char delimiter)
{
    size_t count = 0, first = 0, lines = 0, even = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && lines < LINES; i++) {
        quoted ^= text[i] == '"';
        if (quoted)
            continue;
        count += text[i] == delimiter;
        if (text[i] != '\n')
            continue;
        first = lines == 0 ? count : first;
        even += count == first && first > 0;
        lines++;
        count = 0;
    }
    return even * 64 + (first < 63 ? first : 63);
}

static bool read_rows(const char *path, size_t rows, struct sample_file *sample, struct arena *keep,
                      struct err *err)
{
    struct csv_reader *r = csv_open(path, &sample->dialect, keep, err);
    if (!r)
        return false;
    struct frame_builder *b = frame_builder_new(path, keep);
    for (size_t j = 0; j < csv_n_columns(r); j++)
        frame_builder_column(b, &(struct column){.name = csv_columns(r)[j], .type = COLUMN_TEXT});
    const struct csv_field *field;
    size_t n = 0;
    while (n < rows && csv_next(r, &field, err)) {
        for (size_t j = 0; j < csv_n_columns(r); j++)
            if (field[j].length)
                frame_put_text(b, j, field[j].text);
        frame_end_row(b);
        n++;
    }
    sample->whole = n < rows;
    csv_close(r);
    sample->frame = frame_builder_finish(b);
    return err->code == ERR_NONE;
}

/* ---- labelled files ---- */

/* Nominal codes as their labels, where all that occur have one. */
static const char *const *labels_shown(const struct column *c, size_t n, struct arena *keep)
{
    const char **text = ARENA_NEW(keep, const char *, n);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; c->as.text[i] && k < c->levels->n; k++)
            if (strcmp(c->levels->name[k], c->as.text[i]) == 0)
                text[i] = c->levels->label[k];
        if (c->as.text[i] && !text[i])
            return NULL;
    }
    return text;
}

static bool read_labelled(const char *path, struct sample_file *sample, struct arena *keep,
                          struct err *err)
{
    const char *ignored; /* the study that is drafted will tell of it */
    const struct labelled *l = labelled_read_replacing(path, NULL, NULL, &ignored, keep, err);
    if (!l)
        return false;
    struct frame *f = arena_copy(keep, l->frame, 1, sizeof *f);
    struct column *cols = arena_copy(keep, f->cols, f->n_cols, sizeof *cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        bool nominal = cols[j].levels && cols[j].measure == MEASURE_NOMINAL;
        const char *const *text = nominal ? labels_shown(&cols[j], f->n_rows, keep) : NULL;
        if (text)
            cols[j].as.text = text;
    }
    f->cols = cols;
    *sample = (struct sample_file){
        .path = path, .dialect = {.delimiter = ','}, .frame = f, .whole = true, .labelled = true};
    return true;
}

bool sample_read(const char *path, size_t rows, struct sample_file *sample, struct arena *keep,
                 struct err *err)
{
    size_t length, best = 0;
    char *head = ARENA_NEW(keep, char, HEAD);
    *sample = (struct sample_file){.path = path, .dialect = {.delimiter = ','}};
    if (labelled_begins(path))
        return read_labelled(path, sample, keep, err);
    if (!read_head(path, head, &length, err))
        return false;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t score = evenness(head, length, delimiters[i]);
        if (score > best)
            best = score, sample->dialect.delimiter = delimiters[i];
    }
    if (!tells_itself(head, length))
        sample->dialect.encoding = "CP1252";
    if (read_rows(path, rows, sample, keep, err))
        return true;
    struct err again = {0};
    if (err->code != ERR_SYNTAX || sample->dialect.encoding)
        return false;
    sample->dialect.encoding = "CP1252"; /* its first other letter may come late */
    if (!read_rows(path, rows, sample, keep, &again))
        return false;
    *err = again;
    return true;
}
