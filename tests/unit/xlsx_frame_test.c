/* SPDX-License-Identifier: GPL-3.0-or-later
   Sheets as tables of texts. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "io/xlsx/frame.h"
#include "tests/check.h"
#include "tests/xlsx_case.h"

static const struct frame *frame_of(const char *rows, const struct xlsx_asked *asked,
                                    struct arena *keep, struct err *err)
{
    size_t size;
    struct arena *own = arena_new();
    const struct xlsx_part sheet = {
        XLSX_SHEET, xlsx_case_sheet(arena_printf(own, "<sheetData>%s</sheetData>", rows), own), 0};
    const void *bytes = xlsx_case(&sheet, 1, &size, own);
    struct xlsx *book = xlsx_open_bytes("b.xlsx", bytes, size, NULL, own, err);
    const struct frame *f = xlsx_book_frame(book, asked, NULL, keep, err);
    xlsx_close(book);
    arena_free(own);
    return f;
}

static void assert_refused(const char *rows, const struct xlsx_asked *asked, int status,
                           const char *message)
{
    struct arena *keep = arena_new();
    struct err err = {0};
    assert_null(frame_of(rows, asked, keep, &err));
    assert_int_equal(err_exit_status(&err), status);
    assert_string_equal(err.message, message);
    arena_free(keep);
}

#define HEADER                                                                   \
    "<row r='3'><c r='B3' t='str'><v>id</v></c><c r='C3' t='str'><v>day</v></c>" \
    "<c r='E3' t='str'><v>intent</v></c></row>"

/* A table that begins at B3, with a gap of a column and one of a row. */
static void a_table(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct frame *f =
        frame_of(HEADER "<row r='4'><c r='B4' s='1'><v>123</v></c><c r='C4' s='4'><v>45717</v></c>"
                        "<c r='E4'><v>7</v></c><c r='F4' s='1'/></row><row r='7'><c r='A7' s='1'/>"
                        "<c r='B7' t='str'><v>x</v></c><c r='E7' t='e'><v>#N/A</v></c></row>"
                        "<row r='9000' s='1'/>",
                 NULL, keep, &err);
    assert_non_null(f);
    assert_true(f->n_rows == 2 && f->n_cols == 3);
    assert_string_equal(f->file, "b.xlsx");
    assert_true(f->line[0] == 4 && f->line[1] == 7);
    assert_string_equal(f->cols[0].as.text[0], "0000123");
    assert_string_equal(f->cols[0].as.text[1], "x");
    assert_null(f->cols[0].missing);
    assert_string_equal(frame_column(f, "day")->as.text[0], "2025-03-01");
    assert_int_equal(frame_column(f, "day")->missing[1], MISSING_BLANK);
    assert_null(frame_column(f, "day")->as.text[1]);
    assert_string_equal(frame_column(f, "intent")->as.text[0], "7");
    assert_int_equal(frame_column(f, "intent")->missing[1], MISSING_UNDEFINED);
    assert_null(frame_column(f, "intent")->as.text[1]);
    arena_free(keep);
}

static void rows_above_the_header(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct xlsx_asked asked = {.skip_rows = 2};
    const struct frame *f = frame_of("<row r='1'><c t='str'><v>Account Transactions</v></c></row>"
                                     "<row r='2'><c t='str'><v>2025</v></c></row>" HEADER,
                                     &asked, keep, &err);
    assert_non_null(f);
    assert_true(f->n_rows == 0 && f->n_cols == 3);
    arena_free(keep);
}

static void what_is_refused(void **state)
{
    (void)state;
    const char *keys[] = {NULL, "id"};
    const struct xlsx_asked asked = {.n_keys = 2, .keys = keys};
    assert_refused("", NULL, 2,
                   "b.xlsx: has no visible sheet that holds something; name a hidden one with "
                   "sheet:");
    assert_refused("", &(struct xlsx_asked){.sheet = "S"}, 3,
                   "b.xlsx: S: holds nothing; check the name of the sheet");
    assert_refused(HEADER, &(struct xlsx_asked){.sheet = "T"}, 2,
                   "b.xlsx: 'T' is no sheet of this workbook; its sheets are S");
    assert_refused(HEADER "<row r='4'><c r='D4'><v>5</v></c></row>", NULL, 3,
                   "b.xlsx: S!D4: '5' stands in a column without a name; name it in the header, or "
                   "delete the cell");
    assert_refused(HEADER "<row r='4'><c r='G4'><v>5</v></c></row>", NULL, 3,
                   "b.xlsx: S!G4: '5' stands in a column without a name; name it in the header, or "
                   "delete the cell");
    assert_refused("<row><c t='str'><v>a</v></c><c/><c t='str'><v>a</v></c></row>", NULL, 3,
                   "b.xlsx: S!C1: 'a' is the name of the column in A1 as well; give one of them "
                   "another name");
    assert_refused(HEADER "<row r='4'><c r='E4'><f>A1</f></c></row>", NULL, 3,
                   "b.xlsx: S!E4: holds a formula that was never calculated; open the workbook in "
                   "Excel or LibreOffice and save it");
    assert_refused(HEADER "<row r='4'><c r='B4'><v>1234567890123456</v></c></row>", &asked, 3,
                   "b.xlsx: S!B4: '1.23456789012346e+15' is an id that Excel has rounded to 15 "
                   "digits; export it anew with the ids as text");
    assert_refused("<row><c t='e'><v>#REF!</v></c></row>", NULL, 3,
                   "b.xlsx: S!A1: '#REF!' is no name of a column; mend the formula, or write a "
                   "name");
}

