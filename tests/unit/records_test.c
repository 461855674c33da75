/* SPDX-License-Identifier: GPL-3.0-or-later
   Rows as they stand in a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/table/records.h"
#include "io/xlsx/xlsx.h"
#include "tests/check.h"
#include "tests/xlsx_case.h"

static const char *file_of(const void *bytes, size_t n, struct arena *keep)
{
    char *path = arena_strdup(keep, "/tmp/saydo-records-XXXXXX");
    FILE *f = fdopen(mkstemp(path), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    return path;
}

/* "1:a|b\n3:c|||" of all rows, with what a workbook says of its cells behind them. */
static const char *told(struct records *r, struct arena *keep, struct err *err)
{
    const struct record_cell *cell;
    const char *text = "";
    size_t n;
    while (records_next(r, &cell, &n, err)) {
        text = arena_printf(keep, "%s%llu:", text, (unsigned long long)records_line(r));
        for (size_t j = 0; j < n; j++) {
            assert_int_equal(strlen(cell[j].text), cell[j].length);
            text = arena_printf(keep, "%s%s%s%s%s%s%s", text, cell[j].text,
                                cell[j].quoted ? "(q)" : "", cell[j].error ? "(e)" : "",
                                cell[j].uncalculated ? "(u)" : "", cell[j].rounded ? "(r)" : "",
                                j + 1 < n ? "|" : "\n");
        }
    }
    return text;
}

static void assert_told(const void *bytes, size_t n, const struct csv_dialect *dialect,
                        const char *expected)
{
    struct arena *keep = arena_new();
    struct err err = {0};
    const char *path = file_of(bytes, n, keep);
    struct records *r = records_open(path, dialect, NULL, keep, &err);
    assert_non_null(r);
    assert_string_equal(told(r, keep, &err), expected);
    assert_int_equal(err.code, ERR_NONE);
    assert_null(records_place(r, 0, keep));
    assert_null(records_said(r));
    records_close(r);
    unlink(path);
    arena_free(keep);
}

/* Titles, a header below them, a section, rows of any length, a line end inside quotes. */
static void text_as_it_stands(void **state)
{
    (void)state;
    static const char ledger[] = "Acme Ltd\r\n,,\r\n\r\n,Date,\"Amount\"\r\n4000 Sales,,,\r\n"
                                 "x,\"a\nb\",\"1,5\"\r\n\"Total \"\"A\"\"\"";
    assert_told(ledger, sizeof ledger - 1, NULL,
                "1:Acme Ltd\n4:|Date|Amount(q)\n5:4000 Sales|||\n6:x|a\nb(q)|1,5(q)\n"
                "8:Total \"A\"(q)\n");
    static const char latin[] = "\"EXTF\";700\nStra\xdf"
                                "e;Betrag\n";
    assert_told(latin, sizeof latin - 1,
                &(struct csv_dialect){.delimiter = ';', .encoding = "CP1252"},
                "1:EXTF(q)|700\n2:Straße|Betrag\n");
    assert_told(latin, sizeof latin - 1,
                &(struct csv_dialect){.delimiter = ';', .encoding = "CP1252", .skip_lines = 1},
                "2:Straße|Betrag\n");
    assert_told("", 0, NULL, "");
    assert_told("\xef\xbb\xbf"
                "a\n",
                5, NULL, "1:a\n");
}

static void a_workbook(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    size_t size;
    const struct xlsx_part sheet = {
        XLSX_SHEET,
        xlsx_case_sheet("<sheetData><row r='1'><c r='A1' t='str'><v>Acme</v></c></row>"
                        "<row r='5'><c r='B5' s='1'><v>123</v></c><c r='D5'><v>12345678901234567"
                        "</v></c><c r='E5' t='e'><v>#N/A</v></c><c r='F5'><f>1+1</f></c></row>"
                        "</sheetData>",
                        keep),
        0};
    const void *bytes = xlsx_case(&sheet, 1, &size, keep);
    const char *path = file_of(bytes, size, keep);
    struct records *r = records_open(path, NULL, NULL, keep, &err);
    assert_non_null(r);
    assert_true(records_is_workbook(r));
    assert_string_equal(told(r, keep, &err),
                        "1:Acme\n5:|0000123||1.23456789012346e+16(r)|#N/A(e)|(u)\n");
    assert_int_equal(err.code, ERR_NONE);
    assert_string_equal(records_place(r, 2, keep), "S!C5");
    assert_int_equal(records_said(r)->n_errors, 1);
    records_close(r);
    assert_null(records_open(path, NULL, "T", keep, &err));
    assert_int_equal(err.code, ERR_COLUMN);
    unlink(path);
    arena_free(keep);
}

static void refused(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const char *path = file_of("a,b\n\"x", 6, keep);
    assert_null(records_open(path, NULL, "Sheet1", keep, &err));
    assert_int_equal(err.code, ERR_STUDY);
    err = (struct err){0};
    struct records *r = records_open(path, NULL, NULL, keep, &err);
    assert_non_null(r);
    told(r, keep, &err);
    assert_int_equal(err.code, ERR_SYNTAX); /* the quote is never closed */
    records_close(r);
    unlink(path);
    err = (struct err){0};
    assert_null(records_open(path, NULL, NULL, keep, &err));
    assert_int_equal(err.code, ERR_FILE);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(text_as_it_stands),
                                       cmocka_unit_test(a_workbook), cmocka_unit_test(refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
