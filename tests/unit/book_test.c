/* SPDX-License-Identifier: GPL-3.0-or-later
   The workbook: what Excel refuses never gets into it, and equal reports are equal
   files.  tests/workbook_check.py reads the files with openpyxl. */
#include "tests/check.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/book/book.h"
#include "io/chart/charts.h"
#include "io/program/child.h"
#include "io/report.h"
#include "models/base/rng.h"
#include "tests/sample_report.h"

struct place {
    struct arena *keep;
    const char *folder, *file;
};

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct place *p = ARENA_NEW(keep, struct place, 1);
    const char *temporary = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    char *folder = arena_printf(keep, "%s/saydo-book-XXXXXX", temporary);
    if (!mkdtemp(folder))
        return -1;
    *p = (struct place){keep, folder, arena_printf(keep, "%s/book.xlsx", folder)};
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    const char *argv[] = {"rm", "-r", p->folder, NULL};
    struct err err = {0};
    bool removed = child_run(&(struct child){.argv = argv, .seconds = 20}, &err);
    arena_free(p->keep);
    return removed ? 0 : -1;
}

static struct book *open_book(struct place *p, bool constant_memory)
{
    struct err err = {0};
    struct book *b = book_open(p->file, &(struct book_options){.constant_memory = constant_memory},
                               p->keep, &err);
    assert_non_null(b);
    return b;
}

static void close_book(struct book *b)
{
    struct err err = {0};
    bool closed = book_close(b, &err);
    assert_string_equal(err.message, "");
    assert_true(closed);
}

/* Runs the reader in Python; skipped with a word where there is no openpyxl. */
static void assert_readable(const char *file, const char *what)
{
    static const char *const python[] = {"/usr/bin/python3", "python3"};
    struct err err = {0};
    for (size_t i = 0; i < 2; i++) {
        const char *argv[] = {python[i], "tests/workbook_check.py", what, file, NULL};
        err = (struct err){0};
        if (child_run(&(struct child){.argv = argv, .seconds = 60}, &err))
            return;
        if (!strstr(err.message, "status 77") && !strstr(err.message, "cannot be run"))
            fail_msg("%s", err.message);
    }
    print_message("not read back: %s\n", err.message);
}

static void names_of_sheets_are_made_legal(void **state)
{
    struct place *p = *state;
    static const char *const name[][2] = {
        {"Correlations", "Correlations"},
        {"CORRELATIONS", "CORRELATIONS~2"},
        {"a/b\\c[d]e:f*g?", "a_b_c_d_e_f_g_"},
        {"'quoted'", "quoted"},
        {"History", "History~2"},
        {"", "Sheet"},
        {"' '", "Sheet~2"},
        {"tab\tand\nline", "tab and line"},
        {"A name of more than thirty-one characters", "A name of more than thirty-one"},
        {"A name of more than thirty-one characters, other", "A name of more than thirty-on~2"},
        {"STRASSE", "STRASSE"},
        {"straße", "straße~2"},
        {"bad \xff byte", "bad \xef\xbf\xbd byte"},
    };
    struct book *b = open_book(p, false);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        assert_string_equal(book_sheet_name(book_sheet_new(b, name[i][0])), name[i][1]);
    char emoji[20 * 4 + 1] = "", cut[15 * 4 + 1] = "";
    for (size_t i = 0; i < 20; i++)
        memcpy(emoji + 4 * i, "\xf0\x9f\x98\x80", 5);
    memcpy(cut, emoji, sizeof cut - 1);
    assert_string_equal(book_sheet_name(book_sheet_new(b, emoji)), cut);
    close_book(b);
    assert_readable(p->file, "--parts");
}

static void what_no_cell_can_hold_is_repaired(void **state)
{
    struct place *p = *state;
    struct book *b = open_book(p, false);
    struct book_sheet *s = book_sheet_new(b, "Cells");
    char *long_text = arena_alloc(p->keep, 40001, 1);
    memset(long_text, 'x', 40000);
    book_text(s, 0, 0, long_text, NULL);
    book_text(s, 1, 0, "\xc3\x28 \xf0\x28\x8c\xbc", NULL);
    book_text(s, 2, 0, "\x01\x02 control", NULL);
    book_text(s, 3, 0, "=1+1", NULL);
    book_text(s, 4, 0, NULL, NULL);
    book_number(s, 0, 1, NAN, NULL);
    book_number(s, 1, 1, INFINITY, NULL);
    book_number(s, 2, 1, -INFINITY, &(struct book_style){.number = "0.00"});
    book_number(s, 3, 1, -0.0, NULL);
    book_number(s, 4, 1, 1e308, NULL);
    book_day(s, 0, 2, INT32_MAX, NULL);
    book_day(s, 1, 2, INT32_MIN + 1, NULL);
    book_day(s, 2, 2, 0, &(struct book_style){.number = "yyyy-mm-dd"});
    book_formula(s, 0, 3, "=SUBTOTAL(109,B4:B5)", 1e308, NULL);
    struct book_repairs done = book_repairs(b);
    assert_int_equal(done.text_cut, 1);
    assert_int_equal(done.bytes_replaced, 1);
    assert_int_equal(done.not_finite, 2);
    assert_int_equal(book_picture(s, 5, 0, "/nowhere/at.png", 100, "none"), 0);
    assert_int_equal(book_picture(s, 5, 0, "tests/check.h", 100, "no PNG"), 0);
    close_book(b);
    assert_readable(p->file, "--parts");
}

