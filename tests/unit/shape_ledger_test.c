/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers that are no plain table, from the file to the ledger: workbooks, errors, hashes. */
#include "tests/check.h"

#include <sha2.h>
#include <string.h>
#include <unistd.h>

#include "io/ledger/internal.h"
#include "io/study/check.h"
#include "io/text/parse.h"
#include "tests/ledger_case.h"
#include "tests/shape_case.h"
#include "tests/xlsx_case.h"

#define ONCE ", once_per: no}\n    date: {column: day}"

/* ---- workbooks ---- */

static void book_makes(const char *rows, const char *keys, const char *want)
{
    struct arena *keep = arena_new();
    size_t n;
    const struct xlsx_part sheet = {
        XLSX_SHEET, xlsx_case_sheet(arena_printf(keep, "<sheetData>%s</sheetData>", rows), keep),
        0};
    const void *bytes = xlsx_case(&sheet, 1, &n, keep);
    assert_string_equal(shape_case(bytes, n, keys, keep), want);
    arena_free(keep);
}

#define T(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define N(place, style, number) "<c r=\"" place "\" s=\"" style "\"><v>" number "</v></c>"
#define HEAD "<row r=\"1\">" T("A1", "key") T("B1", "day") T("C1", "amount") "</row>"
#define PLAIN "}\n    date: {column: day}"

static void a_sheet_is_a_ledger(void **state)
{
    (void)state;
    book_makes(HEAD "<row r=\"3\">" N("A3", "1", "123") N("B3", "4", "45717")
                   N("C3", "7", "-12.5") "</row><row r=\"4\" hidden=\"1\">" T("A4", "x")
                       N("B4", "5", "45718.25") N("C4", "0", "0.30000000000000004") "</row>",
               PLAIN,
               "key,day,amount,(left out)\n\n0000123,2025-03-01,EUR-12.5,\nx,2025-03-02,0.3,\n");
    book_makes(HEAD "<row r=\"2\">" T("A2", "a") T("B2", "1.3.2025")
                   T("C2", "(1,50)") "</row>"
                                     "<row r=\"3\">" T("A3", "a") T("B3", "2.3.2025")
                                         N("C3", "0", "-1.5") "</row>",
               ", sign: parentheses}\n    decimal: \",\"\n    date: {column: day, format: "
               "\"%d.%m.%Y\"}",
               "key,day,amount,(left out)\na,2025-03-01,\"(1,50)\",\na,2025-03-02,\"(1,5)\",\n");
    book_makes(HEAD "<row r=\"2\">" T("A2", "a") N("B2", "4", "45717")
                   N("C2", "0", "-1.5") "</row>",
               ", sign: trailing}\n    date: {column: day, format: \"%Y-%d-%m\"}",
               "key,day,amount,(left out)\na,2025-03-01,1.5-,\n");
    book_makes("<row r=\"2\">" T("A2", "Acme") "</row><row r=\"5\">" T("A5", "day") T("C5", "key")
                   T("D5", "amount") "</row><row r=\"6\">" N("A6", "0", "105") T("C6", "k")
                       N("D6", "0", "2") "</row>",
               "}\n    date: {column: day, format: \"%d%m\", period: {from: 2021-01-01, to: "
               "2021-12-31}}\n    rows: {header: [day, key]}",
               "\n\n\n\nday,(column 2),key,amount,(left out)\n2021-05-01,,k,2,\n");
}

/* A sheet that shows EUR in some rows and nothing in others; a declared currency has a column. */
static void the_currency_of_a_number_format_is_told(void **state)
{
    (void)state;
    book_makes(HEAD "<row r=\"2\">" T("A2", "a") N("B2", "4", "45717")
                   N("C2", "7", "12.5") "</row><row r=\"3\">" T("A3", "a") N("B3", "4", "45717")
                       N("C3", "0", "-3") "</row><row r=\"4\">" T("A4", "a") N("B4", "4", "45717")
                           N("C4", "7", "-4") "</row>",
               PLAIN,
               "key,day,amount,(left out)\na,2025-03-01,EUR12.5,\na,2025-03-01,-3,\n"
               "a,2025-03-01,EUR-4,\n");
    book_makes(HEAD "<row r=\"2\">" T("A2", "a") N("B2", "4", "45717")
                   N("C2", "7", "12.5") "</row>",
               PLAIN "\n    currency: {column: key, keep: USD}",
               "key,day,amount,(left out)\na,2025-03-01,12.5,\n");
}