/* 03/04/2025 taken for a date in March, 13/04/2025 left as a text. */
static void dates_beside_texts(void **state)
{
    (void)state;
    const struct xlsx_asked asked = {.date = "day"};
    struct arena *keep = arena_new();
    struct err err = {0};
    assert_refused(
        HEADER "<row r='4'><c r='C4' s='4'><v>45719</v></c></row><row r='5'/><row r='6'>"
               "<c r='C6' t='str'><v>13/04/2025</v></c></row>",
        &asked, 3,
        "b.xlsx: S!C6: '13/04/2025' is none of Excel's dates, while C4 is one; Excel may "
        "have exchanged day and month in the dates: export the file anew, with the dates "
        "as text or as CSV");
    assert_refused(
        HEADER "<row r='4'><c r='C4' t='str'><v>13/04/2025</v></c></row><row r='5'>"
               "<c r='C5' s='4'><v>45719</v></c></row>",
        &asked, 3,
        "b.xlsx: S!C5: '2025-03-03' is a date, while C4 is none of Excel's; Excel may "
        "have exchanged day and month in the dates: export the file anew, with the dates "
        "as text or as CSV");
    assert_non_null(frame_of(HEADER "<row r='4'><c r='C4' s='4'><v>45719</v></c></row><row r='5'>"
                                    "<c r='C5' t='e'><v>#N/A</v></c></row>",
                             &asked, keep, &err));
    arena_free(keep);
}

static void long_numbers_elsewhere(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct frame *f =
        frame_of(HEADER "<row r='4'><c r='E4'><v>1234567890123456</v></c></row>", NULL, keep, &err);
    assert_string_equal(frame_column(f, "intent")->as.text[0], "1.23456789012346e+15");
    arena_free(keep);
}

/* ---- workbooks of libxlsxwriter ---- */

enum { N_ROWS = 1000 };

static void write_book(const char *path, bool constant_memory, bool two)
{
    lxw_workbook_options options = {.constant_memory = constant_memory};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Answers");
    lxw_format *day = workbook_add_format(book), *id = workbook_add_format(book);
    format_set_num_format(day, "dd.mm.yyyy");
    format_set_num_format(id, "0000000");
    worksheet_write_string(sheet, 0, 0, "id", NULL);
    worksheet_write_string(sheet, 0, 1, "day", NULL);
    worksheet_write_string(sheet, 0, 2, "text", NULL);
    for (lxw_row_t r = 1; r <= N_ROWS; r++) {
        lxw_datetime when = {.year = 2025, .month = 1 + r % 12, .day = 1 + r % 28};
        worksheet_write_number(sheet, r, 0, r, id);
        worksheet_write_datetime(sheet, r, 1, &when, day);
        worksheet_write_string(sheet, r, 2, r % 3 ? "often" : "seldom", NULL);
    }
    if (two)
        worksheet_write_string(workbook_add_worksheet(book, "Notes"), 4, 4, "x", NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void assert_book(const char *path, const char *sheet)
{
    char want[32];
    struct arena *keep = arena_new();
    struct err err = {0};
    struct xlsx_said said;
    const struct xlsx_asked asked = {.sheet = sheet};
    const struct frame *f = xlsx_frame(path, &asked, &said, keep, &err);
    assert_non_null(f);
    assert_true(f->n_rows == N_ROWS && f->n_cols == 3 && said.n_rows == N_ROWS + 1);
    for (unsigned r = 1; r <= N_ROWS; r++) {
        snprintf(want, sizeof want, "%07u", r);
        assert_string_equal(f->cols[0].as.text[r - 1], want);
        snprintf(want, sizeof want, "2025-%02u-%02u", 1 + r % 12, 1 + r % 28);
        assert_string_equal(f->cols[1].as.text[r - 1], want);
        assert_string_equal(f->cols[2].as.text[r - 1], r % 3 ? "often" : "seldom");
        assert_int_equal(f->line[r - 1], r + 1);
    }
    arena_free(keep);
}

static void shared_and_inline_strings_read_alike(void **state)
{
    (void)state;
    char path[] = "/tmp/saydo-xlsx-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (int constant_memory = 0; constant_memory < 2; constant_memory++) {
        write_book(path, constant_memory, false);
        assert_book(path, NULL);
        write_book(path, constant_memory, true);
        assert_book(path, "Answers");
        assert_book(path, "answers");
        struct arena *keep = arena_new();
        struct err err = {0};
        assert_null(xlsx_frame(path, NULL, NULL, keep, &err));
        assert_int_equal(err_exit_status(&err), 2);
        assert_non_null(strstr(err.message, "has several sheets that hold something; declare one "
                                            "of them, sheet: \"Answers\", \"Notes\""));
        arena_free(keep);
    }
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table),
        cmocka_unit_test(rows_above_the_header),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(dates_beside_texts),
        cmocka_unit_test(long_numbers_elsewhere),
        cmocka_unit_test(shared_and_inline_strings_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
