/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/sheet.h"

#include <string.h>

#include "io/bytes/ahead.h"
#include "io/xlsx/cell.h"
#include "io/xlsx/xml.h"

enum {
    WORKSHEET = 1,
    COLUMNS,
    COLUMN,
    ROWS,
    ROW,
    CELL,
    VALUE,
    FORMULA,
    INLINE,
    INLINE_TEXT,
    RUN,
    RUN_TEXT,
    MERGES,
    MERGE
};

/* What there is most of stands first. */
static const struct xml_place places[] = {{ROW, "c", CELL, false},
                                          {CELL, "v", VALUE, true},
                                          {CELL, "f", FORMULA, false},
                                          {CELL, "is", INLINE, false},
                                          {INLINE, "t", INLINE_TEXT, true},
                                          {INLINE, "r", RUN, false},
                                          {RUN, "t", RUN_TEXT, true},
                                          {ROWS, "row", ROW, false},
                                          {WORKSHEET, "sheetData", ROWS, false},
                                          {WORKSHEET, "cols", COLUMNS, false},
                                          {COLUMNS, "col", COLUMN, false},
                                          {WORKSHEET, "mergeCells", MERGES, false},
                                          {MERGES, "mergeCell", MERGE, false},
                                          {XML_TOP, "worksheet", WORKSHEET, false},
                                          {0, NULL, 0, false}};

enum { LONGEST_TEXT = 1 << 20, LONGEST_ROW = 64 << 20, LONGEST_TYPE = 11 };

/* Rows are given on when they have so many cells, or bytes of text; room for more than KEPT bytes
   is not used again. */
enum { CELLS = 4096, TEXT = 128 << 10, KEPT = 2 << 20 };

/* Rows, and the room that they have. */
struct batch {
    struct raw_rows rows;
    struct arena *own;
    size_t room_rows, room_cells, room_text, n_text;
};

struct sheet {
    struct xlsx *book;
    size_t index;
    struct arena *own;
    struct part *part;
    struct xml *xml;
    struct ahead *ahead;
    struct batch batch[AHEAD_SLOTS];

    struct batch *to;   /* the rows at hand */
    struct raw_row row; /* the row at hand, n of its cells read */
    size_t row_text;    /* where its text begins */
    uint32_t column;    /* of the cell at hand */
    struct raw_cell cell;
    bool formula, has_value;
    bool *hidden; /* [XLSX_MAX_COLUMN + 1] */
    uint64_t n_merged;
    struct xlsx_range merged;
};

/* ---- messages ---- */

bool sheet_wrong(const struct xlsx *book, size_t index, uint32_t row, uint32_t column,
                 const char *value, const char *what, struct err *err)
{
    struct arena *scratch = arena_new();
    const char *place = column ? xlsx_place(book, index, row, column, scratch)
                               : arena_printf(scratch, "%s, row %u", book->sheet[index].name, row);
    package_wrong(book->package, place, value, what, "save it again in Excel or LibreOffice", err);
    arena_free(scratch);
    return false;
}

static bool wrong(const struct sheet *s, uint32_t column, const char *value, const char *what,
                  struct err *err)
{
    return sheet_wrong(s->book, s->index, s->row.row, column, value, what, err);
}

/* ---- starts ---- */

/* Columns stand before the rows: none is declared where rows may have been given on. */
static bool start_column(struct sheet *s, const char **attributes)
{
    uint64_t from = 0, to = 0;
    const char *min = xml_attribute(attributes, "min"), *max = xml_attribute(attributes, "max");
    if (s->row.row > 0 || !xml_flag(attributes, "hidden") || !min || !max ||
        !xml_count(min, XLSX_MAX_COLUMN, &from) || !xml_count(max, XLSX_MAX_COLUMN, &to))
        return true;
    for (uint64_t c = from; c <= to; c++)
        s->hidden[c] = true;
    return true;
}

static bool start_row(struct sheet *s, const char **attributes, struct err *err)
{
    uint64_t number = s->row.row + 1;
    const char *written = xml_attribute(attributes, "r");
    if (written && (!xml_count(written, XLSX_MAX_ROW, &number) || number == 0))
        return wrong(s, 0, written, "is no row of a sheet, in the row behind", err);
    if (number <= s->row.row)
        return wrong(s, 0, written, "stands behind this row: rows must ascend", err);
    if (number > XLSX_MAX_ROW)
        return wrong(s, 0, NULL, "is not the last one: no sheet has more", err);
    s->row = (struct raw_row){.row = (uint32_t)number, .hidden = xml_flag(attributes, "hidden")};
    s->row_text = s->to->n_text;
    s->column = 0;
    return true;
}

