/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/csv_text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define BOM "\xef\xbb\xbf"
/* bytes with their number, which may hold NULs */
#define BYTES(literal) literal, sizeof(literal) - 1

struct csv_case {
    const char *bytes;
    size_t n;
    const char *want; /* as csv_as_text writes it */
    struct csv_dialect dialect;
};

/* Every case is read whole and in pieces of every size up to 64 bytes. */
static void check_cases(const struct csv_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct arena *keep = arena_new();
        for (size_t chunk = 0; chunk <= 64; chunk++) {
            const char *got = csv_as_text(cases[i].bytes, cases[i].n, &cases[i].dialect,
                                          chunk ? chunk : 65536, keep);
            if (strcmp(got, cases[i].want) != 0)
                fail_msg("case %zu in pieces of %zu:\n%swanted:\n%s", i, chunk, got, cases[i].want);
        }
        const char *differs =
            csv_frame_differs(cases[i].bytes, cases[i].n, &cases[i].dialect, keep);
        if (differs)
            fail_msg("case %zu %s", i, differs);
        arena_free(keep);
    }
}

static void records_by_rfc_4180(void **state)
{
    (void)state;
    static const struct csv_case cases[] = {
        {BYTES("a,b\n1,2\n"), "a|b\n2: 1|2\n", {0}},
        {BYTES("a,b\r\n1,2\r\n"), "a|b\n2: 1|2\n", {0}},
        {BYTES("a,b\r1,2\r"), "a|b\n2: 1|2\n", {0}},
        {BYTES("a,b\r\n1,2\n3,4\r5,6"), "a|b\n2: 1|2\n3: 3|4\n4: 5|6\n", {0}},
        {BYTES("a,b\r\r\n1,2\r\r\n3,4"), "a|b\n3: 1|2\n5: 3|4\n", {0}},
        {BYTES("a,b\n1,"), "a|b\n2: 1|\n", {0}},
        {BYTES("a,b\n,\n"), "a|b\n2: |\n", {0}},
        {BYTES("a,b"), "a|b\n", {0}},
        {BYTES("a,b\n\n\r\n1,2\n\n\n3,4\n\n"), "a|b\n4: 1|2\n7: 3|4\n", {0}},
        {BYTES("\n\na,b\n1,2"), "a|b\n4: 1|2\n", {0}},
        {BYTES("a\n\"\"\n\nx"), "a\n2: \"\"\n4: x\n", {0}},
        {BYTES("a,b\n\"1\",\"2\"\n"), "a|b\n2: \"1\"|\"2\"\n", {0}},
        {BYTES("a,b\n\"x \"\"y\"\"\",\"\"\"\"\n"), "a|b\n2: \"x \\22y\\22\"|\"\\22\"\n", {0}},
        {BYTES("a,b\n\"1,\n2\",\"\r\n\r\"\n3,4"),
         "a|b\n2: \"1,\\0a2\"|\"\\0d\\0a\\0d\"\n6: 3|4\n",
         {0}},
        {BYTES("a,b\n x , y \n"), "a|b\n2:  x | y \n", {0}},
        {BYTES("a,b\nx\"y,z\"\n"), "a|b\n2: x\\22y|z\\22\n", {0}},
        {BYTES("\"a,\nb\",c\n1,2\n"), "a,\\0ab|c\n3: 1|2\n", {0}},
        {BYTES("a,b,,\n1,2,,\n"), "a|b\n2: 1|2\n", {0}},
        {BYTES("a;b\n1,5;2\n"), "a|b\n2: 1,5|2\n", {.delimiter = ';'}},
        {BYTES("a\tb\n1\t2\n"), "a|b\n2: 1|2\n", {.delimiter = '\t'}},
        {BYTES("\"a;b\"\n1\n"), "a;b\n2: 1\n", {0}},
        {BYTES("Report\nof \"May\r\na,b\n1,2\n"), "a|b\n4: 1|2\n", {.skip_lines = 2}},
        {BYTES("Report\r\r\na,b\r1,2\n"), "a|b\n4: 1|2\n", {.skip_lines = 1}},
    };
    check_cases(cases, COUNT(cases));
}

