/* SPDX-License-Identifier: GPL-3.0-or-later
   Workbooks: what their XML says, and what is read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"
#include "tests/xlsx_case.h"

#define SST(n) "<sst xmlns=\"" XLSX_MAIN "\" count=\"" n "\" uniqueCount=\"" n "\">"

/* The cells of the workbook with these parts in place of the usual ones. */
static void assert_parts(const struct xlsx_part *parts, size_t n, const char *want)
{
    struct arena *keep = arena_new();
    size_t size;
    const void *bytes = xlsx_case(parts, n, &size, keep);
    assert_string_equal(xlsx_case_cells(bytes, size, NULL, keep), want);
    arena_free(keep);
}

static void assert_rows(const char *rows, const char *want)
{
    struct arena *keep = arena_new();
    assert_string_equal(xlsx_case_rows(rows, keep), want);
    arena_free(keep);
}

static void assert_sheet(const char *sheet, size_t size, const char *want)
{
    assert_parts(&(struct xlsx_part){XLSX_SHEET, sheet, size}, 1, want);
}

static void types_of_cells(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c r='A1'><v>12.5</v></c><c r='B1' t='n'><v>7</v></c>"
                "<c r='C1' t='b'><v>1</v></c><c r='D1' t='b'><v>0</v></c>"
                "<c r='E1' t='e'><f>1/0</f><v>#DIV/0!</v></c><c r='F1' t='str'><f>A1</f><v> a "
                "</v></c><c r='G1' t='d'><v>2025-03-01T08:28:09Z</v></c></row>",
                "A1|number|12.5\nB1|number|7\nC1|boolean|TRUE\nD1|boolean|FALSE\n"
                "E1|error|#DIV/0!\nF1|text| a \nG1|date|2025-03-01T08:28:09Z\n");
}

static void numbers_are_the_shortest_text(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c><v>12345678901234</v></c><c><v>0.30000000000000004</v></c>"
                "<c><v>19.989999999999998</v></c><c><v>1.2345E+4</v></c><c><v>-0</v></c>"
                "<c><v>1E-3</v></c><c><v>007.50</v></c><c><v>123456789012345</v></c>"
                "<c><v>1234567890123456</v></c><c><v>\n 5 \n</v></c><c><v>0.05</v></c></row>",
                "A1|number|12345678901234\nB1|number|0.3\nC1|number|19.99\nD1|number|12345\n"
                "E1|number|0\nF1|number|0.001\nG1|number|7.5\nH1|number|123456789012345\n"
                "I1|number|1.23456789012346e+15\nJ1|number|5\nK1|number|0.05\n");
}

static void ids_keep_what_their_format_shows(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c s='1'><v>123</v></c><c s='2'><v>123456789</v></c>"
                "<c s='3'><v>42</v></c><c s='7'><v>1234.5</v></c><c s='9'><v>0.25</v></c>"
                "<c s='1'><v>12.5</v></c><c s='1'><v>123456789</v></c><c s='1'><v>-5</v></c>"
                "<c s='8'><v>77</v></c></row>",
                "A1|number|0000123\nB1|number|12345-6789\nC1|number|K0042\nD1|number|1234.5\n"
                "E1|number|0.25\nF1|number|12.5\nG1|number|123456789\nH1|number|-0000005\n"
                "I1|number|77\n");
}

/* An apostrophe in front makes a text; it is in the style, not in the text. */
static void numbers_as_text(void **state)
{
    (void)state;
    const struct xlsx_part parts[] = {{XLSX_STRINGS, SST("1") "<si><t>00123</t></si></sst>", 0},
                                      {XLSX_SHEET,
                                       "<worksheet xmlns='" XLSX_MAIN
                                       "'><sheetData><row r='1'><c r='A1' s='8' t='s'><v>0</v>"
                                       "</c></row></sheetData></worksheet>",
                                       0}};
    assert_parts(parts, 2, "A1|text|00123\n");
}

