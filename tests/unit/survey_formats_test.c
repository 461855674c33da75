/* SPDX-License-Identifier: GPL-3.0-or-later
   Headers of SurveyMonkey, LimeSurvey and Google Forms: names, labels, aliases, and what is said of
   a file.  The cells below them: tests/reference/surveys_test.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/survey/layout.h"
#include "tests/check.h"
#include "tests/survey_case.h"

/* ---- SurveyMonkey ---- */

static void surveymonkey_columns(void **state)
{
    static const char expected[] =
        "How likely are you to buy again? (1 = not at all, 7 = certainly)|q:1|\n"
        "How satisfied are you with our delivery, all in all?|q:2|How satisfied are you with our "
        "delivery,\nall in all?\n"
        "How likely is it that you would recommend us to a friend?|q:3|\n"
        "Which of these do you use? [Email]|q:4_1|\n"
        "Which of these do you use? [Phone]|q:4_2|\n"
        "Which of these do you use? [Other (please specify)]|q:4_3|\n"
        "How would you rate the following? [Price, value]|q:5_1|\n"
        "How would you rate the following? [Service]|q:5_2|\n"
        "Anything else?|q:6|\n"
        "Anything else? (2)|q:7|Anything else?\n";
    (void)state;
    struct arena *keep = arena_new();
    const char *about =
        "Respondent ID||\nCollector ID||\nStart Date||\nEnd Date||\nIP Address||\nEmail Address||\n"
        "First Name||\nLast Name||\nCustom Data 1||\n";
    const char *const files[] = {"surveymonkey/responses.csv", "surveymonkey/responses.xlsx",
                                 "surveymonkey/saved-by-excel.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct survey_outcome o =
            survey_case_file(files[i], i ? "surveymonkey" : "auto", keep);
        assert_string_equal(o.said.format, "surveymonkey");
        assert_string_equal(survey_case_columns(o.f, keep),
                            arena_printf(keep, "%s%s", about, expected));
        assert_survey_said(
            &o, 0, "1 column is numbered, as it has the name of one before: 'Anything else? (2)'");
        assert_int_equal(o.said.n_remarks, i == 2 ? 2 : 1);
    }
    const struct survey_outcome o = survey_case_file("surveymonkey/anonymous.csv", "auto", keep);
    assert_string_equal(survey_case_columns(o.f, keep),
                        arena_printf(keep,
                                     "Respondent ID||\nCollector ID||\nStart Date||\nEnd Date||\n"
                                     "Custom Data 1||\n%s",
                                     expected));
    arena_free(keep);
}

static void surveymonkey_ids_rounded_by_excel(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_case_of("surveymonkey");
    struct survey_outcome o =
        survey_case_read(SURVEY_FOLDER "surveymonkey/saved-by-excel.csv", &survey, keep);
    assert_survey_said(
        &o, 1,
        "line 4: '1.144E+11' in Respondent ID is what Excel has made of a longer number: "
        "ids and dates of a CSV that was saved in Excel are not what was exported; export "
        "it anew");
    survey.key = "Respondent ID";
    o = survey_case_read(SURVEY_FOLDER "surveymonkey/saved-by-excel.csv", &survey, keep);
    assert_survey_refused(
        &o, 3,
        "4: Respondent ID: '1.144E+11' is what Excel has made of a longer id: its other "
        "digits are lost; export the file anew, and do not save it in Excel before it "
        "is read here");
    o = survey_case_read(SURVEY_FOLDER "surveymonkey/responses.csv", &survey, keep);
    assert_non_null(o.f);
    /* In a plain table likewise; an id may well be 1E5 or E+12. */
    survey = survey_case_of("csv");
    survey.key = "id";
    const char *const fine = "id\n1E5\nE+12\n12E+11\n1.5E-10\n1.E+11\n\"1,5E+1\"\n";
    assert_non_null(survey_case_bytes(fine, strlen(fine), &survey, keep).f);
    const char *const rounded = "id\n1E5\n1E+11\n";
    o = survey_case_bytes(rounded, strlen(rounded), &survey, keep);
    assert_int_equal(err_exit_status(&o.err), 3);
    assert_int_equal(o.err.line, 3);
    arena_free(keep);
}

