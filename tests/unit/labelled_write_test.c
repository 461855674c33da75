/* SPDX-License-Identifier: GPL-3.0-or-later
   What is written as .sav and .dta is read back: values, labels, reasons, names. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/labelled/labelled.h"
#include "io/labelled/names.h"
#include "io/report.h"

enum { LONG_TEXT = 3000 };

static size_t add(struct frame_builder *b, const char *name, enum column_type type,
                  enum measure measure, const struct levels *levels)
{
    return frame_builder_column(b, &(struct column){.name = name,
                                                    .label = "Größe \"in\" m²",
                                                    .type = type,
                                                    .measure = measure,
                                                    .levels = levels});
}

static const struct levels codes = {3, (const char *const[]){"1", "7", "-1000"},
                                    (const char *const[]){"nie", "immer", "tief"}};
static const struct levels words = {2, (const char *const[]){"ok", "no variation"}, NULL};

/* Names that no program takes as they are, and one of each kind of column. */
static const struct frame *made_up(const char *long_text, struct arena *keep)
{
    struct frame_builder *b = frame_builder_new("study", keep);
    add(b, "key", COLUMN_TEXT, MEASURE_NOMINAL, NULL);
    add(b, "größe.1", COLUMN_REAL, MEASURE_SCALE, NULL);
    add(b, "GRÖSSE_1", COLUMN_REAL, MEASURE_ORDINAL, &codes);
    add(b, "1st day", COLUMN_DAY, MEASURE_SCALE, NULL);
    add(b, "with", COLUMN_FACTOR, MEASURE_NOMINAL, &words);
    add(b, "segment", COLUMN_TEXT, MEASURE_ORDINAL, &codes);
    add(b, "count", COLUMN_WHOLE, MEASURE_SCALE, NULL);
    add(b, "big", COLUMN_WHOLE, MEASURE_SCALE, NULL);
    add(b, "note", COLUMN_TEXT, MEASURE_NOMINAL, NULL);
    for (int i = 0; i < 6; i++) {
        frame_put_text(b, 0, i == 0 ? "0000123" : "K-9 ä");
        frame_put_real(b, 1, i == 1 ? 1e-300 : 1.0 / 3 * i);
        if (i >= MISSING_CODE)
            frame_put_missing(b, 2, (enum missing)i);
        else
            frame_put_real(b, 2, i ? 7 : -1000);
        if (i != 1)
            frame_put_day(b, 3, 19783 + i);
        frame_put_level(b, 4, i % 2);
        frame_put_text(b, 5, i % 2 ? "7" : "1");
        frame_put_whole(b, 6, i - 2);
        frame_put_whole(b, 7, INT64_MAX - i);
        frame_put_text(b, 8, i == 3 ? long_text : "line\nline");
        frame_end_row(b);
    }
    return frame_builder_finish(b);
}

static const struct labelled *through(const struct renderer *renderer, const struct frame *f,
                                      struct arena *keep)
{
    struct err err = {0};
    struct table table = {.id = "study", .title = "A table", .frame = f};
    struct report report = {.n_tables = 1, .tables = &table};
    struct render_options options = {0};
    char path[] = "/tmp/saydo-labelled-XXXXXX";
    int fd = mkstemp(path);
    FILE *stream = fdopen(fd, "wb");
    if (!renderer->render(&report, &options, stream, &err))
        fail_msg("%s", err.message);
    fclose(stream);
    const struct labelled *l = labelled_read(path, NULL, NULL, keep, &err);
    unlink(path);
    if (!l)
        fail_msg("%s", err.message);
    return l;
}

static char *text_of(size_t n, struct arena *keep)
{
    char *text = ARENA_NEW(keep, char, n + 1);
    memset(text, 'x', n);
    return text;
}

/* Stata sorts its labels. */
static const char *label_for(const struct column *c, const char *value)
{
    for (size_t k = 0; k < c->levels->n; k++)
        if (strcmp(c->levels->name[k], value) == 0)
            return c->levels->label[k];
    return "(none)";
}

static void check_values(const struct labelled *l, const struct frame *f)
{
    assert_int_equal(l->frame->n_rows, f->n_rows);
    assert_int_equal(l->frame->n_cols, f->n_cols);
    assert_string_equal(l->title, "A table");
    const struct column *c = l->frame->cols;
    for (size_t i = 0; i < f->n_rows; i++) {
        assert_string_equal(c[0].as.text[i], f->cols[0].as.text[i]);
        assert_true(strtod(c[1].as.text[i], NULL) == f->cols[1].as.real[i]);
        assert_string_equal(c[4].as.text[i], i % 2 ? "2" : "1");
        assert_string_equal(c[5].as.text[i], i % 2 ? "7" : "1");
        assert_int_equal(strtol(c[6].as.text[i], NULL, 10), (long)i - 2);
        assert_int_equal(strtoll(c[7].as.text[i], NULL, 10), INT64_MAX - (int64_t)i);
        assert_string_equal(c[8].as.text[i], f->cols[8].as.text[i]);
        assert_string_equal(c[i].label, "Größe \"in\" m²");
    }
    assert_string_equal(c[2].as.text[0], "-1000");
    assert_string_equal(c[3].as.text[0], "2024-03-01");
    assert_null(c[3].as.text[1]);
    assert_int_equal(c[3].missing[1], MISSING_BLANK);
    assert_int_equal(l->variables[3].values, LABELLED_DAY);
    assert_string_equal(label_for(&c[4], "2"), "no variation");
    assert_string_equal(label_for(&c[5], "7"), "immer");
    assert_string_equal(label_for(&c[5], "-1000"), "tief");
}