static bool place_cell(struct sheet *s, const char *written, struct err *err)
{
    uint32_t row = s->row.row, column = s->column + 1;
    if (written && !cell_reference(written, &row, &column))
        return wrong(s, 0, written, "is no cell of a sheet", err);
    if (row != s->row.row)
        return wrong(s, 0, written, "stands in another row than it says", err);
    if (column > XLSX_MAX_COLUMN)
        return wrong(s, 0, NULL, "has more cells than a sheet has columns", err);
    s->row.unordered |= column <= s->column;
    s->column = column;
    return true;
}

static enum raw_type type_of(const char *word)
{
#define X(code, t)              \
    if (strcmp(word, (t)) == 0) \
        return code;
    RAW_TYPE_LIST(X)
#undef X
    return RAW_UNKNOWN;
}

static bool start_cell(struct sheet *s, const char **attributes, struct err *err)
{
    const char *reference = NULL, *style = NULL, *type = "";
    uint64_t number = 0;
    for (; *attributes; attributes += 2) {
        if (attributes[0][1] != '\0')
            continue;
        switch (attributes[0][0]) {
        case 'r':
            reference = attributes[1];
            break;
        case 's':
            style = attributes[1];
            break;
        case 't':
            type = attributes[1];
            break;
        }
    }
    if (!place_cell(s, reference, err))
        return false;
    if (style && !xml_count(style, UINT32_MAX, &number))
        return wrong(s, s->column, style, "is not the number of a style", err);
    if (strlen(type) > LONGEST_TYPE)
        return wrong(s, s->column, type, "is of a type that no cell has", err);
    s->formula = s->has_value = false;
    s->cell = (struct raw_cell){.column = s->column,
                                .style = (uint32_t)number,
                                .at = (uint32_t)s->to->n_text,
                                .type = *type ? type_of(type) : RAW_NUMBER};
    return true;
}

static bool start_merge(struct sheet *s, const char **attributes)
{
    char from[16];
    struct xlsx_range m;
    const char *range = xml_attribute(attributes, "ref"),
               *colon = range ? strchr(range, ':') : NULL;
    if (!colon || (size_t)(colon - range) >= sizeof from)
        return true;
    memcpy(from, range, (size_t)(colon - range));
    from[colon - range] = '\0';
    if (cell_reference(from, &m.row, &m.column) &&
        cell_reference(colon + 1, &m.last_row, &m.last_column) && s->n_merged++ == 0)
        s->merged = m;
    return true;
}

static bool on_start(void *context, int place, const char **attributes, struct err *err)
{
    struct sheet *s = context;
    switch (place) {
    case CELL:
        return start_cell(s, attributes, err);
    case FORMULA:
        return s->formula = true;
    case INLINE:
        s->cell.type = RAW_INLINE;
        s->cell.length = 0;
        return true;
    case ROW:
        return start_row(s, attributes, err);
    case COLUMN:
        return start_column(s, attributes);
    case MERGE:
        return start_merge(s, attributes);
    default:
        return true;
    }
}

/* ---- room ---- */

/* At least for one more; what is there stays. */
static void *grown(struct batch *b, void *old, size_t n, size_t *room, size_t more, size_t size)
{
    if (n + more <= *room)
        return old;
    *room = 2 * (n + more) + 64;
    void *larger = arena_alloc(b->own, *room, size);
    if (n > 0)
        memcpy(larger, old, n * size);
    return larger;
}

static void make_empty(struct batch *b)
{
    if (!b->own || arena_size(b->own) > KEPT) {
        arena_free(b->own);
        *b = (struct batch){.own = arena_new()};
    }
    b->rows.n = b->rows.n_cells = b->n_text = 0;
    b->rows.err.code = ERR_NONE;
}

/* ---- ends ---- */

/* More of the cell's value, behind what it has. */
static bool take_text(struct sheet *s, const char *text, size_t length, struct err *err)
{
    struct batch *b = s->to;
    const size_t n = s->cell.length + length, at = s->cell.at;
    if (n > LONGEST_TEXT)
        return wrong(s, s->column, NULL, "holds a text of more than a million bytes", err);
    if (at + n - s->row_text + s->row.n * sizeof s->cell > LONGEST_ROW)
        return wrong(s, s->column, NULL, "ends a row of more than 64 million bytes", err);
    b->rows.text = grown(b, b->rows.text, at + s->cell.length, &b->room_text, length + 1, 1);
    memcpy(b->rows.text + at + s->cell.length, text, length);
    b->rows.text[at + n] = '\0';
    s->cell.length = (uint32_t)n;
    return true;
}

