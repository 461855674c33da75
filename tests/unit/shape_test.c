/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers that are no plain table: what text is made of them, row by row, and every complaint. */
#include "tests/check.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/ledger/internal.h"
#include "io/shape/period.h"
#include "io/study/check.h"
#include "io/text/parse.h"
#include "tests/ledger_case.h"
#include "tests/shape_case.h"

#define ROWS SHAPE_ROWS

static const char *made(const char *text, const char *keys, struct arena *keep)
{
    return shape_case(text, strlen(text), keys, keep);
}

static void makes(const char *text, const char *keys, const char *want)
{
    struct arena *keep = arena_new();
    assert_string_equal(made(text, keys, keep), want);
    arena_free(keep);
}

/* ---- rows ---- */

static void the_header_is_sought_below_titles(void **state)
{
    (void)state;
    makes("Acme,,\n\n\"Jan\n2025\"\nkey,day,amount\nA,2025-01-01,1\n",
          ROWS "{header: [day, amount]}", "\n\n\n\nkey,day,amount,(left out)\nA,2025-01-01,1,\n");
    makes("x\ny\n\nkey , day,amount,,\nA,2025-01-01,1,,\n", ROWS "{skip: 2}",
          "\n\n\nkey,day,amount,(left out)\nA,2025-01-01,1,\n");
    makes("\"never closed\nkey,day,amount\nA,2025-01-01,1\n", ROWS "{skip: 1}",
          "\nkey,day,amount,(left out)\nA,2025-01-01,1,\n");
    makes("Acme\nkey,day\nB,2,3\n", ROWS "{header: [day, amount]}",
          "! FILE: has no row with the names of rows: header: 'day', 'amount' in its first 3 rows; "
          "line 2 has no 'amount': write the names as in the file; its first rows are line 1: Acme "
          "| line 2: key, day | line 3: B, 2, 3");
    makes("", ROWS "{skip: 1}", "! FILE: is empty; export it again");
    makes("a\n", ROWS "{skip: 1}",
          "! FILE: is empty: it has no line with column names; skip: passes over so many lines");
    makes("\n\n", ROWS "{header: [day]}", "! FILE: is empty: it has no line with column names");
}

static void titles_without_end_are_not_searched(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    for (int i = 0; i < 10000; i++)
        fprintf(f, "t%d\n", i);
    fprintf(f, "key,day,amount\nA,2025-01-01,1\n");
    fclose(f);
    const char *said = made(text, ROWS "{header: [day]}", keep);
    assert_non_null(strstr(said, "'day' in its first 100 rows; its first rows are line 1: t0 | "));
    free(text);
    arena_free(keep);
}

static void names_are_made_different(void **state)
{
    (void)state;
    makes(",day,amount,amount,key,,amount\nx,2025-01-01,1,2,A,y,3\n", ROWS "{skip: 0}",
          "(column 1),day,amount,amount (2),key,(column 6),amount (3),(left out)\n"
          "x,2025-01-01,1,2,A,y,3,\n");
    makes("key,key (2),key,day,amount\n1,2,3,2025-01-01,5\n", ROWS "{skip: 0}",
          "key,key (2),key (3),day,amount,(left out)\n1,2,3,2025-01-01,5,\n");
}

static void rows_may_be_ragged(void **state)
{
    (void)state;
    makes("key,day,amount,x\nA,2025-01-01,1\nB,2025-01-02,2,,,\n", ROWS "{skip: 0}",
          "key,day,amount,x,(left out)\nA,2025-01-01,1,,\nB,2025-01-02,2,,\n");
    makes("key,day,amount\nA,2025-01-01,1\nB,2025-01-02,2,,x\n", ROWS "{skip: 0}",
          "! FILE:3: 5 fields, where the header has 3; quote fields that hold the delimiter");
    makes("key,day,amount,no\nA,2025-01-01,1\n", ", once_per: no}\n    date: {column: day}",
          "! FILE:2: 3 fields, where the header has 4; quote fields that hold the delimiter");
}

static void headers_again_and_totals_are_marked(void **state)
{
    (void)state;
    makes("key,day,amount\nA,2025-01-01,1\nkey,day,amount\n,,\n,Total for A,1\n\"TOTAL, all\",,1\n",
          ROWS "{totals: [\"Total*\", \"TOTAL*\"]}",
          "key,day,amount,(left out)\nA,2025-01-01,1,\nkey,day,amount,H\n\n,Total for A,1,T\n"
          "\"TOTAL, all\",,1,T\n");
}

