/* SPDX-License-Identifier: GPL-3.0-or-later
   SurveyMonkey, CSV or a workbook: two header rows.  The text of a question stands over the first
   of its columns alone; below it stand the options, "Response" or "Open-Ended Response".  Columns
   about the respondent have nothing there.

   A column of one answer is named by the question, `How satisfied are you?`, one of several by
   question and option, `Which apply? [Email]`; the alias says which question of the survey it is,
   and which column of it: q:3, q:4_2. */
#include <string.h>
#include <strings.h>

#include "io/survey/answers.h"
#include "io/survey/layout.h"
#include "io/survey/rounded.h"

enum { QUESTIONS, OPTIONS, ROWS };

static bool is_response(const char *option)
{
    return strcasecmp(option, "Response") == 0 || strcasecmp(option, "Open-Ended Response") == 0;
}

static bool is_respondent_id(const char *name)
{
    return strcasecmp(name, "Respondent ID") == 0 || strcasecmp(name, "RespondentID") == 0;
}

/* Nothing stands below the first column, and below each column without a text an option. */
static bool has_options(const struct survey_head *head, bool *response, bool *group)
{
    *response = *group = false;
    if (head->n < ROWS || *survey_cell(head, OPTIONS, 0) || !*survey_cell(head, QUESTIONS, 0))
        return false;
    for (size_t j = 1; j < head->row[OPTIONS].n; j++) {
        const char *option = survey_cell(head, OPTIONS, j);
        *response |= is_response(option);
        *group |= survey_is_blank(survey_cell(head, QUESTIONS, j)) && !survey_is_blank(option);
    }
    return *response || *group;
}

/* In other languages the first column is called otherwise, and so is "Response": what is left are
   the numbers of respondent and collector in the rows of answers, four columns at least with
   nothing below their names, options below all that follow, and a question over several of them
   or one word that stands for a single answer below several questions. */
static bool is_number(const char *cell)
{
    enum { LEAST_DIGITS = 8 };
    const size_t n = strspn(cell, "0123456789");
    return n >= LEAST_DIGITS && !cell[n];
}

static size_t first_option(const struct survey_head *head)
{
    size_t j = 0;
    while (j < head->row[OPTIONS].n && survey_is_blank(survey_cell(head, OPTIONS, j)) &&
           !survey_is_blank(survey_cell(head, QUESTIONS, j)))
        j++;
    return j;
}

/* A word, not an answer in figures. */
static bool is_word(const char *cell)
{
    return !survey_is_blank(cell) && !cell[strcspn(cell, "0123456789")];
}

static bool has_word_for_answers(const struct survey_head *head, size_t from)
{
    const size_t n = head->row[OPTIONS].n;
    for (size_t j = from; j < n; j++)
        for (size_t i = from; i < j; i++)
            if (is_word(survey_cell(head, OPTIONS, j)) &&
                strcmp(survey_cell(head, OPTIONS, i), survey_cell(head, OPTIONS, j)) == 0 &&
                !survey_is_blank(survey_cell(head, QUESTIONS, i)) &&
                !survey_is_blank(survey_cell(head, QUESTIONS, j)))
                return true;
    return false;
}

static bool is_localised(const struct survey_head *head, bool group)
{
    enum { LEAST_ABOUT_RESPONDENT = 4 };
    const size_t from = first_option(head);
    if (head->n <= ROWS || from < LEAST_ABOUT_RESPONDENT || from == head->row[OPTIONS].n)
        return false;
    for (size_t row = ROWS; row < head->n; row++)
        if (!is_number(survey_cell(head, row, 0)) || !is_number(survey_cell(head, row, 1)))
            return false;
    for (size_t j = from; j < head->row[OPTIONS].n; j++)
        if (survey_is_blank(survey_cell(head, OPTIONS, j)) &&
            survey_is_blank(survey_cell(head, QUESTIONS, j)))
            return false;
    return group || has_word_for_answers(head, from);
}

static bool recognise(const struct survey_head *head, bool declared)
{
    bool response, group;
    const bool options = has_options(head, &response, &group);
    if (options && (declared || is_respondent_id(survey_cell(head, QUESTIONS, 0))))
        return true;
    return !declared && head->n > ROWS && !*survey_cell(head, OPTIONS, 0) &&
           is_localised(head, group);
}

/* The columns of a question: [from, to) have its text over the first. */
struct group {
    size_t from, to, number;
};

static const char *name_in(const struct group *g, size_t column, const char *question,
                           const char *option, struct arena *keep)
{
    const char *name = survey_name(option, keep);
    if (is_response(name))
        return question;
    if (!*name)
        name = arena_printf(keep, "%zu", column - g->from + 1);
    return arena_printf(keep, "%s [%s]", question, name);
}

static void take_group(const struct survey_head *head, const struct group *g,
                       struct survey_header *h, struct arena *keep)
{
    const char *text = survey_cell(head, QUESTIONS, g->from);
    const char *question = survey_name(text, keep);
    for (size_t j = g->from; j < g->to; j++) {
        const char *option = survey_cell(head, OPTIONS, j);
        h->name[j] = name_in(g, j, question, option, keep);
        h->label[j] = is_response(option) ? survey_label(text, keep) : h->name[j];
        h->alias[j] = g->to - g->from > 1
                          ? arena_printf(keep, "q:%zu_%zu", g->number, j - g->from + 1)
                          : arena_printf(keep, "q:%zu", g->number);
    }
}

static bool is_about_respondent(const struct survey_head *head, const struct group *g)
{
    for (size_t j = g->from; j < g->to; j++)
        if (!survey_is_blank(survey_cell(head, OPTIONS, j)))
            return false;
    return true;
}

static bool is_empty(const struct survey_head *head, size_t column)
{
    return survey_is_blank(survey_cell(head, QUESTIONS, column)) &&
           survey_is_blank(survey_cell(head, OPTIONS, column));
}

static bool header(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err)
{
    size_t number = 0;
    if (!survey_same_width(head, ROWS, err))
        return false;
    *out = survey_header_of(head, ROWS, QUESTIONS, SIZE_MAX, keep);
    while (out->n > 0 && is_empty(head, out->n - 1))
        out->n--;
    for (size_t j = 0; j < out->n;) {
        struct group g = {.from = j++};
        while (j < out->n && survey_is_blank(survey_cell(head, QUESTIONS, j)))
            j++;
        g.to = j;
        if (is_about_respondent(head, &g))
            continue;
        g.number = ++number;
        take_group(head, &g, out, keep);
    }
    return survey_settle_names(head, out, remarks, keep, err);
}

static void look(const struct frame *f, const struct study_survey *survey, struct remarks *remarks)
{
    const struct column *c = &f->cols[0];
    size_t row;
    (void)survey;
    if (rounded_find(c, f->n_rows, &row))
        remark(remarks,
               "line %llu: '%s' in %s is what Excel has made of a longer number: ids and dates "
               "of a CSV that was saved in Excel are not what was exported; export it anew",
               (unsigned long long)f->line[row], remark_value(c->as.text[row], remarks->keep),
               c->name);
}

const struct survey_layout survey_layout_surveymonkey = {
    .name = "surveymonkey",
    .format = "surveymonkey",
    .title = "SurveyMonkey export",
    .wrong_row = OPTIONS,
    .wrong = "is no SurveyMonkey export: its second row holds no options (Response, ...)",
    .mend = "export all individual responses anew, as CSV or XLSX, or leave the key format out",
    .recognise = recognise,
    .header = header,
    .look = look,
};
