/* SPDX-License-Identifier: GPL-3.0-or-later
   Files that are no workbooks, damaged ones and hostile ones: a message each, and nothing else. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/xlsx_case.h"

static const void *case_bytes(const struct xlsx_part *part, size_t *size, struct arena *keep)
{
    return xlsx_case(part, part ? 1 : 0, size, keep);
}

static void assert_holds(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("'%s' is not in: %s", wanted, text);
}

/* Opening these bytes is refused in words that hold `wanted`, with exit status 3. */
static void assert_refused(const void *bytes, size_t size, const char *wanted)
{
    struct arena *keep = arena_new();
    struct err err = {0};
    assert_null(xlsx_open_bytes("b.xlsx", bytes, size, NULL, keep, &err));
    assert_int_equal(err_exit_status(&err), 3);
    assert_true(*err.mend);
    assert_holds(err.message, wanted);
    arena_free(keep);
}

static void refused_parts(const struct xlsx_part *parts, size_t n, const char *wanted)
{
    struct arena *keep = arena_new();
    size_t size;
    const void *bytes = xlsx_case(parts, n, &size, keep);
    assert_refused(bytes, size, wanted);
    arena_free(keep);
}

/* Reading the rows ends with a message that holds `wanted`. */
static void rows_refused(const char *rows, const char *wanted)
{
    struct arena *keep = arena_new();
    const char *told = strchr(xlsx_case_rows(rows, keep), '!');
    assert_non_null(told);
    assert_holds(told, wanted);
    arena_free(keep);
}

static void other_kinds_of_file(void **state)
{
    (void)state;
    char ole[4096] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    static const char word[] = "EncryptedPackage";
    assert_refused(ole, sizeof ole, ".xls), which is not read");
    for (size_t i = 0; i < sizeof word; i++)
        ole[1024 + 2 * i] = word[i];
    assert_refused(ole, sizeof ole, "locked with a password");
    assert_refused("\x09\x08\x10\x00\x00\x06\x05\x00", 8, ".xls");
    assert_refused("", 0, "is empty");
    assert_refused("id,intent\n1,7\n", 14, "is no Excel workbook");
    assert_refused("<html><table>", 13, "is no Excel workbook");
    assert_refused("PK", 2, "cut off");
    assert_true(xlsx_begins(ole, 8) && xlsx_begins("PK\3\4", 4) && !xlsx_begins("id,a", 4));
}

static void other_kinds_of_package(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const struct xlsx_part ods = {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0};
    const struct xlsx_part zipped = {"survey.csv", "id,intent\n", 0};
    const void *bytes = xlsx_case_zip(&ods, 1, &size, keep);
    assert_refused(bytes, size, "(.ods), which is not read");
    bytes = xlsx_case_zip(&zipped, 1, &size, keep);
    assert_refused(bytes, size, "is a zip file, but no Excel workbook");
    const struct xlsx_part binary[] = {
        {"_rels/.rels",
         "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
         "<Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></Relationships>",
         0},
        {"xl/workbook.bin", "\1", 1}};
    refused_parts(binary, 2, "(.xlsb), which is not read");
    arena_free(keep);
}

/* Every beginning of a workbook is refused, and none crashes. */
static void cut_off(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const char *bytes = case_bytes(NULL, &size, keep);
    for (size_t n = 2; n < size; n++)
        assert_refused(bytes, n, "cut off or damaged");
    arena_free(keep);
}

/* A bit changed anywhere gives cells or a message. */
static void bits_changed(void **state)
{
    (void)state;
    struct arena *keep = arena_new(), *scratch = arena_new();
    size_t size, refused = 0;
    const struct xlsx_part sheet = {
        XLSX_SHEET,
        xlsx_case_sheet("<sheetData><row><c><v>1</v></c><c><v>22</v></c></row></sheetData>", keep),
        0};
    const char *bytes = case_bytes(&sheet, &size, keep);
    for (size_t i = 0; i < size; i++) {
        char *changed = arena_copy(scratch, bytes, size, 1);
        changed[i] ^= (char)(1 << i % 8);
        refused += *xlsx_case_cells(changed, size, NULL, scratch) == '!';
        arena_reset(scratch);
    }
    assert_true(refused > size / 2);
    arena_free(scratch);
    arena_free(keep);
}

/* The checksum of the sheet, changed in the directory and before the part (APPNOTE 4.3.7 and
   4.3.12): all bytes are there, and they are not those that were packed. */
static void checksums(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const void *made = case_bytes(NULL, &size, keep);
    unsigned char *bytes = arena_copy(keep, made, size, 1);
    for (size_t i = 0; i + 46 < size; i++) {
        if (memcmp(bytes + i, "PK\3\4", 4) == 0)
            bytes[i + 14] ^= 1;
        if (memcmp(bytes + i, "PK\1\2", 4) == 0)
            bytes[i + 16] ^= 1;
    }
    assert_refused(bytes, size, "cannot be unpacked: the file is damaged");
    arena_free(keep);
}

