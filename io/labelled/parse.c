/* SPDX-License-Identifier: GPL-3.0-or-later
   The isolated side: ReadStat's calls become messages.  Nothing here is trusted by the other
   side, so nothing is checked here but what keeps it short. */
#include <errno.h>
#include <readstat.h>
#include <string.h>
#include <unistd.h>

#include "io/labelled/kind.h"
#include "io/labelled/por_head.h"
#include "io/labelled/sav_head.h"
#include "io/labelled/wire.h"

enum { CELLS_SENT = 1 << 16 }; /* bytes of cells after which they are sent */

struct parsing {
    const struct labelled_kind *kind;
    int file;
    off_t at;
    bool is_sav;
    struct sav_head sav;
    uint8_t por[POR_HEAD_SIZE]; /* of a portable file: its first bytes, mended */
    off_t n_por;
    struct wire_out plain, cells;
    int64_t n_cells, n_variables;
    char said[200]; /* ReadStat's first complaint */
};

/* ---- the file ---- */

static int open_file(const char *path, void *context)
{
    (void)path, (void)context;
    return 0;
}

static int close_file(void *context)
{
    (void)context;
    return 0;
}

static readstat_off_t seek_file(readstat_off_t offset, readstat_io_flags_t whence, void *context)
{
    struct parsing *p = context;
    off_t from = whence == READSTAT_SEEK_SET   ? 0
                 : whence == READSTAT_SEEK_CUR ? p->at
                                               : lseek(p->file, 0, SEEK_END);
    if (from < 0 || from + offset < 0)
        return -1;
    p->at = from + offset;
    return p->at;
}

/* Of a compressed .sav the count of cases is hidden from ReadStat, which then reads to the
   end: what is there is compared with what was said. */
static void hide_count(const struct parsing *p, uint8_t *bytes, ssize_t n)
{
    if (!p->is_sav || p->sav.compression == 0)
        return;
    for (off_t i = SAV_CASES_AT; i < SAV_CASES_AT + SAV_CASES_SIZE; i++)
        if (i >= p->at && i < p->at + n)
            bytes[i - p->at] = 0xff;
}

static void show_mended(const struct parsing *p, uint8_t *bytes, ssize_t n)
{
    for (off_t i = 0; i < n && p->at + i < p->n_por; i++)
        bytes[i] = p->por[p->at + i];
}

static ssize_t read_file(void *bytes, size_t n, void *context)
{
    struct parsing *p = context;
    ssize_t got;
    do
        got = pread(p->file, bytes, n, p->at);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        hide_count(p, bytes, got);
        show_mended(p, bytes, got);
        p->at += got;
    }
    return got;
}

static readstat_error_t no_progress(long size, readstat_progress_handler handler, void *user,
                                    void *context)
{
    (void)size, (void)handler, (void)user, (void)context;
    return READSTAT_OK;
}

/* ---- what ReadStat tells ---- */

static int on_metadata(readstat_metadata_t *m, void *context)
{
    struct parsing *p = context;
    p->n_variables = readstat_get_var_count(m);
    wire_u32(&p->plain, (size_t)readstat_get_file_format_version(m));
    wire_i64(&p->plain, p->is_sav ? p->sav.cases : readstat_get_row_count(m));
    wire_u32(&p->plain, (size_t)p->n_variables);
    wire_text(&p->plain, readstat_get_file_encoding(m));
    wire_text(&p->plain, readstat_get_file_label(m));
    wire_send(&p->plain, WIRE_HEAD);
    return p->plain.broken ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static void put_value(struct wire_out *w, readstat_value_t value)
{
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
        wire_u8(w, CELL_TEXT);
        wire_text(w, readstat_string_value(value));
    } else if (readstat_value_is_tagged_missing(value)) {
        wire_u8(w, CELL_TAG);
        wire_u8(w, (unsigned char)readstat_value_tag(value));
    } else if (readstat_value_is_system_missing(value)) {
        wire_u8(w, CELL_NONE);
    } else {
        bool single = readstat_value_type(value) == READSTAT_TYPE_FLOAT;
        wire_u8(w, single ? CELL_SINGLE : CELL_NUMBER);
        wire_real(w, single ? (double)readstat_float_value(value) : readstat_double_value(value));
    }
}

