/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers that are large workbooks: the same lines by any number of threads, and how far it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/ledger/internal.h"
#include "tests/check.h"
#include "tests/ledger_case.h"
#include "tests/xlsx_case.h"

enum { ROWS = 5000, WRONG = 4000 };

#define CELL(at, text) "<c r='" at "' t='inlineStr'><is><t>" text "</t></is></c>"

/* A workbook with a header and ROWS lines; the amount of line `wrong` (0: none) is no number. */
static const char *workbook(int wrong, struct arena *keep)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_non_null(out);
    fputs("<sheetData><row r='1'>" CELL("A1", "key") CELL("B1", "doc") CELL("C1", "day")
              CELL("D1", "amount") CELL("E1", "type") CELL("F1", "note") "</row>",
          out);
    for (int row = 2; row < ROWS + 2; row++)
        fprintf(out,
                "<row r='%d'>" CELL("A%d", "c%d") CELL(
                    "B%d", "%d") "<c r='C%d' s='4'><v>%d</v></c>"
                                 "<c r='D%d' t='%s'><v>%s</v></c>" CELL("E%d", "S") CELL(
                                     "F%d",
                                     "nothing that is counted, and looked at by nobody") "</row>",
                row, row, row % 97, row, row, row, 45658 + row % 365, row,
                row == wrong ? "str" : "n", row == wrong ? "much" : "12.5", row, row);
    fputs("</sheetData>", out);
    fclose(out);
    const struct xlsx_part sheet = {XLSX_SHEET, xlsx_case_sheet(text, keep), 0};
    free(text);
    const void *bytes = xlsx_case(&sheet, 1, &n, keep);
    return temporary_file(bytes, n, keep);
}

struct told {
    size_t rises; /* of the share, below 1 */
    double last;
};

static void tell(void *context, double share, const char *what)
{
    struct told *t = context;
    assert_true(share >= t->last && share <= 1);
    assert_non_null(strstr(what, "lines/s"));
    t->rises += share > t->last && share < 1;
    t->last = share;
}

struct sum {
    size_t n;
    int64_t minor, days;
};

static bool add(void *context, const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    struct sum *s = (struct sum *)context + b->worker;
    (void)refusal;
    for (size_t i = 0; i < b->n; i++) {
        s->minor += b->minor[i];
        s->days += b->day[i];
    }
    s->n += b->n;
    return true;
}

static void lines_by_any_number_of_threads(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *file = workbook(0, keep);
    const struct study *s = ledger_case(file, keep);
    int64_t days = 0;
    for (int row = 2; row < ROWS + 2; row++)
        days += 20089 + row % 365; /* 2025-01-01 is day 20089, and Excel's 45658 */
    for (size_t threads = 1; threads <= 4; threads++) {
        struct sum sums[4] = {{.n = 0}}, all = {.n = 0};
        struct told told = {.rises = 0};
        struct ledger_scan seen;
        struct err err = {.code = ERR_NONE};
        const struct ledger_sink sink = {sums, add};
        const struct ledger_asked asked = {
            .n_threads = threads, .progress = tell, .progress_context = &told};
        const struct ledger_source *source = ledger_files_sized(s, 4096, 0, keep);
        assert_true(source->scan(source, &sink, &asked, &seen, keep, &err));
        for (size_t i = 0; i < 4; i++)
            all =
                (struct sum){all.n + sums[i].n, all.minor + sums[i].minor, all.days + sums[i].days};
        assert_int_equal(all.n, ROWS);
        assert_int_equal(all.minor, ROWS * 1250);
        assert_int_equal(all.days, days);
        if (threads == 1) /* by more, who tells it may take few of the chunks */
            assert_true(told.rises > 2 && told.last > .9);
    }
    unlink(file);
    arena_free(keep);
}

/* The cell in the last third is told, by any number of threads; the rest is left unread. */
static void a_cell_that_is_wrong(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *file = workbook(WRONG, keep);
    const struct study *s = ledger_case(file, keep);
    for (size_t threads = 1; threads <= 4; threads++) {
        const char *told =
            ledger_case_error(s, ledger_files_sized(s, 4096, 0, keep), threads, keep);
        const char *wanted = "FILE:4000: amount: 'much' is no amount";
        if (strncmp(told, wanted, strlen(wanted)) != 0)
            fail_msg("'%s' is told", told);
    }
    unlink(file);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_by_any_number_of_threads),
        cmocka_unit_test(a_cell_that_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
