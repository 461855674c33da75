/* SPDX-License-Identifier: GPL-3.0-or-later
   The headers of Qualtrics: names, labels, aliases, what is said of a file, and hostile ones.
   The cells below them: tests/reference/surveys_test.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"
#include "tests/survey_case.h"

/* ---- Qualtrics ---- */

static void qualtrics_columns(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct survey_outcome o = survey_case_file("qualtrics/numeric.csv", "auto", keep);
    assert_true(o.f->n_cols == 29 && o.f->n_rows == 14);
    assert_string_equal(o.said.format, "qualtrics");
    assert_string_equal(o.said.time_zone, "America/Denver");
    assert_survey_column(o.f, "ResponseId", "qid:_recordId", "Antwort-ID");
    assert_survey_column(o.f, "ExternalReference", "qid:externalDataReference",
                         "Externe Datenreferenz");
    assert_survey_column(o.f, "Q1", "qid:QID1",
                         "Wie wahrscheinlich ist es, dass Sie wieder\nbei uns kaufen?");
    /* A recoded matrix: the header says 1, 2, 3. */
    assert_survey_column(o.f, "Q13_1", "qid:QID20_3",
                         "Wie zufrieden sind Sie mit … - den Produkten");
    assert_survey_column(o.f, "Q13_3", "qid:QID20_9", "Wie zufrieden sind Sie mit … - dem Service");
    /* Several columns of one ImportId, told apart by the choice. */
    assert_survey_column(o.f, "Q5_3", "qid:QID5_3",
                         "Wo kaufen Sie ein? - Selected Choice - Telefon, E-Mail oder Post");
    assert_survey_column(o.f, "Q2", "qid:QID2_TEXT", "Was sollen wir besser machen?");
    assert_survey_column(o.f, "segment", "qid:segment", "segment");
    assert_true(o.f->line[0] == 5 && o.f->line[3] == 8 && o.f->line[4] == 10); /* an answer of 2 */
    arena_free(keep);
}

static void qualtrics_groups_are_no_scores(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct frame *f = survey_case_file("qualtrics/numeric.csv", "auto", keep).f;
    const struct column *score = frame_column(f, "Q3.13");
    assert_ptr_equal(survey_score_of(f, frame_column(f, "Q3.13_NPS_GROUP")), score);
    assert_null(survey_score_of(f, score));
    assert_null(survey_score_of(f, frame_column(f, "Q1")));
    /* The owner has given both columns other names. */
    f = survey_case_text(
            "how,who\nScore,Group\n\"{\"\"ImportId\"\":\"\"QID3\"\"}\",\"{\"\"ImportId\"\":"
            "\"\"QID3_NPS_GROUP\"\"}\"\n9,Promoter\n",
            "auto", keep)
            .f;
    assert_ptr_equal(survey_score_of(f, frame_column(f, "who")), frame_column(f, "how"));
    arena_free(keep);
}

static void qualtrics_says_who_is_no_respondent(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct survey_outcome o = survey_case_file("qualtrics/numeric.csv", "qualtrics", keep);
    assert_int_equal(o.said.n_remarks, 2);
    assert_survey_said(
        &o, 0,
        "2 of 14 rows are previews, tests, imports or spam by Status ('1' 1, '8' 1): they "
        "count unless the study says keep: [{column: Status, values: [\"0\", \"IP "
        "Address\"]}]");
    assert_survey_said(
        &o, 1,
        "1 of 14 rows is not finished by Finished ('0' 1): it counts unless the study "
        "says keep: [{column: Finished, values: [\"1\", \"True\"]}]");
    o = survey_case_file("qualtrics/labelled.csv", "qualtrics", keep);
    assert_int_equal(o.said.n_remarks, 2);
    assert_non_null(strstr(o.said.remarks[0], "('Survey Preview' 1, 'Spam' 1)"));
    assert_non_null(strstr(o.said.remarks[1], "('False' 1)"));
    const char *zero[] = {"0"};
    struct study_filter filters[] = {{.column = "qid:status", .values = {1, zero}},
                                     {.column = "Finished", .values = {1, zero}}};
    struct study_survey survey = survey_case_of("qualtrics");
    survey.n_keep = 2;
    survey.keep = filters;
    o = survey_case_read(SURVEY_FOLDER "qualtrics/numeric.csv", &survey, keep);
    assert_int_equal(o.said.n_remarks, 0);
    arena_free(keep);
}

