/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/design.h"

#include <assert.h>
#include <math.h>

#include "models/design/recipe.h"
#include "models/design/words.h"

/* ---- rows ---- */

static uint32_t *complete_rows(const struct model_formula *f, const struct sources *s,
                               const uint32_t *at, size_t n_at, size_t *n, struct arena *keep)
{
    uint32_t *row = ARENA_NEW(keep, uint32_t, n_at);
    *n = 0;
    for (size_t i = 0; i < n_at; i++) {
        uint32_t candidate = at ? at[i] : (uint32_t)i;
        assert(candidate < s->n);
        if (sources_complete(f, s, candidate, true))
            row[(*n)++] = candidate;
    }
    return row;
}

/* ---- the response ---- */

/* Levels of a factor response, or none. */
static bool response_levels(const struct model_formula *f, const struct model_data *data,
                            const struct sources *s, struct design *d, struct factor_levels *levels,
                            struct design_problem *problem, struct arena *keep)
{
    const struct variable *v = &f->response;
    const struct model_column *column = NULL;
    for (size_t i = 0; v->column != NO_COLUMN && i < data->n_columns && !column; i++)
        if (strcmp(data->column[i].name, f->column[v->column].name) == 0)
            column = &data->column[i];
    if (v->kind != VARIABLE_FACTOR || (v->logical && v->column == NO_COLUMN))
        return true;
    if (!factor_levels_of(v, s, column, d->row, d->n, levels, problem, keep))
        return false;
    d->n_response_levels = levels->n;
    d->response_level = levels->name;
    return true;
}

static bool fill_response(const struct model_formula *f, const struct model_data *data,
                          const struct sources *s, struct design *d, double room[],
                          struct design_problem *problem, struct arena *keep)
{
    const struct variable *v = &f->response;
    struct factor_levels levels = {0};
    double *y = ARENA_NEW(keep, double, d->n);
    if (!response_levels(f, data, s, d, &levels, problem, keep))
        return false;
    for (size_t i = 0; i < d->n; i++) {
        y[i] = levels.n ? factor_level(v, &levels, s, d->row[i], room)
                        : tape_run(&v->tape, s->value, d->row[i], NULL, 0, NULL, room);
        if (!isfinite(y[i]))
            return not_finite(v, y[i], d->row[i], problem, keep);
    }
    d->y = y;
    d->response = v->label;
    return true;
}

/* ---- the matrix ---- */

static const struct variable *first_bad_offset(const struct model_formula *f,
                                               const struct sources *s, size_t row, double *value,
                                               double room[])
{
    for (size_t j = 0; j < f->n_variables; j++) {
        const struct variable *v = &f->variable[j];
        if (!v->used || v->kind != VARIABLE_OFFSET)
            continue;
        *value = tape_run(&v->tape, s->value, row, NULL, 0, NULL, room);
        if (!isfinite(*value))
            return v;
    }
    return NULL;
}

static bool fill_offset(const struct model_formula *f, const struct sources *s, struct design *d,
                        double room[], struct design_problem *problem, struct arena *keep)
{
    double *offset = ARENA_NEW(keep, double, d->n), bad;
    for (size_t i = 0; i < d->n; i++) {
        const struct variable *v = first_bad_offset(f, s, d->row[i], &bad, room);
        if (v)
            return not_finite(v, bad, d->row[i], problem, keep);
        offset[i] = recipe_offset(f, s, d->row[i], room);
    }
    d->offset = offset;
    return true;
}

/* A product of finite values may be beyond all numbers. */
static bool finite_columns(const struct model_formula *f, const struct design_recipe *r,
                           const double x[], size_t row, struct design_problem *problem,
                           struct arena *keep)
{
    size_t c = 0;
    while (c < r->p && isfinite(x[c]))
        c++;
    if (c == r->p)
        return true;
    return design_fail(problem, FIT_DOMAIN, row, f->variable[f->term[r->term[c]].variable[0]].at,
                       "use smaller units", "%s is infinite", name_shown(r->name[c], keep));
}

