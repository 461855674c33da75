/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/cell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/text/parse.h"
#include "io/xlsx/serial.h"
#include "io/xlsx/xml.h"
#include "models/base/frame.h"

bool cell_reference(const char *text, uint32_t *row, uint32_t *column)
{
    uint64_t r = 0, c = 0;
    for (; (*text | 0x20) >= 'a' && (*text | 0x20) <= 'z'; text++) {
        c = 26 * c + (uint64_t)((*text | 0x20) - 'a' + 1);
        if (c > XLSX_MAX_COLUMN)
            return false;
    }
    if (c == 0 || !xml_count(text, XLSX_MAX_ROW, &r) || r == 0)
        return false;
    *row = (uint32_t)r;
    *column = (uint32_t)c;
    return true;
}

/* ---- kinds of content ---- */

struct value {
    char *text; /* with a NUL behind */
    size_t length;
};

static void set_text(struct xlsx_cell *cell, enum xlsx_type type, const char *text, size_t length)
{
    cell->type = type;
    cell->text = text;
    cell->length = (uint32_t)length;
}

static bool own_text(struct value value, struct xlsx_cell *cell)
{
    set_text(cell, XLSX_TEXT, value.text, xml_unescape(value.text, value.length));
    return true;
}

static bool shared_text(const struct xlsx *book, struct value value, struct xlsx_cell *cell,
                        const char **what)
{
    uint64_t index;
    const size_t n = book->strings ? strings_n(book->strings) : 0;
    if (!xml_count(value.text, UINT32_MAX, &index) || index >= n) {
        *what = "is not the number of a shared string";
        return false;
    }
    cell->type = XLSX_TEXT;
    cell->text = strings_at(book->strings, index, &cell->length);
    return true;
}

static bool boolean(struct value value, struct xlsx_cell *cell, const char **what)
{
    const bool yes = strcmp(value.text, "1") == 0 || strcmp(value.text, "true") == 0;
    if (!yes && strcmp(value.text, "0") != 0 && strcmp(value.text, "false") != 0) {
        *what = "is not the value of a boolean";
        return false;
    }
    set_text(cell, XLSX_BOOLEAN, yes ? "TRUE" : "FALSE", yes ? 4 : 5);
    cell->number = yes;
    return true;
}

/* t="d": 2025-03-01T08:28:09Z */
static bool iso_date(struct value value, struct xlsx_cell *cell, struct arena *row,
                     const char **what)
{
    value.text = arena_strndup(row, value.text, value.length);
    own_text(value, cell);
    cell->type = XLSX_DATE;
    if (parse_iso_date(cell->text, cell->length, &cell->day))
        return true;
    *what = "is not a date";
    return false;
}

/* ---- numbers ---- */

/* Is a text one that %.15g would write? */
static bool is_shortest(const char *text, size_t length)
{
    size_t at = text[0] == '-', digits = 0, fraction = 0;
    const char *first = text + at;
    for (; at < length && text[at] >= '0' && text[at] <= '9'; at++)
        digits++;
    if (digits == 0 || (first[0] == '0' && (digits > 1 || at == length)))
        return digits == 1 && length == 1;
    if (at < length && text[at] == '.') {
        if (first[0] == '0' && text[at + 1] == '0')
            return false;
        for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++)
            fraction++;
        if (fraction == 0 || text[at - 1] == '0')
            return false;
    }
    return at == length && digits + fraction <= 15;
}

/* At most the 15 digits that Excel shows: 0.1 + 0.2 is 0.3. */
static void plain_number(struct value value, struct xlsx_cell *cell, struct arena *row)
{
    char text[40];
    if (is_shortest(value.text, value.length)) {
        set_text(cell, XLSX_NUMBER, value.text, value.length);
        return;
    }
    const int n = snprintf(text, sizeof text, "%.15g", cell->number == 0 ? 0 : cell->number);
    set_text(cell, XLSX_NUMBER, arena_strndup(row, text, (size_t)n), (size_t)n);
}

/* Under a format of ids; false where the number is none, or its text would read as another
   number or sign. */
