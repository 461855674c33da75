/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/bytes/decode.h"
#include "io/bytes/stream_internal.h"
#include "io/csv/internal.h"

#define CHUNK ((size_t)1 << 16)
#define DEFAULT_RECORD ((size_t)64 << 20)

/* Where the state machine stands; OUTSIDE is between records. */
enum state { OUTSIDE, FIELD_START, UNQUOTED, QUOTED, QUOTE_IN_QUOTED };

struct csv_reader {
    const char *name;
    struct stream *stream;
    struct decoder *decoder;
    struct arena *own; /* what grows with the records */
    char delimiter;
    size_t max_record;

    const char *at, *end; /* decoded, not yet read */
    enum state state;
    bool after_cr;       /* an LF that comes now belongs to the line end before */
    uint64_t line;       /* of the byte at `at` */
    uint64_t start_line; /* of the current record */
    uint64_t quote_line; /* of the last opening quote */

    char *bytes; /* [capacity] fields of the current record, each with a NUL behind */
    size_t used, capacity;
    struct csv_field *field; /* [field_capacity]; text is set when the record is whole */
    size_t *start;           /* [field_capacity] of each field in bytes */
    size_t n_fields, field_capacity;

    size_t n_columns, n_header; /* n_header: with nameless columns at the end */
    const char **column;        /* [n_header] */
};

/* ---- messages ---- */

static const char *column_name(const struct csv_reader *r, size_t j)
{
    return j < r->n_columns ? r->column[j] : NULL;
}

static bool wrong(const struct csv_reader *r, uint64_t line, const char *what, const char *mend,
                  struct err *err)
{
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = r->name, .line = line, .what = what, .mend = mend});
}

/* ---- the current record ---- */

static bool too_long(const struct csv_reader *r, struct err *err)
{
    char what[64], mend[96] = "check that this is a text file";
    const size_t start = r->start[r->n_fields];
    if (start < r->max_record && memchr(r->bytes + start, '\0', r->max_record - start))
        return wrong(r, r->start_line, "holds NUL bytes", "it is damaged, or not a text file", err);
    snprintf(what, sizeof what, "the record is longer than %zu bytes", r->max_record);
    if (r->state == QUOTED)
        snprintf(mend, sizeof mend, "close the quote that opens in line %llu",
                 (unsigned long long)r->quote_line);
    return wrong(r, r->start_line, what, mend, err);
}

/* Keeps used < capacity, so that there is always room for a NUL. */
static void append(struct csv_reader *r, const char *bytes, size_t n)
{
    if (r->capacity - r->used <= n) {
        size_t capacity = 2 * (r->used + n) + 256;
        char *more = ARENA_NEW(r->own, char, capacity);
        if (r->used)
            memcpy(more, r->bytes, r->used);
        r->bytes = more;
        r->capacity = capacity;
    }
    memcpy(r->bytes + r->used, bytes, n);
    r->used += n;
}

static void start_field(struct csv_reader *r, bool quoted)
{
    if (r->n_fields == r->field_capacity) {
        size_t capacity = r->field_capacity ? 2 * r->field_capacity : 32;
        struct csv_field *field = ARENA_NEW(r->own, struct csv_field, capacity);
        size_t *start = ARENA_NEW(r->own, size_t, capacity);
        if (r->n_fields) {
            memcpy(field, r->field, r->n_fields * sizeof *field);
            memcpy(start, r->start, r->n_fields * sizeof *start);
        }
        r->field = field;
        r->start = start;
        r->field_capacity = capacity;
    }
    r->start[r->n_fields] = r->used;
    r->field[r->n_fields].quoted = quoted;
}

static void end_field(struct csv_reader *r)
{
    r->field[r->n_fields].length = (uint32_t)(r->used - r->start[r->n_fields]);
    append(r, "", 1);
    r->n_fields++;
}

/* ---- the state machine ---- */

enum progress { MORE, WHOLE, FAILED };