static bool fill_matrix(const struct model_formula *f, const struct sources *s, struct design *d,
                        double room[], struct design_problem *problem, struct arena *keep)
{
    const struct design_recipe *r = d->recipe;
    struct arena *scratch = arena_new();
    double *x = ARENA_NEW(keep, double, d->n * r->p),
           *values = ARENA_NEW(scratch, double, r->width);
    bool good = true;
    for (size_t i = 0; i < d->n && good; i++) {
        double value;
        recipe_row(f, r, s, d->row[i], values, room);
        recipe_columns(r, values, x + i * r->p);
        const struct variable *odd = recipe_odd(f, r, values, false, &value);
        good = odd ? not_finite(odd, value, d->row[i], problem, keep)
                   : finite_columns(f, r, x + i * r->p, d->row[i], problem, keep);
    }
    arena_free(scratch);
    d->x = x;
    return good;
}

static void name_columns(const struct model_formula *f, struct design *d, struct arena *keep)
{
    const struct design_recipe *r = d->recipe;
    struct design_factor *factor = ARENA_NEW(keep, struct design_factor, f->n_variables);
    for (size_t j = 0; j < f->n_variables; j++) {
        const struct factor_levels *levels = &r->ingredient[j].levels;
        if (levels->n)
            factor[d->n_factors++] =
                (struct design_factor){f->variable[j].label, levels->n, levels->name};
    }
    d->factor = factor;
    d->p = r->p;
    d->name = r->name;
    d->term = r->term;
    d->intercept = f->intercept;
}

/* Everything after the choice of rows. */
static bool fill(const struct model_formula *f, const struct model_data *data,
                 const struct sources *s, struct design *d, struct design_problem *problem,
                 double room[], struct arena *keep)
{
    struct design_recipe *recipe;
    if (f->has_response && !fill_response(f, data, s, d, room, problem, keep))
        return false;
    if (!recipe_make(f, data, s, d->row, d->n, &recipe, problem, keep))
        return false;
    d->recipe = recipe;
    name_columns(f, d, keep);
    return (!f->has_offset || fill_offset(f, s, d, room, problem, keep)) &&
           fill_matrix(f, s, d, room, problem, keep);
}

bool model_design(const struct model_formula *f, const struct model_data *data, const uint32_t *at,
                  size_t n_at, struct design *design, struct design_problem *problem,
                  struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct sources s = sources_of(f, data, true, scratch);
    *design = (struct design){0};
    *problem = (struct design_problem){.status = FIT_OK, .row = SIZE_MAX};
    design->row = complete_rows(f, &s, at, at ? n_at : data->n, &design->n, keep);
    double *room = ARENA_NEW(scratch, double, recipe_room(f));
    bool good = design->n > 0 ? fill(f, data, &s, design, problem, room, keep)
                              : design_fail(problem, FIT_TOO_FEW, SIZE_MAX, FORMULA_NOWHERE, NULL,
                                            "no row has a value in every column");
    arena_free(scratch);
    return good;
}

void model_design_like(const struct model_formula *f, const struct design *like,
                       const struct model_data *data, double *x, double *offset,
                       struct arena *scratch)
{
    const struct design_recipe *r = like->recipe;
    struct sources s = sources_of(f, data, false, scratch);
    double *room = ARENA_NEW(scratch, double, r->room);
    double *values = ARENA_NEW(scratch, double, r->width);
    for (size_t i = 0; i < data->n; i++) {
        bool complete = sources_complete(f, &s, i, false);
        double odd;
        if (complete)
            recipe_row(f, r, &s, i, values, room);
        complete = complete && !recipe_odd(f, r, values, true, &odd);
        if (complete)
            recipe_columns(r, values, x + i * r->p);
        for (size_t c = 0; !complete && c < r->p; c++)
            x[i * r->p + c] = NAN;
        if (offset)
            offset[i] = complete ? recipe_offset(f, &s, i, room) : NAN;
    }
}