static int on_variable(int index, readstat_variable_t *v, const char *labels, void *context)
{
    struct parsing *p = context;
    struct wire_out *w = &p->plain;
    int n = readstat_variable_get_missing_ranges_count(v);
    (void)index;
    wire_text(w, readstat_variable_get_name(v));
    wire_text(w, readstat_variable_get_label(v));
    wire_text(w, readstat_variable_get_format(v));
    wire_text(w, labels);
    wire_u8(w, readstat_variable_get_type_class(v) == READSTAT_TYPE_CLASS_STRING);
    wire_u8(w, readstat_variable_get_measure(v));
    wire_u32(w, readstat_variable_get_storage_width(v));
    wire_u32(w, n > 0 ? (size_t)n : 0);
    for (int i = 0; i < n; i++) {
        put_value(w, readstat_variable_get_missing_range_lo(v, i));
        put_value(w, readstat_variable_get_missing_range_hi(v, i));
    }
    wire_send(w, WIRE_VARIABLE);
    return w->broken ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static int on_label(const char *set, readstat_value_t value, const char *label, void *context)
{
    struct parsing *p = context;
    wire_text(&p->plain, set);
    put_value(&p->plain, value);
    wire_text(&p->plain, label);
    wire_send(&p->plain, WIRE_LABEL);
    return p->plain.broken ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static int on_note(int index, const char *note, void *context)
{
    struct parsing *p = context;
    (void)index;
    wire_text(&p->plain, note);
    wire_send(&p->plain, WIRE_NOTE);
    return p->plain.broken ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/* Cells have no addresses on the wire: one out of its order is the end. */
static int on_value(int row, readstat_variable_t *v, readstat_value_t value, void *context)
{
    struct parsing *p = context;
    if (p->n_cells++ != row * p->n_variables + readstat_variable_get_index(v))
        return READSTAT_HANDLER_ABORT;
    put_value(&p->cells, value);
    if (p->cells.n >= CELLS_SENT)
        wire_send(&p->cells, WIRE_CELLS);
    return p->cells.broken ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static void on_error(const char *message, void *context)
{
    struct parsing *p = context;
    if (!p->said[0])
        strncpy(p->said, message, sizeof p->said - 1);
}

/* What is called for what is found.  Bytes stay as they are: the other side converts them,
   and can say which are wrong. */
static void set_handlers(readstat_parser_t *parser, struct parsing *p)
{
    readstat_set_open_handler(parser, open_file);
    readstat_set_close_handler(parser, close_file);
    readstat_set_seek_handler(parser, seek_file);
    readstat_set_read_handler(parser, read_file);
    readstat_set_update_handler(parser, no_progress);
    readstat_set_io_ctx(parser, p);
    readstat_set_metadata_handler(parser, on_metadata);
    readstat_set_variable_handler(parser, on_variable);
    readstat_set_value_label_handler(parser, on_label);
    readstat_set_note_handler(parser, on_note);
    readstat_set_value_handler(parser, on_value);
    readstat_set_error_handler(parser, on_error);
    readstat_set_handler_character_encoding(parser, NULL);
}

void labelled_parse(int file, int to, const void *context)
{
    struct parsing p = {.kind = context, .file = file, .plain = {.to = to}, .cells = {.to = to}};
    uint8_t head[SAV_HEAD_SIZE];
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser)
        return;
    p.is_sav =
        p.kind->damage == sav_head_damage && pread(file, head, sizeof head, 0) == sizeof head;
    if (p.is_sav)
        p.sav = sav_head_of(head);
    if (p.kind->mends_head) {
        const ssize_t n = pread(file, p.por, sizeof p.por, 0);
        p.n_por = n > 0 ? n : 0;
        por_head_mend(p.por, (size_t)p.n_por);
    }
    set_handlers(parser, &p);
    int status = p.kind->parse(parser, &p);
    /* Without compression it reads as many cases as are told, and no byte more. */
    bool left =
        status == 0 && p.is_sav && p.sav.compression == 0 && p.at != lseek(file, 0, SEEK_END);
    if (left) {
        status = READSTAT_ERROR_ROW_COUNT_MISMATCH;
        on_error("there are bytes behind the last case that its head announces", &p);
    }
    wire_send(&p.cells, WIRE_CELLS);
    wire_u32(&p.plain, (size_t)status);
    wire_text(&p.plain, p.said[0] ? p.said : readstat_error_message((readstat_error_t)status));
    wire_send(&p.plain, WIRE_END);
    readstat_parser_free(parser);
    free(p.plain.bytes);
    free(p.cells.bytes);
}
