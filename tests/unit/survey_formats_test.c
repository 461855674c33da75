/* SPDX-License-Identifier: GPL-3.0-or-later
   Headers of survey programs: names, labels, aliases, and what is said of a file.  The cells below
   them: tests/reference/surveys_test.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/survey.h"
#include "tests/check.h"

#define FOLDER "datasets/formats/"

/* What came of a file. */
struct outcome {
    const struct frame *f;
    struct survey_said said;
    struct err err;
};

static struct outcome read_as(const char *path, const struct study_survey *survey,
                              struct arena *keep)
{
    struct outcome o = {0};
    o.f = survey_read(survey, path, &o.said, keep, &o.err);
    assert_true((o.f == NULL) == (o.err.code != ERR_NONE));
    return o;
}

static struct study_survey survey_of(const char *format)
{
    return (struct study_survey){.format = format, .delimiter = ",", .key = "", .date = ""};
}

static struct outcome read_file(const char *name, const char *format, struct arena *keep)
{
    const struct study_survey survey = survey_of(format);
    return read_as(arena_printf(keep, FOLDER "%s", name), &survey, keep);
}

static struct outcome read_bytes(const char *bytes, size_t n, const struct study_survey *survey,
                                 struct arena *keep)
{
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(keep, "%s/saydo-survey-XXXXXX", folder ? folder : "/tmp");
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
    const struct outcome o = read_as(path, survey, keep);
    unlink(path);
    return o;
}

static struct outcome read_text(const char *text, const char *format, struct arena *keep)
{
    const struct study_survey survey = survey_of(format);
    return read_bytes(text, strlen(text), &survey, keep);
}

/* "name|alias|label", a line for each column; a label that is the name is left out. */
static const char *columns(const struct frame *f, struct arena *keep)
{
    const char *text = "";
    for (size_t j = 0; f && j < f->n_cols; j++) {
        const struct column *c = &f->cols[j];
        text = arena_printf(keep, "%s%s|%s|%s\n", text, c->name, c->alias ? c->alias : "",
                            strcmp(c->name, c->label) == 0 ? "" : c->label);
    }
    return text;
}

static void assert_column(const struct frame *f, const char *name, const char *alias,
                          const char *label)
{
    const struct column *c = frame_column(f, name);
    assert_non_null(c);
    assert_string_equal(c->name, name);
    assert_string_equal(c->label, label);
    if (!alias) {
        assert_null(c->alias);
        return;
    }
    assert_string_equal(c->alias, alias);
    assert_ptr_equal(frame_column(f, alias), c);
}

/* Files in a temporary folder have no name worth telling. */
static void assert_refused(const struct outcome *o, int status, const char *line_and_message)
{
    assert_null(o->f);
    assert_int_equal(err_exit_status(&o->err), status);
    const char *behind = strchr(o->err.message, ':');
    assert_non_null(behind);
    assert_string_equal(behind + 1, line_and_message);
}

/* What is said, behind the name of the file. */
static void assert_said(const struct outcome *o, size_t i, const char *remark)
{
    assert_true(i < o->said.n_remarks);
    assert_string_equal(strstr(o->said.remarks[i], ": ") + 2, remark);
}

/* ---- Qualtrics ---- */