/* Each reason as it is called. */
static void check_reasons(const struct labelled *l, const char *const codes_of[MISSING_N])
{
    const struct labelled_variable *v = &l->variables[2];
    for (size_t i = MISSING_CODE; i < MISSING_N; i++) {
        assert_int_equal(l->frame->cols[2].missing[i], MISSING_CODE);
        assert_string_equal(v->code[i], codes_of[i]);
        bool told = false;
        for (size_t k = 0; k < v->n_labels; k++)
            told |= strcmp(v->labels[k].value, codes_of[i]) == 0 && v->labels[k].missing &&
                    strcmp(v->labels[k].label, missing_word((enum missing)i)) == 0;
        assert_true(told);
    }
}

/* The column holds -1000, so the codes stand below -9000. */
static void spss_gives_back_what_was_written(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct frame *f = made_up(text_of(LONG_TEXT, keep), keep);
    const struct labelled *l = through(&renderer_sav, f, keep);
    static const char *const names[] = {"key",     "große.1", "GROSSE_1", "v_1st_day", "with_",
                                        "segment", "count",   "big",      "note"};
    check_values(l, f);
    check_reasons(l, (const char *const[]){NULL, NULL, "-9002", "-9003", "-9004", "-9005"});
    for (size_t j = 2; j < f->n_cols; j++)
        assert_string_equal(l->frame->cols[j].name, names[j]);
    assert_int_equal(l->frame->cols[2].measure, MEASURE_ORDINAL);
    assert_int_equal(l->frame->cols[1].measure, MEASURE_SCALE);
    assert_int_equal(l->frame->cols[0].measure, MEASURE_NOMINAL);
    assert_string_equal(l->variables[0].format, "A7");
    assert_true(l->n_notes >= 3);
    arena_free(keep);
}

static void stata_gives_back_what_was_written(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct frame *f = made_up(text_of(LONG_TEXT, keep), keep);
    const struct labelled *l = through(&renderer_dta, f, keep);
    check_values(l, f);
    check_reasons(l, (const char *const[]){NULL, NULL, ".a", ".b", ".c", ".d"});
    assert_string_equal(l->frame->cols[3].name, "v_1st_day");
    assert_string_equal(l->encoding, "UTF-8");
    arena_free(keep);
}

static void spss_refuses_a_text_that_it_cannot_hold(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    struct table table = {.id = "study", .frame = made_up(text_of(40000, keep), keep)};
    struct report report = {.n_tables = 1, .tables = &table};
    struct render_options options = {0};
    FILE *stream = tmpfile();
    assert_false(renderer_sav.render(&report, &options, stream, &err));
    assert_string_equal(err.message, "note: holds a text of 40000 bytes; SPSS holds 32767 at most; "
                                     "write it as .csv or .dta");
    fclose(stream);
    arena_free(keep);
}

static void names_are_valid_and_different(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct frame_builder *b = frame_builder_new("names", keep);
    const char *many = text_of(80, keep);
    static const char *const given[] = {"a.b",  "A_B",   "é",  "e",   "E",
                                        "日本", "str12", "_x", "ALL", "x."};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add(b, given[i], COLUMN_REAL, MEASURE_SCALE, NULL);
    add(b, many, COLUMN_REAL, MEASURE_SCALE, NULL);
    add(b, arena_printf(keep, "%sy", many), COLUMN_REAL, MEASURE_SCALE, NULL);
    const struct frame *f = frame_builder_finish(b);
    const char *const *stata = names_for(f, &names_of_stata, keep);
    const char *const *spss = names_for(f, &names_of_spss, keep);
    static const char *const want_stata[] = {"a_b",  "A_B_2",  "e",    "e_2", "E_3",
                                             "v___", "str12_", "v__x", "ALL", "x_"};
    static const char *const want_spss[] = {"a.b",  "A_B",    "e",    "e_2",  "E_3",
                                            "v___", "str12_", "v__x", "ALL_", "x_"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        assert_string_equal(stata[i], want_stata[i]);
        assert_string_equal(spss[i], want_spss[i]);
    }
    assert_int_equal(strlen(stata[10]), 32);
    assert_int_equal(strlen(stata[11]), 32);
    assert_string_equal(stata[11] + 30, "_2");
    assert_int_equal(strlen(spss[11]), 64);
    arena_free(keep);
}