/* Bytes at random as texts, names, headers and titles. */
static void noise_gives_a_readable_file(void **state)
{
    struct place *p = *state;
    gsl_rng *rng = rng_stream(20250601, 7, p->keep);
    for (size_t turn = 0; turn < 4; turn++) {
        struct book *b = open_book(p, turn % 2);
        struct book_sheet *first = book_sheet_new(b, "First");
        for (size_t k = 0; k < 12; k++) {
            char noise[5][24];
            const char *header[3];
            for (size_t i = 0; i < 5; i++) {
                for (size_t j = 0; j < 23; j++)
                    noise[i][j] = (char)(1 + rng_below(rng, 255));
                noise[i][23] = '\0';
            }
            for (size_t i = 0; i < 3; i++)
                header[i] = k % 2 ? noise[0] : noise[i];
            struct book_sheet *s = book_sheet_new(b, noise[0]);
            book_text(s, 0, 0, noise[1], NULL);
            book_link(s, 1, 0, first, noise[2]);
            book_link(first, k, 0, s, noise[3]);
            book_table(s, (struct book_range){2, 0, 4, 2}, arena_printf(p->keep, "t%zu", k), header,
                       NULL);
            book_text(s, 3, 1, noise[4], &(struct book_style){.wrap = true});
        }
        close_book(b);
        assert_readable(p->file, "--parts");
    }
}

static void a_folder_that_is_absent_is_told(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    const char *path = arena_printf(p->keep, "%s/absent/book.xlsx", p->folder);
    assert_null(book_open(path, &(struct book_options){0}, p->keep, &err));
    assert_int_equal(err.code, ERR_FILE);
    assert_non_null(strstr(err.message, path));
}

/* ---- the renderer ---- */

static char *rendered(const struct report *r, const struct render_options *o, size_t *size,
                      struct arena *keep)
{
    char *bytes = NULL;
    struct err err = {0};
    FILE *stream = open_memstream(&bytes, size);
    assert_non_null(stream);
    bool good = renderer_workbook.render(r, o, stream, &err);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(err.message, "");
    assert_true(good);
    char *copy = arena_copy(keep, bytes, *size, 1);
    free(bytes);
    return copy;
}

static void save(const char *path, const char *bytes, size_t size)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
}

static void equal_reports_are_equal_files(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    struct render_options o = {.charts_folder = p->folder};
    const struct report *r = sample_report(3, p->keep);
    size_t n, m;
    if (!charts_write(r, p->folder, true, &err))
        print_message("without pictures: %s\n", err.message);
    char *a = rendered(r, &o, &n, p->keep);
    char *b = rendered(sample_report(3, p->keep), &o, &m, p->keep);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n);
    save(p->file, a, n);
    assert_readable(p->file, "--sample");
}

static void pictures_are_not_needed(void **state)
{
    struct place *p = *state;
    size_t n;
    char *a = rendered(sample_report(30, p->keep), NULL, &n, p->keep);
    save(p->file, a, n);
    assert_readable(p->file, "--sample");
}

static const struct frame *wide_frame(size_t n_rows, struct arena *keep)
{
    struct frame_builder *b = frame_builder_new("big", keep);
    frame_builder_column(b, &(struct column){.name = "key", .type = COLUMN_TEXT});
    for (size_t j = 1; j < 12; j++)
        frame_builder_column(
            b, &(struct column){.name = arena_printf(keep, "x%zu", j), .type = COLUMN_REAL});
    for (size_t i = 0; i < n_rows; i++) {
        frame_put_text(b, 0, arena_printf(keep, "%06zu", i));
        for (size_t j = 1; j < 12; j++)
            frame_put_real(b, j, (double)(i * j) / 7);
        frame_end_row(b);
    }
    return frame_builder_finish(b);
}

/* From half a million cells on rows go straight to the disk, in order. */
static void a_big_table_is_written_in_constant_memory(void **state)
{
    struct place *p = *state;
    size_t n, m;
    struct report r = *sample_report(2, p->keep);
    struct table tables[2] = {
        r.tables[0],
        {.id = "big", .title = "Big", .note = "Many rows.", .frame = wide_frame(45000, p->keep)}};
    if (!getenv("SLOW"))
        skip();
    r.tables = tables;
    char *a = rendered(&r, NULL, &n, p->keep), *b = rendered(&r, NULL, &m, p->keep);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n);
    save(p->file, a, n);
    assert_readable(p->file, "--parts");
}

