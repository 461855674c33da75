/* SPDX-License-Identifier: GPL-3.0-or-later
   Qualtrics, CSV, TSV or a workbook: names, question texts, ImportIds, answers.  The names may be
   changed by the survey's owner and the texts are in his language: the ImportIds alone tell the
   format, and stay with a question for good.  They are the aliases: qid:QID5, qid:QID20_3 (an
   item), qid:QID2_TEXT, qid:externalDataReference. */
#include <string.h>

#include "io/survey/answers.h"
#include "io/survey/import_id.h"
#include "io/survey/layout.h"

enum { NAMES, TEXTS, IDS, ROWS };

static bool has_import_ids(const struct survey_head *head)
{
    size_t told = 0, filled = 0;
    struct arena *scratch = arena_new();
    struct survey_row row = {0};
    if (head->n > IDS)
        row = import_id_joined(&head->row[IDS], scratch);
    for (size_t j = 0; j < row.n; j++) {
        filled += !survey_is_blank(row.cell[j]);
        told += import_id_begins(row.cell[j]);
    }
    arena_free(scratch);
    return told > 0 && told == filled;
}

/* The column of the first row with that name; SIZE_MAX: there is none. */
static size_t column_named(const struct survey_head *head, const char *name)
{
    for (size_t j = 0; head->n > 0 && j < head->row[NAMES].n; j++)
        if (strcmp(head->row[NAMES].cell[j], name) == 0)
            return j;
    return SIZE_MAX;
}

/* Names as Qualtrics gives them over a row of texts where answers have dates: somebody has deleted
   the third row, or it is an export to Excel, which has none. */
static bool lacks_import_ids(const struct survey_head *head)
{
    static const char *const dates[] = {"StartDate", "EndDate", "RecordedDate"};
    if (column_named(head, "ResponseId") == SIZE_MAX || (head->broken && head->n <= IDS))
        return false;
    size_t n_texts = 0;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        const char *cell = survey_cell(head, TEXTS, column_named(head, dates[i]));
        if (strpbrk(cell, "0123456789"))
            return false;
        n_texts += *cell != '\0';
    }
    return n_texts > 0;
}

static bool recognise(const struct survey_head *head, bool declared)
{
    (void)declared;
    return has_import_ids(head) || lacks_import_ids(head);
}

static bool refuse_without(const struct survey_head *head, struct err *err)
{
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = head->file,
                                    .line = head->n > IDS ? head->row[IDS].line : 0,
                                    .what = "begins as a Qualtrics export, but the third row of "
                                            "its header, that of ImportIds, is not there",
                                    .mend = "export it anew, as CSV or TSV (Excel exports lack "
                                            "that row), or delete the row of question texts and "
                                            "declare format: csv"});
}

/* qid:QID3_1 of choice 1 in the columns of question QID3, which share an ImportId. */
static const char *alias_of(const struct import_id *id, struct arena *keep)
{
    if (!id->choice)
        return arena_printf(keep, "qid:%s", id->id);
    const char *suffix = arena_printf(keep, "_%s", id->choice);
    const size_t n = strlen(id->id), m = strlen(suffix);
    const bool has = n > m && strcmp(id->id + n - m, suffix) == 0;
    return arena_printf(keep, "qid:%s%s", id->id, has ? "" : suffix);
}

static bool take_ids(const struct survey_head *head, struct survey_header *h, struct arena *keep,
                     struct err *err)
{
    for (size_t j = 0; j < h->n; j++) {
        struct import_id id;
        const char *cell = survey_cell(head, IDS, j);
        if (survey_is_blank(cell))
            continue;
        if (!import_id_parse(cell, &id, keep))
            return err_at(err, ERR_SYNTAX,
                          &(struct problem){.file = head->file,
                                            .line = head->row[IDS].line,
                                            .column = h->name[j],
                                            .value = cell,
                                            .what = "is no ImportId",
                                            .mend = "export the file anew"});
        h->alias[j] = alias_of(&id, keep);
        if (!h->time_zone)
            h->time_zone = id.time_zone;
    }
    return true;
}

static bool header(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err)
{
    struct survey_head whole = *head;
    if (!has_import_ids(head))
        return refuse_without(head, err);
    if (head->row[IDS].n > head->row[NAMES].n)
        whole.row[IDS] = import_id_joined(&head->row[IDS], keep);
    if (!survey_same_width(&whole, ROWS, err))
        return false;
    *out = survey_header_of(&whole, ROWS, NAMES, TEXTS, keep);
    return take_ids(&whole, out, keep, err) && survey_settle_names(head, out, remarks, keep, err);
}

/* ---- what the answers are ---- */

static void look(const struct frame *f, const struct study_survey *survey, struct remarks *remarks)
{
    static const struct answers_real status = {.column = "qid:status",
                                               .or_column = "Status",
                                               .value = {"0", "IP Address"},
                                               .others = "previews, tests, imports or spam",
                                               .mend = "values: [\"0\", \"IP Address\"]"};
    static const struct answers_real finished = {.column = "qid:finished",
                                                 .or_column = "Finished",
                                                 .value = {"1", "True", "TRUE"},
                                                 .others = "not finished",
                                                 .mend = "values: [\"1\", \"True\"]"};
    answers_remark(f, survey, &status, remarks);
    answers_remark(f, survey, &finished, remarks);
}

const struct survey_layout survey_layout_qualtrics = {
    .name = "qualtrics",
    .format = "qualtrics",
    .title = "Qualtrics export",
    .wrong_row = IDS,
    .wrong = "is no Qualtrics export: its third row holds no ImportId",
    .mend = "export it anew as CSV, or declare format: csv",
    .recognise = recognise,
    .header = header,
    .look = look,
};
