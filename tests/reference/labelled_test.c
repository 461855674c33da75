/* SPDX-License-Identifier: GPL-3.0-or-later
   Files of SPSS, Stata and SAS cell by cell against what R's haven reads in them:
   scripts/reference/labelled.R. */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/csv/csv.h"
#include "io/labelled/labelled.h"

#define FOLDER "tests/reference/labelled/"

struct fixture {
    struct arena *keep;
    const struct frame *cells, *labels, *variables;
};

static const char *cell(const struct frame *f, const char *column, size_t row)
{
    const char *text = frame_column(f, column)->as.text[row];
    return text ? text : "";
}

static const struct frame *table(const char *name, struct arena *keep)
{
    struct err err = {0};
    struct csv_dialect plain = {0};
    return csv_read(arena_printf(keep, FOLDER "%s", name), &plain, keep, &err);
}

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct fixture *fx = ARENA_NEW(keep, struct fixture, 1);
    *fx = (struct fixture){.keep = keep,
                           .cells = table("cells.csv", keep),
                           .labels = table("labels.csv", keep),
                           .variables = table("variables.csv", keep)};
    *state = fx;
    return fx->cells && fx->labels && fx->variables ? 0 : -1;
}

static int tear_down(void **state)
{
    arena_free(((struct fixture *)*state)->keep);
    return 0;
}

static const char *const files[] = {"survey.sav", "survey_raw.sav", "survey.zsav",
                                    "survey.dta", "survey_old.dta", "survey.sas7bdat"};

static const struct labelled *read_file(const char *name, struct arena *keep)
{
    struct err err = {0};
    const struct labelled *l =
        labelled_read(arena_printf(keep, FOLDER "%s", name), NULL, NULL, keep, &err);
    if (!l)
        fail_msg("%s", err.message);
    return l;
}

static size_t place(const struct labelled *l, const char *name)
{
    for (size_t j = 0; j < l->frame->n_cols; j++)
        if (strcmp(l->frame->cols[j].name, name) == 0)
            return j;
    fail_msg("no variable %s", name);
    return 0;
}

/* Equal as texts, or as numbers to the last bit. */
static void assert_same(const char *got, const char *want, bool number)
{
    assert_non_null(got);
    if (number)
        assert_true(strtod(got, NULL) == strtod(want, NULL));
    else
        assert_string_equal(got, want);
}

static bool is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return *text && !*end;
}

static void check_cell(const struct labelled *l, const struct frame *want, size_t i)
{
    size_t j = place(l, cell(want, "variable", i)),
           row = strtoul(cell(want, "row", i), NULL, 10) - 1;
    const struct column *c = &l->frame->cols[j];
    const char *kind = cell(want, "kind", i), *value = cell(want, "value", i);
    uint8_t why = c->missing ? c->missing[row] : MISSING_NOT;
    if (strcmp(kind, "code") == 0) {
        assert_int_equal(why, MISSING_CODE);
        assert_null(c->as.text[row]);
        assert_same(l->variables[j].code[row], value, is_number(value));
    } else if (strcmp(kind, "missing") == 0) {
        assert_int_equal(why, MISSING_BLANK);
        assert_null(c->as.text[row]);
    } else {
        assert_int_equal(why, MISSING_NOT);
        assert_same(c->as.text[row], value, strcmp(kind, "number") == 0);
    }
}

static void every_cell_is_as_haven_reads_it(void **state)
{
    struct fixture *fx = *state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        const struct labelled *l = read_file(files[f], fx->keep);
        size_t compared = 0;
        for (size_t i = 0; i < fx->cells->n_rows; i++)
            if (strcmp(cell(fx->cells, "file", i), files[f]) == 0) {
                check_cell(l, fx->cells, i);
                compared++;
            }
        assert_int_equal(compared, l->frame->n_rows * l->frame->n_cols);
    }
}

