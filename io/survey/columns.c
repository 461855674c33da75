/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/columns.h"

#include <string.h>

#include "io/yaml/tree.h"
#include "models/base/nearest.h"

static const char *own_name(const struct study_survey *survey, const char *name)
{
    for (size_t k = 0; name && k < survey->n_columns; k++)
        if (strcmp(survey->columns[k].name, name) == 0)
            return survey->columns[k].column;
    return name;
}

struct study_survey survey_in_file(const struct study_survey *survey, struct arena *keep)
{
    struct study_survey own = *survey;
    own.key = own_name(survey, survey->key);
    own.date = own_name(survey, survey->date);
    own.keep = arena_copy(keep, survey->keep, survey->n_keep, sizeof *own.keep);
    for (size_t k = 0; k < own.n_keep; k++)
        own.keep[k].column = own_name(survey, survey->keep[k].column);
    return own;
}

/* A problem at a key of the k-th entry of a survey's `columns`. */
static bool wrong_entry(const struct study *s, size_t survey, size_t k, const char *key,
                        enum err_code code, const char *what, const char *mend, struct err *err)
{
    const struct yaml_tree *entry = yaml_at(yaml_find(s->tree, "surveys"), survey);
    const struct yaml_tree *t = yaml_find(yaml_at(yaml_find(entry, "columns"), k), key);
    return err_at(err, code,
                  &(struct problem){.file = s->path,
                                    .line = t->line,
                                    .column = key[0] == 'n' ? "surveys.columns.name"
                                                            : "surveys.columns.column",
                                    .value = t->text,
                                    .what = what,
                                    .mend = mend});
}

static bool absent(const struct study *s, size_t survey, size_t k, const struct frame *f,
                   struct arena *keep, struct err *err)
{
    enum { TOLD = 12 };
    const char *name = s->surveys[survey].columns[k].column;
    return wrong_entry(
        s, survey, k, "column", ERR_COLUMN, arena_printf(keep, "is no column of %s", f->file),
        nearest_mend(name, frame_names(f, keep), f->n_cols, "its columns are ", TOLD, keep), err);
}

/* Is a column that keeps its name called as the k-th entry calls another? */
static bool clashes(const struct study_survey *v, size_t k, const struct column *cols,
                    const struct frame *f)
{
    for (size_t j = 0; j < f->n_cols; j++)
        if (!cols[j].source && strcmp(cols[j].name, v->columns[k].name) == 0)
            return true;
    return false;
}

const struct frame *survey_renamed(const struct study *study, size_t survey, const struct frame *f,
                                   struct arena *keep, struct err *err)
{
    const struct study_survey *v = &study->surveys[survey];
    struct column *cols = arena_copy(keep, f->cols, f->n_cols, sizeof *cols);
    struct frame *renamed = arena_copy(keep, f, 1, sizeof *f);
    for (size_t k = 0; k < v->n_columns; k++) {
        const struct column *from = frame_column(f, v->columns[k].column);
        if (!from)
            return absent(study, survey, k, f, keep, err), NULL;
        struct column *to = &cols[from - f->cols];
        if (to->source) {
            wrong_entry(
                study, survey, k, "column", ERR_STUDY,
                arena_printf(keep, "is the column '%s', which has a name above", from->name),
                "keep one of the two", err);
            return NULL;
        }
        to->source = from->name;
        to->name = v->columns[k].name;
        if (to->label == from->name) /* no question text */
            to->label = to->name;
    }
    for (size_t k = 0; k < v->n_columns; k++)
        if (clashes(v, k, cols, f)) {
            wrong_entry(study, survey, k, "name", ERR_STUDY,
                        arena_printf(keep, "is another column of %s", f->file),
                        arena_printf(keep, "give that one a name too: {name: %s_other, column: %s}",
                                     v->columns[k].name, v->columns[k].name),
                        err);
            return NULL;
        }
    renamed->cols = cols;
    return renamed;
}
