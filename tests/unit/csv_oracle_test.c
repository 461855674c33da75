/* SPDX-License-Identifier: GPL-3.0-or-later
   The reader over collections of hard files, each with the records that it holds. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/csv.h"
#include "tests/check.h"
#include "tests/csv_text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A file with the dialect that is declared for it.  Refused: what the message
   says.  Where nothing is refused the records are those of the JSON file. */
struct hard_file {
    const char *name;
    char delimiter;
    const char *encoding, *refused;
};

static const struct hard_file files[] = {
    {"rfc4180_all.csv", ',', NULL, NULL},
    {"no_final_newline.csv", ',', NULL, NULL},
    {"only_header.csv", ',', NULL, NULL},
    {"blank_lines.csv", ',', NULL, NULL},
    {"blank_first_line.csv", ',', NULL, NULL},
    {"single_column_blank_values.csv", ',', NULL, NULL},
    {"bare_quote_in_field.csv", ',', NULL, NULL},
    {"tsv_with_commas.tsv", '\t', NULL, NULL},
    {"tsv_backslash_t.tsv", '\t', NULL, NULL},
    {"quoted_header_newline.csv", ',', NULL, NULL},
    {"cr_only.csv", ',', NULL, NULL},
    {"mixed_eol.csv", ',', NULL, NULL},
    {"cr_cr_lf.csv", ',', NULL, NULL},
    {"lf_in_crlf_file.csv", ',', NULL, NULL},
    {"form_feed_vt.csv", ',', NULL, NULL},
    {"u2028.csv", ',', NULL, NULL},
    {"enc_utf8_bom.csv", ';', NULL, NULL},
    {"enc_utf16le_bom.csv", ';', NULL, NULL},
    {"enc_utf16be_bom.csv", ';', NULL, NULL},
    {"enc_utf16le_nobom.csv", ';', "UTF-16LE", NULL},
    {"enc_utf16be_nobom.csv", ';', "UTF-16BE", NULL},
    {"enc_utf32le_bom.csv", ';', NULL, NULL},
    {"enc_utf8.csv", ';', NULL, NULL},
    {"enc_cp1252.csv", ';', "CP1252", NULL},
    {"enc_iso88591.csv", ';', "ISO-8859-1", NULL},
    {"enc_iso885915.csv", ';', "ISO-8859-15", NULL},
    {"enc_cp437.csv", ';', "CP437", NULL},
    {"enc_cp850.csv", ';', "CP850", NULL},
    {"enc_macroman.csv", ';', "MACINTOSH", NULL},
    {"enc_cp1250.csv", ';', "CP1250", NULL},
    {"enc_cp1251.csv", ';', "CP1251", NULL},
    {"enc_shiftjis.csv", ',', "SHIFT_JIS", NULL},
    {"double_bom.csv", ',', NULL, NULL},
    {"bom_quoted_header.csv", ',', NULL, NULL},
    {"mojibake.csv", ',', NULL, NULL}, /* valid UTF-8, and so not ours to mend */
    {"trailing_delimiter.csv", ';', NULL, NULL},
    {"headers_blank_padded.csv", ',', NULL, NULL},
    {"fec_2023.txt", '|', "ISO-8859-15", NULL},
    {"wide_10000.csv", ',', NULL, NULL},
    {"field_1mb.csv", ',', NULL, NULL},
    {"field_1mb_newlines.csv", ',', NULL, NULL},
    {"many_quotes.csv", ',', NULL, NULL},
    {"chunk_boundary_quote.csv", ',', NULL, NULL},
    {"no_delimiter.csv", ',', NULL, NULL},
    {"colon_time_trap.csv", ';', NULL, NULL},
    {"date_slash_trap.csv", '|', NULL, NULL},
    {"formula_injection.csv", ',', NULL, NULL},
    {"keys_survey.csv", ',', NULL, NULL},
    {"keys_ledger.csv", ',', NULL, NULL},
    {"ledger_de.csv", ';', "CP1252", NULL},
    {"ledger_us.csv", ',', NULL, NULL},
    {"ledger_ch.csv", ';', NULL, NULL},
    {"ledger_fr.csv", '\t', NULL, NULL},
    {"ledger_iso.csv", ',', NULL, NULL},
    /* no table */
    {"empty.csv", ',', NULL, "is empty"},
    {"bom_only.csv", ',', NULL, "is empty"},
    {"one_newline.csv", ',', NULL, "blank lines only"},
    /* not RFC 4180, and a guess could be wrong */
    {"text_after_quote.csv", ',', NULL, "text follows the closing quote"},
    {"unterminated_quote.csv", ',', NULL, "never closed"},
    {"backslash_escape.csv", ';', NULL, "text follows the closing quote"},
    {"quote_opens_after_blank.csv", ',', NULL, "has 3 fields, the header 2"},
    {"single_quotes.csv", ';', NULL, "has 3 fields, the header 2"},
    {"smart_quotes.csv", ',', NULL, "has 3 fields, the header 2"},
    {"decimal_comma_unquoted_comma_csv.csv", ',', NULL, "has 3 fields, the header 2"},
    {"ragged_short.csv", ',', NULL, "has 2 fields, the header 3"},
    {"ragged_long.csv", ',', NULL, "has 3 fields, the header 2"},
    {"trailing_delimiter_data_only.csv", ';', NULL, "has 3 fields, the header 2"},
    {"dos_eof.csv", ',', NULL, "has 1 field, the header 2"}, /* the byte 26 may be data */
    /* damaged bytes */
    {"utf8_invalid_bytes.csv", ',', NULL, "is not UTF-8"},
    {"utf8_overlong_surrogate.csv", ',', NULL, "is not UTF-8"},
    {"nul_in_field.csv", ',', NULL, "NUL"},
    {"nul_padding_end.csv", ',', NULL, "NUL"},
    {"nul_everywhere.csv", ',', NULL, "NUL"},
    /* columns that a study could not name */
    {"duplicate_headers.csv", ',', NULL, "is the name of column 2 and of column 3"},
    {"two_header_rows.csv", ',', NULL, "column 2 of the header has no name"},
    /* lines beside the table: skipped by declaration, or deleted */
    {"excel_sep_line.csv", ';', NULL, "a mark for Excel"},
    {"comment_lines.csv", ',', NULL, "has 2 fields, the header 1"},
    {"preamble_footer.csv", ';', NULL, "stands in column 2, which has no name"},
    {"sap_pipe_table.txt", '|', NULL, "has 5 fields, the header 1"},
};