/* Blank lines between records; then a record starts with the byte at hand. */
static enum progress outside(struct csv_reader *r)
{
    const char c = *r->at;
    if (c == '\n' || c == '\r') {
        r->line += !(c == '\n' && r->after_cr);
        r->after_cr = c == '\r';
        r->at++;
        return MORE;
    }
    r->after_cr = false;
    r->start_line = r->line;
    r->n_fields = r->used = 0;
    r->state = FIELD_START;
    return MORE;
}

static enum progress field_start(struct csv_reader *r)
{
    const bool quoted = *r->at == '"';
    start_field(r, quoted);
    r->state = quoted ? QUOTED : UNQUOTED;
    if (quoted) {
        r->quote_line = r->line;
        r->at++;
    }
    return MORE;
}

static bool ends_field(const struct csv_reader *r, char c)
{
    return c == r->delimiter || c == '\n' || c == '\r';
}

/* The byte at hand ends the field, and the record unless it is the delimiter. */
static enum progress close_field(struct csv_reader *r)
{
    const char c = *r->at++;
    end_field(r);
    r->state = FIELD_START;
    if (c == r->delimiter)
        return MORE;
    r->state = OUTSIDE;
    r->line++;
    r->after_cr = c == '\r';
    return WHOLE;
}

static enum progress unquoted(struct csv_reader *r, struct err *err)
{
    const char *p = r->at;
    while (p < r->end && !ends_field(r, *p))
        p++;
    append(r, r->at, (size_t)(p - r->at));
    r->at = p;
    if (r->used > r->max_record)
        return too_long(r, err) ? MORE : FAILED;
    return p < r->end ? close_field(r) : MORE;
}

static void count_lines(struct csv_reader *r, const char *p, const char *end)
{
    for (; p < end; p++) {
        r->line += *p == '\r' || (*p == '\n' && !r->after_cr);
        r->after_cr = *p == '\r';
    }
}

static enum progress quoted(struct csv_reader *r, struct err *err)
{
    const char *quote = memchr(r->at, '"', (size_t)(r->end - r->at));
    const char *end = quote ? quote : r->end;
    append(r, r->at, (size_t)(end - r->at));
    count_lines(r, r->at, end);
    r->at = end;
    if (r->used > r->max_record)
        return too_long(r, err) ? MORE : FAILED;
    if (quote) {
        r->at++;
        r->after_cr = false;
        r->state = QUOTE_IN_QUOTED;
    }
    return MORE;
}

static enum progress quote_in_quoted(struct csv_reader *r, struct err *err)
{
    if (ends_field(r, *r->at))
        return close_field(r);
    if (*r->at == '"') {
        append(r, r->at++, 1);
        r->state = QUOTED;
        return MORE;
    }
    err_at(err, ERR_SYNTAX,
           &(struct problem){.file = r->name,
                             .line = r->start_line,
                             .column = column_name(r, r->n_fields),
                             .what = "text follows the closing quote of the field",
                             .mend = "double the quotes that are part of the text"});
    return FAILED;
}

static enum progress step(struct csv_reader *r, struct err *err)
{
    switch (r->state) {
    case OUTSIDE:
        return outside(r);
    case FIELD_START:
        return field_start(r);
    case UNQUOTED:
        return unquoted(r, err);
    case QUOTED:
        return quoted(r, err);
    case QUOTE_IN_QUOTED:
        return quote_in_quoted(r, err);
    }
    return FAILED;
}

/* The end of the file closes the last record, but no quote. */
static enum progress finish(struct csv_reader *r, struct err *err)
{
    if (r->state == OUTSIDE)
        return MORE;
    if (r->state == QUOTED) {
        err_at(err, ERR_SYNTAX,
               &(struct problem){.file = r->name,
                                 .line = r->quote_line,
                                 .column = column_name(r, r->n_fields),
                                 .what = "a quote opens here and is never closed",
                                 .mend = "close it, or double the quotes that are text"});
        return FAILED;
    }
    if (r->state == FIELD_START)
        start_field(r, false);
    end_field(r);
    r->state = OUTSIDE;
    return WHOLE;
}