static void encodings(void **state)
{
    (void)state;
    static const struct csv_case cases[] = {
        {BYTES(BOM "a,b\n1,2\n"), "a|b\n2: 1|2\n", {0}},
        {BYTES(BOM BOM "\"a\",b\n1,2\n"), "a|b\n2: 1|2\n", {0}},
        {BYTES("a," BOM "b\n1,2\n"), "a|" BOM "b\n2: 1|2\n", {0}},
        {BYTES("\xc3\xa4,\xe6\x9d\xb1\n\xf0\x9f\x98\x80,2\n"),
         "\xc3\xa4|\xe6\x9d\xb1\n2: \xf0\x9f\x98\x80|2\n",
         {0}},
        {BYTES(BOM "a,b\n1,2\n"), "a|b\n2: 1|2\n", {.encoding = "utf-8"}},
        {BYTES("\x80,b\n\xe4,2\n"), "\xe2\x82\xac|b\n2: \xc3\xa4|2\n", {.encoding = "CP1252"}},
        {BYTES("\xa4,b\n"), "\xe2\x82\xac|b\n", {.encoding = "ISO-8859-15"}},
        {BYTES("a,b\n\x83\x5c,\x83\x7c\n"),
         "a|b\n2: \xe3\x82\xbd|\xe3\x83\x9d\n",
         {.encoding = "SHIFT_JIS"}},
        {BYTES("\xff\xfe"
               "a\0,\0b\0\n\0\x31\0,\0\xac\x20"),
         "a|b\n2: 1|\xe2\x82\xac\n",
         {0}},
        {BYTES("\xfe\xff\0a\0,\0b\0\n\0\x31\0,\xd8\x3d\xde\0"),
         "a|b\n2: 1|\xf0\x9f\x98\x80\n",
         {0}},
        {BYTES("a\0,\0b\0"), "a|b\n", {.encoding = "UTF-16LE"}},
        {BYTES("\xff\xfe"
               "a\0,\0b\0"),
         "a|b\n",
         {.encoding = "UTF-16"}},
        {BYTES("\xff\xfe\0\0a\0\0\0"), "a\n", {0}},
    };
    check_cases(cases, COUNT(cases));
}

#define UTF8_MEND "; declare the file's encoding, for example encoding: CP1252\n"
#define NUL_MEND "; the file is damaged, or is UTF-16: then declare encoding: UTF-16LE\n"
#define COMPLETE "; complete the record, or delete it\n"
#define QUOTE_FIELDS "; quote the fields that hold the delimiter, or name all columns\n"
#define UNCLOSED \
    "a quote opens here and is never closed; close it, or double the quotes that are text\n"
#define BEHIND_QUOTE \
    "text follows the closing quote of the field; double the quotes that are part of the text\n"