/* Microsoft, "Excel incorrectly assumes that the year 1900 is a leap year": 1 is 1 January 1900,
   59 28 February, 60 the day that never was, 61 1 March; 45717 is 1 March 2025. */
static void dates_of_1900(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c s='4'><v>1</v></c><c s='4'><v>59</v></c><c s='4'><v>60</v></c>"
                "<c s='4'><v>61</v></c><c s='4'><v>45717</v></c><c s='5'><v>45717</v></c>"
                "<c s='4'><v>45717.352881944447</v></c><c s='4'><v>2958465</v></c>"
                "<c s='4'><v>2958466</v></c><c s='4'><v>-1</v></c><c s='4'><v>0</v></c></row>"
                "<row r='2'><c s='11'><v>45717</v></c><c s='12'><v>45717</v></c></row>",
                "A1|date|1900-01-01\nB1|date|1900-02-28\nC1|date|1900-02-29\nD1|date|1900-03-01\n"
                "E1|date|2025-03-01\nF1|date|2025-03-01 00:00:00\nG1|date|2025-03-01 08:28:09\n"
                "H1|date|9999-12-31\nI1|number|2958466\nJ1|number|-1\nK1|date|1900-01-00\n"
                "A2|date|2025-03-01\nB2|date|2025-03-01\n");
}

static void times(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c s='10'><v>0.5</v></c><c s='6'><v>1.5</v></c>"
                "<c s='5'><v>0.25</v></c><c s='10'><v>45717.5</v></c><c s='6'><v>-0.5</v></c>"
                "<c s='10'><v>0.99999999999</v></c><c s='10'><v>0.000002893518518</v></c></row>",
                "A1|time|12:00:00\nB1|time|36:00:00\nC1|time|06:00:00\n"
                "D1|date|2025-03-01 12:00:00\nE1|time|-12:00:00\nF1|time|24:00:00\n"
                "G1|time|00:00:00.250\n");
}

/* Day 0 is 1 January 1904: 44255 is 1 March 2025. */
static void dates_of_1904(void **state)
{
    (void)state;
    const struct xlsx_part parts[] = {
        {XLSX_WORKBOOK,
         "<workbook xmlns='" XLSX_MAIN "' xmlns:r='http://schemas.openxmlformats.org/officeDocument"
         "/2006/relationships'><workbookPr date1904='true'/><sheets><sheet name='S' sheetId='1' "
         "r:id='rId1'/></sheets></workbook>",
         0},
        {XLSX_SHEET,
         "<worksheet xmlns='" XLSX_MAIN "'><sheetData><row><c s='4'><v>0</v></c><c s='4'>"
         "<v>44255</v></c><c s='4'><v>60</v></c><c s='4'><v>2957003</v></c>"
         "<c s='4'><v>2957004</v></c></row></sheetData></worksheet>",
         0}};
    assert_parts(parts, 2,
                 "A1|date|1904-01-01\nB1|date|2025-03-01\nC1|date|1904-03-01\n"
                 "D1|date|9999-12-31\nE1|number|2957004\n");
}

static void shared_strings(void **state)
{
    (void)state;
    const struct xlsx_part parts[] = {
        {XLSX_STRINGS,
         SST("9") "<si><t xml:space='preserve'> a b </t></si>"
                  "<si><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space='preserve'> text</t></r>"
                  "</si><si><t>\xe6\x9d\xb1\xe4\xba\xac</t><rPh sb='0' eb='2'><t>TOKYO</t></rPh>"
                  "<phoneticPr fontId='1'/></si><si><t>line_x000D_\nbreak _x005F_x000D_ "
                  "_xD83D__xDE00_ _xD83D_ _x0000_</t></si><si/><si><t><![CDATA[<&>]]>&amp;"
                  "&#228;</t></si></sst>",
         0},
        {XLSX_SHEET,
         "<worksheet xmlns='" XLSX_MAIN "'><sheetData><row r='2'><c r='A2' t='s'><v>0</v></c>"
         "<c r='B2' t='s'><v>1</v></c><c r='C2' t='s'><v>2</v></c><c r='D2' t='s'><v>3</v></c>"
         "<c r='E2' t='s'><v>4</v></c><c r='F2' t='s'><v>5</v></c><c r='G2' t='s'><v>0</v></c>"
         "</row></sheetData></worksheet>",
         0}};
    assert_parts(parts, 2,
                 "A2|text| a b \nB2|text|rich text\nC2|text|\xe6\x9d\xb1\xe4\xba\xac\n"
                 "D2|text|line\r\nbreak _x000D_ \xf0\x9f\x98\x80 _xD83D_ _x0000_\n"
                 "F2|text|<&>&\xc3\xa4\nG2|text| a b \n");
}

