/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/scales.h"

#include <math.h>
#include <string.h>

#include "analysis/study/variables.h"
#include "io/parse.h"

/* One item of a scale in one survey. */
struct item {
    const struct study *study;
    size_t scale;
    const struct frame *frame;
    const struct column *column;
    bool reverse;
};

static bool is_code(const struct texts *codes, const char *text, bool number, double value)
{
    for (size_t k = 0; k < codes->n; k++) {
        double code;
        if (strcmp(codes->at[k], text) == 0 ||
            (number && parse_real(codes->at[k], strlen(codes->at[k]), &code) && code == value))
            return true;
    }
    return false;
}

static bool outside(const struct item *item, uint32_t row, struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &item->study->scales[item->scale];
    unsigned long long line = study_line(item->study, "scales", item->scale, "range");
    return err_at(
        err, ERR_VALUE,
        &(struct problem){.file = item->frame->file,
                          .line = item->frame->line[row],
                          .column = item->column->name,
                          .value = item->column->as.text[row],
                          .what = arena_printf(keep, "is not in %g..%g of the scale '%s'",
                                               scale->low, scale->high, scale->name),
                          .mend = arena_printf(keep,
                                               "declare it under missing:, or correct the "
                                               "range (%s:%llu)",
                                               item->study->path, line)});
}

/* An item's value; *why tells a missing one. */
static bool item_value(const struct item *item, uint32_t row, double *value, uint8_t *why,
                       struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &item->study->scales[item->scale];
    const char *text = item->column->as.text[row];
    double x = NAN;
    *value = NAN;
    *why = MISSING_BLANK;
    if (!text && item->column->missing)
        *why = item->column->missing[row];
    if (!text)
        return true;
    bool number = parse_real(text, strlen(text), &x);
    *why = MISSING_CODE;
    if (is_code(&scale->missing, text, number, x))
        return true;
    if (!number || x < scale->low || x > scale->high)
        return outside(item, row, keep, err);
    *why = MISSING_NOT;
    *value = item->reverse ? scale->low + scale->high - x : x;
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
    struct item item = {
        .study = study, .scale = s, .reverse = is_reversed(&study->scales[s], name)};
    for (size_t i = 0; i < r->n; i++) {
        uint8_t why;
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
        if (!item_value(&item, r->at[i].row, &v->item[k][i], &why, keep, err))
            return false;
        if (why > v->missing[i])
            v->missing[i] = why;
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
    for (size_t k = 0; k < v->n_items; k++) {
        v->item[k] = ARENA_NEW(keep, double, r->n);
        if (!read_item(study, s, k, scale->items.n ? scale->items.at[k] : scale->column, surveys, r,
                       keep, err))
            return false;
    }
    combine(scale, v, r->n);
    return true;
}