static void labels_are_as_haven_reads_them(void **state)
{
    struct fixture *fx = *state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        const struct labelled *l = read_file(files[f], fx->keep);
        size_t given = 0, wanted = 0;
        size_t *next = ARENA_NEW(fx->keep, size_t, l->frame->n_cols);
        for (size_t j = 0; j < l->frame->n_cols; j++)
            given += l->variables[j].n_labels;
        for (size_t i = 0; i < fx->labels->n_rows; i++) {
            if (strcmp(cell(fx->labels, "file", i), files[f]) != 0)
                continue;
            size_t j = place(l, cell(fx->labels, "variable", i));
            const struct labelled_label *label = &l->variables[j].labels[next[j]++];
            assert_string_equal(label->value, cell(fx->labels, "value", i));
            assert_string_equal(label->label, cell(fx->labels, "label", i));
            assert_int_equal(label->missing, cell(fx->labels, "missing", i)[0] == '1');
            wanted++;
        }
        assert_int_equal(given, wanted);
    }
}

static void variables_are_as_haven_reads_them(void **state)
{
    struct fixture *fx = *state;
    for (size_t i = 0; i < fx->variables->n_rows; i++) {
        const struct labelled *l = read_file(cell(fx->variables, "file", i), fx->keep);
        const struct labelled_variable *v =
            &l->variables[place(l, cell(fx->variables, "variable", i))];
        assert_string_equal(v->label, cell(fx->variables, "label", i));
        assert_string_equal(v->format, cell(fx->variables, "format", i));
    }
}

/* Levels are the labelled answers, without the codes for no answer. */
static void levels_leave_out_what_is_missing(void **state)
{
    struct fixture *fx = *state;
    const struct labelled *l = read_file("survey.sav", fx->keep);
    const struct levels *levels = l->frame->cols[place(l, "intent")].levels;
    assert_int_equal(levels->n, 2);
    assert_string_equal(levels->name[1], "7");
    assert_string_equal(levels->label[1], "very likely");
    assert_null(l->frame->cols[place(l, "income")].levels);
    assert_int_equal(l->frame->line[9], 10);
}

/* The note of row 7, "ä ö ü ß €", read as if it were of another encoding, and as one in which
   its bytes are no letters. */
static void encoding_can_be_declared(void **state)
{
    struct fixture *fx = *state;
    struct err err = {0};
    const struct labelled *l =
        labelled_read(FOLDER "survey.sav", "spss", "ISO-8859-1", fx->keep, &err);
    assert_non_null(l);
    assert_string_equal(l->encoding, "ISO-8859-1");
    assert_memory_equal(l->frame->cols[place(l, "note")].as.text[6], "Ã", 2);
    assert_null(labelled_read(FOLDER "survey.sav", NULL, "ASCII", fx->keep, &err));
    assert_int_equal(err.code, ERR_VALUE);
    assert_non_null(strstr(err.message, "no letters of ASCII"));
    err = (struct err){0};
    assert_null(labelled_read(FOLDER "survey.sav", NULL, "KLINGON", fx->keep, &err));
    assert_non_null(strstr(err.message, "'KLINGON' is not an encoding known here"));
}

static void another_program_is_refused(void **state)
{
    struct fixture *fx = *state;
    struct err err = {0};
    assert_null(labelled_read(FOLDER "survey.dta", "spss", NULL, fx->keep, &err));
    assert_int_equal(err.code, ERR_SYNTAX);
    err = (struct err){0};
    assert_null(labelled_read(FOLDER "cells.csv", NULL, NULL, fx->keep, &err));
    assert_int_equal(err_exit_status(&err), 3);
    err = (struct err){0};
    assert_null(labelled_read(FOLDER "absent.sav", NULL, NULL, fx->keep, &err));
    assert_int_equal(err.code, ERR_FILE);
    err = (struct err){0};
    assert_null(labelled_read("/dev/null", NULL, NULL, fx->keep, &err));
    assert_int_equal(err.code, ERR_FILE);
    assert_false(labelled_begins(FOLDER "cells.csv"));
    assert_true(labelled_begins(FOLDER "survey.sas7bdat"));
}

/* A copy of a file with some bytes changed, all places; its path. */
static const char *changed_copy(const char *name, const char *from, const char *to,
                                struct arena *keep)
{
    char bytes[1 << 15];
    const size_t length = strlen(from);
    FILE *in = fopen(arena_printf(keep, FOLDER "%s", name), "rb");
    assert_non_null(in);
    const size_t n = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    for (size_t i = 0; i + length <= n; i++)
        if (memcmp(bytes + i, from, length) == 0)
            memcpy(bytes + i, to, length);
    char *path = arena_strdup(keep, "/tmp/saydo-labelled-XXXXXX");
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    close(fd);
    return path;
}