/* More than one block of texts, read forward and out of order. */
static void many_shared_strings(void **state)
{
    (void)state;
    enum { N = 30000 };
    struct arena *keep = arena_new();
    char *table = arena_alloc(keep, N, 128), *cells = arena_alloc(keep, N, 64);
    struct err err = {0};
    size_t at = (size_t)snprintf(table, 128, "<sst xmlns='" XLSX_MAIN "'>"), n = 0, size;
    for (unsigned i = 0; i < N; i++) {
        at += (size_t)snprintf(table + at, 128, "<si><t>%u %*d</t></si>", i, 70, 7);
        n += (size_t)snprintf(cells + n, 64, "<row><c t='s'><v>%u</v></c></row>", i * 7919 % N);
    }
    snprintf(table + at, 128, "</sst>");
    const struct xlsx_part parts[] = {
        {XLSX_STRINGS, table, 0},
        {XLSX_SHEET, xlsx_case_sheet(arena_printf(keep, "<sheetData>%s</sheetData>", cells), keep),
         0}};
    const void *bytes = xlsx_case(parts, 2, &size, keep);
    struct xlsx *b = xlsx_open_bytes("b.xlsx", bytes, size, NULL, keep, &err);
    struct xlsx_rows *rows = xlsx_rows_open(b, 0, &err);
    const struct xlsx_row *row;
    for (unsigned i = 0; i < N; i++) {
        assert_true(xlsx_rows_next(rows, &row, &err));
        assert_int_equal(strtoul(row->cells[0].text, NULL, 10), i * 7919 % N);
        assert_string_equal(strchr(row->cells[0].text, '\0') - 2, " 7");
    }
    xlsx_rows_close(rows);
    xlsx_close(b);
    arena_free(keep);
}

static void inline_strings(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c r='A1' t='inlineStr'><is><t>plain</t></is></c>"
                "<c r='B1' t='inlineStr'><is><r><t>rich</t></r><r><t> text</t></r><rPh><t>x</t>"
                "</rPh></is></c><c r='C1'><is><t>typeless</t></is></c>"
                "<c r='D1' t='inlineStr'><is><t/></is></c><c r='E1' t='inlineStr'><v>v</v></c>"
                "</row>",
                "A1|text|plain\nB1|text|rich text\nC1|text|typeless\nE1|text|v\n");
}

static void empty_cells_and_formulas(void **state)
{
    (void)state;
    assert_rows("<row r='1'><c r='A1' s='4'/><c r='B1' t='s'><v></v></c><c r='C1' t='str'>"
                "<f>IF(1,\"\")</f><v></v></c><c r='D1'><f>A2*2</f></c><c r='E1'><f>A2*2</f>"
                "<v>4</v></c><c r='F1' t='str'><f>x</f></c></row>"
                "<row r='900000' s='4' customFormat='1'><c r='A900000' s='4'/></row>",
                "D1|formula without its value|\nE1|number|4\n");
}