/* What a sensible reader takes, and only the reader of values can refuse. */
static const char *const not_judged[] = {"page_breaks.csv", "fixed_width.txt"};

static char *read_bytes(const char *path, size_t *n, struct arena *keep)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    const size_t capacity = 4 << 20;
    char *bytes = ARENA_NEW(keep, char, capacity);
    *n = fread(bytes, 1, capacity, f);
    assert_true(*n < capacity);
    fclose(f);
    return bytes;
}

/* A file as rows of texts, the header in front. */
struct table {
    size_t n_rows, n_cols;
    const char *const **row;
};

static bool read_table(const char *path, const struct hard_file *file, struct table *t,
                       struct arena *keep, struct err *err)
{
    const struct csv_dialect dialect = {.delimiter = file->delimiter, .encoding = file->encoding};
    const struct frame *f = csv_read(path, &dialect, keep, err);
    if (!f)
        return false;
    *t = (struct table){f->n_rows + 1, f->n_cols,
                        ARENA_NEW(keep, const char *const *, f->n_rows + 1)};
    t->row[0] = frame_names(f, keep);
    for (size_t i = 0; i < f->n_rows; i++) {
        const char **row = ARENA_NEW(keep, const char *, f->n_cols);
        for (size_t j = 0; j < f->n_cols; j++)
            row[j] = column_is_missing(&f->cols[j], i) ? "" : f->cols[j].as.text[i];
        t->row[i + 1] = row;
    }
    return true;
}

/* Columns without a name are none for us: there the JSON has empty texts. */
static void check_rows(const char *name, const struct table *t, const json_t *want)
{
    if (t->n_rows != json_array_size(want))
        fail_msg("%s has %zu records, not %zu", name, json_array_size(want), t->n_rows);
    for (size_t i = 0; i < t->n_rows; i++) {
        const json_t *row = json_array_get(want, i);
        assert_true(json_array_size(row) >= t->n_cols);
        for (size_t j = 0; j < json_array_size(row); j++) {
            const char *text = json_string_value(json_array_get(row, j));
            if (strcmp(text, j < t->n_cols ? t->row[i][j] : "") != 0)
                fail_msg("%s: record %zu, field %zu is '%.99s', not '%.99s'", name, i, j, text,
                         j < t->n_cols ? t->row[i][j] : "");
        }
    }
}

/* Large files are told by some of their traits: "records": 3, "fields": 7,
   "len_1_0": bytes of a field, "3_1": a field, "2": a record. */
static void check_traits(const char *name, const struct table *t, json_t *traits)
{
    const char *key;
    json_t *value;
    size_t i, j;
    json_object_foreach(traits, key, value)
    {
        const size_t number = (size_t)json_integer_value(value);
        if (strcmp(key, "records") == 0)
            assert_int_equal(t->n_rows, number);
        else if (strcmp(key, "fields") == 0)
            assert_int_equal(t->n_cols, number);
        else if (strcmp(key, "last") == 0)
            assert_string_equal(t->row[t->n_rows - 1][t->n_cols - 1], json_string_value(value));
        else if (sscanf(key, "len_%zu_%zu", &i, &j) == 2)
            assert_int_equal(strlen(t->row[i][j]), number);
        else if (sscanf(key, "%zu_%zu", &i, &j) == 2)
            assert_string_equal(t->row[i][j], json_string_value(value));
        else if (sscanf(key, "%zu", &i) == 1)
            for (j = 0; j < json_array_size(value); j++)
                assert_string_equal(t->row[i][j], json_string_value(json_array_get(value, j)));
        else
            fail_msg("%s: no such trait as %s", name, key);
    }
}

