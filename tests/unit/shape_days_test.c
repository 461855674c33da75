/* SPDX-License-Identifier: GPL-3.0-or-later
   Days of returns in workbooks: the day of what is given back, as a date of Excel or as a text. */
#include "tests/check.h"

#include <string.h>
#include <unistd.h>

#include "io/ledger/internal.h"
#include "tests/ledger_case.h"
#include "tests/shape_case.h"
#include "tests/xlsx_case.h"

#define T(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define N(place, style, number) "<c r=\"" place "\" s=\"" style "\"><v>" number "</v></c>"
#define HEAD \
    "<row r=\"1\">" T("A1", "key") T("B1", "day") T("C1", "amount") T("D1", "sold") "</row>"

/* Lines as ledger_case_read() writes them, of a sheet with these rows below the header. */
static void reads(const char *rows, const char *keys, const char *want)
{
    struct arena *keep = arena_new();
    struct ledger_scan seen;
    size_t n;
    const struct xlsx_part sheet = {
        XLSX_SHEET,
        xlsx_case_sheet(arena_printf(keep, "<sheetData>" HEAD "%s</sheetData>", rows), keep), 0};
    const void *bytes = xlsx_case(&sheet, 1, &n, keep);
    const char *file = temporary_file(bytes, n, keep);
    const struct study *s = shape_case_study(file, keys, keep);
    assert_string_equal(ledger_case_read(s, ledger_files_sized(s, 0, 0, keep), &seen, keep), want);
    unlink(file);
    arena_free(keep);
}

/* 45717 is 2025-03-01, 45658 2025-01-01. */
static void the_day_of_the_original_is_a_date_or_a_text(void **state)
{
    (void)state;
    reads("<row r=\"2\">" T("A2", "a") N("B2", "4", "45717") N("C2", "0", "-1")
              N("D2", "4", "45658") "</row>"
                                    "<row r=\"3\">" T("A3", "a") N("B3", "4", "45717")
                                        N("C3", "0",
                                          "-2") "</row>"
                                                "<row r=\"4\">" T("A4", "a") N("B4", "4", "45717")
                                                    N("C4", "0", "3") T("D4", "later") "</row>",
          "}\n    date: {column: day, returns: sold}",
          "a  2025-01-01 -100 return\na  2025-03-01 -200 return\na  2025-03-01 300 sale\n");
    reads("<row r=\"2\">" T("A2", "a") T("B2", "01.03.2025") N("C2", "0", "-1")
              T("D2", "31.12.2024") "</row>",
          "}\n    date: {column: day, returns: sold, format: \"%d.%m.%Y\"}",
          "a  2024-12-31 -100 return\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_of_the_original_is_a_date_or_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
