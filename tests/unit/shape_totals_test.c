/* SPDX-License-Identifier: GPL-3.0-or-later
   Totals of sections against the sums of their rows: what agrees, what differs, and what is not
   compared.  All sums are worked by hand. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/ledger/internal.h"
#include "tests/ledger_case.h"

#define AMOUNT "amount: {column: amount}"
#define HEAD "(c),key,day,amount\n"

static const struct study *declared(const char *file, const char *keys, struct arena *keep)
{
    struct err err = {0};
    const char *yaml = arena_printf(keep,
                                    "study: {name: s}\nledgers:\n  - file: %s\n    key: key\n"
                                    "    date: {column: day}\n"
                                    "    rows: {section: s, totals: [\"Total*\", Opening*]}\n"
                                    "    %s\n",
                                    file, keys);
    const struct study *s = study_from_bytes("s.yml", yaml, strlen(yaml), keep, &err);
    if (!s)
        fail_msg("%s\n%s", err.message, yaml);
    return s;
}

/* "compared 2: 7 Fees 10.00 not 9.00; ..." */
static const char *told(const char *text, const char *keys, struct arena *keep)
{
    struct ledger_scan seen;
    const char *file = temporary_file(text, strlen(text), keep);
    const struct study *s = declared(file, keys, keep);
    const char *lines = ledger_case_read(s, ledger_files_sized(s, 0, 0, keep), &seen, keep);
    unlink(file);
    assert_true(strncmp(lines, "FILE", 4) != 0);
    const struct ledger_counts *c = &seen.counts[0];
    const char *said = arena_printf(keep, "compared %llu:", (unsigned long long)c->n_totals);
    for (size_t i = 0; i < c->n_totals_differ && i < LEDGER_TOTALS_TOLD; i++)
        said =
            arena_printf(keep, "%s %llu %s %s not %s;", said, (unsigned long long)c->total[i].line,
                         c->total[i].section, c->total[i].total, c->total[i].sum);
    return c->n_totals_differ > LEDGER_TOTALS_TOLD
               ? arena_printf(keep, "%s of %llu", said, (unsigned long long)c->n_totals_differ)
               : said;
}

static void tells(const char *text, const char *keys, const char *want)
{
    struct arena *keep = arena_new();
    assert_string_equal(told(text, keys, keep), want);
    arena_free(keep);
}

static void a_total_is_the_sum_of_its_rows(void **state)
{
    (void)state;
    tells(HEAD "Fees\n,a,2025-01-01,10.10\n,b,2025-01-02,-0.05\nTotal Fees,,,10.05\n", AMOUNT,
          "compared 1:");
    tells(HEAD "Fees\n,a,2025-01-01,10.10\n,b,2025-01-02,-0.05\nTotal Fees,,,10.06\n", AMOUNT,
          "compared 1: 5 Fees 10.06 not 10.05;");
    tells(HEAD "Fees\nTotal Fees,,,0.00\n,a,2025-01-01,1\nRent\nTotal Rent,,,3\n", AMOUNT,
          "compared 2: 6 Rent 3.00 not 0.00;");
    tells(HEAD "A\n,a,2025-01-01,-0.05\nTotal A,,,0.01\n", AMOUNT,
          "compared 1: 4 A 0.01 not -0.05;");
}

/* Beyond 64 bits, in which a sum would have come round to the total. */
static void sums_are_exact(void **state)
{
    (void)state;
    tells(HEAD "A\n,a,2025-01-01,90000000000000000.00\n,a,2025-01-01,90000000000000000.00\n"
               "T\n,b,2025-01-01,1\nTotal A,,,-4467440737095515.16\n",
          AMOUNT, "compared 1: 7 A -4467440737095515.16 not 180000000000000001.00;");
}

static void a_section_has_others_within(void **state)
{
    (void)state;
    const char *rows = HEAD "Four\n,a,2025-01-01,10\nFour A\n,a,2025-01-02,5\nTotal Four A,,,5\n"
                            "Four B\n,a,2025-01-03,2\n,a,2025-01-04,1\n";
    struct arena *keep = arena_new();
    static const struct {
        const char *end, *want;
    } with[] = {
        {"Total Four B,,,3\nTotal Four,,,18\n", "compared 3:"},
        {"Total Four B,,,3\nTotal Four,,,10\n", "compared 3:"}, /* its own rows alone */
        {"Total Four B,,,3\nTotal Four,,,15\n", "compared 3: 11 Four 15.00 not 18.00;"},
        {"Total Four,,,18\n", "compared 2:"}, /* without a total of the last one */
        {"Total Four B,,,2\nTotal Four,,,18\n", "compared 3: 10 Four B 2.00 not 3.00;"},
    };
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        assert_string_equal(told(arena_printf(keep, "%s%s", rows, with[i].end), AMOUNT, keep),
                            with[i].want);
    arena_free(keep);
}

static void a_heading_may_stand_again(void **state)
{
    (void)state;
    tells(HEAD "A\n,a,2025-01-01,10\nA\n,a,2025-01-02,5\nTotal A,,,15\n", AMOUNT, "compared 1:");
    tells(HEAD "A\n,a,2025-01-01,10\nA\n,a,2025-01-02,5\nTotal A,,,14\n", AMOUNT,
          "compared 1: 6 A 14.00 not 5.00;");
}