static void assert_same(const struct frame *a, const struct frame *b, struct arena *keep)
{
    assert_true(a->n_rows == b->n_rows && a->n_cols == b->n_cols);
    assert_string_equal(survey_case_columns(a, keep), survey_case_columns(b, keep));
    for (size_t j = 0; j < a->n_cols; j++)
        for (size_t i = 0; i < a->n_rows; i++) {
            const char *s = a->cols[j].as.text[i], *t = b->cols[j].as.text[i];
            assert_string_equal(s ? s : "(blank)", t ? t : "(blank)");
        }
}

static void qualtrics_is_the_same_however_written(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct frame *numeric = survey_case_file("qualtrics/numeric.csv", "qualtrics", keep).f;
    assert_same(survey_case_file("qualtrics/undoubled.csv", "auto", keep).f, numeric, keep);
    struct study_survey survey = survey_case_of("auto");
    survey.delimiter = "tab";
    assert_same(survey_case_read(SURVEY_FOLDER "qualtrics/numeric.tsv", &survey, keep).f, numeric,
                keep);
    arena_free(keep);
}

/* The third row as other programs have left it. */
static void import_ids_are_read_however_quoted(void **state)
{
    static const struct {
        const char *cell, *alias;
    } ids[] = {
        {"\"{\"\"ImportId\"\":\"\"QID1\"\"}\"", "qid:QID1"},
        {"\"{ \"\"ImportId\"\" : \"\"QID1\"\" , \"\"choiceId\"\":4}\"", "qid:QID1_4"},
        {"\"{\"\"choiceId\"\":\"\"4\"\",\"\"ImportId\"\":\"\"QID1_4\"\"}\"", "qid:QID1_4"},
        {"{\"ImportId\":\"QID1\"}", "qid:QID1"},
        {"{'ImportId': 'QID1'}", "qid:QID1"},
        {"{'ImportId':'QID1','choiceId':'2'}", "qid:QID1_2"},
        {"{ImportId:QID1}", "qid:QID1"},
        {"{ImportId: 1_QID5 }", "qid:1_QID5"},
        {"{“ImportId”:“QID1”}", "qid:QID1"},
        {"\"{\\\"\"ImportId\\\"\":\\\"\"QID1\\\"\"}\"", "qid:QID1"}, /* escaped twice */
        {"\"{\"\"ImportId\"\":\"\"Gr\\u00f6\\u00dfe\"\"}\"", "qid:Größe"},
        {"", NULL}, /* a column that somebody has added */
    };
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct arena *keep = arena_new();
        const struct survey_outcome o = survey_case_text(
            arena_printf(keep, "id,Q1\nId,One\n{\"ImportId\":\"_recordId\"},%s\nR_1,7\n",
                         ids[i].cell),
            "qualtrics", keep);
        if (!o.f || o.f->n_cols != 2)
            fail_msg("%s: %s", ids[i].cell, o.err.message);
        if (ids[i].alias)
            assert_string_equal(o.f->cols[1].alias, ids[i].alias);
        else
            assert_null(o.f->cols[1].alias);
        assert_string_equal(o.f->cols[1].as.text[0], "7");
        arena_free(keep);
    }
}

/* Nobody could tell which of them is meant. */
static void an_alias_stands_once(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct survey_outcome o =
        survey_case_text("a,b,a\nA,B,C\n{ImportId:QID1},{ImportId:QID1},{ImportId:"
                         "QID2}\n1,2,3\n",
                         "auto", keep);
    assert_string_equal(survey_case_columns(o.f, keep), "a||A\nb||B\na (2)|qid:QID2|C\n");
    assert_int_equal(o.said.n_remarks, 1);
    assert_survey_said(&o, 0, "1 column is numbered, as it has the name of one before: 'a (2)'");
    arena_free(keep);
}

#define IDS "{ImportId:startDate},{ImportId:_recordId},{ImportId:QID1}\n"