/* The first bytes of .xlsx (a ZIP archive) and of .xls; a NUL byte follows both. */
static bool is_workbook(const char *bytes)
{
    return strncmp(bytes, "PK\3\4", 4) == 0 || strncmp(bytes, "\xd0\xcf\x11\xe0", 4) == 0;
}

static bool check_text(const struct csv_reader *r, size_t j, struct err *err)
{
    char shown[64];
    const struct csv_field *f = &r->field[j];
    struct problem p = {.file = r->name, .line = r->start_line, .column = column_name(r, j)};
    const char *nul = memchr(f->text, '\0', f->length);
    if (nul) {
        bool workbook = r->start_line == 1 && is_workbook(r->bytes);
        p.what = workbook ? "is an Excel workbook" : "holds a NUL byte";
        p.mend = workbook ? "save it as CSV (UTF-8) in Excel"
                          : "the file is damaged, or is UTF-16: then declare encoding: UTF-16LE";
        return err_at(err, ERR_SYNTAX, &p);
    }
    size_t bad = utf8_bad(f->text, f->length);
    if (bad == f->length)
        return true;
    p.value = shown_bytes(f->text, f->length, bad, shown);
    p.what = "is not UTF-8";
    p.mend = "declare the file's encoding, for example encoding: CP1252";
    return err_at(err, ERR_SYNTAX, &p);
}

/* A record as it stands in the file, with its text checked; false at the end. */
static bool next_record(struct csv_reader *r, struct err *err)
{
    enum progress progress = MORE;
    while (progress == MORE) {
        if (r->at == r->end && !decoder_next(r->decoder, r->line, &r->at, &r->end, err))
            return false;
        if (r->at == r->end) {
            progress = finish(r, err);
            break;
        }
        progress = step(r, err);
    }
    if (progress != WHOLE)
        return false;
    for (size_t j = 0; j < r->n_fields; j++)
        r->field[j].text = r->bytes + r->start[j];
    for (size_t j = 0; j < r->n_fields; j++)
        if (!check_text(r, j, err))
            return false;
    return true;
}

/* ---- the header ---- */

static bool no_header(const struct csv_reader *r, size_t skip_lines, struct err *err)
{
    if (r->line == 1)
        return wrong(r, 0, "is empty", "export it again", err);
    return wrong(r, 0,
                 skip_lines ? "has no header behind the lines to skip" : "has blank lines only",
                 "export it again, with a header line", err);
}

/* A header of one column is suspect when another usual delimiter stands in it. */
static bool check_delimiter(const struct csv_reader *r, struct err *err)
{
    static const char usual[] = ";\t|,";
    char mend[96];
    const struct csv_field *f = &r->field[0];
    if (r->n_fields <= 2 && strncmp(f->text, "sep=", 4) == 0)
        return wrong(r, r->start_line, "the first line is not the header, but a mark for Excel",
                     "delete this line", err);
    if (r->n_fields > 1 || f->quoted)
        return true;
    const char *other = strpbrk(f->text, usual);
    if (!other)
        return true;
    if (*other == '\t')
        snprintf(mend, sizeof mend, "declare delimiter: tab");
    else
        snprintf(mend, sizeof mend, "declare delimiter: \"%c\" in the study%s", *other,
                 *other == ',' ? ", or leave the key out" : ", or save the file with commas");
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = r->name,
                                    .line = r->start_line,
                                    .value = f->text,
                                    .what = "is the only column of the header",
                                    .mend = mend});
}

static int by_name(const void *a, const void *b)
{
    const char *const *x = *(const char *const *const *)a, *const *y =
                                                               *(const char *const *const *)b;
    int order = strcmp(*x, *y);
    return order ? order : (x > y) - (x < y);
}