static const struct csv_case refused[] = {
    {BYTES(""), "! t.csv: is empty; export it again\n", {0}},
    {BYTES(BOM), "! t.csv: is empty; export it again\n", {0}},
    {BYTES("\n\r\n"), "! t.csv: has blank lines only; export it again, with a header line\n", {0}},
    {BYTES("a,b\n"),
     "! t.csv: has no header behind the lines to skip; export it again, with a header line\n",
     {.skip_lines = 3}},
    {BYTES("a,b\n1,2\n\n3\n"),
     "a|b\n2: 1|2\n! t.csv:4: the record has 1 field, the header 2" COMPLETE,
     {0}},
    {BYTES("a,b\n1,2,3\n"),
     "a|b\n! t.csv:2: the record has 3 fields, the header 2" QUOTE_FIELDS,
     {0}},
    {BYTES("a,b,\n1,2\n"), "a|b\n! t.csv:2: the record has 2 fields, the header 3" COMPLETE, {0}},
    {BYTES("a,b,\n1,2,3\n"),
     "a|b\n! t.csv:2: '3' stands in column 3, which has no name; name the column in the "
     "header\n",
     {0}},
    {BYTES("a,b\n1,\"2\n3,4\n"), "a|b\n! t.csv:2: b: " UNCLOSED, {0}},
    {BYTES("a,b\n\"1\n\",\"2\n"), "a|b\n! t.csv:3: b: " UNCLOSED, {0}},
    {BYTES("a,b\n\"1\n\"x,2\n"), "a|b\n! t.csv:2: a: " BEHIND_QUOTE, {0}},
    {BYTES("a,b\n1,\"2\" \n"), "a|b\n! t.csv:2: b: " BEHIND_QUOTE, {0}},
    {BYTES("a,b\n1,x\0y\n"), "a|b\n! t.csv:2: b: holds a NUL byte" NUL_MEND, {0}},
    {BYTES("\0\0\0\0\0"), "! t.csv:1: holds a NUL byte" NUL_MEND, {0}},
    {BYTES("a,b\n1,M\xfcller\n"), "a|b\n! t.csv:2: b: 'M\\xfcller' is not UTF-8" UTF8_MEND, {0}},
    {BYTES("a,b\n1,\xc0\xaf\n"), "a|b\n! t.csv:2: b: '\\xc0\\xaf' is not UTF-8" UTF8_MEND, {0}},
    {BYTES("a,b\n\xed\xa0\x80,2\n"),
     "a|b\n! t.csv:2: a: '\\xed\\xa0\\x80' is not UTF-8" UTF8_MEND,
     {0}},
    {BYTES("a,b\n\xf4\x90\x80\x80,2\n"),
     "a|b\n! t.csv:2: a: '\\xf4\\x90\\x80\\x80' is not UTF-8" UTF8_MEND,
     {0}},
    {BYTES("a,b\n1,\xe2\x82"), "a|b\n! t.csv:2: b: '\\xe2\\x82' is not UTF-8" UTF8_MEND, {0}},
    {BYTES("M\xe4,b\n"), "! t.csv:1: 'M\\xe4' is not UTF-8" UTF8_MEND, {0}},
    {BYTES("a,b\n1,2\n3,\x81\n"),
     "a|b\n2: 1|2\n! t.csv:3: '\\x81' is no character of the encoding CP1252; declare the "
     "encoding that the file is written in\n",
     {.encoding = "CP1252"}},
    {BYTES("a,b\n"),
     "! t.csv: encoding: 'KLINGON-1' is not an encoding known here; choose one of those that "
     "'iconv -l' lists\n",
     {.encoding = "KLINGON-1"}},
    {BYTES(BOM "a,b\n"),
     "! t.csv: encoding: 'CP1252' is declared for a file that begins with the mark of UTF-8; "
     "remove encoding: the mark tells it\n",
     {.encoding = "CP1252"}},
    {BYTES("a;b\n1;2\n"),
     "! t.csv:1: 'a;b' is the only column of the header; declare delimiter: \";\" in "
     "the study, or save the file with commas\n",
     {0}},
    {BYTES("a\tb\n1\t2\n"),
     "! t.csv:1: 'a\\x09b' is the only column of the header; declare delimiter: tab\n",
     {0}},
    {BYTES("a,b\n1,2\n"),
     "! t.csv:1: 'a,b' is the only column of the header; declare delimiter: \",\" in "
     "the study, or leave the key out\n",
     {.delimiter = ';'}},
    {BYTES("sep=;\na;b\n"),
     "! t.csv:1: the first line is not the header, but a mark for Excel; delete this line\n",
     {0}},
    {BYTES("x,a,b,a,a\n"),
     "! t.csv:1: 'a' is the name of column 2 and of column 4; give one of them another name\n",
     {0}},
    {BYTES("a,,b\n"), "! t.csv:1: column 2 of the header has no name; name it\n", {0}},
    {BYTES(",,\n"), "! t.csv:1: the header has no column with a name; name the columns\n", {0}},
    {BYTES("a,b\n1,2\n"),
     "! t.csv: delimiter: a quote, a line end or a letter beyond ASCII cannot be it; "
     "declare one of , ; | tab\n",
     {.delimiter = '"'}},
    {BYTES("a,b\n1234567,2\n1,123456789\n"),
     "a|b\n2: 1234567|2\n! t.csv:3: the record is longer than 10 bytes; check that this is a "
     "text file\n",
     {.max_record = 10}},
    {BYTES("a,b\n1,2\n3,\"123456789\n\n0\n"),
     "a|b\n2: 1|2\n! t.csv:3: the record is longer than 10 bytes; close the quote that opens "
     "in line 3\n",
     {.max_record = 10}},
};