/* Rows and cells count on from the last where they do not say where they stand. */
static void places(void **state)
{
    (void)state;
    assert_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='C5'><v>3</v></c><c>"
                "<v>4</v></c></row><row><c r='B6'><v>5</v></c><c r='a6'><v>6</v></c></row>"
                "<row r='1048576'><c r='XFD1048576'><v>7</v></c></row>",
                "A1|number|1\nB1|number|2\nC5|number|3\nD5|number|4\nA6|number|6\nB6|number|5\n"
                "XFD1048576|number|7\n");
}

static void namespaces_and_prefixes(void **state)
{
    (void)state;
    static const char prefixed[] =
        "<x:worksheet xmlns:x='" XLSX_MAIN "' xmlns='urn:other'><row><c><v>9</v></c></row>"
        "<x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v><v>2</v></x:c></x:row></x:sheetData>"
        "<x:extLst><x:ext><x:sheetData><x:row><x:c><x:v>8</x:v></x:c></x:row></x:sheetData>"
        "</x:ext></x:extLst></x:worksheet>";
    assert_sheet(prefixed, 0, "A1|number|1\n");
    assert_sheet("<worksheet xmlns='" XLSX_STRICT "'><sheetData><row><c><v>3</v></c></row>"
                 "</sheetData></worksheet>",
                 0, "A1|number|3\n");
    assert_sheet("<worksheet><sheetData><row><c><v>3</v></c></row></sheetData></worksheet>", 0,
                 "! b.xlsx: xl/worksheets/sheet1.xml: does not hold a worksheet; save it again in "
                 "Excel or LibreOffice\n");
}

static const char one[] = "<?xml version='1.0' encoding='UTF-16'?><worksheet xmlns='" XLSX_MAIN
                          "'><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";

