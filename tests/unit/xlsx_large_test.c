/* SPDX-License-Identifier: GPL-3.0-or-later
   Sheets that are unpacked and parsed by threads: the same cells, the same messages, and an end at
   any time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"
#include "tests/xlsx_case.h"

enum { ROWS = 4000, CELLS = 4 };

/* Text as it grows. */
struct written {
    char *text;
    size_t length;
    FILE *out;
};

static void begin(struct written *w)
{
    w->out = open_memstream(&w->text, &w->length);
    assert_non_null(w->out);
}

static const char *done(struct written *w, struct arena *keep)
{
    fclose(w->out);
    const char *text = arena_strndup(keep, w->text, w->length);
    free(w->text);
    return text;
}

static void write_row(FILE *out, int row)
{
    fprintf(
        out,
        "<row r='%d'><c r='A%d' s='1'><v>%d</v></c><c r='B%d' t='inlineStr'><is><r><t>note "
        "</t></r><r><t>%d</t></r></is></c><c r='C%d'><v>%d.25</v></c><c r='D%d' t='str'><f>1</f>"
        "<v>%s</v></c></row>",
        row, row, row, row, row % 7, row, row, row, row % 3 ? "x" : "");
}

static const char *rows(int n, const char *behind, struct arena *keep)
{
    struct written w;
    begin(&w);
    fputs("<sheetData>", w.out);
    for (int row = 1; row <= n; row++)
        write_row(w.out, row);
    fprintf(w.out, "%s</sheetData><mergeCells><mergeCell ref='B2:C9'/></mergeCells>", behind);
    return xlsx_case_sheet(done(&w, keep), keep);
}

static const char *cells(int n, const char *behind, struct arena *keep)
{
    struct written w;
    begin(&w);
    for (int row = 1; row <= n; row++) {
        fprintf(w.out, "A%d|number|%07d\nB%d|text|note %d\nC%d|number|%d.25\n", row, row, row,
                row % 7, row, row);
        if (row % 3)
            fprintf(w.out, "D%d|text|x\n", row);
    }
    fputs(behind, w.out);
    return done(&w, keep);
}

static const void *book_of(const char *sheet, size_t *size, struct arena *keep)
{
    const struct xlsx_part part = {XLSX_SHEET, sheet, 0};
    return xlsx_case(&part, 1, size, keep);
}

/* The rows, and behind them what stands in the sheet and what is told. */
static void assert_told(const char *behind, const char *told)
{
    struct arena *keep = arena_new();
    size_t size;
    const void *bytes = book_of(rows(ROWS, behind, keep), &size, keep);
    assert_string_equal(xlsx_case_cells(bytes, size, NULL, keep), cells(ROWS, told, keep));
    arena_free(keep);
}

static void cells_of_a_large_sheet(void **state)
{
    (void)state;
    assert_told("", "");
    assert_told("<row r='20000'><c><v>1</v></c></row>", "A20000|number|1\n");
    assert_told("<row r='20000'><c/></row>", "");
}

/* The message follows all cells that stand before, and of two the first is told. */
static void messages_of_a_large_sheet(void **state)
{
    (void)state;
    static const char mend[] = "; save it again in Excel or LibreOffice\n";
    struct arena *keep = arena_new();
    assert_told("<row r='20000'><c><v>1</v></c><c><v>one</v></c></row>",
                arena_printf(keep, "! b.xlsx: S!B20000: 'one' is not a number%s", mend));
    assert_told("<row r='20000'><c><v>one</v></c><c t='b'><v>one</v></c><d><",
                arena_printf(keep, "! b.xlsx: S!A20000: 'one' is not a number%s", mend));
    assert_told("<row r='20000'><c><v>1</v></c><c s='x'/><d><",
                arena_printf(keep, "! b.xlsx: S!B20000: 'x' is not the number of a style%s", mend));
    assert_told("<row r='4000'/>",
                arena_printf(keep,
                             "! b.xlsx: S, row 4000: '4000' stands behind this row: rows "
                             "must ascend%s",
                             mend));
    assert_told("<row r='20000'><c r='B20000'><v>1</v></c><c r='B20000'><v>1</v></c></row>",
                arena_printf(keep, "! b.xlsx: S!B20000: stands in the file twice%s", mend));
    arena_free(keep);
}