static void sections_are_a_column(void **state)
{
    (void)state;
    const char *keys = ROWS "{section: Account, totals: [\"Total*\", TOTAL]}";
    makes(",key,day,amount\n,A,2025-01-01,1\n4000 Fees\n,A,2025-01-01,1\n  4010 Advice  ,,,\n"
          ",B,2025-01-02,2\nTotal for 4010 Advice,,,2\n,C,2025-01-03,3\n"
          "Total for 4000 Fees with sub-accounts,,,6\n,D,2025-01-04,4\n",
          keys,
          "(column 1),key,day,amount,Account,(left out)\n,A,2025-01-01,1,,\n4000 Fees,,,,,S\n"
          ",A,2025-01-01,1,4000 Fees,\n  4010 Advice  ,,,,,S\n,B,2025-01-02,2,4010 Advice,\n"
          "Total for 4010 Advice,,,2,,T\n,C,2025-01-03,3,4000 Fees,\n"
          "Total for 4000 Fees with sub-accounts,,,6,,T\n,D,2025-01-04,4,,\n");
    makes(
        "key,day,amount\nkey\n", ROWS "{section: day}",
        "! s.yml:7: rows.section: 'day' is already a column of FILE; give that column of the file "
        "another name");
}

/* The total of the outer section names the inner one too. */
static void a_total_ends_the_section_that_it_ends_with(void **state)
{
    (void)state;
    makes("key,day,amount\nSales tax\nSales\nA,2025-01-01,1\nTotal Sales\nB,2025-01-01,1\n"
          "Total Sales tax\nC,2025-01-01,1\n",
          ROWS "{section: s, totals: [\"Total*\"]}",
          "key,day,amount,s,(left out)\nSales tax,,,,S\nSales,,,,S\nA,2025-01-01,1,Sales,\n"
          "Total Sales,,,,T\nB,2025-01-01,1,Sales tax,\nTotal Sales tax,,,,T\nC,2025-01-01,1,,\n");
}

static void sections_without_end_keep_the_last(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    fprintf(f, "key,day,amount\n");
    for (int i = 0; i < 100; i++)
        fprintf(f, "s%02d\n", i);
    fprintf(f, "A,2025-01-01,1\nTotal s99,,\nA,2025-01-01,1\nTotal s68,,\nA,2025-01-01,1\n");
    fclose(f);
    const char *said = made(text, ROWS "{section: s, totals: [\"Total*\"]}", keep);
    assert_non_null(strstr(said, "A,2025-01-01,1,s99,\nTotal s99,,,,T\nA,2025-01-01,1,s98,\n"
                                 "Total s68,,,,T\nA,2025-01-01,1,,\n"));
    free(text);
    arena_free(keep);
}

static void blanks_take_what_stands_above(void **state)
{
    (void)state;
    const char *keys = ROWS "{fill_down: [day, type, key], section: s, totals: [\"Total*\"]}";
    makes("day,type,key,amount\n,,,5\n2025-01-01,Inv,1,2\n,,,3\n, ,2,4\n2025-01-02,Inv,,5\n,,,6\n"
          "Total,,,9\n,,,1\n2025-01-03,Inv,3,1\ns1\n,,,1\n",
          keys,
          "day,type,key,amount,s,(left out)\n,,,5,,\n2025-01-01,Inv,1,2,,\n2025-01-01,Inv,1,3,,\n"
          "2025-01-01,Inv,2,4,,\n2025-01-02,Inv,,5,,\n2025-01-02,Inv,,6,,\nTotal,,,9,,T\n,,,1,,\n"
          "2025-01-03,Inv,3,1,,\ns1,,,,,S\n,,,1,s1,\n");
    makes("day,key,amount\n", ROWS "{fill_down: [kye]}",
          "! s.yml:7: rows.fill_down: 'kye' is no column of FILE; did you mean 'key'?");
}

static void lines_stand_where_they_stood(void **state)
{
    (void)state;
    makes(
        "\r\nkey,day,amount\r\n\"A\nB\",2025-01-01,\"1\"\r\n\r\n\"say \"\"x\"\"\",2025-01-02,2\r\n",
        ROWS "{skip: 1}",
        "\nkey,day,amount,(left out)\nA B,2025-01-01,1,\n\n\n\"say \"\"x\"\"\",2025-01-02,2,\n");
}

