/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers that are no plain table: what text is made of them, row by row, and every complaint. */
#include "tests/check.h"

#include <iconv.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/ledger/internal.h"
#include "io/shape/period.h"
#include "io/study/check.h"
#include "io/text/parse.h"
#include "tests/ledger_case.h"
#include "tests/shape_case.h"
#include "tests/xlsx_case.h"

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