static void surveymonkey_headers(void **state)
{
    static const struct {
        const char *text, *format, *columns; /* NULL: refused */
    } cases[] = {
        /* An option without a text; a group whose first column has none; "Response" beside one. */
        {"Respondent ID,A,,B,,C,\n,One,,,Two,Response,Other\n1,,,,,,\n", "auto",
         "Respondent ID||\nA [One]|q:1_1|\nA [2]|q:1_2|\nB [1]|q:2_1|\nB [Two]|q:2_2|\nC|q:3_1|\n"
         "C [Other]|q:3_2|\n"},
        /* In another language only where it is declared. */
        {"Befragten-ID,Q\n,Response\n1,2\n", "surveymonkey", "Befragten-ID||\nQ|q:1|\n"},
        {"Befragten-ID,Q\n,Response\n1,2\n", "auto", "Befragten-ID||\nQ||\n"},
        /* ... or where its structure tells: numbers of respondent and collector, options. */
        {"Befragten-ID,Collector-ID,Start,Ende,Welche?,,Gut?\n,,,,Laden,App,Antwort\n"
         "114400000001,431500001,1,2,x,,5\n",
         "auto",
         "Befragten-ID||\nCollector-ID||\nStart||\nEnde||\nWelche? [Laden]|q:1_1|\n"
         "Welche? [App]|q:1_2|\nGut? [Antwort]|q:2|\n"},
        {"Befragten-ID,Collector-ID,Start,Ende,Gut?,Treu?\n,,,,Antwort,Antwort\n"
         "114400000001,431500001,1,2,4,5\n",
         "auto",
         "Befragten-ID||\nCollector-ID||\nStart||\nEnde||\nGut? [Antwort]|q:1|\n"
         "Treu? [Antwort]|q:2|\n"},
        /* Plain tables whose first row has gaps. */
        {"id,no,day,place,q1,q2\n,,,,good,good\n114400000001,17,1,2,good,bad\n", "auto",
         "id||\nno||\nday||\nplace||\nq1||\nq2||\n"},
        {"id,no,day,place,q1,q2\n,,,,4,4\n114400000001,431500001,1,2,4,5\n", "auto",
         "id||\nno||\nday||\nplace||\nq1||\nq2||\n"},
        {"id,no,day,place,q1,q2\n,,,,good,good\n", "auto",
         "id||\nno||\nday||\nplace||\nq1||\nq2||\n"},
        {"id,no,day,place,q1,q2\n,,,,good,good\n114400000001,431500001,1,2,4,5\n,,,,bad,bad\n",
         "auto", "id||\nno||\nday||\nplace||\nq1||\nq2||\n"},
        /* Blanks are blanks, no-break ones too. */
        {"RespondentID,\xc2\xa0 Q\t 1 \n,Open-Ended Response\n1,2\n", "auto",
         "RespondentID||\nQ 1|q:1|Q\t 1\n"},
        /* A plain table of that name. */
        {"Respondent ID,Q\n1,2\n", "auto", "Respondent ID||\nQ||\n"},
        {"Respondent ID,Q\n,2\n", "auto", "Respondent ID||\nQ||\n"},
        {"Respondent ID,Q\n1,2\n", "surveymonkey", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *keep = arena_new();
        const struct survey_outcome o = survey_case_text(cases[i].text, cases[i].format, keep);
        if (cases[i].columns)
            assert_string_equal(survey_case_columns(o.f, keep), cases[i].columns);
        else
            assert_survey_refused(
                &o, 3,
                "2: is no SurveyMonkey export: its second row holds no options "
                "(Response, ...); export all individual responses anew, as CSV or XLSX, "
                "or leave the key format out");
        arena_free(keep);
    }
}

/* ---- LimeSurvey ---- */

static void limesurvey_columns(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct survey_outcome o = survey_case_file("limesurvey/codes.csv", "auto", keep);
    assert_string_equal(o.said.format, "limesurvey");
    assert_survey_column(o.f, "id", NULL, "id"); /* no byte order mark in it */
    assert_survey_column(o.f, "Q02[SQ001]", NULL, "Q02[SQ001]");
    assert_string_equal(frame_column(o.f, "Q03")->as.text[4], "-oth-");
    o = survey_case_file("limesurvey/codes-and-texts.csv", "auto", keep);
    assert_survey_column(o.f, "id", NULL, "Response ID");
    assert_survey_column(o.f, "submitdate", NULL, "Date submitted");
    assert_survey_column(o.f, "Q02[SQ001]", NULL, "Which of these do you use? [Shop]");
    o = survey_case_file("limesurvey/texts.csv", "auto", keep);
    assert_survey_column(o.f, "Which of these do you use? [Shop]", NULL,
                         "Which of these do you use? [Shop]");
    arena_free(keep);
}

/* Headings as texts in other languages; words of two languages are a plain table. */
static void limesurvey_in_other_languages(void **state)
{
    static const struct {
        const char *text, *format, *remark;
    } cases[] = {
        {"Antwort ID,Datum Abgeschickt,Letzte Seite\n1,,2\n", "limesurvey",
         "1 of 1 rows is not finished by Datum Abgeschickt (blank 1): it counts unless the study "
         "says keep: [{column: Datum Abgeschickt, values: [\"*\"]}]"},
        {"ID de la réponse,Date de soumission,Langue de départ\n1,2024-01-01,2\n", "limesurvey",
         NULL},
        {"ID de respuesta,Fecha de envío,Semilla\n1,2024-01-01,2\n", "limesurvey", NULL},
        {"Antwort ID,Date de soumission,Semilla\n1,2024-01-01,2\n", "csv", NULL},
        {"Antwort ID,Datum Abgeschickt\n1,2024-01-01\n", "csv", NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *keep = arena_new();
        const struct survey_outcome o = survey_case_text(cases[i].text, "auto", keep);
        assert_string_equal(o.said.format, cases[i].format);
        assert_int_equal(o.said.n_remarks, cases[i].remark != NULL);
        if (cases[i].remark)
            assert_survey_said(&o, 0, cases[i].remark);
        arena_free(keep);
    }
    assert_true(limesurvey_adds("Letzte Seite"));
    assert_true(limesurvey_adds("Response ID"));
    assert_false(limesurvey_adds("Page"));
}

static void limesurvey_says_what_is_not_finished(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_case_of("limesurvey");
    survey.date = "startdate";
    struct survey_outcome o = survey_case_read(SURVEY_FOLDER "limesurvey/codes.csv", &survey, keep);
    assert_int_equal(o.said.n_remarks, 1);
    assert_survey_said(
        &o, 0,
        "2 of 12 rows are not finished by submitdate (blank 2): they count unless the "
        "study says keep: [{column: submitdate, values: [\"*\"]}]");
    survey.date = "submitdate"; /* then the join leaves them out, and counts them */
    o = survey_case_read(SURVEY_FOLDER "limesurvey/codes.csv", &survey, keep);
    assert_int_equal(o.said.n_remarks, 0);
    o = survey_case_text("\"id\",\"submitdate\",\"lastpage\",\"startlanguage\"\n\"1\",\"1980-01-01 "
                         "00:00:00\",\"2\",\"en\"\n\"2\",\"\",\"1\",\"en\"\n",
                         "limesurvey", keep);
    assert_int_equal(o.said.n_remarks, 2);
    assert_survey_said(
        &o, 0,
        "submitdate is 1980-01-01 in all rows: this survey stores no dates, and the day of "
        "an answer is not known");
    arena_free(keep);
}

static void limesurvey_refused(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct survey_outcome o = survey_case_text("id,Q1\n1,2\n", "limesurvey", keep);
    assert_survey_refused(&o, 3,
                          "1: is no LimeSurvey export: its first row names neither submitdate nor "
                          "lastpage; export the responses anew with question codes as headings, or "
                          "declare format: csv");
    assert_string_equal(survey_case_text("id,seed\n1,2\n", "auto", keep).said.format, "csv");
    assert_string_equal(survey_case_text("id,seed\n1,2\n", "limesurvey", keep).said.format,
                        "limesurvey");
    arena_free(keep);
}

/* ---- Google Forms ---- */

static void google_forms_columns(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *const files[] = {"google-forms/responses.csv", "google-forms/german.csv",
                                 "google-forms/sheet.xlsx"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct survey_outcome o = survey_case_file(files[i], "auto", keep);
        assert_string_equal(o.said.format, "google_forms");
        assert_survey_column(o.f, "Customer number", NULL,
                             "Customer number"); /* a blank behind it */
        assert_survey_column(o.f, "How satisfied are you? [Delivery]", NULL,
                             "How satisfied are you? [Delivery]");
        assert_string_equal(frame_column(o.f, "Anything else? (2)")->as.text[1], "second");
        assert_non_null(frame_column(o.f, "Email Address2"));
        assert_string_equal(frame_column(o.f, "Where do you buy?")->as.text[0],
                            "Shop, Phone, e-mail or post");
        assert_int_equal(o.said.n_remarks, 1);
    }
    arena_free(keep);
}

static void google_forms_told(void **state)
{
    static const struct {
        const char *text, *declared, *format; /* NULL: refused */
    } cases[] = {
        {"Timestamp,a,a\n2026/09/27 3:00:00 PM GMT+3,1,2\n", "auto", "google_forms"},
        {"タイムスタンプ,a,a\n2026/09/27 15:00:00,1,2\n", "auto", "google_forms"},
        {"Aikaleima,a,a\n27.9.2026 klo 15.00,1,2\n", "auto", NULL}, /* two columns of one name */
        {"Aikaleima,a,a\n27.9.2026 15:00:00,1,2\n", "google_forms", "google_forms"},
        {"Timestamp,a\n1695816000,1\n", "auto", "csv"}, /* of some other program */
        {"day,a\n2026-09-27,1\n", "google_forms", NULL},
        {"Timestamp,a\n", "auto", "google_forms"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *keep = arena_new();
        const struct survey_outcome o = survey_case_text(cases[i].text, cases[i].declared, keep);
        assert_int_equal(o.f != NULL, cases[i].format != NULL);
        if (o.f)
            assert_string_equal(o.said.format, cases[i].format);
        else
            assert_int_equal(err_exit_status(&o.err), 3);
        arena_free(keep);
    }
}

/* ---- any of them ---- */

/* Excel marks the delimiter for itself. */
static void a_mark_for_excel(void **state)
{
    static const struct {
        const char *text, *delimiter, *columns;
        size_t n_remarks;
    } cases[] = {
        {"sep=;\r\nid;b\r\n1;2,5\r\n", ",", "id||\nb||\n", 1},
        {"sep=;\r\nid;b\r\n1;2,5\r\n", ";", "id||\nb||\n", 0},
        {"\xef\xbb\xbfsep=,\nid,b\n1,2\n", ",", "id||\nb||\n", 0},
        {"sep=\t\nid\tb\n1\t2\n", ",", "id||\nb||\n", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *keep = arena_new();
        struct study_survey survey = survey_case_of("auto");
        survey.delimiter = cases[i].delimiter;
        const struct survey_outcome o =
            survey_case_bytes(cases[i].text, strlen(cases[i].text), &survey, keep);
        assert_string_equal(survey_case_columns(o.f, keep), cases[i].columns);
        assert_int_equal(o.said.n_remarks, cases[i].n_remarks);
        if (i == 0)
            assert_survey_said(&o, 0,
                               "line 1, sep=;, is taken for the delimiter: ',' is not in use here");
        arena_free(keep);
    }
}

static void saved_again_by_excel(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_case_of("qualtrics");
    survey.encoding = "CP1252";
    const struct survey_outcome o =
        survey_case_read(SURVEY_FOLDER "qualtrics/saved-by-excel.csv", &survey, keep);
    assert_survey_column(o.f, "Q13_1", "qid:QID20_3",
                         "Wie zufrieden sind Sie mit … - den Produkten");
    assert_string_equal(frame_column(o.f, "RecordedDate")->as.text[0], "05.05.2024 15:00");
    assert_int_equal(o.f->line[0], 6);
    arena_free(keep);
}

static void promises_about_the_file(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct survey_outcome o = survey_case_file("qualtrics/numeric.csv", "xlsx", keep);
    assert_survey_refused(
        &o, 3, " is no Excel workbook (.xlsx); declare format: csv, or leave the key out");
    o = survey_case_file("qualtrics/numeric.xlsx", "csv", keep);
    assert_survey_refused(&o, 3,
                          " is an Excel workbook; declare format: xlsx, or leave the key out");
    o = survey_case_file("qualtrics/numeric.xlsx", "xlsx",
                         keep); /* of what program is told from it */
    assert_string_equal(o.said.format, "qualtrics");
    o = survey_case_file("limesurvey/codes.csv", "surveymonkey", keep);
    assert_int_equal(err_exit_status(&o.err), 3);
    o = survey_case_file("google-forms/german.csv", "csv", keep);
    assert_int_equal(err_exit_status(&o.err), 3); /* two columns of one name */
    o = survey_case_file("absent.csv", "qualtrics", keep);
    assert_int_equal(err_exit_status(&o.err), 1);
    struct study_survey survey = survey_case_of("auto");
    survey.sheet = "Answers";
    o = survey_case_read(SURVEY_FOLDER "qualtrics/numeric.csv", &survey, keep);
    assert_int_equal(err_exit_status(&o.err), 2);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surveymonkey_columns),
        cmocka_unit_test(surveymonkey_ids_rounded_by_excel),
        cmocka_unit_test(surveymonkey_headers),
        cmocka_unit_test(limesurvey_columns),
        cmocka_unit_test(limesurvey_says_what_is_not_finished),
        cmocka_unit_test(limesurvey_in_other_languages),
        cmocka_unit_test(limesurvey_refused),
        cmocka_unit_test(google_forms_columns),
        cmocka_unit_test(google_forms_told),
        cmocka_unit_test(a_mark_for_excel),
        cmocka_unit_test(saved_again_by_excel),
        cmocka_unit_test(promises_about_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