static bool digits_number(const struct format_section *s, bool alone, struct xlsx_cell *cell,
                          struct arena *row)
{
    char text[FORMAT_LONGEST];
    double read;
    if (cell->number != floor(cell->number) || fabs(cell->number) >= 1e15)
        return false;
    const size_t n = format_digits(s, cell->number, alone, text);
    if (n == 0 || text[n - 1] == '-' || text[n - 1] == ')' ||
        (parse_real(text, n, &read) && read != cell->number))
        return false;
    set_text(cell, XLSX_NUMBER, arena_strndup(row, text, n), n);
    return true;
}

/* Days without hours under a format of times are dates all the same: nothing is lost. */
static bool date_or_time(const struct xlsx *book, const struct format_section *s,
                         struct xlsx_cell *cell, struct arena *row)
{
    char text[SERIAL_LONGEST];
    size_t n;
    const double x = cell->number;
    const bool day_0 = !book->is_1904 && x > 0 && x < 1;
    const bool time =
        s->kind == FORMAT_ELAPSED || day_0 || (s->kind == FORMAT_TIME && x >= 0 && x < 1);
    if (time ? !serial_time(x, text, &n)
             : !serial_date(x, book->is_1904, s->has_time, text, &n, &cell->day))
        return false;
    set_text(cell, time ? XLSX_TIME : XLSX_DATE, arena_strndup(row, text, n), n);
    return true;
}

static bool number(const struct xlsx *book, uint32_t style, struct value value,
                   struct xlsx_cell *cell, struct arena *row, const char **what)
{
    bool alone, shown = false;
    if (!parse_real(value.text, value.length, &cell->number)) {
        *what = "is not a number";
        return false;
    }
    if (book->styles.n > 0 && style >= book->styles.n) {
        *what = "is in a style that the workbook does not have";
        return false;
    }
    if (book->styles.n > 0) {
        const struct format_section *s =
            format_for(book->styles.format[style], cell->number, &alone);
        cell->shown_with = s->pattern;
        if (s->kind == FORMAT_DIGITS)
            shown = digits_number(s, alone, cell, row);
        else if (s->kind != FORMAT_PLAIN)
            shown = date_or_time(book, s, cell, row);
    }
    if (!shown)
        plain_number(value, cell, row);
    return true;
}

/* ---- a cell ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Without a pretty printer's blanks about a value, which are none of a text. */
static struct value trimmed(struct value v)
{
    for (; v.length > 0 && is_blank(*v.text); v.length--)
        v.text++;
    while (v.length > 0 && is_blank(v.text[v.length - 1]))
        v.length--;
    return v;
}

/* What holds something. */
static bool read_value(const struct xlsx *book, const struct raw_cell *raw, struct value value,
                       struct xlsx_cell *cell, struct arena *row, const char **what)
{
    switch (raw->type) {
    case RAW_NUMBER:
        return number(book, raw->style, value, cell, row, what);
    case RAW_SHARED:
        return shared_text(book, value, cell, what);
    case RAW_RESULT:
    case RAW_INLINE:
        return own_text(value, cell);
    case RAW_BOOLEAN:
        return boolean(value, cell, what);
    case RAW_DATE:
        return iso_date(value, cell, row, what);
    case RAW_ERROR:
        set_text(cell, XLSX_ERROR, value.text, value.length);
        return true;
    default:
        *what = "is of a type that no cell has";
        return false;
    }
}

bool cell_read(const struct xlsx *book, const struct raw_cell *raw, char *text,
               struct xlsx_cell *cell, bool *empty, struct arena *row, const char **what)
{
    struct value value = {text, raw->length};
    cell->number = NAN;
    cell->day = DAY_MISSING;
    cell->shown_with = "";
    *empty = false;
    if (raw->type == RAW_UNCALCULATED) {
        set_text(cell, XLSX_UNCALCULATED, "", 0);
        return true;
    }
    if (raw->type != RAW_RESULT && raw->type != RAW_INLINE)
        value = trimmed(value);
    *empty = value.length == 0;
    if (*empty)
        return true;
    char *end = value.text + value.length, behind = *end;
    *end = '\0';
    const bool read = read_value(book, raw, value, cell, row, what);
    if (!read)
        *end = behind; /* a message shows the value as it is written */
    *empty = read && cell->length == 0 && cell->type == XLSX_TEXT;
    return read;
}
