/* SPDX-License-Identifier: GPL-3.0-or-later
   Workbooks of openpyxl and LibreOffice, cell by cell against what R's readxl reads from them
   (scripts/reference/xlsx.py and xlsx.R). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/text/parse.h"
#include "models/base/frame.h"
#include "tests/check.h"
#include "tests/xlsx_case.h"

#define FOLDER "tests/reference/xlsx/"

static void assert_text(const struct xlsx_cell *c, const char *hex)
{
    char byte[3] = "";
    assert_int_equal(c->type, XLSX_TEXT);
    assert_int_equal(2 * c->length, strlen(hex));
    for (size_t i = 0; i < c->length; i++) {
        snprintf(byte, sizeof byte, "%02x", (unsigned char)c->text[i]);
        assert_memory_equal(byte, hex + 2 * i, 2);
    }
}

/* Seconds of "08:28:09.250" or "36:00:00" at the end of a text. */
static double seconds_of(const char *text)
{
    unsigned hour, minute;
    double second;
    const char *at = strrchr(text, ' ');
    if (sscanf(at ? at + 1 : text, "%u:%u:%lf", &hour, &minute, &second) != 3)
        return 0;
    return 3600.0 * hour + 60.0 * minute + second;
}

/* Excel shows no date before its first day and behind the year 9999: such a number is one here,
   and with readxl missing, or a date all the same. */
static bool is_beyond_dates(const struct xlsx_cell *c, bool is_1904)
{
    return c->type == XLSX_NUMBER && (c->number < 0 || c->number + (is_1904 ? 1462 : 0) >= 2958466);
}

/* readxl: seconds since 1970 of the serial. */
static void assert_date(const struct xlsx_cell *c, double seconds, bool is_1904)
{
    const double epoch = is_1904 ? 24107 : 25569;
    const double early = !is_1904 && c->number < 60 ? 1 : 0;
    const double want = (c->number - epoch + early) * 86400;
    int32_t day;
    assert_true(fabs(want - seconds) < 0.001);
    if (is_beyond_dates(c, is_1904))
        return;
    if (c->type == XLSX_TIME || c->day == DAY_MISSING) {
        assert_true(c->number < 1);
    } else {
        assert_int_equal(c->type, XLSX_DATE);
        assert_true(parse_iso_date(c->text, c->length, &day));
        assert_int_equal(day, c->day);
        assert_true(fabs(86400.0 * c->day + seconds_of(c->text) - want) < 0.001);
    }
}

static void assert_cell(const struct xlsx_cell *c, const char *type, const char *value,
                        bool is_1904)
{
    if (strcmp(type, "character") == 0) {
        assert_text(c, value);
    } else if (strcmp(type, "logical") == 0) {
        assert_int_equal(c->type, XLSX_BOOLEAN);
        assert_string_equal(c->text, value);
    } else if (strcmp(type, "numeric") == 0) {
        assert_int_equal(c->type, XLSX_NUMBER);
        assert_true(c->number == strtod(value, NULL));
    } else {
        assert_string_equal(type, "POSIXct");
        assert_date(c, strtod(value, NULL), is_1904);
    }
}

/* The rows of the reference of a sheet are its cells, in the same order; the next row. */
static size_t assert_sheet(struct xlsx *book, size_t sheet, const struct reference *r, size_t at,
                           const char *file)
{
    struct err err = {0};
    const struct xlsx_row *row;
    struct xlsx_rows *rows = xlsx_rows_open(book, sheet, &err);
    while (xlsx_rows_next(rows, &row, &err))
        for (size_t i = 0; i < row->n; i++, at++) {
            const struct xlsx_cell *c = &row->cells[i];
            assert_true(at < r->n_rows);
            if (is_beyond_dates(c, xlsx_is_1904(book)) &&
                (int)reference_real(r, at, "column") != (int)c->column) {
                at--;
                continue;
            }
            assert_string_equal(reference_text(r, at, "file"), file);
            assert_int_equal((int)reference_real(r, at, "sheet"), sheet);
            assert_int_equal((int)reference_real(r, at, "row"), row->row);
            assert_int_equal((int)reference_real(r, at, "column"), c->column);
            assert_cell(c, reference_text(r, at, "type"), reference_text(r, at, "value"),
                        xlsx_is_1904(book));
        }
    assert_int_equal(err.code, ERR_NONE);
    xlsx_rows_close(rows);
    return at;
}

static void cells_as_readxl_reads_them(void **state)
{
    (void)state;
    static const char *const files[] = {"openpyxl.xlsx", "libreoffice.xlsx", "system1904.xlsx"};
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct reference *r = reference_read(FOLDER "readxl.csv", ',', keep);
    size_t at = 0;
    assert_non_null(r);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = arena_printf(keep, FOLDER "%s", files[i]);
        struct xlsx *book = xlsx_open(path, NULL, keep, &err);
        assert_non_null(book);
        assert_int_equal(xlsx_n_sheets(book), 3);
        assert_string_equal(xlsx_sheets(book)[0].name, "values & more");
        assert_int_equal(xlsx_sheets(book)[1].visibility, XLSX_HIDDEN);
        for (size_t s = 0; s < 3; s++)
            at = assert_sheet(book, s, r, at, files[i]);
        xlsx_close(book);
    }
    assert_int_equal(at, r->n_rows);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_as_readxl_reads_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