#define ROW2(cells) HEAD "<row r=\"2\">" cells "</row>"
#define BAD_CELL "<c r=\"C2\" t=\"e\"><v>#N/A</v></c>"
#define NOT_CALCULATED "<c r=\"A2\"><f>1+1</f></c>"

static void bad_cells_are_told_with_their_place(void **state)
{
    (void)state;
    book_makes(ROW2(T("A2", "a") N("B2", "4", "45717") BAD_CELL), PLAIN,
               "! FILE: S!C2: '#N/A' is an error of the workbook; mend the formula, and save the "
               "workbook");
    book_makes(ROW2(N("B2", "4", "45717") BAD_CELL), PLAIN,
               "key,day,amount,(left out)\n,2025-03-01,#N/A,\n"); /* no customer: not read */
    book_makes(
        ROW2(NOT_CALCULATED N("B2", "4", "45717") N("C2", "0", "1")), PLAIN,
        "! FILE: S!A2: holds a formula that was never calculated; open the workbook in Excel "
        "or LibreOffice and save it");
    book_makes(ROW2(N("A2", "0", "1234567890123456") N("B2", "4", "45717") N("C2", "0", "1")),
               PLAIN,
               "! FILE: S!A2: '1.23456789012346e+15' is an id that Excel has rounded to 15 digits; "
               "export it anew with the ids as text");
    book_makes(
        ROW2(T("A2", "a") N("B2", "4", "45717") N("C2", "0", "1")) "<row r=\"3\">" T("A3", "a")
            T("B3", "2025-03-13") N("C3", "0", "1") "</row>",
        PLAIN,
        "! FILE: S!B3: '2025-03-13' is none of Excel's dates, while row 2 has one; Excel may "
        "have exchanged day and month in the dates: export the file anew, with the dates as "
        "text or as CSV");
    book_makes(ROW2(T("A2", "a") N("B2", "0", "45717") N("C2", "0", "1")), PLAIN,
               "! FILE: S!B2: '45717' is no date of the format %Y-%m-%d, which is read where none "
               "is declared; it looks like \"excel\": declare the file's format under date:, or "
               "the line under drop:");
    book_makes(ROW2(T("A2", "a") N("B2", "4", "60") N("C2", "0", "1")), PLAIN,
               "! FILE: S!B2: '1900-02-29' is no date of the format %Y-%m-%d; declare the file's "
               "format under date:, or the line under drop:");
    book_makes(ROW2(T("A2", "a") N("E2", "0", "1")), PLAIN,
               "! FILE: S!E2: '1' stands in a column without a name; name it in the header, or "
               "delete the cell");
    book_makes("<row r=\"2\">" T("A2", "key") BAD_CELL "</row>", PLAIN,
               "! FILE: S!C2: '#N/A' is no name of a column; mend the formula, or write a name");
}

/* ---- the ledger ---- */

static void the_ledger_takes_it(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char text[] =
        "Acme\n\nkey,day,amount,no\ns1\nA,2025-01-01,5.00,1\nA,2025-01-01,5.00,1\n"
        "key,day,amount,no\n,2025-01-01,5.00,1\nB,2025-01-02,-2.00,2\nTotal s1,,3,\n"
        "C,2025-01-03,x,9\n";
    static const size_t sizes[] = {0, 1, 2, 3, 7, 16, 31, 64, 100, 1000};
    const char *file = temporary_file(text, sizeof text - 1, keep);
    struct study *s = arena_copy(
        keep,
        shape_case_study(
            file,
            ", once_per: no}\n    document: no\n    date: {column: day}\n    rows: {header: "
            "[day], section: s, totals: [\"Total*\"]}\n    drop: [{column: key, values: [C]}]",
            keep),
        1, sizeof(struct study));
    uint8_t hash[32];
    SHA2_CTX sha;
    SHA256Init(&sha);
    SHA256Update(&sha, (const uint8_t *)text, sizeof text - 1);
    SHA256Final(hash, &sha);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct ledger_scan seen;
        const struct ledger_source *source = ledger_files_sized(s, sizes[i], 64, keep);
        assert_string_equal(ledger_case_read(s, source, &seen, keep),
                            "A 1 2025-01-01 500 sale\nB 2 2025-01-02 -200 return\n");
        assert_int_equal(seen.counts->lines, 8);
        assert_int_equal(seen.counts->kind[LEDGER_SECTION], 1);
        assert_int_equal(seen.counts->kind[LEDGER_TOTAL], 1);
        assert_int_equal(seen.counts->kind[LEDGER_HEADER_AGAIN], 1);
        assert_int_equal(seen.counts->kind[LEDGER_TOTAL_AGAIN], 1);
        assert_int_equal(seen.counts->kind[LEDGER_BLANK_KEY], 1);
        assert_int_equal(seen.counts->kind[LEDGER_SUBTOTAL], 1);
        assert_memory_equal(seen.counts->hash, hash, 32);
        assert_int_equal(seen.n_dropped, 6);
        assert_int_equal(seen.dropped[0].line, 4);
        assert_string_equal(seen.dropped[0].reason, "section heading");
        assert_string_equal(seen.dropped[0].text, "s1,,,");
        assert_int_equal(seen.dropped[1].line, 6);
        assert_string_equal(seen.dropped[1].reason, "repeated total");
        assert_string_equal(seen.dropped[1].text, "A,2025-01-01,5.00,1");
        assert_int_equal(seen.dropped[5].line, 11);
        assert_string_equal(seen.dropped[5].text, "C,2025-01-03,x,9");
    }
    unlink(file);
    arena_free(keep);
}