/* A checksum that does not fit is told behind the rows that could be unpacked: which are right. */
static void a_checksum_at_the_end(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const void *made = book_of(rows(ROWS, "", keep), &size, keep);
    unsigned char *bytes = arena_copy(keep, made, size, 1);
    for (size_t i = 0; i + 64 < size; i++) { /* APPNOTE 4.3.7 and 4.3.12 */
        if (memcmp(bytes + i, "PK\3\4", 4) == 0 && memcmp(bytes + i + 30, XLSX_SHEET, 24) == 0)
            bytes[i + 14] ^= 1;
        if (memcmp(bytes + i, "PK\1\2", 4) == 0 && memcmp(bytes + i + 46, XLSX_SHEET, 24) == 0)
            bytes[i + 16] ^= 1;
    }
    const char *told = xlsx_case_cells(bytes, size, NULL, keep), *at = strchr(told, '!');
    assert_non_null(at);
    assert_non_null(strstr(at, "cannot be unpacked: the file is damaged"));
    assert_memory_equal(told, cells(ROWS, "", keep), (size_t)(at - told));
    arena_free(keep);
}

static void limits_of_a_large_sheet(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const void *bytes = book_of(rows(ROWS, "", keep), &size, keep);
    const struct xlsx_limits ratio = {.ratio = 2, .ratio_from = 1 << 18};
    const char *told = xlsx_case_cells(bytes, size, &ratio, keep), *at = strchr(told, '!');
    assert_non_null(at);
    assert_non_null(strstr(at, "as a zip bomb does"));
    assert_true(at - told > 10000);
    assert_memory_equal(told, cells(ROWS, "", keep), (size_t)(at - told));
    arena_free(keep);
}

/* Reading ends anywhere, on two sheets side by side as well. */
static void an_end_at_any_row(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const void *bytes = book_of(rows(ROWS, "", keep), &size, keep);
    static const int ends[] = {0, 1, 1023, 1024, 2048, 3000, ROWS - 1};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct err err = {0};
        const struct xlsx_row *row;
        struct xlsx *book = xlsx_open_bytes("b.xlsx", bytes, size, NULL, keep, &err);
        struct xlsx_rows *one = xlsx_rows_open(book, 0, &err), *two = xlsx_rows_open(book, 0, &err);
        for (int n = 1; n <= ends[i]; n++) {
            assert_true(xlsx_rows_next(one, &row, &err));
            assert_int_equal(row->row, n);
            assert_true(xlsx_rows_next(two, &row, &err));
            assert_int_equal(row->row, n);
        }
        xlsx_rows_close(two);
        assert_true(xlsx_rows_next(one, &row, &err));
        assert_int_equal(row->row, ends[i] + 1);
        xlsx_rows_close(one);
        xlsx_close(book);
    }
    arena_free(keep);
}

/* How much has been read, and what is said at the end. */
static void what_is_said_of_it(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    struct err err = {0};
    const struct xlsx_row *row;
    const void *bytes = book_of(rows(ROWS, "", keep), &size, keep);
    struct xlsx *book = xlsx_open_bytes("b.xlsx", bytes, size, NULL, keep, &err);
    struct xlsx_rows *r = xlsx_rows_open(book, 0, &err);
    double share = xlsx_rows_share(r), half = 0;
    assert_true(share == 0);
    for (int n = 1; xlsx_rows_next(r, &row, &err); n++) {
        assert_true(xlsx_rows_share(r) >= share);
        share = xlsx_rows_share(r);
        half = n == ROWS / 2 ? share : half;
    }
    assert_int_equal(err.code, ERR_NONE);
    assert_true(xlsx_rows_share(r) == 1);
    assert_true(half > 0.4 && half < 0.8);
    assert_int_equal(xlsx_rows_said(r)->n_rows, ROWS);
    assert_int_equal(xlsx_rows_said(r)->n_merged, 1);
    assert_int_equal(xlsx_rows_said(r)->merged.last_row, 9);
    xlsx_rows_close(r);
    xlsx_close(book);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_a_large_sheet), cmocka_unit_test(messages_of_a_large_sheet),
        cmocka_unit_test(a_checksum_at_the_end),  cmocka_unit_test(limits_of_a_large_sheet),
        cmocka_unit_test(an_end_at_any_row),      cmocka_unit_test(what_is_said_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