/* Its rows would be those of Smith. */
static void a_heading_like_a_total_is_told(void **state)
{
    (void)state;
    const char *keys = ROWS "{section: who, totals: [\"Total *\"]}";
    makes("x,day,amount\nSmith,,\nTotal Energies,,\n,2025-01-01,1\nTotal Total Energies,,1\n", keys,
          "! FILE:5: 'Total Total Energies' is the total of 'Total Energies', which fits totals: "
          "on line 3; write the values of totals: so that no heading of a section fits them");
    makes("x,day,amount\nSmith,,\n,2025-01-01,1\nTotal Smith,,\nTotal of all,,\nTotal,,1\n", keys,
          "x,day,amount,who,(left out)\nSmith,,,,S\n,2025-01-01,1,Smith,\nTotal Smith,,,,T\n"
          "Total of all,,,,T\nTotal,,1,,\n");
}

/* ---- once per document ---- */

#define ONCE ", once_per: no}\n    date: {column: day}"

static void a_total_counts_once(void **state)
{
    (void)state;
    makes(
        "key,no,day,amount\nA,1,2025-01-01,5.00\nA,1,2025-01-01,5.00\nB,1,2025-01-01,7.00\n"
        "A,2,2025-01-01,1\nA,1,2025-01-01,\nA,,2025-01-01,3\nA,,2025-01-01,3\n,1,2025-01-01,5.00\n",
        ONCE,
        "key,no,day,amount,(left out)\nA,1,2025-01-01,5.00,\nA,1,2025-01-01,5.00,R\n"
        "B,1,2025-01-01,7.00,\nA,2,2025-01-01,1,\nA,1,2025-01-01,,R\nA,,2025-01-01,3,\n"
        "A,,2025-01-01,3,\n,1,2025-01-01,5.00,\n");
    makes("key,no,day,amount\nA,1,2025-01-01,5.00\nB,2,2025-01-01,1\nA,1,2025-01-01,5.01\n", ONCE,
          "! FILE:4: amount: '5.01' is another amount than '5.00' on line 2 of the same document "
          "'1'; take once_per: out if each line has its own amount, or declare the column of the "
          "document's total");
    makes("key,no,day,amount\nA,1,2025-01-01,5.00\nA,1,2025-01-01,6.00\n",
          ONCE "\n    drop: [{column: amount, values: [\"5*\"]}]",
          "key,no,day,amount,(left out)\nA,1,2025-01-01,5.00,\nA,1,2025-01-01,6.00,\n");
    makes(
        "key,day,amount\n", ONCE,
        "! s.yml:5: amount.once_per: 'no' is no column of FILE; its columns are key, day, amount");
}

/* An earlier and a later export of one charge in one file: which of them is true? */
static void a_document_that_changed_is_told(void **state)
{
    (void)state;
    const char *later = "; the file may hold two exports of the document: leave the lines of the "
                        "earlier one out";
    struct arena *keep = arena_new();
    makes("key,no,day,amount,back\nA,1,2025-01-01,5.00,0.00\nA,1,2025-01-01,5.00,2.00\n",
          ", refunded: back" ONCE,
          arena_printf(keep,
                       "! FILE:3: back: '2.00' is another refund than '0.00' on line 2 of the same "
                       "document '1'%s",
                       later));
    makes("key,no,day,amount,state\nA,1,2025-01-01,5.00,Pending\nA,1,2025-01-01,5.00,Paid\n",
          ONCE "\n    type: {column: state, sale: [Paid], ignore: [Pending]}",
          arena_printf(keep,
                       "! FILE:3: state: 'Paid' is another type than 'Pending' on line 2 of the "
                       "same document '1'%s",
                       later));
    makes("key,no,day,amount,back,state\nA,1,2025-01-01,5.00,2.00,Paid\nA,1,2025-01-01,5.00,,\n",
          ", refunded: back" ONCE "\n    type: {column: state, sale: [Paid]}",
          "key,no,day,amount,back,state,(left out)\nA,1,2025-01-01,5.00,2.00,Paid,\n"
          "A,1,2025-01-01,5.00,,,R\n");
    arena_free(keep);
}

/* The customer of a document is the id, not the cell that holds it. */
static void a_total_counts_once_per_part_of_a_cell(void **state)
{
    (void)state;
    makes("key,no,day,amount\nx: A - desk,1,2025-01-01,5.00\ny: A - chair,1,2025-01-01,5.00\n"
          "z: B - desk,1,2025-01-01,5.00\n",
          ONCE "\n    key_starts_after: \":\"\n    key_ends_at: \" - \"",
          "key,no,day,amount,(left out)\nx: A - desk,1,2025-01-01,5.00,\n"
          "y: A - chair,1,2025-01-01,5.00,R\nz: B - desk,1,2025-01-01,5.00,\n");
}

/* ---- party ---- */

