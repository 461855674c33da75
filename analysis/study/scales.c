/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/scales.h"

#include <math.h>
#include <string.h>

#include "analysis/study/answers.h"
#include "analysis/study/value_labels.h"
#include "analysis/study/variables.h"
#include "io/text/parse.h"

/* One item of a scale in one survey. */
struct item {
    const struct study *study;
    size_t scale;
    const struct frame *frame;
    const struct column *column;
    struct answers *answers;
    bool reverse;
};

static bool outside(const struct item *item, uint32_t row, struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &item->study->scales[item->scale];
    unsigned long long line = study_line(item->study, "scales", item->scale, "range");
    return err_at(
        err, ERR_VALUE,
        &(struct problem){.file = item->frame->file,
                          .line = item->frame->line[row],
                          .column = column_source(item->column),
                          .value = item->column->as.text[row],
                          .what = arena_printf(keep, "is not in %g..%g of the scale '%s'",
                                               scale->low, scale->high, scale->name),
                          .mend = arena_printf(keep,
                                               "declare it under missing:, or correct the "
                                               "range (%s:%llu)",
                                               item->study->path, line)});
}

/* Is the answer of a response to this item a word without a code? */
static bool is_unknown(const struct item *item, const struct response *a)
{
    const char *text = item->column->as.text[a->row];
    return a->use != RESPONSE_FILTERED && text &&
           answer_of(item->answers, text).kind == ANSWER_UNKNOWN;
}

/* Tells all words of the column that have no code, and how often each stands there. */
static bool no_code(const struct item *item, const struct responses *r, size_t i,
                    struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &item->study->scales[item->scale];
    const struct response *a = &r->at[i];
    struct unknown_words *words = unknown_words_new(keep);
    for (size_t k = 0; k < r->n; k++)
        if (r->at[k].survey == a->survey && is_unknown(item, &r->at[k]))
            unknown_words_add(words, item->column->as.text[r->at[k].row]);
    const char *key = scale->n_labels ? "labels" : NULL;
    return err_at(
        err, ERR_VALUE,
        &(struct problem){
            .file = item->frame->file,
            .line = item->frame->line[a->row],
            .column = column_source(item->column),
            .value = item->column->as.text[a->row],
            .what = arena_printf(keep,
                                 "is no number in %g..%g and no declared word of the scale '%s'; "
                                 "such answers in this column: %s",
                                 scale->low, scale->high, scale->name,
                                 unknown_words_listed(words, keep)),
            .mend = arena_printf(
                keep, "say which code each is (%s:%llu): labels: [%s]; or list it under missing:",
                item->study->path,
                (unsigned long long)study_line(item->study, "scales", item->scale, key),
                unknown_words_labels(words, keep))});
}

/* The answer of response i to an item; *why tells a missing one, *code what it was. */
static bool item_value(const struct item *item, const struct responses *r, size_t i, double *value,
                       uint8_t *why, const char **code, struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &item->study->scales[item->scale];
    const uint32_t row = r->at[i].row;
    const char *text = item->column->as.text[row];
    *value = NAN;
    *why = MISSING_BLANK;
    *code = NULL;
    if (!text && item->column->missing)
        *why = item->column->missing[row];
    if (!text && item->column->code)
        *code = item->column->code[row];
    if (!text)
        return true;
    const struct answer answer = answer_of(item->answers, text);
    if (answer.kind == ANSWER_OUTSIDE)
        return outside(item, row, keep, err);
    if (answer.kind == ANSWER_UNKNOWN)
        return no_code(item, r, i, keep, err);
    if (answer.kind == ANSWER_MISSING) {
        *why = MISSING_CODE;
        *code = text;
    }
    if (answer.kind != ANSWER_VALUE)
        return true;
    *why = MISSING_NOT;
    *value = item->reverse ? scale->low + scale->high - answer.value : answer.value;
    return true;
}

static bool is_reversed(const struct study_scale *scale, const char *name)
{
    for (size_t k = 0; k < scale->reverse.n; k++)
        if (strcmp(scale->reverse.at[k], name) == 0)
            return true;
    return false;
}