static void qualtrics_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"a,b\n1,2\n3,4\n", "3: is no Qualtrics export: its third row holds no ImportId; export it "
                            "anew as CSV, or declare format: csv"},
        {"a,b\n1,2\n", " is no Qualtrics export: its third row holds no ImportId; export it "
                       "anew as CSV, or declare format: csv"},
        {"a,b\nA,B\n{ImportId:QID1},1\n3,4\n",
         "3: is no Qualtrics export: its third row holds no ImportId; export it anew as CSV, or "
         "declare format: csv"},
        {"StartDate,ResponseId,Q1\nStart Date,Response ID,One\n2024-05-06,R_1,7\n",
         "3: begins as a Qualtrics export, but the third row of its header, that of ImportIds, is "
         "not there; export it anew, as CSV or TSV (Excel exports lack that row), or delete the "
         "row of question texts and declare format: csv"},
        {"StartDate,ResponseId,Q1\nStart Date,Response ID,One\n{ImportId:startDate},{ImportId:"
         "_recordId}\n2024-05-06,R_1,7\n",
         "3: this row of the header has 2 fields, the first 3; export the file anew: its header "
         "is cut or shifted"},
        {"StartDate,ResponseId,Q1\nStart Date,Response ID\n" IDS "2024-05-06,R_1,7\n",
         "2: this row of the header has 2 fields, the first 3; export the file anew: its header "
         "is cut or shifted"},
        {"StartDate,ResponseId,Q1\nStart Date,Response ID,One\n{ImportId:startDate},{ImportId:"
         "_recordId},{ImportId:QI",
         "3: Q1: '{ImportId:QI' is no ImportId; export the file anew"},
        {"StartDate,ResponseId,Q1\nStart Date,Response ID,One\n\"{\"\"ImportId\"\":\"\"startDat",
         "3: StartDate: a quote opens here and is never closed; close it, or double the quotes "
         "that are text"},
        {"StartDate,ResponseId,Q1\nStart Date,Response ID,One\n{ImportId:},{ImportId:_recordId},"
         "{ImportId:QID1}\n",
         "3: StartDate: '{ImportId:}' is no ImportId; export the file anew"},
        {"StartDate,,Q1\nStart Date,Response ID,One\n" IDS,
         "1: column 2 of the header has no name; name it"},
        {"StartDate,ResponseId,Q1\na,b,c\n" IDS "2024-05-06,R_1\n",
         "4: the record has 2 fields, the header 3; complete the record, or delete it"},
        {"a;b\nA;B\n{ImportId:QID1};{ImportId:QID2}\n",
         "1: 'a;b' is the only column of the header; declare delimiter: \";\" in the study, or "
         "save the file with commas"},
        {"", " is empty; export it again"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *keep = arena_new();
        const struct survey_outcome o = survey_case_text(cases[i].text, "qualtrics", keep);
        if (o.f)
            fail_msg("%s", cases[i].text);
        assert_survey_refused(&o, 3, cases[i].message);
        arena_free(keep);
    }
}

/* Without the third row, a plain table is no longer read by mistake; with neither second nor third
   it is one. */
static void qualtrics_without_import_ids(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct survey_outcome o =
        survey_case_text("StartDate,ResponseId\nStart Date,Response ID\n", "auto", keep);
    assert_int_equal(err_exit_status(&o.err), 3);
    assert_non_null(strstr(o.err.message, "that of ImportIds, is not there"));
    o = survey_case_text("StartDate,ResponseId\n2024-05-06 10:00:00,R_1\n", "auto", keep);
    assert_non_null(o.f);
    assert_string_equal(o.said.format, "csv");
    arena_free(keep);
}

static void qualtrics_legacy(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct survey_outcome o = survey_case_file("qualtrics/legacy.csv", "qualtrics", keep);
    assert_true(o.f->n_cols == 15 && o.f->n_rows == 11);
    assert_string_equal(o.said.format, "qualtrics");
    assert_null(o.said.time_zone);
    assert_survey_column(o.f, "ResponseID", "V1", "ResponseID");
    assert_survey_column(o.f, "ExternalDataReference", "V4", "ExternalDataReference");
    assert_survey_column(o.f, "Q1", NULL, "How likely are you to buy again?");
    assert_survey_column(o.f, "Q2", NULL, "What can we do better,\nif anything?");
    assert_string_equal(frame_column(o.f, "ResponseID")->as.text[0], "R_0OLD01");
    assert_int_equal(o.said.n_remarks, 1);
    assert_non_null(strstr(o.said.remarks[0], "not finished by Finished ('0' 1)"));
    arena_free(keep);
}