/* What the study leaves out is in the report's total, or is itself a total within the section. */
static void rows_that_are_left_out_may_belong_to_it(void **state)
{
    (void)state;
    const char *rows = HEAD "A\n,a,2025-01-01,10\n,b,2025-01-02,5\nTotal A,,,";
    const char *keys = AMOUNT "\n    drop: [{column: key, values: [b]}]";
    struct arena *keep = arena_new();
    assert_string_equal(told(arena_printf(keep, "%s15\n", rows), keys, keep), "compared 1:");
    assert_string_equal(told(arena_printf(keep, "%s10\n", rows), keys, keep), "compared 1:");
    assert_string_equal(told(arena_printf(keep, "%s5\n", rows), keys, keep),
                        "compared 1: 5 A 5.00 not 15.00;");
    keys = AMOUNT "\n    keep: [{column: s, values: [B]}]";
    assert_string_equal(told(arena_printf(keep, "%s16\n", rows), keys, keep),
                        "compared 1: 5 A 16.00 not 15.00;");
    arena_free(keep);
}

static void what_is_carried_forward_may_be_in_it(void **state)
{
    (void)state;
    const char *rows = HEAD "A\nOpening,,,100\n,a,2025-01-01,10\nTotal,,,110\nTotal A,,,";
    struct arena *keep = arena_new();
    assert_string_equal(told(arena_printf(keep, "%s10\n", rows), AMOUNT, keep), "compared 1:");
    assert_string_equal(told(arena_printf(keep, "%s110\n", rows), AMOUNT, keep), "compared 1:");
    assert_string_equal(told(arena_printf(keep, "%s120\n", rows), AMOUNT, keep),
                        "compared 1: 6 A 120.00 not 10.00;");
    arena_free(keep);
}

#define TWO "amount: {sign: debit_credit, debit: d, credit: c}"

static void debit_and_credit_are_two_sums(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *rows = "(c),key,day,d,c\nA\n,a,2025-01-01,100,\n,a,2025-01-02,,30\nTotal A,,,";
    static const struct {
        const char *end, *want;
    } with[] = {
        {"100,30\n", "compared 1:"},
        {"70,\n", "compared 1:"}, /* the balance */
        {",-70\n", "compared 1:"},
        {",70\n", "compared 1: 5 A debit 0.00, credit 70.00 not debit 100.00, credit 30.00;"},
        {"110,40\n", "compared 1: 5 A debit 110.00, credit 40.00 not debit 100.00, credit 30.00;"},
        {",\n", "compared 0:"},
    };
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        assert_string_equal(told(arena_printf(keep, "%s%s", rows, with[i].end), TWO, keep),
                            with[i].want);
    arena_free(keep);
}

static void what_cannot_be_known_is_not_compared(void **state)
{
    (void)state;
    tells(HEAD "A\n,a,2025-01-01,10\nTotal A,,,\n", AMOUNT, "compared 0:");
    tells(HEAD "A\n,a,2025-01-01,10\nTotal A,,,n/a\n", AMOUNT, "compared 0:");
    tells(HEAD "A\n,a,2025-01-01,10\n,x,2025-01-01,n/a\nTotal A,,,9\n",
          AMOUNT "\n    drop: [{column: key, values: [x]}]", "compared 0:");
    tells(HEAD "A\n,a,2025-01-01,10\nTotal,,,9\n", AMOUNT, "compared 0:");
    tells("(c),key,day,amount,sh\nA\n,a,2025-01-01,10,S\nTotal A,,,9\n",
          "amount: {column: amount, sign: indicator, indicator: sh, negative: [H]}", "compared 0:");
    tells("(c),key,day,amount,cur\nA\n,a,2025-01-01,10,EUR\n,a,2025-01-02,7,USD\nTotal A,,,9\n",
          AMOUNT "\n    currency: {column: cur, keep: EUR}", "compared 0:");
    tells("(c),key,day,amount,cur\nA\n,a,2025-01-01,10,eur\nTotal A,,,9\n",
          AMOUNT "\n    currency: {column: cur, keep: EUR}", "compared 1: 4 A 9.00 not 10.00;");
}

static void the_first_three_are_told(void **state)
{
    (void)state;
    tells(HEAD "A\n,a,2025-01-01,1\nTotal A,,,2\nB\n,a,2025-01-01,1\nTotal B,,,2\nC\nTotal C,,,1\n"
               "D\nTotal D,,,5\n",
          AMOUNT, "compared 4: 4 A 2.00 not 1.00; 7 B 2.00 not 1.00; 9 C 1.00 not 0.00; of 4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_is_the_sum_of_its_rows),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(a_section_has_others_within),
        cmocka_unit_test(a_heading_may_stand_again),
        cmocka_unit_test(rows_that_are_left_out_may_belong_to_it),
        cmocka_unit_test(what_is_carried_forward_may_be_in_it),
        cmocka_unit_test(debit_and_credit_are_two_sums),
        cmocka_unit_test(what_cannot_be_known_is_not_compared),
        cmocka_unit_test(the_first_three_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
