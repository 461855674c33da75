/* SPDX-License-Identifier: GPL-3.0-or-later
   The rows of a sheet, one at a time. */
#include <stdlib.h>
#include <string.h>

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

enum { HIDDEN_COLUMN = 1, COUNTED_COLUMN = 2 };
enum { LONGEST_TEXT = 1 << 20, LONGEST_ROW = 64 << 20 };

struct xlsx_rows {
    struct xlsx *book;
    size_t sheet;
    struct arena *own, *line; /* line: texts of the row at hand */
    struct part *part;
    struct xml *xml;
    struct xlsx_row row;
    struct xlsx_cell *cell; /* [room], row.n of them filled */
    size_t room;
    uint32_t column; /* of the cell at hand */
    bool unordered;
    struct raw_cell raw;
    char *inline_text; /* [inline_room] */
    size_t inline_room;
    uint8_t *hidden; /* [XLSX_MAX_COLUMN + 1] */
    struct xlsx_said said;
};

/* ---- messages ---- */

static bool wrong(const struct xlsx_rows *r, uint32_t column, const char *value, const char *what,
                  struct err *err)
{
    struct arena *scratch = arena_new();
    const char *place =
        column ? xlsx_place(r->book, r->sheet, r->row.row, column, scratch)
               : arena_printf(scratch, "%s, row %u", r->book->sheet[r->sheet].name, r->row.row);
    package_wrong(r->book->package, place, value, what, "save it again in Excel or LibreOffice",
                  err);
    arena_free(scratch);
    return false;
}

/* ---- starts ---- */

static bool start_column(struct xlsx_rows *r, const char **attributes)
{
    uint64_t from = 0, to = 0;
    const char *min = xml_attribute(attributes, "min"), *max = xml_attribute(attributes, "max");
    if (!xml_flag(attributes, "hidden") || !min || !max ||
        !xml_count(min, XLSX_MAX_COLUMN, &from) || !xml_count(max, XLSX_MAX_COLUMN, &to))
        return true;
    for (uint64_t c = from; c <= to; c++)
        r->hidden[c] = HIDDEN_COLUMN;
    return true;
}

static bool start_row(struct xlsx_rows *r, const char **attributes, struct err *err)
{
    uint64_t number = r->row.row + 1;
    const char *written = xml_attribute(attributes, "r");
    if (written && (!xml_count(written, XLSX_MAX_ROW, &number) || number == 0))
        return wrong(r, 0, written, "is no row of a sheet, in the row behind", err);
    if (number <= r->row.row)
        return wrong(r, 0, written, "stands behind this row: rows must ascend", err);
    if (number > XLSX_MAX_ROW)
        return wrong(r, 0, NULL, "is not the last one: no sheet has more", err);
    r->row = (struct xlsx_row){.row = (uint32_t)number, .hidden = xml_flag(attributes, "hidden")};
    r->column = 0;
    r->unordered = false;
    arena_reset(r->line);
    return true;
}

static bool place_cell(struct xlsx_rows *r, const char *written, struct err *err)
{
    uint32_t row = r->row.row, column = r->column + 1;
    if (written && !cell_reference(written, &row, &column))
        return wrong(r, 0, written, "is no cell of a sheet", err);
    if (row != r->row.row)
        return wrong(r, 0, written, "stands in another row than it says", err);
    if (column > XLSX_MAX_COLUMN)
        return wrong(r, 0, NULL, "has more cells than a sheet has columns", err);
    r->unordered |= column <= r->column;
    r->column = column;
    return true;
}

static bool start_cell(struct xlsx_rows *r, const char **attributes, struct err *err)
{
    const char *reference = NULL, *style = NULL, *type = "";
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
    r->raw = (struct raw_cell){.value = ""};
    if (!place_cell(r, reference, err))
        return false;
    if (style && !xml_count(style, UINT32_MAX, &r->raw.style))
        return wrong(r, r->column, style, "is not the number of a style", err);
    if (strlen(type) >= sizeof r->raw.type)
        return wrong(r, r->column, type, "is of a type that no cell has", err);
    memcpy(r->raw.type, type, strlen(type) + 1);
    return true;
}

static bool start_merge(struct xlsx_rows *r, const char **attributes)
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
        cell_reference(colon + 1, &m.last_row, &m.last_column) && r->said.n_merged++ == 0)
        r->said.merged = m;
    return true;
}

static bool on_start(void *context, int place, const char **attributes, struct err *err)
{
    struct xlsx_rows *r = context;
    switch (place) {
    case CELL:
        return start_cell(r, attributes, err);
    case FORMULA:
        return r->raw.formula = true;
    case INLINE:
        memcpy(r->raw.type, "inlineStr", sizeof "inlineStr");
        r->raw.value = "";
        r->raw.length = 0;
        return true;
    case ROW:
        return start_row(r, attributes, err);
    case COLUMN:
        return start_column(r, attributes);
    case MERGE:
        return start_merge(r, attributes);
    default:
        return true;
    }
}

/* ---- ends ---- */

