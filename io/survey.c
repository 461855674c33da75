/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey.h"

#include <string.h>

#include "io/labelled/labelled.h"
#include "io/survey_columns.h"
#include "io/table.h"

enum { ROWS_OF_HEADER = 2 }; /* below the names, in a Qualtrics export */

/* The cells of the row that tells a Qualtrics export, whatever its language: some
   tools write {ImportId:...} with other quotes. */
static bool has_import_ids(const struct frame *f)
{
    size_t told = 0, filled = 0;
    for (size_t j = 0; f->n_rows >= ROWS_OF_HEADER && j < f->n_cols; j++) {
        const char *cell = f->cols[j].as.text[1];
        filled += cell != NULL;
        told += cell && cell[0] == '{' && strstr(cell, "ImportId") != NULL;
    }
    return told > 0 && told == filled;
}

/* The frame below its further header rows, with the question texts as labels. */
static const struct frame *below_header(const struct frame *f, struct arena *keep)
{
    struct frame *below = arena_copy(keep, f, 1, sizeof *f);
    struct column *cols = arena_copy(keep, f->cols, f->n_cols, sizeof *cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        const char *question = f->cols[j].as.text[0];
        cols[j].label = question ? question : cols[j].name;
        cols[j].as.text += ROWS_OF_HEADER;
        if (cols[j].missing)
            cols[j].missing += ROWS_OF_HEADER;
    }
    below->cols = cols;
    below->line += ROWS_OF_HEADER;
    below->n_rows -= ROWS_OF_HEADER;
    return below;
}

static bool is_one_of(const char *word, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static const struct frame *read_labelled(const struct study_survey *survey, const char *path,
                                         bool declared, struct arena *keep, struct err *err)
{
    const struct labelled *l =
        labelled_read(path, declared ? survey->format : NULL, survey->encoding, keep, err);
    return l ? l->frame : NULL;
}

/* A declared format is a promise about the file. */
static bool fits_format(const struct study_survey *survey, const char *path, struct err *err)
{
    const bool workbook = table_is_workbook(path);
    if (strcmp(survey->format, "csv") == 0 && workbook)
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = path,
                                        .what = "is an Excel workbook",
                                        .mend = "declare format: xlsx, or leave the key out"});
    if (strcmp(survey->format, "xlsx") == 0 && !workbook)
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = path,
                                        .what = "is no Excel workbook (.xlsx)",
                                        .mend = "declare format: csv, or leave the key out"});
    return true;
}

const struct frame *survey_read(const struct study_survey *survey, const char *path,
                                struct arena *keep, struct err *err)
{
    static const char *const labelled[] = {"spss", "stata", "sas"};
    bool is_labelled = is_one_of(survey->format, labelled, sizeof labelled / sizeof *labelled);
    if (is_labelled || (strcmp(survey->format, "auto") == 0 && labelled_begins(path)))
        return read_labelled(survey, path, is_labelled, keep, err);
    const bool utf8 = survey->encoding && strcmp(survey->encoding, "UTF-8") == 0;
    const char *key = survey_own_name(survey, survey->key);
    const struct table_asked asked = {.dialect = {.delimiter = study_delimiter(survey->delimiter),
                                                  .encoding = utf8 ? NULL : survey->encoding},
                                      .workbook = {.sheet = survey->sheet,
                                                   .n_keys = 1,
                                                   .keys = &key,
                                                   .date = survey_own_name(survey, survey->date)}};
    bool declared = strcmp(survey->format, "qualtrics") == 0;
    if (!fits_format(survey, path, err))
        return NULL;
    const struct frame *f = table_read(path, &asked, keep, err);
    if (!f)
        return NULL;
    if (strcmp(survey->format, "csv") != 0 && has_import_ids(f))
        return below_header(f, keep);
    if (!declared)
        return f;
    err_at(err, ERR_SYNTAX,
           &(struct problem){.file = path,
                             .line = 3,
                             .what = "is no Qualtrics export: its third row holds no ImportId",
                             .mend = "export it anew as CSV, or declare format: csv"});
    return NULL;
}