static void check_file(const char *folder, const struct hard_file *file, struct arena *keep)
{
    struct err err = {0};
    struct table t;
    const char *path = arena_printf(keep, "%s/%s", folder, file->name);
    const bool taken = read_table(path, file, &t, keep, &err);
    if (taken != !file->refused)
        fail_msg("%s is %s", file->name, taken ? "taken" : err.message);
    if (!taken) {
        if (!strstr(err.message, file->refused) || err.mend[0] == '\0')
            fail_msg("'%s' does not say '%s' and a mend", err.message, file->refused);
        return;
    }
    json_t *want = json_load_file(arena_printf(keep, "%s.json", path), JSON_ALLOW_NUL, NULL);
    assert_non_null(want);
    if (json_is_array(want))
        check_rows(file->name, &t, want);
    else
        check_traits(file->name, &t, want);
    json_decref(want);
}

static void made_files(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *folder = oracle_path("csv/made", keep);
    if (!folder) {
        arena_free(keep);
        skip();
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena *own = arena_new();
        check_file(folder, &files[i], own);
        arena_free(own);
    }
    arena_free(keep);
}

static bool is_listed(const char *name)
{
    for (size_t i = 0; i < COUNT(files); i++)
        if (strcmp(files[i].name, name) == 0)
            return true;
    for (size_t i = 0; i < COUNT(not_judged); i++)
        if (strcmp(not_judged[i], name) == 0)
            return true;
    return false;
}

static void no_made_file_is_forgotten(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("csv/made.tsv", keep);
    if (!path) {
        arena_free(keep);
        skip();
    }
    const struct reference *r = reference_read(path, '\t', keep);
    assert_true(r->n_rows >= 70);
    for (size_t i = 0; i < r->n_rows; i++)
        if (!is_listed(reference_text(r, i, "file")))
            fail_msg("%s is not in the table", reference_text(r, i, "file"));
    arena_free(keep);
}

/* Small files in pieces of every size up to 64 bytes. */
static void pieces_make_no_difference(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *folder = oracle_path("csv/made", keep);
    if (!folder) {
        arena_free(keep);
        skip();
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena *own = arena_new();
        const struct csv_dialect dialect = {.delimiter = files[i].delimiter,
                                            .encoding = files[i].encoding};
        size_t n = 0;
        const char *bytes = read_bytes(arena_printf(own, "%s/%s", folder, files[i].name), &n, own);
        assert_non_null(bytes);
        const char *whole = csv_as_text(bytes, n, &dialect, 1 << 22, own);
        for (size_t chunk = 1; chunk <= 64 && n < 2000; chunk++)
            assert_string_equal(csv_as_text(bytes, n, &dialect, chunk, own), whole);
        assert_true(strcmp(csv_as_text(bytes, n, &dialect, 65536, own), whole) == 0);
        assert_true(strcmp(csv_as_text(bytes, n, &dialect, 4093, own), whole) == 0);
        arena_free(own);
    }
    arena_free(keep);
}

/* ---- csv-spectrum: records as JSON objects ---- */

static void check_objects(const char *name, const struct table *t, const json_t *want)
{
    assert_int_equal(t->n_rows - 1, json_array_size(want));
    for (size_t i = 1; i < t->n_rows; i++)
        for (size_t j = 0; j < t->n_cols; j++) {
            const json_t *value = json_object_get(json_array_get(want, i - 1), t->row[0][j]);
            if (!value || strcmp(t->row[i][j], json_string_value(value)) != 0)
                fail_msg("%s: record %zu, %s is '%s'", name, i, t->row[0][j], t->row[i][j]);
        }
}

static void spectrum(void **state)
{
    (void)state;
    /* Not judged: location_coordinates, whose JSON has another telephone number, and
       newlines_crlf, whose CRLF have become LF on the way while its JSON has kept them. */
    static const char *const names[] = {
        "comma_in_quotes", "empty",  "empty_crlf",  "escaped_quotes", "json",
        "newlines",        "simple", "simple_crlf", "utf8",           "quotes_and_newlines"};
    struct arena *keep = arena_new();
    const char *folder = oracle_path("csv/csv-spectrum", keep);
    if (!folder) {
        arena_free(keep);
        skip();
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        struct err err = {0};
        struct table t;
        const struct hard_file file = {names[i], ',', NULL, NULL};
        assert_true(read_table(arena_printf(keep, "%s/csvs/%s.csv", folder, names[i]), &file, &t,
                               keep, &err));
        json_t *want =
            json_load_file(arena_printf(keep, "%s/json/%s.json", folder, names[i]), 0, NULL);
        assert_non_null(want);
        check_objects(names[i], &t, want);
        json_decref(want);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_files),
        cmocka_unit_test(no_made_file_is_forgotten),
        cmocka_unit_test(pieces_make_no_difference),
        cmocka_unit_test(spectrum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