static void document_types(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "<!DOCTYPE worksheet [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
        "<worksheet xmlns='" XLSX_MAIN "'><sheetData><row><c t='str'><v>&b;</v></c></row>"
        "</sheetData></worksheet>",
        "<!DOCTYPE w SYSTEM 'file:///etc/passwd'><worksheet xmlns='" XLSX_MAIN "'/>",
        "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><worksheet xmlns='" XLSX_MAIN
        "'><sheetData><row><c t='str'><v>&x;</v></c></row></sheetData></worksheet>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *keep = arena_new();
        size_t size;
        const struct xlsx_part sheet = {XLSX_SHEET, texts[i], 0};
        const void *bytes = case_bytes(&sheet, &size, keep);
        assert_holds(xlsx_case_cells(bytes, size, NULL, keep),
                     "! b.xlsx: xl/worksheets/sheet1.xml: "
                     "holds a document type (DTD)");
        arena_free(keep);
    }
}

static char *repeated(const char *text, size_t n, struct arena *keep)
{
    const size_t length = strlen(text);
    char *all = arena_alloc(keep, n * length + 1, 1);
    for (size_t i = 0; i < n; i++)
        memcpy(all + i * length, text, length);
    return all;
}

static void xml_without_measure(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    rows_refused(repeated("<x>", 70, keep), "nested deeper than any workbook");
    rows_refused(arena_printf(keep, "<row r='1' x='%s'/>", repeated("y", 2 << 20, keep)),
                 "a tag of more than a million bytes");
    rows_refused(
        arena_printf(keep, "<row><c t='str'><v>%s</v></c></row>", repeated("y", 2 << 20, keep)),
        "a text of more than a million bytes");
    rows_refused(arena_printf(keep, "<row><c t='inlineStr'><is>%s</is></c></row>",
                              repeated("<r><t>0123456789</t></r>", 200000, keep)),
                 "a text of more than a million bytes");
    rows_refused("<row><c><v>1<b/></v></c></row>", "holds an element inside a text");
    rows_refused("<row><c></row>", "its XML has an error in line 1, byte ");
    rows_refused("<row><c><v>&e;</v></c></row>", "its XML has an error");
    rows_refused("<row><c><v>1</v></c>", "its XML has an error");
    arena_free(keep);
}

/* A sheet of blanks, some hundred times larger than what it is packed to. */
static void bombs(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const struct xlsx_part sheet = {XLSX_SHEET, xlsx_case_sheet(repeated(" ", 4 << 20, keep), keep),
                                    0};
    const void *bytes = case_bytes(&sheet, &size, keep);
    const struct xlsx_limits ratio = {.ratio_from = 1 << 20}, large = {.sheet_bytes = 1 << 20};
    assert_true(size < 100000);
    assert_string_equal(xlsx_case_cells(bytes, size, NULL, keep), "");
    assert_holds(xlsx_case_cells(bytes, size, &ratio, keep), "as a zip bomb does");
    assert_holds(xlsx_case_cells(bytes, size, &large, keep), "larger than a part of a workbook");
    arena_free(keep);
}

static void too_many_strings(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const struct xlsx_limits few = {.strings = 99};
    const struct xlsx_part strings = {
        XLSX_STRINGS,
        arena_printf(keep, "<sst xmlns='" XLSX_MAIN "' uniqueCount='1'>%s</sst>",
                     repeated("<si><t>x</t></si>", 100, keep)),
        0};
    const void *bytes = case_bytes(&strings, &size, keep);
    assert_string_equal(xlsx_case_cells(bytes, size, NULL, keep), "");
    assert_holds(xlsx_case_cells(bytes, size, &few, keep), "holds more texts than are read");
    arena_free(keep);
}

static unsigned char *find_bytes(unsigned char *bytes, size_t size, const char *mark, size_t n)
{
    return memmem(bytes, size, mark, n);
}

/* The directory's entries say that each part is as long as the file: they overlap.  Offsets:
   APPNOTE 4.3.12. */
static void overlapping_parts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t size;
    const void *made = case_bytes(NULL, &size, keep);
    unsigned char *bytes = arena_copy(keep, made, size, 1), *at = bytes;
    while ((at = find_bytes(at, size - (size_t)(at - bytes), "PK\1\2", 4))) {
        at[20] = (unsigned char)((size - 200) & 0xff);
        at[21] = (unsigned char)((size - 200) >> 8);
        at += 46;
    }
    assert_refused(bytes, size, "overlaps another part");
    arena_free(keep);
}

/* Two parts whose names differ in case alone. */
static void parts_that_stand_twice(void **state)
{
    (void)state;
    const struct xlsx_part twice = {"xl/Workbook.xml", "<workbook/>", 0};
    refused_parts(&twice, 1, "stands in the file twice");
}