static void qualtrics_workbook(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_case_of("qualtrics");
    survey.key = "qid:externalDataReference";
    survey.date = "qid:recordedDate";
    const struct survey_outcome o =
        survey_case_read(SURVEY_FOLDER "qualtrics/numeric.xlsx", &survey, keep);
    assert_true(o.said.days_are_iso);
    assert_survey_column(o.f, "Q13_1", "qid:QID20_3",
                         "Wie zufrieden sind Sie mit … - den Produkten");
    assert_string_equal(frame_column(o.f, survey.key)->as.text[1], "0001047");
    assert_int_equal(o.f->line[0], 4);
    assert_int_equal(o.said.n_remarks, 4);
    assert_survey_said(
        &o, 0,
        "1 hidden row is read like the others (row 6 the first): if a filter hides answers "
        "that shall not count, delete them, or say so with keep:");
    assert_survey_said(&o, 1,
                       "1 cell holds an error such as #N/A (AB17 the first): they are missing");
    assert_int_equal(frame_column(o.f, "Q2")->missing[13], MISSING_UNDEFINED);
    arena_free(keep);
}

/* ---- hostile ---- */

static void twenty_thousand_columns(void **state)
{
    enum { N = 20000, ROOM = 64 };
    (void)state;
    struct arena *keep = arena_new();
    char *text = ARENA_NEW(keep, char, 3 * N * ROOM), *at = text;
    for (int row = 0; row < 4; row++)
        for (int j = 0; j < N; j++)
            at += row == 2 ? snprintf(at, ROOM, "{ImportId:QID%d}%c", j, j + 1 < N ? ',' : '\n')
                           : snprintf(at, ROOM, "Q%c", j + 1 < N ? ',' : '\n');
    const struct survey_outcome o = survey_case_text(text, "auto", keep);
    assert_non_null(o.f);
    assert_int_equal(o.f->n_cols, N);
    assert_string_equal(o.f->cols[N - 1].name, "Q (20000)");
    assert_string_equal(frame_column(o.f, "qid:QID19999")->name, "Q (20000)");
    assert_survey_said(
        &o, 0,
        "19999 columns are numbered, as they have the name of one before: 'Q (2)', 'Q "
        "(3)', 'Q (4)', 'Q (5)', 'Q (6)', ...");
    arena_free(keep);
}

static void a_megabyte_of_json(void **state)
{
    enum { N = 1 << 20 };
    (void)state;
    struct arena *keep = arena_new();
    char *long_one = ARENA_NEW(keep, char, N + 1), *nested = ARENA_NEW(keep, char, N + 1);
    memset(long_one, 'x', N);
    memset(nested, '[', N);
    const char *const ids[] = {
        arena_printf(keep, "{\"ImportId\":\"%s\"}", long_one),
        arena_printf(keep, "{\"ImportId\":%s}", nested),
        arena_printf(keep, "{ImportId:QID1 %s", nested),
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const struct survey_outcome o =
            survey_case_text(arena_printf(keep, "Q1\nOne\n%s\n7\n", ids[i]), "auto", keep);
        assert_null(o.f);
        assert_int_equal(err_exit_status(&o.err), 3);
        assert_non_null(strstr(o.err.message, "3: Q1: '{"));
        assert_non_null(strstr(o.err.message, "is no ImportId; export the file anew"));
    }
    arena_free(keep);
}

/* A row of braces that nothing closes is not put together for ever. */
static void braces_that_nothing_closes(void **state)
{
    enum { N = 20000, ROOM = 32 };
    (void)state;
    struct arena *keep = arena_new();
    char *text = ARENA_NEW(keep, char, 3 * N * ROOM), *at = text;
    for (int row = 0; row < 3; row++)
        for (int j = 0; j < N; j++)
            at += snprintf(at, ROOM, "%s%c", row == 2 ? j ? "x" : "{ImportId" : "Q",
                           j + 1 < N ? ',' : '\n');
    const struct survey_outcome o = survey_case_text(text, "qualtrics", keep);
    assert_survey_refused(
        &o, 3,
        "3: is no Qualtrics export: its third row holds no ImportId; export it anew as "
        "CSV, or declare format: csv");
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qualtrics_columns),
        cmocka_unit_test(qualtrics_groups_are_no_scores),
        cmocka_unit_test(qualtrics_says_who_is_no_respondent),
        cmocka_unit_test(qualtrics_is_the_same_however_written),
        cmocka_unit_test(import_ids_are_read_however_quoted),
        cmocka_unit_test(an_alias_stands_once),
        cmocka_unit_test(qualtrics_refused),
        cmocka_unit_test(qualtrics_without_import_ids),
        cmocka_unit_test(qualtrics_legacy),
        cmocka_unit_test(qualtrics_workbook),
        cmocka_unit_test(twenty_thousand_columns),
        cmocka_unit_test(a_megabyte_of_json),
        cmocka_unit_test(braces_that_nothing_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