/* Of a question of recommendation the score is the scale, not the groups made of it. */
static bool is_no_group(const struct frame *f, const struct column *c, const char *name,
                        const struct declaration *at, struct arena *keep, struct err *err)
{
    const struct column *score = survey_score_of(f, c);
    return !score ||
           err_at(err, ERR_COLUMN,
                  &(struct problem){.file = at->study->path,
                                    .line = study_line(at->study, at->section, at->index, at->key),
                                    .column = at->key,
                                    .value = name,
                                    .what = "holds the groups of promoters and detractors, not "
                                            "the score",
                                    .mend = arena_printf(keep, "the score is '%s'", score->name)});
}

/* All responses' values of item k of a scale. */
static bool read_item(const struct study *study, size_t s, size_t k, const char *name,
                      const struct frame *const *surveys, struct responses *r, struct arena *keep,
                      struct err *err)
{
    struct scale_values *v = &r->scale[s];
    const struct declaration at = {study, "scales", s,
                                   study->scales[s].items.n ? "items" : "column"};
    struct item item = {.study = study,
                        .scale = s,
                        .answers = answers_new(&study->scales[s], keep),
                        .reverse = is_reversed(&study->scales[s], name)};
    if (!value_labels_agree(study, s, name, surveys, item.answers, keep, err))
        return false;
    for (size_t i = 0; i < r->n; i++) {
        uint8_t why;
        const char *code;
        const struct frame *f = surveys[r->at[i].survey];
        if (f != item.frame) {
            item.frame = f;
            if (!(item.column = variable_declared(f, name, &at, keep, err)) ||
                !is_no_group(f, item.column, name, &at, keep, err))
                return false;
        }
        v->item[k][i] = NAN;
        if (r->at[i].use == RESPONSE_FILTERED)
            continue;
        if (!item_value(&item, r, i, &v->item[k][i], &why, &code, keep, err))
            return false;
        if (why > v->missing[i])
            v->missing[i] = why;
        if (v->code && why == MISSING_CODE)
            v->code[i] = code;
    }
    return true;
}

static void combine(const struct study_scale *scale, struct scale_values *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t k = 0; k < v->n_items; k++)
            sum += v->item[k][i];
        v->value[i] = scale->combine == COMBINE_SUM ? sum : sum / (double)v->n_items;
    }
}

bool scale_read(const struct study *study, size_t s, const struct frame *const *surveys,
                struct responses *r, struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &study->scales[s];
    struct scale_values *v = &r->scale[s];
    v->n_items = scale->items.n ? scale->items.n : 1;
    v->value = ARENA_NEW(keep, double, r->n);
    v->missing = ARENA_NEW(keep, uint8_t, r->n);
    v->item = ARENA_NEW(keep, double *, v->n_items);
    v->code = v->n_items == 1 ? ARENA_NEW(keep, const char *, r->n) : NULL;
    for (size_t k = 0; k < v->n_items; k++) {
        v->item[k] = ARENA_NEW(keep, double, r->n);
        if (!read_item(study, s, k, scale->items.n ? scale->items.at[k] : scale->column, surveys, r,
                       keep, err))
            return false;
    }
    combine(scale, v, r->n);
    return true;
}

bool scale_pass_unknown(const struct study *study, size_t s, const char *name,
                        const struct frame *f, size_t response, struct responses *r,
                        struct arena *keep)
{
    const struct item item = {.study = study,
                              .scale = s,
                              .frame = f,
                              .column = frame_column(f, name),
                              .answers = answers_new(&study->scales[s], keep)};
    if (!is_unknown(&item, &r->at[response]))
        return false;
    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].survey == r->at[response].survey && is_unknown(&item, &r->at[i]))
            r->at[i].use = RESPONSE_FILTERED;
    return true;
}

const struct levels *scale_levels(const struct study_scale *scale, struct arena *keep)
{
    if (!scale->n_labels || scale->items.n)
        return NULL;
    const char **name = ARENA_NEW(keep, const char *, scale->n_labels);
    const char **label = ARENA_NEW(keep, const char *, scale->n_labels);
    for (size_t k = 0; k < scale->n_labels; k++) {
        char buffer[32];
        name[k] = arena_strdup(keep, real_text(scale->labels[k].code, buffer));
        label[k] = scale->labels[k].words.at[0];
    }
    struct levels *l = ARENA_NEW(keep, struct levels, 1);
    *l = (struct levels){scale->n_labels, name, label};
    return l;
}