static void encodings(void **state)
{
    (void)state;
    char wide[2 * sizeof one] = "\xff\xfe";
    for (size_t i = 0; i + 1 < sizeof one; i++)
        wide[2 + 2 * i] = one[i];
    assert_sheet(wide, 2 * sizeof one, "A1|number|1\n");
    assert_sheet("\xef\xbb\xbf<worksheet xmlns='" XLSX_MAIN
                 "'><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                 0, "A1|number|1\n");
    assert_sheet("<?xml version='1.0' encoding='ISO-8859-1'?><worksheet xmlns='" XLSX_MAIN
                 "'><sheetData><row><c t='str'><v>\xe4</v></c></row></sheetData></worksheet>",
                 0, "A1|text|\xc3\xa4\n");
}

#define RELS(target)                                                                             \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"       \
    "<Relationship Id='x' Type='http://x/hyperlink' TargetMode='External' Target='http://a/b'/>" \
    "<Relationship Id='rId1' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/"     \
    "worksheet' Target='" target "'/></Relationships>"

static void targets_and_names_of_parts(void **state)
{
    (void)state;
    static const char *const target[] = {"/xl/Data/One.xml", "Data/One.xml", "../xl/Data/./One.xml",
                                         "Data\\One.xml"};
    static const char *const stored[] = {"xl/data/ONE.XML", "XL\\Data\\One.xml",
                                         "/xl/Data/One.xml"};
    static const char *const rels[] = {RELS("/xl/Data/One.xml"), RELS("Data/One.xml"),
                                       RELS("../xl/Data/./One.xml"), RELS("Data\\One.xml")};
    for (size_t i = 0; i < sizeof target / sizeof *target; i++)
        for (size_t j = 0; j < sizeof stored / sizeof *stored; j++) {
            const struct xlsx_part parts[] = {{"xl/_rels/workbook.xml.rels", rels[i], 0},
                                              {stored[j],
                                               "<worksheet xmlns='" XLSX_MAIN
                                               "'><sheetData><row><c><v>1</v></c></row>"
                                               "</sheetData></worksheet>",
                                               0}};
            assert_parts(parts, 2, "A1|number|1\n");
        }
}

#define BOOK(sheets)                                                                             \
    "<workbook xmlns='" XLSX_MAIN "' xmlns:r='http://schemas.openxmlformats.org/officeDocument/" \
    "2006/relationships'><sheets>" sheets "</sheets></workbook>"

static void hidden_sheets(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    size_t size;
    const struct xlsx_part book = {
        XLSX_WORKBOOK,
        BOOK("<sheet name='A' r:id='rId1'/><sheet name='B' state='hidden' r:id='rId1'/>"
             "<sheet name='C &amp; _x0044_' state='veryHidden' r:id='rId1'/>"),
        0};
    const void *bytes = xlsx_case(&book, 1, &size, keep);
    struct xlsx *b = xlsx_open_bytes("b.xlsx", bytes, size, NULL, keep, &err);
    assert_non_null(b);
    assert_int_equal(xlsx_n_sheets(b), 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(xlsx_sheets(b)[i].visibility, i);
    assert_string_equal(xlsx_sheets(b)[2].name, "C & D");
    assert_false(xlsx_is_1904(b));
    xlsx_close(b);
    arena_free(keep);
}

static void what_there_is_to_say(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    size_t size;
    const struct xlsx_row *row;
    const struct xlsx_part sheet = {
        XLSX_SHEET,
        xlsx_case_sheet(
            "<dimension ref='A1:XFD1048576'/><cols><col min='2' max='3' hidden='1'/>"
            "<col min='5' max='16384' hidden='true'/></cols><sheetData>"
            "<row r='2' hidden='1'><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c></row>"
            "<row r='3' hidden='1'><c r='A3'/></row>"
            "<row r='4'><c r='A4' t='e'><v>#N/A</v></c><c r='B4'><v>1E15</v></c></row>"
            "</sheetData><mergeCells><mergeCell ref='A2:B3'/><mergeCell ref='D1:E1'/></mergeCells>",
            keep),
        0};
    const void *bytes = xlsx_case(&sheet, 1, &size, keep);
    struct xlsx *b = xlsx_open_bytes("b.xlsx", bytes, size, NULL, keep, &err);
    struct xlsx_rows *rows = xlsx_rows_open(b, 0, &err);
    assert_true(xlsx_rows_next(rows, &row, &err));
    assert_true(row->row == 2 && row->hidden && row->n == 2);
    assert_true(xlsx_rows_next(rows, &row, &err));
    assert_true(row->row == 4 && !row->hidden);
    assert_false(xlsx_rows_next(rows, &row, &err));
    assert_int_equal(err.code, ERR_NONE);
    const struct xlsx_said *s = xlsx_rows_said(rows);
    assert_true(s->n_rows == 2 && s->n_hidden_rows == 1 && s->first_hidden_row == 2);
    assert_true(s->n_hidden_columns == 1 && s->first_hidden_column == 2);
    assert_true(s->n_errors == 1 && s->error_row == 4 && s->error_column == 1);
    assert_true(s->n_long == 1 && s->long_row == 4 && s->long_column == 2);
    assert_true(s->n_merged == 2 && s->merged.row == 2 && s->merged.last_column == 2);
    xlsx_rows_close(rows);
    xlsx_close(b);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_of_cells),
        cmocka_unit_test(numbers_are_the_shortest_text),
        cmocka_unit_test(ids_keep_what_their_format_shows),
        cmocka_unit_test(numbers_as_text),
        cmocka_unit_test(dates_of_1900),
        cmocka_unit_test(times),
        cmocka_unit_test(dates_of_1904),
        cmocka_unit_test(shared_strings),
        cmocka_unit_test(many_shared_strings),
        cmocka_unit_test(inline_strings),
        cmocka_unit_test(empty_cells_and_formulas),
        cmocka_unit_test(places),
        cmocka_unit_test(namespaces_and_prefixes),
        cmocka_unit_test(encodings),
        cmocka_unit_test(targets_and_names_of_parts),
        cmocka_unit_test(hidden_sheets),
        cmocka_unit_test(what_there_is_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