#define PARTY \
    "}\n    date: {column: day}\n    party: {columns: [a, b], range: [10, 19], indicator: sh}"

static void the_party_is_found_in_either_column(void **state)
{
    (void)state;
    makes("a,b,sh,key,day,amount\n10,44,S,k,2025-01-01,1\n44,19,H,k,2025-01-01,1\n"
          "44,45,S,k,2025-01-01,1\nx,,S,k,2025-01-01,1\n 12 ,9,S,k,2025-01-01,1\n",
          PARTY,
          "a,b,sh,key,day,amount,party,counterpart,side,(left out)\n"
          "10,44,S,k,2025-01-01,1,10,44,S1,\n44,19,H,k,2025-01-01,1,19,44,H2,\n"
          "44,45,S,k,2025-01-01,1,,,,N\nx,,S,k,2025-01-01,1,,,,N\n"
          " 12 ,9,S,k,2025-01-01,1, 12 ,9,S1,\n");
    makes("a,b,sh,key,day,amount\n10,11,S,k,2025-01-01,1\n", PARTY,
          "! FILE:2: a: '10' and '11' in b are both accounts of customers; which of them is the "
          "customer? make party: range: narrower, or leave such lines out under drop:");
    makes("a,b,sh,key,day,amount\n10,11,S,k,2025-01-01,1\n",
          PARTY "\n    drop: [{column: b, values: [\"11\"]}]",
          "a,b,sh,key,day,amount,party,counterpart,side,(left out)\n10,11,S,k,2025-01-01,1,10,11,"
          "S1,\n");
    makes("a,b,sh,side,key,day,amount\n", PARTY,
          "! s.yml:7: party: 'side' is already a column of FILE; give that column of the file "
          "another name");
}

/* ---- dates without a year ---- */

#define PERIOD(period) "}\n    date: {column: day, format: \"%d%m\", period: " period "}"

static void the_period_gives_the_year(void **state)
{
    (void)state;
    makes("key,day,amount\nA,2105,1\nA,105,1\nA,3112,1\n",
          PERIOD("{from: 2020-06-01, to: 2021-05-31}"),
          "key,day,amount,(left out)\nA,2021-05-21,1,\nA,2021-05-01,1,\nA,2020-12-31,1,\n");
    makes("key,day,amount\nA,0106,1\n", PERIOD("{from: 2020-06-02, to: 2021-05-31}"),
          "! FILE:2: day: '0106' lies outside the period from 2020-06-02 to 2021-05-31; correct "
          "date: period:, or the line");
    makes("key,day,amount\nA,2902,1\n", PERIOD("{from: 2021-01-01, to: 2021-12-31}"),
          "! FILE:2: day: '2902' is no date of the format %d%m; declare the file's format under "
          "date:, or the line under drop:");
    makes("key,day,amount\nA,15,1\n", PERIOD("{from: 2021-01-01, to: 2021-12-31}"),
          "! FILE:2: day: '15' is no date of the format %d%m; declare the file's format under "
          "date:, or the line under drop:");
    makes("key,day,amount\n,what,1\n", PERIOD("{from: 2021-01-01, to: 2021-12-31}"),
          "key,day,amount,(left out)\n,what,1,\n");
}

static void the_file_tells_the_period(void **state)
{
    (void)state;
    const char *keys = PERIOD("{row: 1, from: 2, to: 3}") "\n    rows: {header: [key]}";
    makes("EXTF,20210101,20210831\nkey,day,amount\nA,2105,1\n", keys,
          "\nkey,day,amount,(left out)\nA,2021-05-21,1,\n");
    makes("EXTF,20210101\nkey,day,amount\n", keys,
          "! FILE:1: cell 3: holds no day of the period, such as 20210101; correct date: period:, "
          "or declare the days there: {from: 2021-01-01, to: 2021-12-31}");
    makes("EXTF,20210101,20220101\nkey,day,amount\n", keys,
          "! FILE:1: cell 3: '20220101' makes the period longer than a year: a day and a month in "
          "it tell no year; export each year into its own file, with an entry for each");
    makes("EXTF,20210101,20201231\nkey,day,amount\n", keys,
          "! FILE:1: cell 3: '20201231' is before the period's first day; correct date: period:");
    makes("\nkey,day,amount\n", keys,
          "! FILE:1: is not above the header, where date: period: reads the period; correct row:, "
          "or declare rows: with the names of the header");
    makes("EXTF,20210101,20210831\nkey,day,amount\nA,2105,1\n",
          PERIOD("{row: 1, from: 2, to: 3}") "\n    rows: {skip: 1}",
          "\nkey,day,amount,(left out)\nA,2021-05-21,1,\n");
}