static bool take_value(struct sheet *s, const char *text, size_t length, struct err *err)
{
    s->has_value = true;
    s->cell.length = 0;
    return take_text(s, text, length, err);
}

static bool end_cell(struct sheet *s)
{
    struct batch *b = s->to;
    struct raw_rows *rows = &b->rows;
    if (s->formula && !s->has_value && s->cell.type != RAW_RESULT) {
        s->cell.type = RAW_UNCALCULATED;
        s->cell.length = 0;
    } else if (s->cell.length == 0) {
        return true;
    } else {
        b->n_text = s->cell.at + s->cell.length + 1;
    }
    rows->cell = grown(b, rows->cell, rows->n_cells, &b->room_cells, 1, sizeof *rows->cell);
    rows->cell[rows->n_cells++] = s->cell;
    s->row.n++;
    return true;
}

static void add_row(struct sheet *s)
{
    struct batch *b = s->to;
    b->rows.row = grown(b, b->rows.row, b->rows.n, &b->room_rows, 1, sizeof *b->rows.row);
    b->rows.row[b->rows.n++] = s->row;
    s->row.n = 0;
}

static bool end_row(struct sheet *s)
{
    if (s->row.n == 0)
        return true;
    add_row(s);
    if (s->to->rows.n_cells >= CELLS || s->to->n_text >= TEXT)
        xml_pause(s->xml);
    return true;
}

static bool on_end(void *context, int place, const char *text, size_t length, struct err *err)
{
    struct sheet *s = context;
    switch (place) {
    case VALUE:
        return take_value(s, text, length, err);
    case CELL:
        return end_cell(s);
    case INLINE_TEXT:
    case RUN_TEXT:
        return take_text(s, text, length, err);
    case ROW:
        return end_row(s);
    default:
        return true;
    }
}

/* ---- a sheet ---- */

static bool read_rows(void *context, void *slot)
{
    struct sheet *s = context;
    s->to = slot;
    make_empty(s->to);
    s->row_text = 0;
    const bool more = xml_run(s->xml, &s->to->rows.err);
    if (!more && s->row.n > 0) {
        s->row.broken = true;
        add_row(s);
    }
    s->to->rows.share = part_share(s->part);
    s->to->rows.n_merged = s->n_merged;
    s->to->rows.merged = s->merged;
    return more;
}

struct sheet *sheet_open(struct xlsx *book, size_t index, struct err *err)
{
    static const struct xml_reader reader = {.what = "a worksheet",
                                             .places = places,
                                             .namespaces = xml_spreadsheet,
                                             .start = on_start,
                                             .end = on_end};
    void *slot[AHEAD_SLOTS];
    struct arena *own = arena_new();
    struct sheet *s = ARENA_NEW(own, struct sheet, 1);
    *s = (struct sheet){.book = book, .index = index, .own = own};
    s->hidden = ARENA_NEW(own, bool, XLSX_MAX_COLUMN + 1);
    for (size_t i = 0; i < AHEAD_SLOTS; i++)
        slot[i] = &s->batch[i];
    s->part = part_open(book->package, book->sheet[index].part, book->limits.sheet_bytes, err);
    s->xml = s->part ? xml_open(s->part, &reader, s, own, err) : NULL;
    if (s->xml) {
        s->ahead = ahead_new(slot, read_rows, s, own);
        return s;
    }
    sheet_close(s);
    return NULL;
}

struct raw_rows *sheet_next(struct sheet *sheet)
{
    struct batch *b = ahead_take(sheet->ahead);
    return b ? &b->rows : NULL;
}

const bool *sheet_hidden(const struct sheet *sheet)
{
    return sheet->hidden;
}

void sheet_close(struct sheet *sheet)
{
    if (!sheet)
        return;
    if (sheet->part)
        part_stop(sheet->part);
    ahead_end(sheet->ahead);
    xml_close(sheet->xml);
    part_close(sheet->part);
    for (size_t i = 0; i < AHEAD_SLOTS; i++)
        arena_free(sheet->batch[i].own);
    arena_free(sheet->own);
}