static void parts_that_are_missing(void **state)
{
    (void)state;
    const struct xlsx_part sheet = {XLSX_SHEET, NULL, 0};
    struct arena *keep = arena_new();
    size_t size;
    const void *bytes = case_bytes(&sheet, &size, keep);
    assert_holds(xlsx_case_cells(bytes, size, NULL, keep),
                 "! b.xlsx: xl/worksheets/sheet1.xml: is missing in the workbook");
    refused_parts(&(struct xlsx_part){XLSX_WORKBOOK, NULL, 0}, 1, "no Excel workbook");
    refused_parts(&(struct xlsx_part){XLSX_STYLES, NULL, 0}, 1, "xl/styles.xml: is missing");
    refused_parts(&(struct xlsx_part){XLSX_WORKBOOK,
                                      "<workbook xmlns='" XLSX_MAIN "'><sheets><sheet name='A' "
                                      "r:id='x' xmlns:r='http://a/relationships'/></sheets>"
                                      "</workbook>",
                                      0},
                  1, "'A' is a sheet that cannot be found");
    refused_parts(&(struct xlsx_part){XLSX_WORKBOOK,
                                      "<workbook xmlns='" XLSX_MAIN "'><sheets/></workbook>", 0},
                  1, "has no worksheet");
    arena_free(keep);
}

static void places_that_are_none(void **state)
{
    (void)state;
    rows_refused("<row r='1'><c r='XFE1'><v>1</v></c></row>", "'XFE1' is no cell of a sheet");
    rows_refused("<row><c r='XFE1048577'><v>1</v></c></row>", "'XFE1048577' is no cell");
    rows_refused("<row><c r='A0'><v>1</v></c></row>", "'A0' is no cell");
    rows_refused("<row><c r='1A'><v>1</v></c></row>", "'1A' is no cell");
    rows_refused("<row><c r='AAAAAAAAAAAAAAAAAAAAA1'><v>1</v></c></row>", "is no cell");
    rows_refused("<row r='1048577'><c><v>1</v></c></row>", "'1048577' is no row of a sheet");
    rows_refused("<row r='0'/>", "'0' is no row");
    rows_refused("<row r='-1'/>", "'-1' is no row");
    rows_refused("<row r='1048576'/><row/>", "no sheet has more");
    rows_refused("<row r='1'><c r='XFD1'/><c/></row>", "more cells than a sheet has columns");
    rows_refused("<row r='1'><c r='A2'><v>1</v></c></row>", "'A2' stands in another row");
    rows_refused("<row r='3'/><row r='3'/>", "S, row 3: '3' stands behind this row");
    rows_refused("<row r='3'/><row r='2'/>", "rows must ascend");
    rows_refused("<row><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c><c r='B1'><v>3</v></c></row>",
                 "S!B1: stands in the file twice");
}

static void values_that_are_none(void **state)
{
    (void)state;
    rows_refused("<row><c/><c><v>1,5</v></c></row>", "S!B1: '1,5' is not a number");
    rows_refused("<row><c><v>NaN</v></c></row>", "S!A1: 'NaN' is not a number");
    rows_refused("<row><c><v>1E999</v></c></row>", "is not a number");
    rows_refused("<row><c t='s'><v>0</v></c></row>", "'0' is not the number of a shared string");
    rows_refused("<row><c t='s'><v>-1</v></c></row>", "'-1' is not the number of a shared");
    rows_refused("<row><c t='b'><v>2</v></c></row>", "'2' is not the value of a boolean");
    rows_refused("<row><c t='d'><v>soon</v></c></row>", "'soon' is not a date");
    rows_refused("<row><c t='z'><v>1</v></c></row>", "is of a type that no cell has");
    rows_refused("<row><c t='zzzzzzzzzzzzzz'><v>1</v></c></row>", "is of a type that no cell");
    rows_refused("<row><c s='99'><v>1</v></c></row>", "a style that the workbook does not have");
    rows_refused("<row><c s='x'><v>1</v></c></row>", "'x' is not the number of a style");
}

static void files_that_cannot_be_opened(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err absent = {0}, folder = {0};
    assert_null(xlsx_open("absent.xlsx", NULL, keep, &absent));
    assert_int_equal(err_exit_status(&absent), 1);
    assert_null(xlsx_open("tests", NULL, keep, &folder));
    assert_int_equal(err_exit_status(&folder), 1);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_kinds_of_file),
        cmocka_unit_test(other_kinds_of_package),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(bits_changed),
        cmocka_unit_test(checksums),
        cmocka_unit_test(document_types),
        cmocka_unit_test(xml_without_measure),
        cmocka_unit_test(bombs),
        cmocka_unit_test(too_many_strings),
        cmocka_unit_test(overlapping_parts),
        cmocka_unit_test(parts_that_stand_twice),
        cmocka_unit_test(parts_that_are_missing),
        cmocka_unit_test(places_that_are_none),
        cmocka_unit_test(values_that_are_none),
        cmocka_unit_test(files_that_cannot_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