static void refusals_name_line_and_mend(void **state)
{
    (void)state;
    check_cases(refused, COUNT(refused));
}

/* Fields that straddle the real buffer of 64 KiB by every offset. */
static void quotes_at_the_edge_of_the_buffer(void **state)
{
    (void)state;
    for (size_t shift = 65536 - 16; shift <= 65536 + 4; shift++) {
        struct arena *keep = arena_new();
        char *bytes = ARENA_NEW(keep, char, shift + 64);
        const char head[] = "a,b\n", tail[] = ",\"\"\"\xc3\xa4\"\"\"\r\n1,\"\r\n\"\r\n";
        memset(bytes, 'p', shift);
        memcpy(bytes, head, sizeof head - 1);
        memcpy(bytes + shift, tail, sizeof tail - 1);
        const char *got = csv_as_text(bytes, shift + sizeof tail - 1, NULL, 65536, keep);
        const char *end = strstr(got, "|\"\\22");
        assert_non_null(end);
        assert_int_equal(end - got, 4 + 3 + shift - 4);
        assert_string_equal(end, "|\"\\22\xc3\xa4\\22\"\n3: 1|\"\\0d\\0a\"\n");
        arena_free(keep);
    }
}

static char *file_with(const char *text, struct arena *keep)
{
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(keep, "%s/saydo-csv-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void a_file_is_a_frame_of_texts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    char *path = file_with("id,remark\n007,\"two\nlines\"\n\n,\"\"\n", keep);
    const struct frame *f = csv_read(path, NULL, keep, &err);
    unlink(path);
    assert_non_null(f);
    assert_true(f->n_rows == 2 && f->n_cols == 2);
    assert_string_equal(f->file, path);
    assert_true(f->line[0] == 2 && f->line[1] == 5);
    const struct column *id = frame_column(f, "id"), *remark = frame_column(f, "remark");
    assert_int_equal(id->type, COLUMN_TEXT);
    assert_string_equal(id->as.text[0], "007");
    assert_string_equal(remark->as.text[0], "two\nlines");
    assert_null(id->as.text[1]);
    assert_true(column_is_missing(id, 1) && column_is_missing(remark, 1));
    assert_int_equal(remark->missing[1], MISSING_BLANK);
    arena_free(keep);
}

static void a_header_alone_is_a_frame_without_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    char *path = file_with("id,remark\n", keep);
    const struct frame *f = csv_read(path, NULL, keep, &err);
    unlink(path);
    assert_non_null(f);
    assert_true(f->n_rows == 0 && f->n_cols == 2);
    arena_free(keep);
}

static void a_bad_file_is_no_frame(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0}, absent = {0};
    char *path = file_with("id,remark\n1,2\n3\n", keep);
    assert_null(csv_read(path, NULL, keep, &err));
    unlink(path);
    assert_int_equal(err.code, ERR_SYNTAX);
    assert_int_equal(err.line, 3);
    assert_string_equal(err.file, path);
    assert_null(csv_read(path, NULL, keep, &absent));
    assert_int_equal(absent.code, ERR_FILE);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_by_rfc_4180),
        cmocka_unit_test(encodings),
        cmocka_unit_test(refusals_name_line_and_mend),
        cmocka_unit_test(quotes_at_the_edge_of_the_buffer),
        cmocka_unit_test(a_file_is_a_frame_of_texts),
        cmocka_unit_test(a_header_alone_is_a_frame_without_rows),
        cmocka_unit_test(a_bad_file_is_no_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
