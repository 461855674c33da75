/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/survey.h"

#include <ctype.h>
#include <string.h>

#include "io/key/keys.h"
#include "io/labelled/labelled.h"
#include "io/survey/columns.h"
#include "io/survey/internal.h"
#include "io/survey/layout.h"
#include "io/survey/rounded.h"
#include "io/survey/source.h"

static bool is_one_of(const char *word, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* One survey on its way. */
struct reading {
    const struct study_survey *survey;
    struct survey_source source;
    struct survey_head head;
    struct survey_header header;
    const struct survey_layout *layout; /* NULL: a plain table */
    struct xlsx_said sheet;
    struct remarks remarks;
    struct arena *keep;
    struct err *err;
};

/* ---- labelled files ---- */

static const struct frame *read_labelled(const struct study_survey *survey, const char *path,
                                         bool declared, struct survey_said *said,
                                         struct arena *keep, struct err *err)
{
    const char *letters;
    const struct labelled *l = labelled_read_replacing(path, declared ? survey->format : NULL,
                                                       survey->encoding, &letters, keep, err);
    if (!l)
        return NULL;
    struct remarks remarks = {.file = path, .keep = keep};
    if (letters)
        remark(&remarks, "%s", letters);
    said->remarks = remarks.at;
    said->n_remarks = remarks.n;
    char *word = arena_strdup(keep, l->program);
    for (char *c = word; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    said->format = word;
    return l->frame;
}

/* ---- which format it is ---- */

static bool refuse(const struct reading *r, uint64_t line, const char *what, const char *mend)
{
    return err_at(
        r->err, ERR_SYNTAX,
        &(struct problem){.file = r->source.path, .line = line, .what = what, .mend = mend});
}

static bool is_declared(const struct reading *r, const char *format)
{
    return strcmp(r->survey->format, format) == 0;
}

/* A declared survey program that the rows do not show.  First what hinders reading them is told,
   such as another delimiter. */
static bool refuse_layout(struct reading *r, const char *format)
{
    const struct survey_layout *l = NULL;
    for (size_t i = survey_n_layouts; i-- > 0;)
        if (strcmp(survey_layouts[i]->format, format) == 0)
            l = survey_layouts[i];
    const bool unreadable = r->head.broken || r->head.n == 0 || r->head.row[0].n == 1;
    if (unreadable && !survey_source_plain(&r->source, NULL, r->keep, r->err))
        return false;
    const size_t row = l->wrong_row;
    return refuse(r, row < r->head.n ? r->head.row[row].line : 0, l->wrong, l->mend);
}

/* A declared format is a promise about the file. */
static bool find_layout(struct reading *r)
{
    const bool plain = is_declared(r, "csv"), book = is_declared(r, "xlsx");
    if (plain && r->source.workbook)
        return refuse(r, 0, "is an Excel workbook", "declare format: xlsx, or leave the key out");
    if (book && !r->source.workbook)
        return refuse(r, 0, "is no Excel workbook (.xlsx)",
                      "declare format: csv, or leave the key out");
    if (plain)
        return true;
    const char *format = book || is_declared(r, "auto") ? NULL : r->survey->format;
    survey_source_head(&r->source, &r->head, r->keep);
    r->layout = survey_layout_of(&r->head, format);
    return r->layout || !format || refuse_layout(r, format);
}

/* ---- its answers ---- */

/* A column's name where the study says its alias. */
static const char *by_name(const struct survey_header *h, const char *said)
{
    for (size_t j = 0; said && j < h->n; j++)
        if (h->name[j] && strcmp(h->name[j], said) == 0)
            return said;
    for (size_t j = 0; said && j < h->n; j++)
        if (h->alias[j] && strcmp(h->alias[j], said) == 0)
            return h->name[j];
    return said;
}

/* The frame's columns are those of the header, but for some that have no name. */
static const struct frame *described(const struct reading *r, const struct frame *f)
{
    struct frame *own = arena_copy(r->keep, f, 1, sizeof *f);
    struct column *cols = arena_copy(r->keep, f->cols, f->n_cols, sizeof *cols);
    for (size_t j = 0, k = 0; j < r->header.n && k < f->n_cols; j++) {
        if (!r->header.name[j])
            continue;
        cols[k].label = r->header.label[j];
        cols[k++].alias = r->header.alias[j];
    }
    own->cols = cols;
    return own;
}

static const struct frame *read_below(struct reading *r)
{
    if (!r->layout->header(&r->head, &r->header, &r->remarks, r->keep, r->err))
        return NULL;
    const char **key = ARENA_NEW(r->keep, const char *, 1);
    *key = by_name(&r->header, r->survey->key);
    r->source.asked.workbook.keys = key;
    r->source.asked.workbook.date = by_name(&r->header, r->survey->date);
    const struct frame *f =
        survey_source_below(&r->source, &r->head, &r->header, &r->sheet, r->keep, r->err);
    return f ? described(r, f) : NULL;
}

/* Two ids that Excel has rounded may be one. */
static bool check_key(const struct reading *r, const struct frame *f)
{
    size_t row;
    const struct column *c = frame_column(f, r->survey->key);
    if (!c || !rounded_find(c, f->n_rows, &row))
        return true;
    return err_at(r->err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line[row],
                                    .column = c->name,
                                    .value = c->as.text[row],
                                    .what = key_shortened_what,
                                    .mend = key_shortened_mend});
}

/* ---- what there is to say ---- */

static void remark_on_sheet(struct reading *r)
{
    char cell[16];
    const struct xlsx_said *s = &r->sheet;
    const uint64_t below = r->layout ? r->head.row[r->header.n_rows - 1].line : 0;
    if (s->n_hidden_rows)
        remark(&r->remarks,
               "%llu hidden row%s read like the others (row %u the first): if a filter hides "
               "answers that shall not count, delete them, or say so with keep:",
               (unsigned long long)s->n_hidden_rows, s->n_hidden_rows == 1 ? " is" : "s are",
               (unsigned)s->first_hidden_row);
    if (s->n_errors)
        remark(&r->remarks, "%llu cell%s an error such as #N/A (%s the first): they are missing",
               (unsigned long long)s->n_errors, s->n_errors == 1 ? " holds" : "s hold",
               xlsx_reference(s->error_row, s->error_column, cell));
    if (s->n_long)
        remark(&r->remarks,
               "%llu number%s more than 15 digits (%s the first), of which Excel has lost the last",
               (unsigned long long)s->n_long, s->n_long == 1 ? " has" : "s have",
               xlsx_reference(s->long_row, s->long_column, cell));
    if (s->n_merged && s->merged.row > below)
        remark(&r->remarks,
               "%llu range%s of merged cells (%s the first): the value stands in the first cell, "
               "the others are blank",
               (unsigned long long)s->n_merged, s->n_merged == 1 ? "" : "s",
               xlsx_reference(s->merged.row, s->merged.column, cell));
}

static void tell(struct reading *r, const struct frame *f, struct survey_said *said)
{
    remark_on_sheet(r);
    if (r->layout && r->layout->look)
        r->layout->look(f, r->survey, &r->remarks);
    *said = (struct survey_said){.format = r->layout            ? r->layout->format
                                           : r->source.workbook ? "xlsx"
                                                                : "csv",
                                 .time_zone = r->header.time_zone,
                                 .days_are_iso = r->sheet.has_dates,
                                 .n_remarks = r->remarks.n,
                                 .remarks = r->remarks.at};
}

static const struct frame *read_table(struct reading *r, struct survey_said *said)
{
    if (!find_layout(r))
        return NULL;
    const struct frame *f =
        r->layout ? read_below(r) : survey_source_plain(&r->source, &r->sheet, r->keep, r->err);
    if (!f || !check_key(r, f))
        return NULL;
    tell(r, f, said);
    return f;
}

const struct frame *survey_read(const struct study_survey *survey, const char *path,
                                struct survey_said *said, struct arena *keep, struct err *err)
{
    static const char *const labelled[] = {"spss", "stata", "sas"};
    struct survey_said ignored = {0};
    said = said ? said : &ignored;
    *said = (struct survey_said){0};
    const bool declared = is_one_of(survey->format, labelled, sizeof labelled / sizeof *labelled);
    if (declared || (strcmp(survey->format, "auto") == 0 && labelled_begins(path)))
        return read_labelled(survey, path, declared, said, keep, err);
    const struct study_survey own = survey_in_file(survey, keep);
    struct reading r = {
        .survey = &own, .remarks = {.file = path, .keep = keep}, .keep = keep, .err = err};
    if (!survey_source_open(&own, path, &r.source, &r.remarks, keep, err))
        return NULL;
    return read_table(&r, said);
}

const struct frame *survey_read_bytes(const struct study_survey *survey, const char *name,
                                      const void *bytes, size_t n, struct survey_said *said,
                                      struct arena *keep, struct err *err)
{
    struct reading r = {
        .survey = survey, .remarks = {.file = name, .keep = keep}, .keep = keep, .err = err};
    *said = (struct survey_said){0};
    survey_source_of_bytes(survey, name, bytes, n, &r.source, &r.remarks, keep);
    return read_table(&r, said);
}

/* ---- groups of a question of recommendation ---- */

static bool is_group_of(const char *group, const char *score)
{
    const size_t n = score ? strlen(score) : 0;
    return group && score && strncmp(group, score, n) == 0 && strcmp(group + n, "_NPS_GROUP") == 0;
}

const struct column *survey_score_of(const struct frame *survey, const struct column *group)
{
    for (size_t j = 0; j < survey->n_cols; j++) {
        const struct column *c = &survey->cols[j];
        if (is_group_of(group->name, c->name) || is_group_of(group->alias, c->alias))
            return c;
    }
    return NULL;
}