static void qualtrics_columns(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct outcome o = read_file("qualtrics/numeric.csv", "auto", keep);
    assert_true(o.f->n_cols == 29 && o.f->n_rows == 14);
    assert_string_equal(o.said.format, "qualtrics");
    assert_string_equal(o.said.time_zone, "America/Denver");
    assert_column(o.f, "ResponseId", "qid:_recordId", "Antwort-ID");
    assert_column(o.f, "ExternalReference", "qid:externalDataReference", "Externe Datenreferenz");
    assert_column(o.f, "Q1", "qid:QID1",
                  "Wie wahrscheinlich ist es, dass Sie wieder\nbei uns kaufen?");
    /* A recoded matrix: the header says 1, 2, 3. */
    assert_column(o.f, "Q13_1", "qid:QID20_3", "Wie zufrieden sind Sie mit … - den Produkten");
    assert_column(o.f, "Q13_3", "qid:QID20_9", "Wie zufrieden sind Sie mit … - dem Service");
    /* Several columns of one ImportId, told apart by the choice. */
    assert_column(o.f, "Q5_3", "qid:QID5_3",
                  "Wo kaufen Sie ein? - Selected Choice - Telefon, E-Mail oder Post");
    assert_column(o.f, "Q2", "qid:QID2_TEXT", "Was sollen wir besser machen?");
    assert_column(o.f, "segment", "qid:segment", "segment");
    assert_true(o.f->line[0] == 5 && o.f->line[3] == 8 && o.f->line[4] == 10); /* an answer of 2 */
    arena_free(keep);
}

