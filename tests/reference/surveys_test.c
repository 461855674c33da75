/* SPDX-License-Identifier: GPL-3.0-or-later
   Survey exports, each cell against what R reads in it (scripts/reference/surveys.R). */
#include <string.h>

#include "io/survey/survey.h"
#include "tests/check.h"

#define FOLDER "datasets/formats/"

struct export
{
    const char *file, *format, *delimiter, *encoding, *date;
};

static const struct export exports[] = {
    {"qualtrics/numeric.csv", "qualtrics", ",", NULL, "RecordedDate"},
    {"qualtrics/labelled.csv", "auto", ",", NULL, "RecordedDate"},
    {"qualtrics/numeric.tsv", "qualtrics", "tab", NULL, "RecordedDate"},
    {"qualtrics/saved-by-excel.csv", "qualtrics", ",", "CP1252", "RecordedDate"},
    {"qualtrics/legacy.csv", "qualtrics", ",", NULL, "EndDate"},
    {"qualtrics/numeric.xlsx", "qualtrics", ",", NULL, "RecordedDate"},
    {"surveymonkey/responses.csv", "surveymonkey", ",", NULL, "End Date"},
    {"surveymonkey/anonymous.csv", "auto", ",", NULL, "End Date"},
    {"surveymonkey/saved-by-excel.csv", "surveymonkey", ",", NULL, "End Date"},
    {"surveymonkey/responses.xlsx", "surveymonkey", ",", NULL, "End Date"},
    {"limesurvey/codes.csv", "limesurvey", ",", NULL, "submitdate"},
    {"limesurvey/texts.csv", "auto", ",", NULL, "Date submitted"},
    {"limesurvey/codes-and-texts.csv", "limesurvey", ",", NULL, "submitdate"},
    {"google-forms/responses.csv", "google_forms", ",", NULL, "Timestamp"},
    {"google-forms/german.csv", "auto", ",", NULL, "Zeitstempel"},
    {"google-forms/sheet.xlsx", "google_forms", ",", NULL, "Timestamp"},
};

static size_t n_filled(const struct frame *f)
{
    size_t n = 0;
    for (size_t j = 0; j < f->n_cols; j++)
        for (size_t i = 0; i < f->n_rows; i++)
            n += f->cols[j].as.text[i] != NULL;
    return n;
}

static const char *hex(const char *text, struct arena *keep)
{
    char *out = ARENA_NEW(keep, char, 2 * strlen(text) + 1), *at = out;
    for (; *text; text++, at += 2)
        snprintf(at, 3, "%02x", (unsigned char)*text);
    return out;
}

static size_t assert_cells(const struct export *e, const struct frame *f, const struct reference *r,
                           struct arena *keep)
{
    size_t n = 0;
    for (size_t k = 0; k < r->n_rows; k++) {
        if (strcmp(reference_text(r, k, "file"), e->file) != 0)
            continue;
        const size_t i = (size_t)reference_real(r, k, "row") - 1,
                     j = (size_t)reference_real(r, k, "column") - 1;
        assert_true(i < f->n_rows && j < f->n_cols);
        const char *got = f->cols[j].as.text[i];
        if (!got || strcmp(hex(got, keep), reference_text(r, k, "value")) != 0)
            fail_msg("%s: answer %zu, column %zu: '%s' is not %s in hexadecimal", e->file, i + 1,
                     j + 1, got ? got : "", reference_text(r, k, "value"));
        n++;
    }
    assert_true(n > 0);
    return n;
}

static void cells_are_those_of_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *r = reference_read("tests/reference/surveys.csv", ',', keep);
    size_t n = 0;
    assert_non_null(r);
    for (size_t k = 0; k < sizeof exports / sizeof *exports; k++) {
        const struct export *e = &exports[k];
        struct err err = {0};
        const struct study_survey survey = {.format = e->format,
                                            .delimiter = e->delimiter,
                                            .encoding = e->encoding,
                                            .key = "",
                                            .date = e->date};
        const struct frame *f =
            survey_read(&survey, arena_printf(keep, FOLDER "%s", e->file), NULL, keep, &err);
        assert_string_equal(err.message, "");
        assert_non_null(f);
        const size_t told = assert_cells(e, f, r, keep);
        assert_int_equal(n_filled(f), told);
        n += told;
    }
    assert_int_equal(n, r->n_rows);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_are_those_of_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