/* One sheet holds 1,048,576 rows: the rest goes to a second one. */
static void too_many_rows_continue_on_a_second_sheet(void **state)
{
    struct place *p = *state;
    enum { ROWS = 1000001 };
    size_t n;
    if (!getenv("SLOW"))
        skip();
    int64_t *value = ARENA_NEW(p->keep, int64_t, ROWS);
    const struct column column = {
        .name = "x", .label = "X", .type = COLUMN_WHOLE, .as.whole = value};
    const struct frame frame = {.name = "long", .n_rows = ROWS, .n_cols = 1, .cols = &column};
    const struct table table = {.id = "long", .title = "Long", .frame = &frame};
    const struct report r = {.title = "Long", .n_tables = 1, .tables = &table};
    value[ROWS - 1] = 4242;
    char *a = rendered(&r, NULL, &n, p->keep);
    save(p->file, a, n);
    const char *argv[] = {"sh",
                          "-c",
                          "unzip -p \"$1\" xl/workbook.xml | grep -q 'name=\"Long~2\"' && "
                          "unzip -p \"$1\" xl/worksheets/sheet4.xml | grep -q '<v>4242</v>'",
                          "sh",
                          p->file,
                          NULL};
    struct err err = {0};
    bool found = child_run(&(struct child){.argv = argv, .seconds = 60}, &err);
    assert_string_equal(err.message, "");
    assert_true(found);
}

static void assert_part_holds(const char *book, const char *part, const char *text)
{
    const char *argv[] = {
        "sh", "-c", "unzip -p \"$1\" \"$2\" | grep -qF -- \"$3\"", "sh", book, part, text, NULL};
    struct err err = {0};
    if (!child_run(&(struct child){.argv = argv, .seconds = 60}, &err))
        fail_msg("%s lacks %s", part, text);
}

/* 400 rows of three columns: upright, 250 rows on paper, a line that says so, and the chart of
   the sheet on one of its own. */
static void a_long_table_is_printed_in_part(void **state)
{
    struct place *p = *state;
    enum { ROWS = 400 };
    size_t n;
    int64_t *value = ARENA_NEW(p->keep, int64_t, ROWS);
    const struct column column = {
        .name = "x", .label = "X", .type = COLUMN_WHOLE, .as.whole = value};
    const struct frame frame = {.name = "long", .n_rows = ROWS, .n_cols = 1, .cols = &column};
    const struct table table = {.id = "long", .sheet = "Long", .title = "Long", .frame = &frame};
    struct report r = *sample_report(2, p->keep);
    struct chart chart = r.charts[0];
    chart.sheet = "Long";
    r.n_tables = r.n_charts = 1;
    r.tables = &table;
    r.charts = &chart;
    char *a = rendered(&r, NULL, &n, p->keep);
    save(p->file, a, n);
    assert_part_holds(p->file, "xl/workbook.xml", "$254</definedName>");
    assert_part_holds(p->file, "xl/workbook.xml", "Long!$4:$4</definedName>");
    assert_part_holds(p->file, "xl/workbook.xml", "name=\"Long charts\"");
    assert_part_holds(p->file, "xl/sharedStrings.xml", "Printing takes the first 250 of 400 rows");
    assert_part_holds(p->file, "xl/worksheets/sheet3.xml", "orientation=\"portrait\"");
}

static void a_table_of_nothing_and_one_by_its_id(void **state)
{
    struct place *p = *state;
    size_t n, m;
    struct frame_builder *b = frame_builder_new("empty", p->keep);
    frame_builder_column(b, &(struct column){.name = "a", .type = COLUMN_TEXT});
    struct table tables[2] = {{.id = "empty", .frame = frame_builder_finish(b)}};
    struct report r = *sample_report(1, p->keep);
    tables[1] = r.tables[1];
    r.tables = tables;
    r.n_tables = 2;
    char *all = rendered(&r, NULL, &n, p->keep);
    save(p->file, all, n);
    assert_readable(p->file, "--parts");
    char *one = rendered(&r, &(struct render_options){.table = "behaviour"}, &m, p->keep);
    assert_true(m < n);
    save(p->file, one, m);
    assert_readable(p->file, "--parts");
}

static void a_temporary_folder_that_is_absent_is_told(void **state)
{
    struct place *p = *state;
    const char *before = arena_strdup(p->keep, getenv("TMPDIR"));
    struct err err = {0};
    setenv("TMPDIR", "/nowhere", 1);
    bool good = renderer_workbook.render(sample_report(1, p->keep), NULL, stderr, &err);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    assert_false(good);
    assert_int_equal(err.code, ERR_FILE);
    assert_non_null(strstr(err.message, "TMPDIR"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_of_sheets_are_made_legal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_no_cell_can_hold_is_repaired, set_up, tear_down),
        cmocka_unit_test_setup_teardown(noise_gives_a_readable_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_is_absent_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equal_reports_are_equal_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_are_not_needed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_table_is_printed_in_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_of_nothing_and_one_by_its_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_temporary_folder_that_is_absent_is_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_big_table_is_written_in_constant_memory, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(too_many_rows_continue_on_a_second_sheet, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
