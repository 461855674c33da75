/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/design.h"

#include <assert.h>
#include <math.h>

#include "models/design/recipe.h"
#include "models/design/words.h"

/* ---- rows ---- */

static struct complete complete_rows(const struct model_formula *f, const struct model_data *data,
                                     const uint32_t *at, size_t n_at, struct arena *keep,
                                     struct arena *scratch)
{
    struct complete rows = {.formula = f, .sources = sources_of(f, data, true, scratch)};
    struct sources second = {0};
    uint32_t *row = ARENA_NEW(keep, uint32_t, n_at);
    if (f->second)
        second = sources_of(f->second, data, true, scratch);
    for (size_t i = 0; i < n_at; i++) {
        uint32_t candidate = at ? at[i] : (uint32_t)i;
        assert(candidate < data->n);
        if (sources_complete(f, &rows.sources, candidate, true) &&
            (!f->second || sources_complete(f->second, &second, candidate, true)))
            row[rows.n++] = candidate;
    }
    rows.row = row;
    return rows;
}

/* ---- the response ---- */

/* A truth value is a number here, 0 or 1. */
static bool has_levels(const struct variable *v)
{
    return v->kind == VARIABLE_FACTOR && !v->logical;
}

static bool fill_response(const struct complete *rows, struct design *d, double room[],
                          struct design_problem *problem, struct arena *keep)
{
    const struct variable *v = &rows->formula->response;
    struct factor_levels levels = {0};
    double *y = ARENA_NEW(keep, double, rows->n);
    if (has_levels(v) && !factor_levels_of(rows, v, &levels, problem, keep))
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        const struct sources *s = &rows->sources;
        y[i] = levels.n ? factor_level(v, &levels, s, rows->row[i], room)
                        : tape_run(&v->tape, s->value, rows->row[i], NULL, 0, NULL, room);
        if (!isfinite(y[i]))
            return design_not_finite(v, y[i], rows->row[i], problem, keep);
    }
    d->y = y;
    d->response = v->label;
    d->n_response_levels = levels.n;
    d->response_level = levels.name;
    return true;
}

/* ---- offsets ---- */

static bool fill_offset(const struct complete *rows, struct design *d, double room[],
                        struct design_problem *problem, struct arena *keep)
{
    const struct model_formula *f = rows->formula;
    double *offset = ARENA_NEW(keep, double, rows->n);
    for (size_t j = 0; j < f->n_variables; j++) {
        const struct variable *v = &f->variable[j];
        if (!v->used || v->kind != VARIABLE_OFFSET)
            continue;
        for (size_t i = 0; i < rows->n; i++) {
            double x = tape_run(&v->tape, rows->sources.value, rows->row[i], NULL, 0, NULL, room);
            if (!isfinite(x))
                return design_not_finite(v, x, rows->row[i], problem, keep);
            offset[i] += x;
        }
    }
    d->offset = offset;
    return true;
}

/* ---- the matrix ---- */

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

/* The values of a column of the design that is a column of the data as it stands, or NULL. */
static const double *plain_values(const struct complete *rows, const struct design_recipe *r,
                                  size_t c)
{
    const struct column_part *part = r->plan[c].part;
    for (size_t j = 0; r->plan[c].n == 1 && !part->factor && j < rows->formula->n_variables; j++) {
        const struct variable *v = &rows->formula->variable[j];
        bool is_it = r->ingredient[j].width == 1 && r->ingredient[j].first == part->at;
        if (is_it && v->kind == VARIABLE_NUMBER && v->tape.n == 1 &&
            v->tape.at->push == PUSH_VARIABLE)
            return rows->sources.value[v->tape.at->of.index];
    }
    return NULL;
}

/* The matrix where all columns but the intercept are such; false where one is not, or where a
   value is not finite. */
static bool fill_plainly(const struct complete *rows, const struct design_recipe *r, double *x,
                         struct arena *scratch)
{
    const double **value = ARENA_NEW(scratch, const double *, r->p);
    for (size_t c = 0; c < r->p; c++)
        if (r->plan[c].n > 0 && !(value[c] = plain_values(rows, r, c)))
            return false;
    for (size_t i = 0; i < rows->n; i++) {
        double *to = x + i * r->p, odd = 0;
        for (size_t c = 0; c < r->p; c++) {
            to[c] = value[c] ? value[c][rows->row[i]] : 1;
            odd += to[c] * 0;
        }
        if (!(odd == 0))
            return false;
    }
    return true;
}

static bool fill_matrix(const struct complete *rows, struct design *d, double room[],
                        struct design_problem *problem, struct arena *keep)
{
    const struct model_formula *f = rows->formula;
    const struct design_recipe *r = d->recipe;
    struct arena *scratch = arena_new();
    double *x = ARENA_NEW(keep, double, rows->n * r->p);
    double *values = ARENA_NEW(scratch, double, r->width);
    bool good = true, done = fill_plainly(rows, r, x, scratch);
    for (size_t i = 0; i < rows->n && good && !done; i++) {
        double value;
        recipe_row(f, r, &rows->sources, rows->row[i], values, room);
        recipe_columns(r, values, x + i * r->p);
        const struct variable *odd = recipe_odd(f, r, values, false, &value);
        good = odd ? design_not_finite(odd, value, rows->row[i], problem, keep)
                   : finite_columns(f, r, x + i * r->p, rows->row[i], problem, keep);
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
static bool fill(const struct complete *rows, struct design *d, struct design_problem *problem,
                 double room[], struct arena *keep)
{
    const struct model_formula *f = rows->formula;
    struct design_recipe *recipe;
    d->n = rows->n;
    d->row = rows->row;
    if (rows->n == 0)
        return design_fail(problem, FIT_TOO_FEW, SIZE_MAX, FORMULA_NOWHERE, NULL,
                           "no row has a value in every column");
    if (f->has_response && !fill_response(rows, d, room, problem, keep))
        return false;
    if (!recipe_make(rows, &recipe, problem, keep))
        return false;
    d->recipe = recipe;
    name_columns(f, d, keep);
    return (!f->has_offset || fill_offset(rows, d, room, problem, keep)) &&
           fill_matrix(rows, d, room, problem, keep);
}

bool model_design(const struct model_formula *f, const struct model_data *data, const uint32_t *at,
                  size_t n_at, struct design *design, struct design_problem *problem,
                  struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct complete rows = complete_rows(f, data, at, at ? n_at : data->n, keep, scratch);
    double *room = ARENA_NEW(scratch, double, recipe_room(f));
    *design = (struct design){0};
    *problem = (struct design_problem){.status = FIT_OK, .row = SIZE_MAX};
    bool good = fill(&rows, design, problem, room, keep);
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