/* Every day of the period, in each of the ways that it may be written. */
static void every_day_is_found(void **state)
{
    (void)state;
    static const struct study_period periods[] = {{.from = 18262, .to = 18262 + 365}, /* 2020 */
                                                  {.from = 18322, .to = 18686},
                                                  {.from = 18628, .to = 18628 + 364},
                                                  {.from = 18800, .to = 19000}};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        const struct study_period *p = &periods[i];
        assert_false(period_is_long(p));
        for (int32_t day = p->from; day <= p->to; day++) {
            int year, month, of_month;
            int32_t found;
            char text[16];
            civil_from_day(day, &year, &month, &of_month);
            for (int plain = 0; plain < 2; plain++) {
                snprintf(text, sizeof text, plain ? "%d%02d" : "%02d%02d", of_month, month);
                assert_int_equal(period_day(p, text, strlen(text), "%d%m", &found), PERIOD_WELL);
                assert_int_equal(found, day);
                snprintf(text, sizeof text, plain ? "%d.%d." : "%02d.%02d.", of_month, month);
                assert_int_equal(period_day(p, text, strlen(text), "%d.%m.", &found), PERIOD_WELL);
                assert_int_equal(found, day);
            }
        }
    }
    assert_true(period_is_long(&(struct study_period){.from = 18322, .to = 18687}));
}

/* ---- encodings ---- */

static const void *converted(const char *text, const char *to, const char *mark, size_t *n,
                             struct arena *keep)
{
    char *bytes = ARENA_NEW(keep, char, 4 * strlen(text) + 8), *at = bytes;
    char *from = arena_strdup(keep, text);
    size_t left = strlen(text), room = 4 * left;
    const iconv_t converter = iconv_open(to, "UTF-8");
    memcpy(at, mark, strlen(mark));
    at += strlen(mark);
    assert_int_equal(iconv(converter, &from, &left, &at, &room), 0);
    iconv_close(converter);
    *n = (size_t)(at - bytes);
    return bytes;
}

static void encodings_become_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *to, *mark, *declared;
    } cases[] = {{"CP1252", "", "CP1252"},        {"ISO-8859-15", "", "ISO-8859-15"},
                 {"UTF-16LE", "\xff\xfe", NULL},  {"UTF-16BE", "\xfe\xff", NULL},
                 {"UTF-16LE", "", "UTF-16LE"},    {"UTF-16BE", "", "UTF-16BE"},
                 {"UTF-8", "\xef\xbb\xbf", NULL}, {"UTF-16LE", "\xff\xfe", "UTF-16"}};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        const void *bytes = converted("Größe\nkey,day,amount\nMüller €,2025-01-01,1\n", cases[i].to,
                                      cases[i].mark, &n, keep);
        const char *keys = arena_printf(keep, ROWS "{header: [day]}%s%s",
                                        cases[i].declared ? "\n    encoding: " : "",
                                        cases[i].declared ? cases[i].declared : "");
        assert_string_equal(shape_case(bytes, n, keys, keep),
                            "\nkey,day,amount,(left out)\nMüller €,2025-01-01,1,\n");
    }
    const char *said = made("key,day,amount\nM\xfcller,2025-01-01,1\n", ROWS "{skip: 0}", keep);
    assert_non_null(strstr(said, "! FILE:2: "));
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_is_sought_below_titles),
        cmocka_unit_test(titles_without_end_are_not_searched),
        cmocka_unit_test(names_are_made_different),
        cmocka_unit_test(rows_may_be_ragged),
        cmocka_unit_test(headers_again_and_totals_are_marked),
        cmocka_unit_test(sections_are_a_column),
        cmocka_unit_test(a_total_ends_the_section_that_it_ends_with),
        cmocka_unit_test(sections_without_end_keep_the_last),
        cmocka_unit_test(blanks_take_what_stands_above),
        cmocka_unit_test(lines_stand_where_they_stood),
        cmocka_unit_test(a_heading_like_a_total_is_told),
        cmocka_unit_test(a_total_counts_once),
        cmocka_unit_test(a_document_that_changed_is_told),
        cmocka_unit_test(a_total_counts_once_per_part_of_a_cell),
        cmocka_unit_test(the_party_is_found_in_either_column),
        cmocka_unit_test(the_period_gives_the_year),
        cmocka_unit_test(the_file_tells_the_period),
        cmocka_unit_test(every_day_is_found),
        cmocka_unit_test(encodings_become_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