static void qualtrics_groups_are_no_scores(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct frame *f = read_file("qualtrics/numeric.csv", "auto", keep).f;
    const struct column *score = frame_column(f, "Q3.13");
    assert_ptr_equal(survey_score_of(f, frame_column(f, "Q3.13_NPS_GROUP")), score);
    assert_null(survey_score_of(f, score));
    assert_null(survey_score_of(f, frame_column(f, "Q1")));
    /* The owner has given both columns other names. */
    f = read_text("how,who\nScore,Group\n\"{\"\"ImportId\"\":\"\"QID3\"\"}\",\"{\"\"ImportId\"\":"
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
    struct outcome o = read_file("qualtrics/numeric.csv", "qualtrics", keep);
    assert_int_equal(o.said.n_remarks, 2);
    assert_said(&o, 0,
                "2 of 14 rows are previews, tests, imports or spam by Status ('1' 1, '8' 1): they "
                "count unless the study says keep: [{column: Status, values: [\"0\", \"IP "
                "Address\"]}]");
    assert_said(&o, 1,
                "1 of 14 rows is not finished by Finished ('0' 1): it counts unless the study "
                "says keep: [{column: Finished, values: [\"1\", \"True\"]}]");
    o = read_file("qualtrics/labelled.csv", "qualtrics", keep);
    assert_int_equal(o.said.n_remarks, 2);
    assert_non_null(strstr(o.said.remarks[0], "('Survey Preview' 1, 'Spam' 1)"));
    assert_non_null(strstr(o.said.remarks[1], "('False' 1)"));
    const char *zero[] = {"0"};
    struct study_filter filters[] = {{.column = "qid:status", .values = {1, zero}},
                                     {.column = "Finished", .values = {1, zero}}};
    struct study_survey survey = survey_of("qualtrics");
    survey.n_keep = 2;
    survey.keep = filters;
    o = read_as(FOLDER "qualtrics/numeric.csv", &survey, keep);
    assert_int_equal(o.said.n_remarks, 0);
    arena_free(keep);
}

static void assert_same(const struct frame *a, const struct frame *b, struct arena *keep)
{
    assert_true(a->n_rows == b->n_rows && a->n_cols == b->n_cols);
    assert_string_equal(columns(a, keep), columns(b, keep));
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
    const struct frame *numeric = read_file("qualtrics/numeric.csv", "qualtrics", keep).f;
    assert_same(read_file("qualtrics/undoubled.csv", "auto", keep).f, numeric, keep);
    struct study_survey survey = survey_of("auto");
    survey.delimiter = "tab";
    assert_same(read_as(FOLDER "qualtrics/numeric.tsv", &survey, keep).f, numeric, keep);
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
        const struct outcome o =
            read_text(arena_printf(keep, "id,Q1\nId,One\n{\"ImportId\":\"_recordId\"},%s\nR_1,7\n",
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
    const struct outcome o = read_text("a,b,a\nA,B,C\n{ImportId:QID1},{ImportId:QID1},{ImportId:"
                                       "QID2}\n1,2,3\n",
                                       "auto", keep);
    assert_string_equal(columns(o.f, keep), "a||A\nb||B\na (2)|qid:QID2|C\n");
    assert_int_equal(o.said.n_remarks, 1);
    assert_said(&o, 0, "1 column is numbered, as it has the name of one before: 'a (2)'");
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
        const struct outcome o = read_text(cases[i].text, "qualtrics", keep);
        if (o.f)
            fail_msg("%s", cases[i].text);
        assert_refused(&o, 3, cases[i].message);
        arena_free(keep);
    }
}

/* Without the third row, a plain table is no longer read by mistake; with neither second nor third
   it is one. */
static void qualtrics_without_import_ids(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct outcome o = read_text("StartDate,ResponseId\nStart Date,Response ID\n", "auto", keep);
    assert_int_equal(err_exit_status(&o.err), 3);
    assert_non_null(strstr(o.err.message, "that of ImportIds, is not there"));
    o = read_text("StartDate,ResponseId\n2024-05-06 10:00:00,R_1\n", "auto", keep);
    assert_non_null(o.f);
    assert_string_equal(o.said.format, "csv");
    arena_free(keep);
}

static void qualtrics_legacy(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct outcome o = read_file("qualtrics/legacy.csv", "qualtrics", keep);
    assert_true(o.f->n_cols == 15 && o.f->n_rows == 11);
    assert_string_equal(o.said.format, "qualtrics");
    assert_null(o.said.time_zone);
    assert_column(o.f, "ResponseID", "V1", "ResponseID");
    assert_column(o.f, "ExternalDataReference", "V4", "ExternalDataReference");
    assert_column(o.f, "Q1", NULL, "How likely are you to buy again?");
    assert_column(o.f, "Q2", NULL, "What can we do better,\nif anything?");
    assert_string_equal(frame_column(o.f, "ResponseID")->as.text[0], "R_0OLD01");
    assert_int_equal(o.said.n_remarks, 1);
    assert_non_null(strstr(o.said.remarks[0], "not finished by Finished ('0' 1)"));
    arena_free(keep);
}

static void qualtrics_workbook(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_of("qualtrics");
    survey.key = "qid:externalDataReference";
    survey.date = "qid:recordedDate";
    const struct outcome o = read_as(FOLDER "qualtrics/numeric.xlsx", &survey, keep);
    assert_true(o.said.days_are_iso);
    assert_column(o.f, "Q13_1", "qid:QID20_3", "Wie zufrieden sind Sie mit … - den Produkten");
    assert_string_equal(frame_column(o.f, survey.key)->as.text[1], "0001047");
    assert_int_equal(o.f->line[0], 4);
    assert_int_equal(o.said.n_remarks, 4);
    assert_said(&o, 0,
                "1 hidden row is read like the others (row 6 the first): if a filter hides answers "
                "that shall not count, delete them, or say so with keep:");
    assert_said(&o, 1, "1 cell holds an error such as #N/A (AB17 the first): they are missing");
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
    const struct outcome o = read_text(text, "auto", keep);
    assert_non_null(o.f);
    assert_int_equal(o.f->n_cols, N);
    assert_string_equal(o.f->cols[N - 1].name, "Q (20000)");
    assert_string_equal(frame_column(o.f, "qid:QID19999")->name, "Q (20000)");
    assert_said(&o, 0,
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
        const struct outcome o =
            read_text(arena_printf(keep, "Q1\nOne\n%s\n7\n", ids[i]), "auto", keep);
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
    const struct outcome o = read_text(text, "qualtrics", keep);
    assert_refused(&o, 3,
                   "3: is no Qualtrics export: its third row holds no ImportId; export it anew as "
                   "CSV, or declare format: csv");
    arena_free(keep);
}

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
        const struct outcome o = read_file(files[i], i ? "surveymonkey" : "auto", keep);
        assert_string_equal(o.said.format, "surveymonkey");
        assert_string_equal(columns(o.f, keep), arena_printf(keep, "%s%s", about, expected));
        assert_said(&o, 0,
                    "1 column is numbered, as it has the name of one before: 'Anything else? (2)'");
        assert_int_equal(o.said.n_remarks, i == 2 ? 2 : 1);
    }
    const struct outcome o = read_file("surveymonkey/anonymous.csv", "auto", keep);
    assert_string_equal(columns(o.f, keep),
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
    struct study_survey survey = survey_of("surveymonkey");
    struct outcome o = read_as(FOLDER "surveymonkey/saved-by-excel.csv", &survey, keep);
    assert_said(&o, 1,
                "line 4: '1.144E+11' in Respondent ID is what Excel has made of a longer number: "
                "ids and dates of a CSV that was saved in Excel are not what was exported; export "
                "it anew");
    survey.key = "Respondent ID";
    o = read_as(FOLDER "surveymonkey/saved-by-excel.csv", &survey, keep);
    assert_refused(&o, 3,
                   "4: Respondent ID: '1.144E+11' is what Excel has made of a longer id: its other "
                   "digits are lost; export the file anew, and do not save it in Excel before it "
                   "is read here");
    o = read_as(FOLDER "surveymonkey/responses.csv", &survey, keep);
    assert_non_null(o.f);
    /* In a plain table likewise; an id may well be 1E5 or E+12. */
    survey = survey_of("csv");
    survey.key = "id";
    const char *const fine = "id\n1E5\nE+12\n12E+11\n1.5E-10\n1.E+11\n\"1,5E+1\"\n";
    assert_non_null(read_bytes(fine, strlen(fine), &survey, keep).f);
    const char *const rounded = "id\n1E5\n1E+11\n";
    o = read_bytes(rounded, strlen(rounded), &survey, keep);
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
        const struct outcome o = read_text(cases[i].text, cases[i].format, keep);
        if (cases[i].columns)
            assert_string_equal(columns(o.f, keep), cases[i].columns);
        else
            assert_refused(&o, 3,
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
    struct outcome o = read_file("limesurvey/codes.csv", "auto", keep);
    assert_string_equal(o.said.format, "limesurvey");
    assert_column(o.f, "id", NULL, "id"); /* no byte order mark in it */
    assert_column(o.f, "Q02[SQ001]", NULL, "Q02[SQ001]");
    assert_string_equal(frame_column(o.f, "Q03")->as.text[4], "-oth-");
    o = read_file("limesurvey/codes-and-texts.csv", "auto", keep);
    assert_column(o.f, "id", NULL, "Response ID");
    assert_column(o.f, "submitdate", NULL, "Date submitted");
    assert_column(o.f, "Q02[SQ001]", NULL, "Which of these do you use? [Shop]");
    o = read_file("limesurvey/texts.csv", "auto", keep);
    assert_column(o.f, "Which of these do you use? [Shop]", NULL,
                  "Which of these do you use? [Shop]");
    arena_free(keep);
}

static void limesurvey_says_what_is_not_finished(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_of("limesurvey");
    survey.date = "startdate";
    struct outcome o = read_as(FOLDER "limesurvey/codes.csv", &survey, keep);
    assert_int_equal(o.said.n_remarks, 1);
    assert_said(&o, 0,
                "2 of 12 rows are not finished by submitdate (blank 2): they count unless the "
                "study says keep: [{column: submitdate, values: [\"*\"]}]");
    survey.date = "submitdate"; /* then the join leaves them out, and counts them */
    o = read_as(FOLDER "limesurvey/codes.csv", &survey, keep);
    assert_int_equal(o.said.n_remarks, 0);
    o = read_text("\"id\",\"submitdate\",\"lastpage\",\"startlanguage\"\n\"1\",\"1980-01-01 "
                  "00:00:00\",\"2\",\"en\"\n\"2\",\"\",\"1\",\"en\"\n",
                  "limesurvey", keep);
    assert_int_equal(o.said.n_remarks, 2);
    assert_said(&o, 0,
                "submitdate is 1980-01-01 in all rows: this survey stores no dates, and the day of "
                "an answer is not known");
    arena_free(keep);
}

static void limesurvey_refused(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct outcome o = read_text("id,Q1\n1,2\n", "limesurvey", keep);
    assert_refused(&o, 3,
                   "1: is no LimeSurvey export: its first row names neither submitdate nor "
                   "lastpage; export the responses anew with question codes as headings, or "
                   "declare format: csv");
    assert_string_equal(read_text("id,seed\n1,2\n", "auto", keep).said.format, "csv");
    assert_string_equal(read_text("id,seed\n1,2\n", "limesurvey", keep).said.format, "limesurvey");
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
        const struct outcome o = read_file(files[i], "auto", keep);
        assert_string_equal(o.said.format, "google_forms");
        assert_column(o.f, "Customer number", NULL, "Customer number"); /* a blank behind it */
        assert_column(o.f, "How satisfied are you? [Delivery]", NULL,
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
        const struct outcome o = read_text(cases[i].text, cases[i].declared, keep);
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
        struct study_survey survey = survey_of("auto");
        survey.delimiter = cases[i].delimiter;
        const struct outcome o = read_bytes(cases[i].text, strlen(cases[i].text), &survey, keep);
        assert_string_equal(columns(o.f, keep), cases[i].columns);
        assert_int_equal(o.said.n_remarks, cases[i].n_remarks);
        if (i == 0)
            assert_said(&o, 0, "line 1, sep=;, is taken for the delimiter: ',' is not in use here");
        arena_free(keep);
    }
}

static void saved_again_by_excel(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct study_survey survey = survey_of("qualtrics");
    survey.encoding = "CP1252";
    const struct outcome o = read_as(FOLDER "qualtrics/saved-by-excel.csv", &survey, keep);
    assert_column(o.f, "Q13_1", "qid:QID20_3", "Wie zufrieden sind Sie mit … - den Produkten");
    assert_string_equal(frame_column(o.f, "RecordedDate")->as.text[0], "05.05.2024 15:00");
    assert_int_equal(o.f->line[0], 6);
    arena_free(keep);
}

static void promises_about_the_file(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct outcome o = read_file("qualtrics/numeric.csv", "xlsx", keep);
    assert_refused(&o, 3,
                   " is no Excel workbook (.xlsx); declare format: csv, or leave the key out");
    o = read_file("qualtrics/numeric.xlsx", "csv", keep);
    assert_refused(&o, 3, " is an Excel workbook; declare format: xlsx, or leave the key out");
    o = read_file("qualtrics/numeric.xlsx", "xlsx", keep); /* of what program is told from it */
    assert_string_equal(o.said.format, "qualtrics");
    o = read_file("limesurvey/codes.csv", "surveymonkey", keep);
    assert_int_equal(err_exit_status(&o.err), 3);
    o = read_file("google-forms/german.csv", "csv", keep);
    assert_int_equal(err_exit_status(&o.err), 3); /* two columns of one name */
    o = read_file("absent.csv", "qualtrics", keep);
    assert_int_equal(err_exit_status(&o.err), 1);
    struct study_survey survey = survey_of("auto");
    survey.sheet = "Answers";
    o = read_as(FOLDER "qualtrics/numeric.csv", &survey, keep);
    assert_int_equal(err_exit_status(&o.err), 2);
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
        cmocka_unit_test(surveymonkey_columns),
        cmocka_unit_test(surveymonkey_ids_rounded_by_excel),
        cmocka_unit_test(surveymonkey_headers),
        cmocka_unit_test(limesurvey_columns),
        cmocka_unit_test(limesurvey_says_what_is_not_finished),
        cmocka_unit_test(limesurvey_refused),
        cmocka_unit_test(google_forms_columns),
        cmocka_unit_test(google_forms_told),
        cmocka_unit_test(a_mark_for_excel),
        cmocka_unit_test(saved_again_by_excel),
        cmocka_unit_test(promises_about_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