/* Sorts pointers to the names: equal ones come together, in their order. */
static bool check_duplicates(const struct csv_reader *r, struct err *err)
{
    char what[96];
    const char ***sorted = ARENA_NEW(r->own, const char **, r->n_columns);
    for (size_t j = 0; j < r->n_columns; j++)
        sorted[j] = &r->column[j];
    qsort(sorted, r->n_columns, sizeof *sorted, by_name);
    for (size_t j = 1; j < r->n_columns; j++) {
        if (strcmp(*sorted[j - 1], *sorted[j]) != 0)
            continue;
        snprintf(what, sizeof what, "is the name of column %td and of column %td",
                 sorted[j - 1] - r->column + 1, sorted[j] - r->column + 1);
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = r->name,
                                        .line = r->start_line,
                                        .value = *sorted[j],
                                        .what = what,
                                        .mend = "give one of them another name"});
    }
    return true;
}

static bool take_names(struct csv_reader *r, struct arena *keep, struct err *err)
{
    char what[64];
    r->n_header = r->n_fields;
    r->column = ARENA_NEW(keep, const char *, r->n_header);
    for (size_t j = 0; j < r->n_header; j++) {
        r->column[j] = arena_strndup(keep, r->field[j].text, r->field[j].length);
        if (r->field[j].length > 0)
            r->n_columns = j + 1;
    }
    if (r->n_columns == 0)
        return wrong(r, r->start_line, "the header has no column with a name", "name the columns",
                     err);
    for (size_t j = 0; j < r->n_columns; j++)
        if (!*r->column[j]) {
            snprintf(what, sizeof what, "column %zu of the header has no name", j + 1);
            return wrong(r, r->start_line, what, "name it", err);
        }
    return check_duplicates(r, err);
}

static bool skip_lines(struct csv_reader *r, size_t n, struct err *err)
{
    while (r->line <= n) {
        if (r->at == r->end && !decoder_next(r->decoder, r->line, &r->at, &r->end, err))
            return false;
        if (r->at == r->end)
            return no_header(r, n, err);
        count_lines(r, r->at, r->at + 1);
        r->at++;
    }
    return true;
}

static bool read_header(struct csv_reader *r, size_t n_skip, struct arena *keep, struct err *err)
{
    if (!next_record(r, err))
        return err->code == ERR_NONE ? no_header(r, n_skip, err) : false;
    return check_delimiter(r, err) && take_names(r, keep, err);
}

/* ---- opening ---- */

static bool check_dialect(const struct csv_reader *r, struct err *err)
{
    const unsigned char c = (unsigned char)r->delimiter;
    if (c < 0x80 && c != '"' && c != '\n' && c != '\r')
        return true;
    return err_at(
        err, ERR_STUDY,
        &(struct problem){.file = r->name,
                          .column = "delimiter",
                          .what = "a quote, a line end or a letter beyond ASCII cannot be it",
                          .mend = "declare one of , ; | tab"});
}

struct csv_reader *csv_open_bare(struct stream *stream, const struct csv_dialect *dialect,
                                 size_t chunk, struct arena *keep, struct err *err)
{
    struct csv_reader *r = ARENA_NEW(keep, struct csv_reader, 1);
    r->name = arena_strdup(keep, stream_name(stream));
    r->stream = stream;
    r->own = arena_new();
    r->delimiter = dialect && dialect->delimiter ? dialect->delimiter : ',';
    r->max_record = dialect && dialect->max_record ? dialect->max_record : DEFAULT_RECORD;
    if (r->max_record > UINT32_MAX)
        r->max_record = UINT32_MAX;
    r->line = 1;
    if (check_dialect(r, err))
        r->decoder = decoder_new(stream, dialect ? dialect->encoding : NULL, chunk, r->own, err);
    if (r->decoder && skip_lines(r, dialect ? dialect->skip_lines : 0, err))
        return r;
    csv_close(r);
    return NULL;
}

struct csv_reader *csv_open_stream(struct stream *stream, const struct csv_dialect *dialect,
                                   size_t chunk, struct arena *keep, struct err *err)
{
    struct csv_reader *r = csv_open_bare(stream, dialect, chunk, keep, err);
    if (!r || read_header(r, dialect ? dialect->skip_lines : 0, keep, err))
        return r;
    csv_close(r);
    return NULL;
}

