/* SPDX-License-Identifier: GPL-3.0-or-later
   Qualtrics before 2018: V1, V2 ... over ResponseID, ResponseSet ..., then Q1, Q2 ... over their
   texts; mostly a comma at the end of each line.  The fixed words are better names than V1, which
   stays as alias. */
#include <string.h>

#include "io/survey/answers.h"
#include "io/survey/layout.h"

enum { NAMES, TEXTS, ROWS };

static bool recognise(const struct survey_head *head, bool declared)
{
    (void)declared;
    return strcmp(survey_cell(head, NAMES, 0), "V1") == 0 &&
           strcmp(survey_cell(head, NAMES, 1), "V2") == 0 &&
           strcmp(survey_cell(head, TEXTS, 0), "ResponseID") == 0 &&
           strcmp(survey_cell(head, TEXTS, 1), "ResponseSet") == 0;
}

/* V and digits. */
static bool is_numbered(const char *name)
{
    return name[0] == 'V' && name[1] && name[1 + strspn(name + 1, "0123456789")] == '\0';
}

static bool header(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err)
{
    if (!survey_same_width(head, ROWS, err))
        return false;
    *out = survey_header_of(head, ROWS, NAMES, TEXTS, keep);
    for (size_t j = 0; j < out->n; j++) {
        const char *word = survey_cell(head, TEXTS, j);
        if (!is_numbered(out->name[j]) || survey_is_blank(word))
            continue;
        out->alias[j] = out->name[j];
        out->name[j] = survey_name(word, keep);
    }
    return survey_settle_names(head, out, remarks, keep, err);
}

static void look(const struct frame *f, const struct study_survey *survey, struct remarks *remarks)
{
    static const struct answers_real status = {.column = "Status",
                                               .value = {"0"},
                                               .others = "previews, tests, imports or spam",
                                               .mend = "values: [\"0\"]"};
    static const struct answers_real finished = {
        .column = "Finished", .value = {"1"}, .others = "not finished", .mend = "values: [\"1\"]"};
    answers_remark(f, survey, &status, remarks);
    answers_remark(f, survey, &finished, remarks);
}

const struct survey_layout survey_layout_qualtrics_legacy = {
    .name = "qualtrics_legacy",
    .format = "qualtrics",
    .title = "Qualtrics export (legacy)",
    .wrong_row = NAMES,
    .wrong = "is no legacy Qualtrics export",
    .mend = "declare format: csv",
    .recognise = recognise,
    .header = header,
    .look = look,
};