/* ---- codes for no answer, each by itself ---- */

static const struct levels told = {2, (const char *const[]){"98", "-99"},
                                   (const char *const[]){"don't know", "refused"}};

/* Answers 1 to 7, then a row for each code. */
static const struct frame *answered(const char *const code[], size_t n, struct arena *keep)
{
    struct frame_builder *b = frame_builder_new("study", keep);
    frame_builder_column(b, &(struct column){.name = "intent",
                                             .type = COLUMN_REAL,
                                             .measure = MEASURE_ORDINAL,
                                             .levels = &codes,
                                             .missing_labels = &told});
    for (int i = 1; i <= 7; i++) {
        frame_put_real(b, 0, i);
        frame_end_row(b);
    }
    for (size_t k = 0; k < n; k++) {
        frame_put_code(b, 0, code[k]);
        frame_end_row(b);
    }
    return frame_builder_finish(b);
}

static const char *label_in(const struct labelled_variable *v, const char *value)
{
    for (size_t k = 0; k < v->n_labels; k++)
        if (strcmp(v->labels[k].value, value) == 0)
            return v->labels[k].label;
    return "(none)";
}

struct kept_codes {
    size_t n;
    const char *code[6], *spss[6], *label[6], *stata[6];
    size_t n_ranges; /* of SPSS */
};

static const struct kept_codes kept[] = {
    {2, {"98", "-99"}, {"98", "-99"}, {"don't know", "refused"}, {".b", ".a"}, 2},
    /* a word is a number below, with itself as the label */
    {3,
     {"98", "k.A.", "-99"},
     {"98", "-902", "-99"},
     {"don't know", "k.A.", "refused"},
     {".c", ".a", ".b"},
     3},
    {2, {"k.A.", "weiß nicht"}, {"-902", "-906"}, {"k.A.", "weiß nicht"}, {".b", ".a"}, 2},
    /* more than three: a range, and one on the other side */
    {5,
     {"96", "97", "98", "99", "-99"},
     {"96", "97", "98", "99", "-99"},
     {"declared missing code 96", "declared missing code 97", "don't know",
      "declared missing code 99", "refused"},
     {".b", ".c", ".d", ".e", ".a"},
     2},
    {4,
     {"-1", "-2", "-3", "-4"},
     {"-1", "-2", "-3", "-4"},
     {"declared missing code -1", "declared missing code -2", "declared missing code -3",
      "declared missing code -4"},
     {".d", ".c", ".b", ".a"},
     1},
    /* what SPSS cannot be told, and what would be an answer, is one reason */
    {4,
     {"-1", "-2", "98", "99"},
     {"-902", "-902", "-902", "-902"},
     {"declared missing code", "declared missing code", "declared missing code",
      "declared missing code"},
     {".a", ".a", ".a", ".a"},
     1},
    {2,
     {"3", "98"},
     {"-902", "-902"},
     {"declared missing code", "declared missing code"},
     {".a", ".a"},
     1},
    {2,
     {"98", "98.0"},
     {"-902", "-902"},
     {"declared missing code", "declared missing code"},
     {".a", ".a"},
     1},
};

static void codes_for_no_answer_are_kept(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t c = 0; c < sizeof kept / sizeof *kept; c++) {
        const struct kept_codes *want = &kept[c];
        const struct frame *f = answered(want->code, want->n, keep);
        const struct labelled *sav = through(&renderer_sav, f, keep);
        const struct labelled *dta = through(&renderer_dta, f, keep);
        assert_int_equal(sav->variables[0].n_ranges, want->n_ranges);
        for (int i = 0; i < 7; i++) {
            assert_int_equal(strtol(sav->frame->cols[0].as.text[i], NULL, 10), i + 1);
            assert_int_equal(strtol(dta->frame->cols[0].as.text[i], NULL, 10), i + 1);
        }
        for (size_t k = 0; k < want->n; k++) {
            assert_string_equal(sav->variables[0].code[7 + k], want->spss[k]);
            assert_string_equal(dta->variables[0].code[7 + k], want->stata[k]);
            assert_string_equal(label_in(&sav->variables[0], want->spss[k]), want->label[k]);
        }
        assert_string_equal(label_in(&sav->variables[0], "7"), "immer");
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spss_gives_back_what_was_written),
        cmocka_unit_test(stata_gives_back_what_was_written),
        cmocka_unit_test(spss_refuses_a_text_that_it_cannot_hold),
        cmocka_unit_test(names_are_valid_and_different),
        cmocka_unit_test(codes_for_no_answer_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
