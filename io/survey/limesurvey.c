/* SPDX-License-Identifier: GPL-3.0-or-later
   LimeSurvey, CSV or a workbook: one header row of codes (Q01, Q02[SQ001], Q02[other]), of texts,
   or of both: "Q01. How satisfied are you?", where the code becomes the name and the text the
   label.  Rows without a submitdate are answers that were not finished. */
#include <string.h>

#include "io/survey/answers.h"
#include "io/survey/layout.h"

/* The columns that LimeSurvey puts in front.  X(code, heading in English) */
#define FIXED_LIST(X)                    \
    X("submitdate", "Date submitted")    \
    X("lastpage", "Last page")           \
    X("startlanguage", "Start language") \
    X("seed", "Seed")                    \
    X("startdate", "Date started")       \
    X("datestamp", "Date last action")   \
    X("ipaddr", "IP address")            \
    X("refurl", "Referrer URL")

/* The code of a heading of code and text: "Q01" of "Q01. How ...?"; 0 bytes where it is none. */
static size_t code_length(const char *heading)
{
    const size_t n = strcspn(heading, ". \t\n");
    return n > 0 && heading[n] == '.' && heading[n + 1] == ' ' ? n : 0;
}

static bool is_heading(const char *cell, const char *code, const char *text)
{
    const size_t n = code_length(cell);
    return strcmp(cell, code) == 0 || strcmp(cell, text) == 0 ||
           (n == strlen(code) && strncmp(cell, code, n) == 0);
}

static bool is_fixed(const char *cell)
{
    static const char *const fixed[][2] = {
#define X(code, text) {code, text},
        FIXED_LIST(X)
#undef X
    };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (is_heading(cell, fixed[i][0], fixed[i][1]))
            return true;
    return false;
}

static bool recognise(const struct survey_head *head, bool declared)
{
    size_t n = 0;
    const bool id = is_heading(survey_cell(head, 0, 0), "id", "Response ID");
    for (size_t j = 0; head->n > 0 && j < head->row[0].n; j++)
        n += is_fixed(head->row[0].cell[j]);
    return declared ? n + id >= 2 : id && n >= 2;
}

static bool header(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err)
{
    *out = survey_header_of(head, 1, 0, 0, keep);
    const bool both = code_length(survey_cell(head, 0, 0)) == strlen("id");
    for (size_t j = 0; both && j < out->n; j++) {
        const size_t n = code_length(out->name[j]);
        if (n == 0)
            continue;
        out->label[j] = out->name[j] + n + strlen(". ");
        out->name[j] = arena_strndup(keep, out->name[j], n);
    }
    return survey_settle_names(head, out, remarks, keep, err);
}

/* Surveys without time stamps have this day in place of all days. */
static bool is_stamp(const struct column *c, size_t n_rows)
{
    size_t n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        const char *cell = c->as.text[i];
        if (cell && strncmp(cell, "1980-01-01", 10) != 0)
            return false;
        n += cell != NULL;
    }
    return n > 0;
}

static void look(const struct frame *f, const struct study_survey *survey, struct remarks *remarks)
{
    static const struct answers_real submitted = {.column = "submitdate",
                                                  .or_column = "Date submitted",
                                                  .others = "not finished",
                                                  .mend = "values: [\"*\"]"};
    const struct column *c = frame_column(f, submitted.column);
    c = c ? c : frame_column(f, submitted.or_column);
    if (!c)
        return;
    if (is_stamp(c, f->n_rows))
        remark(remarks,
               "%s is 1980-01-01 in all rows: this survey stores no dates, and the day of an "
               "answer is not known",
               c->name);
    if (!survey->date ||
        strcmp(survey->date, c->name) != 0) /* rows without the date are left out and counted */
        answers_remark(f, survey, &submitted, remarks);
}

const struct survey_layout survey_layout_limesurvey = {
    .name = "limesurvey",
    .format = "limesurvey",
    .title = "LimeSurvey export",
    .wrong = "is no LimeSurvey export: its first row names neither submitdate nor lastpage",
    .mend = "export the responses anew with question codes as headings, or declare format: csv",
    .recognise = recognise,
    .header = header,
    .look = look,
};