struct csv_reader *csv_open(const char *path, const struct csv_dialect *dialect, struct arena *keep,
                            struct err *err)
{
    struct stream *stream = stream_open(path, err);
    return stream ? csv_open_stream(stream, dialect, CHUNK, keep, err) : NULL;
}

void csv_close(struct csv_reader *r)
{
    if (!r)
        return;
    decoder_free(r->decoder);
    stream_close(r->stream);
    arena_free(r->own);
}

/* ---- records ---- */

static bool check_width(const struct csv_reader *r, struct err *err)
{
    char what[96];
    const char *mend = r->n_fields < r->n_header
                           ? "complete the record, or delete it"
                           : "quote the fields that hold the delimiter, or name all columns";
    if (r->n_fields != r->n_header) {
        snprintf(what, sizeof what, "the record has %zu field%s, the header %zu", r->n_fields,
                 r->n_fields == 1 ? "" : "s", r->n_header);
        return wrong(r, r->start_line, what, mend, err);
    }
    for (size_t j = r->n_columns; j < r->n_header; j++)
        if (r->field[j].length > 0) {
            snprintf(what, sizeof what, "stands in column %zu, which has no name", j + 1);
            return err_at(err, ERR_SYNTAX,
                          &(struct problem){.file = r->name,
                                            .line = r->start_line,
                                            .value = r->field[j].text,
                                            .what = what,
                                            .mend = "name the column in the header"});
        }
    return true;
}

bool csv_next_bare(struct csv_reader *r, const struct csv_field **fields, size_t *n,
                   struct err *err)
{
    if (!next_record(r, err))
        return false;
    *fields = r->field;
    *n = r->n_fields;
    return true;
}

void csv_name_columns(struct csv_reader *r, const char **names, size_t n, size_t n_header)
{
    r->column = names;
    r->n_columns = n;
    r->n_header = n_header;
}

bool csv_next(struct csv_reader *r, const struct csv_field **fields, struct err *err)
{
    size_t n;
    return csv_next_bare(r, fields, &n, err) && check_width(r, err);
}

size_t csv_n_columns(const struct csv_reader *r)
{
    return r->n_columns;
}

const char *const *csv_columns(const struct csv_reader *r)
{
    return r->column;
}

uint64_t csv_line(const struct csv_reader *r)
{
    return r->start_line;
}

/* ---- for the reader of whole files ---- */

bool csv_rest(struct csv_reader *r, struct csv_rest *rest, struct arena *keep)
{
    const size_t left = (size_t)(r->end - r->at);
    const uint64_t size = stream_size(r->stream), position = stream_position(r->stream);
    *rest = (struct csv_rest){.line = r->line, .after_cr = r->after_cr, .delimiter = r->delimiter};
    if (!decoder_is_done(r->decoder) || !stream_is_direct(r->stream) || size < position)
        return false;
    const uint64_t room = left + (size - position) + 1; /* one more: then it is seen to end */
    if (room >= UINT32_MAX)
        return false;
    rest->bytes = arena_alloc(keep, room, 1);
    memcpy(rest->bytes, r->at, left);
    rest->n = left;
    struct err err = {.code = ERR_NONE};
    size_t got = 1;
    while (got > 0 && rest->n < room)
        if (!stream_read(r->stream, rest->bytes + rest->n, room - rest->n, &got, &err))
            break;
        else
            rest->n += got;
    csv_resume(r, rest, 0);
    return got == 0 && rest->n < room; /* else what is read is not all there is */
}

void csv_resume(struct csv_reader *r, const struct csv_rest *rest, size_t from)
{
    r->at = rest->bytes + from;
    r->end = rest->bytes + rest->n;
    r->line = rest->line;
    r->after_cr = rest->after_cr;
}

size_t csv_n_header(const struct csv_reader *r)
{
    return r->n_header;
}

size_t csv_max_record(const struct csv_reader *r)
{
    return r->max_record;
}

const char *csv_name(const struct csv_reader *r)
{
    return r->name;
}
