/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/margins_case.h"

#include <stdlib.h>
#include <string.h>

static bool is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return *text && *end == '\0';
}

static struct model_column column_of(const struct reference *r, size_t j, struct arena *keep)
{
    struct model_column c = {.name = r->header[j]};
    const char **level = ARENA_NEW(keep, const char *, r->n_rows);
    int32_t *code = ARENA_NEW(keep, int32_t, r->n_rows);
    size_t numbers = 0;
    for (size_t i = 0; i < r->n_rows; i++)
        numbers += is_number(r->cell[i][j]);
    if (numbers == r->n_rows) {
        c.value = reference_column(r, c.name, keep);
        return c;
    }
    for (size_t i = 0; i < r->n_rows; i++) {
        size_t k = 0, at = 0;
        while (k < c.n_levels && strcmp(level[k], r->cell[i][j]) != 0)
            k++;
        if (k < c.n_levels)
            continue;
        while (at < c.n_levels && strcmp(level[at], r->cell[i][j]) < 0)
            at++;
        memmove(level + at + 1, level + at, (c.n_levels++ - at) * sizeof *level);
        level[at] = r->cell[i][j];
    }
    for (size_t i = 0; i < r->n_rows; i++)
        while (strcmp(level[code[i]], r->cell[i][j]) != 0)
            code[i]++;
    c.code = code;
    c.level = level;
    return c;
}

struct model_data data_of(const struct reference *r, struct arena *keep)
{
    struct model_column *column = ARENA_NEW(keep, struct model_column, r->n_cols);
    for (size_t j = 0; j < r->n_cols; j++)
        column[j] = column_of(r, j, keep);
    return (struct model_data){r->n_rows, r->n_cols, column};
}

const double *numbers_of(const struct model_data *data, const char *name)
{
    for (size_t j = 0; j < data->n_columns; j++)
        if (strcmp(data->column[j].name, name) == 0)
            return data->column[j].value;
    fail_msg("no column %s", name);
    return NULL;
}

struct fitted_case *fit_case(const struct model_data *data, const char *family, const char *formula,
                             const char *weight, const struct outcome_options *options,
                             struct arena *keep)
{
    struct fitted_case *c = ARENA_NEW(keep, struct fitted_case, 1);
    struct formula_error error;
    struct design_problem problem;
    c->data = *data;
    if (!model_formula_parse(formula, &c->data, &c->formula, &error, keep))
        fail_msg("%s: %s", formula, error.what);
    if (!model_design(c->formula, &c->data, NULL, 0, &c->design, &problem, keep))
        fail_msg("%s: %s", formula, problem.told.what);
    struct outcome_data fitted = {.design = &c->design};
    if (model_formula_second(c->formula)) {
        if (!model_design(model_formula_second(c->formula), &c->data, c->design.row, c->design.n,
                          &c->second, &problem, keep))
            fail_msg("%s: %s", formula, problem.told.what);
        fitted.second = &c->second;
    }
    if (weight) {
        double *w = ARENA_NEW(keep, double, c->design.n);
        for (size_t i = 0; i < c->design.n; i++)
            w[i] = numbers_of(data, weight)[c->design.row[i]];
        fitted.w = w;
    }
    outcome_fit(outcome_find(family), &fitted, options, &c->fit, keep);
    margins_prepare(&c->fit, c->formula, &c->data, 0, &c->margins, keep);
    return c;
}