/* Runs of one text, joined. */
static bool take_inline(struct xlsx_rows *r, const char *text, size_t length, struct err *err)
{
    const size_t n = r->raw.length + length;
    if (n > LONGEST_TEXT)
        return wrong(r, r->column, NULL, "holds a text of more than a million bytes", err);
    if (n >= r->inline_room) {
        char *more = ARENA_NEW(r->own, char, r->inline_room = 2 * n + 256);
        if (r->raw.length)
            memcpy(more, r->inline_text, r->raw.length);
        r->inline_text = more;
    }
    memcpy(r->inline_text + r->raw.length, text, length + 1);
    r->raw.value = r->inline_text;
    r->raw.length = n;
    return true;
}

static void count_cell(struct xlsx_rows *r, const struct xlsx_cell *c)
{
    struct xlsx_said *said = &r->said;
    if (r->hidden[c->column] == HIDDEN_COLUMN) {
        r->hidden[c->column] = COUNTED_COLUMN;
        if (said->n_hidden_columns++ == 0)
            said->first_hidden_column = c->column;
    }
    if (c->type == XLSX_ERROR && said->n_errors++ == 0) {
        said->error_row = r->row.row;
        said->error_column = c->column;
    }
    if (c->type == XLSX_NUMBER && (c->number >= 1e15 || c->number <= -1e15) &&
        said->n_long++ == 0) {
        said->long_row = r->row.row;
        said->long_column = c->column;
    }
}

static bool end_cell(struct xlsx_rows *r, struct err *err)
{
    bool empty;
    const char *what;
    if (r->row.n == r->room) {
        struct xlsx_cell *more = ARENA_NEW(r->own, struct xlsx_cell, r->room = 2 * r->room + 64);
        if (r->row.n)
            memcpy(more, r->cell, r->row.n * sizeof *more);
        r->cell = more;
    }
    struct xlsx_cell *c = &r->cell[r->row.n];
    c->column = r->column;
    if (!cell_read(r->book, &r->raw, c, &empty, r->line, &what))
        return wrong(r, r->column, *r->raw.value ? r->raw.value : r->raw.type, what, err);
    if (empty)
        return true;
    if (arena_size(r->line) > LONGEST_ROW)
        return wrong(r, r->column, NULL, "ends a row of more than 64 million bytes", err);
    count_cell(r, c);
    r->row.n++;
    return true;
}

static int by_column(const void *a, const void *b)
{
    const struct xlsx_cell *x = a, *y = b;
    return (x->column > y->column) - (x->column < y->column);
}

static bool end_row(struct xlsx_rows *r, struct err *err)
{
    if (r->row.n == 0)
        return true;
    if (r->unordered)
        qsort(r->cell, r->row.n, sizeof *r->cell, by_column);
    for (size_t i = 1; r->unordered && i < r->row.n; i++)
        if (r->cell[i - 1].column == r->cell[i].column)
            return wrong(r, r->cell[i].column, NULL, "stands in the file twice", err);
    r->row.cells = r->cell;
    r->said.n_rows++;
    if (r->row.hidden && r->said.n_hidden_rows++ == 0)
        r->said.first_hidden_row = r->row.row;
    xml_pause(r->xml);
    return true;
}

static bool on_end(void *context, int place, const char *text, size_t length, struct err *err)
{
    struct xlsx_rows *r = context;
    switch (place) {
    case VALUE:
        r->raw.has_value = true;
        r->raw.value = text;
        r->raw.length = length;
        return true;
    case CELL:
        return end_cell(r, err);
    case INLINE_TEXT:
    case RUN_TEXT:
        return take_inline(r, text, length, err);
    case ROW:
        return end_row(r, err);
    default:
        return true;
    }
}

/* ---- a sheet ---- */

/* Some programs name a table of strings and write none, where no cell needs one. */
static bool read_strings(struct xlsx *book, struct err *err)
{
    if (!book->strings_part || book->strings || !package_has(book->package, book->strings_part))
        return true;
    book->strings = strings_read(book->package, book->strings_part, &book->limits, book->keep, err);
    return book->strings != NULL;
}

struct xlsx_rows *xlsx_rows_open(struct xlsx *book, size_t sheet, struct err *err)
{
    static const struct xml_reader reader = {.what = "a worksheet",
                                             .places = places,
                                             .namespaces = xml_spreadsheet,
                                             .start = on_start,
                                             .end = on_end};
    if (!read_strings(book, err))
        return NULL;
    struct arena *own = arena_new();
    struct xlsx_rows *r = ARENA_NEW(own, struct xlsx_rows, 1);
    *r = (struct xlsx_rows){.book = book, .sheet = sheet, .own = own, .line = arena_new()};
    r->hidden = ARENA_NEW(own, uint8_t, XLSX_MAX_COLUMN + 1);
    r->part = part_open(book->package, book->sheet[sheet].part, book->limits.sheet_bytes, err);
    r->xml = r->part ? xml_open(r->part, &reader, r, own, err) : NULL;
    if (r->xml)
        return r;
    xlsx_rows_close(r);
    return NULL;
}

bool xlsx_rows_next(struct xlsx_rows *rows, const struct xlsx_row **row, struct err *err)
{
    *row = &rows->row;
    return xml_run(rows->xml, err);
}

const struct xlsx_said *xlsx_rows_said(const struct xlsx_rows *rows)
{
    return &rows->said;
}

void xlsx_rows_close(struct xlsx_rows *rows)
{
    if (!rows)
        return;
    xml_close(rows->xml);
    part_close(rows->part);
    arena_free(rows->line);
    arena_free(rows->own);
}