/* The note of row 7, "ä ö ü ß €", with two bytes that are no letters of UTF-8: an error, or by
   their numbers and told. */
static void bytes_that_are_no_letters_are_told(void **state)
{
    struct fixture *fx = *state;
    struct err err = {0};
    const char *remark = NULL;
    const char *path =
        changed_copy("survey_raw.sav", "\xc3\xa4 \xc3\xb6", "\xfc\xa4 \xc3\xb6", fx->keep);
    assert_null(labelled_read(path, NULL, NULL, fx->keep, &err));
    assert_int_equal(err.code, ERR_VALUE);
    assert_non_null(strstr(err.message, ":7: note: "));
    err = (struct err){0};
    const struct labelled *l = labelled_read_replacing(path, NULL, NULL, &remark, fx->keep, &err);
    assert_non_null(l);
    assert_string_equal(l->frame->cols[place(l, "note")].as.text[6], "<fc><a4> ö ü ß €");
    assert_string_equal(remark,
                        "2 bytes are no letters of UTF-8 (case 7, note the first) and stand "
                        "as <fc>: declare the file's true encoding, for example encoding: "
                        "CP1252");
    /* With an encoding declared there is nothing to replace, or it is the wrong one. */
    assert_non_null(labelled_read_replacing(path, NULL, "CP1252", &remark, fx->keep, &err));
    assert_null(remark);
    assert_null(labelled_read_replacing(path, NULL, "ASCII", &remark, fx->keep, &err));
    assert_non_null(strstr(err.message, "no letters of ASCII"));
    unlink(path);
}

/* Written by PSPP (scripts/reference/labelled.sps), whose table of characters gives most digits a
   second meaning. */
static void portable_files_of_pspp_are_read(void **state)
{
    struct fixture *fx = *state;
    static const char *const want[4][5] = {
        {"C-0012", "7", "1.5", "2024-02-29", "cost < 1,50"},
        {"C-0345", "1", "-0.125", "2024-03-01", "a+b = 2 (x)"},
        {"C-6789", NULL, "123456.789", "2023-12-31", NULL},
        {"c-0001", "4", "0", "2024-01-01", "z_9/8;7:6"},
    };
    struct err err = {0};
    const char *remark = NULL;
    const struct labelled *l =
        labelled_read_replacing(FOLDER "pspp.por", "spss", NULL, &remark, fx->keep, &err);
    assert_non_null(l);
    assert_int_equal(l->frame->n_rows, 4);
    assert_int_equal(l->frame->n_cols, 5);
    for (size_t j = 0; j < 5; j++)
        for (size_t i = 0; i < 4; i++) {
            const char *got = l->frame->cols[j].as.text[i];
            assert_true(want[i][j] ? got && strcmp(got, want[i][j]) == 0 : !got);
        }
    assert_string_equal(l->variables[1].label, "How likely? 0123456789");
    assert_string_equal(l->variables[1].code[2], "98");
    assert_int_equal(l->variables[1].n_labels, 3);
    assert_string_equal(l->variables[1].labels[2].label, "don't know");
    assert_non_null(strstr(remark, "4 bytes are no letters of the file's table of characters (a "
                                   "text of the variable or part 'SCORE' the first)"));
}

/* An answer, or an id, with letters that the file cannot tell is not guessed. */
static void portable_files_lose_no_letters_of_cells(void **state)
{
    struct fixture *fx = *state;
    struct err err = {0};
    const char *remark = NULL;
    assert_null(
        labelled_read_replacing(FOLDER "pspp_letters.por", NULL, NULL, &remark, fx->keep, &err));
    assert_int_equal(err.code, ERR_VALUE);
    assert_non_null(strstr(err.message, "por:1: TOWN: "));
    assert_non_null(strstr(err.mend, "save it as .sav"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_haven_reads_it),
        cmocka_unit_test(labels_are_as_haven_reads_them),
        cmocka_unit_test(variables_are_as_haven_reads_them),
        cmocka_unit_test(levels_leave_out_what_is_missing),
        cmocka_unit_test(encoding_can_be_declared),
        cmocka_unit_test(another_program_is_refused),
        cmocka_unit_test(bytes_that_are_no_letters_are_told),
        cmocka_unit_test(portable_files_of_pspp_are_read),
        cmocka_unit_test(portable_files_lose_no_letters_of_cells),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