/* Of two errors, found by two readers, the one on the first line is told. */
static void the_first_error_is_told(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const texts[] = {
        "key,day,amount,no\nA,2025-01-01,x,1\nB,2025-01-02,2,2\nB,2025-01-02,3,2\n",
        "key,day,amount,no\nB,2025-01-02,2,2\nB,2025-01-02,3,2\nA,2025-01-01,x,1\n"};
    static const char *const said[] = {"FILE:2: amount: 'x' is no amount",
                                       "FILE:3: amount: '3' is another amount than '2' on line 2"};
    for (size_t i = 0; i < 2; i++) {
        const char *file = temporary_file(texts[i], strlen(texts[i]), keep);
        const struct study *s = shape_case_study(file, ONCE, keep);
        for (size_t size = 1; size < 100; size++) {
            const char *error =
                ledger_case_error(s, ledger_files_sized(s, size, 64, keep), 1 + size % 3, keep);
            assert_string_equal(arena_strndup(keep, error, strlen(said[i])), said[i]);
        }
        unlink(file);
    }
    arena_free(keep);
}

static void a_workbook_has_the_hash_of_its_file(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct xlsx_part sheet = {
        XLSX_SHEET,
        xlsx_case_sheet("<sheetData>" HEAD "<row r=\"2\" hidden=\"1\">" T("A2", "a")
                            N("B2", "4", "45717") N("C2", "0", "1") "</row></sheetData>",
                        keep),
        0};
    size_t n;
    const void *bytes = xlsx_case(&sheet, 1, &n, keep);
    const char *file = temporary_file(bytes, n, keep);
    const struct study *s = shape_case_study(file, PLAIN, keep);
    uint8_t hash[32];
    SHA2_CTX sha;
    SHA256Init(&sha);
    SHA256Update(&sha, bytes, n);
    SHA256Final(hash, &sha);
    struct ledger_scan seen;
    assert_string_equal(ledger_case_read(s, ledger_files_sized(s, 0, 0, keep), &seen, keep),
                        "a  2025-03-01 100 sale\n");
    assert_memory_equal(seen.counts->hash, hash, 32);
    assert_int_equal(seen.counts->hidden_rows, 1);
    unlink(file);
    arena_free(keep);
}

/* DATEV's own example: one of its two postings is a customer's. */
static void datevs_example_is_read(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const char *file = oracle_path("csv/datev/EXTF_Buchungsstapel.csv", keep);
    if (!file) {
        arena_free(keep);
        skip();
    }
    const char *yaml =
        arena_printf(keep, "study: {name: s}\nledgers: [{file: %s, preset: datev_extf}]\n", file);
    const struct study *s = study_from_bytes("s.yml", yaml, strlen(yaml), keep, &err);
    assert_non_null(s);
    struct ledger_scan seen;
    assert_string_equal(ledger_case_read(s, ledger_files_sized(s, 0, 0, keep), &seen, keep),
                        "10000 RE201802-135 2018-02-22 595000 sale\n");
    assert_int_equal(seen.counts->kind[LEDGER_NO_PARTY], 1);
    assert_int_equal(seen.counts->lines, 2);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_is_a_ledger),
        cmocka_unit_test(the_currency_of_a_number_format_is_told),
        cmocka_unit_test(bad_cells_are_told_with_their_place),
        cmocka_unit_test(the_ledger_takes_it),
        cmocka_unit_test(the_first_error_is_told),
        cmocka_unit_test(a_workbook_has_the_hash_of_its_file),
        cmocka_unit_test(datevs_example_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
