/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/recipe.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "models/base/order.h"
#include "models/design/words.h"

#define NO_TERM SIZE_MAX

/* ---- problems ---- */

bool design_fail(struct design_problem *problem, enum fit_status status, size_t row, size_t at,
                 const char *mend, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(problem->told.what, sizeof problem->told.what, fmt, ap);
    va_end(ap);
    problem->told.position = at;
    problem->told.mend = mend;
    problem->status = status;
    problem->row = row;
    return false;
}

bool design_not_finite(const struct variable *v, double value, size_t row,
                       struct design_problem *problem, struct arena *keep)
{
    const char *word = isnan(value) ? "not defined" : value > 0 ? "infinite" : "minus infinity";
    return design_fail(problem, FIT_DOMAIN, row, v->at,
                       "leave such rows out, or transform otherwise", "%s is %s",
                       name_shown(v->label, keep), word);
}

/* ---- data ---- */

static const struct model_column *column_named(const struct model_data *data, const char *name)
{
    size_t i = 0;
    while (i < data->n_columns && strcmp(data->column[i].name, name) != 0)
        i++;
    assert(i < data->n_columns);
    return &data->column[i];
}

static bool needed(const struct named_column *c, bool left)
{
    return c->right || (left && c->left);
}

static const double *codes_as_numbers(const int32_t *code, size_t n, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        x[i] = code[i];
    return x;
}

struct sources sources_of(const struct model_formula *f, const struct model_data *data, bool left,
                          struct arena *keep)
{
    const struct model_column **column = ARENA_NEW(keep, const struct model_column *, f->n_columns);
    const double **value = ARENA_NEW(keep, const double *, f->n_columns);
    for (size_t i = 0; i < f->n_columns; i++) {
        const struct named_column *named = &f->column[i];
        if (!needed(named, left))
            continue;
        column[i] = column_named(data, named->name);
        value[i] = column[i]->value;
        assert((value[i] == NULL) == named->factor);
        if (named->as_number)
            value[i] = codes_as_numbers(column[i]->code, data->n, keep);
    }
    return (struct sources){data->n, column, value};
}

bool sources_complete(const struct model_formula *f, const struct sources *s, size_t row, bool left)
{
    for (size_t i = 0; i < f->n_columns; i++) {
        const struct model_column *c = s->column[i];
        if (!needed(&f->column[i], left))
            continue;
        if (c->code ? c->code[row] < 0 : isnan(c->value[row]))
            return false;
    }
    return true;
}

/* ---- values of a variable ---- */

size_t recipe_room(const struct model_formula *f)
{
    size_t room = tape_room(&f->response.tape, 0);
    for (size_t j = 0; j < f->n_variables; j++) {
        size_t more = tape_room(&f->variable[j].tape, 0);
        room = more > room ? more : room;
    }
    return room + 1;
}

static double value_of(const struct variable *v, const struct sources *s, size_t row, double room[])
{
    if (v->tape.n == 1 && v->tape.at->push == PUSH_VARIABLE) /* a column as it stands */
        return s->value[v->tape.at->of.index][row];
    return tape_run(&v->tape, s->value, row, NULL, 0, NULL, room);
}

/* A computed variable on all rows, out [rows->n]. */
static bool all_values(const struct complete *rows, const struct variable *v, double out[],
                       struct design_problem *problem, struct arena *keep)
{
    struct arena *scratch = arena_new();
    double *room = ARENA_NEW(scratch, double, tape_room(&v->tape, 0));
    size_t i = 0;
    while (i < rows->n && isfinite(out[i] = value_of(v, &rows->sources, rows->row[i], room)))
        i++;
    arena_free(scratch);
    return i == rows->n || design_not_finite(v, out[i], rows->row[i], problem, keep);
}

/* ---- levels ---- */

/* The k-th level where the reference comes first and the rest stay as declared. */
static size_t in_order(size_t k, size_t reference)
{
    if (k == 0)
        return reference;
    return k <= reference ? k - 1 : k;
}

static void column_levels(const struct complete *rows, const struct variable *v,
                          struct factor_levels *levels, struct arena *keep)
{
    const struct model_column *c = rows->sources.column[v->column];
    int32_t *kept = ARENA_NEW(keep, int32_t, c->n_levels);
    const char **name = ARENA_NEW(keep, const char *, c->n_levels);
    for (size_t i = 0; i < rows->n; i++)
        kept[c->code[rows->row[i]]] = 1;
    for (size_t k = 0; k < c->n_levels; k++) {
        size_t declared = in_order(k, v->reference);
        bool seen = kept[declared] != 0;
        kept[declared] = seen ? (int32_t)levels->n : -1;
        if (seen)
            name[levels->n++] = arena_strdup(keep, c->level[declared]);
    }
    levels->kept = kept;
    levels->name = name;
}

/* TRUE and FALSE are both levels always, as in R. */
static void truth_levels(struct factor_levels *levels)
{
    static const double value[] = {0, 1};
    static const char *const name[] = {"FALSE", "TRUE"};
    *levels = (struct factor_levels){.n = 2, .value = value, .name = name};
}

static void number_levels(double *x, size_t n, struct factor_levels *levels, struct arena *keep)
{
    sort_real(x, n);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || x[i] != x[k - 1])
            x[k++] = x[i];
    const char **name = ARENA_NEW(keep, const char *, k);
    for (size_t i = 0; i < k; i++)
        name[i] = word_of_number(x[i], keep);
    *levels = (struct factor_levels){.n = k, .name = name};
    levels->value = arena_copy(keep, x, k, sizeof *x);
}

bool factor_levels_of(const struct complete *rows, const struct variable *v,
                      struct factor_levels *levels, struct design_problem *problem,
                      struct arena *keep)
{
    *levels = (struct factor_levels){0};
    if (v->column != NO_COLUMN) {
        column_levels(rows, v, levels, keep);
        return true;
    }
    struct arena *scratch = arena_new();
    double *x = ARENA_NEW(scratch, double, rows->n);
    bool good = all_values(rows, v, x, problem, keep);
    if (good && v->logical)
        truth_levels(levels);
    else if (good)
        number_levels(x, rows->n, levels, keep);
    arena_free(scratch);
    return good;
}

int32_t factor_level(const struct variable *v, const struct factor_levels *levels,
                     const struct sources *s, size_t row, double room[])
{
    if (v->column != NO_COLUMN)
        return levels->kept[s->column[v->column]->code[row]];
    double x = value_of(v, s, row, room);
    size_t low = 0, high = levels->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (levels->value[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low < levels->n && levels->value[low] == x ? (int32_t)low : -1;
}

/* ---- ingredients ---- */

static bool make_basis(const struct complete *rows, const struct variable *v, struct ingredient *in,
                       struct design_problem *problem, struct arena *keep)
{
    struct arena *scratch = arena_new();
    double *x = ARENA_NEW(scratch, double, rows->n);
    bool good = all_values(rows, v, x, problem, keep);
    if (good)
        in->state = v->basis->make(x, rows->n, v->argument, keep);
    arena_free(scratch);
    in->width = v->basis->width(v->argument);
    if (good && !in->state)
        return design_fail(problem, FIT_TOO_FEW, SIZE_MAX, v->at, v->basis->few,
                           "%s has too few distinct values", name_shown(v->label, keep));
    return good;
}

static bool make_factor(const struct complete *rows, const struct variable *v,
                        struct ingredient *in, struct design_problem *problem, struct arena *keep)
{
    if (!factor_levels_of(rows, v, &in->levels, problem, keep))
        return false;
    const char *label = name_shown(v->label, keep);
    if (in->levels.n < 2)
        return design_fail(problem, FIT_CONSTANT, SIZE_MAX, v->at, "leave it out",
                           "%s has one level", label);
    if (in->levels.n > DESIGN_MAX_COLUMNS)
        return design_fail(problem, FIT_UNIDENTIFIED, SIZE_MAX, v->at,
                           "an identifier is no term; leave it out", "%s has %zu levels", label,
                           in->levels.n);
    return true;
}

static bool make_ingredients(const struct complete *rows, struct design_recipe *r,
                             struct design_problem *problem, struct arena *keep)
{
    const struct model_formula *f = rows->formula;
    for (size_t j = 0; j < f->n_variables; j++) {
        const struct variable *v = &f->variable[j];
        struct ingredient *in = &r->ingredient[j];
        if (!v->used || v->kind == VARIABLE_OFFSET)
            continue;
        in->width = 1;
        if (v->kind == VARIABLE_BASIS && !make_basis(rows, v, in, problem, keep))
            return false;
        if (v->kind == VARIABLE_FACTOR && !make_factor(rows, v, in, problem, keep))
            return false;
        in->first = r->width;
        r->width += in->width;
    }
    return true;
}

/* ---- plans of columns ---- */

/* The columns that a variable has in a term. */
static size_t columns_of(const struct variable *v, const struct ingredient *in, bool full)
{
    return v->kind == VARIABLE_FACTOR ? in->levels.n - !full : in->width;
}

static size_t term_columns(const struct model_formula *f, const struct design_recipe *r, size_t t)
{
    const struct model_term *term = &f->term[t];
    size_t product = 1;
    for (size_t k = 0; k < term->n && product <= DESIGN_MAX_COLUMNS; k++) {
        size_t j = term->variable[k];
        product *= columns_of(&f->variable[j], &r->ingredient[j], term->full[k]);
    }
    return product;
}

static bool count_columns(const struct model_formula *f, struct design_recipe *r,
                          struct design_problem *problem, struct arena *keep)
{
    r->p = f->intercept;
    for (size_t t = 0; t < f->n_terms; t++) {
        r->p += term_columns(f, r, t);
        if (r->p > DESIGN_MAX_COLUMNS)
            return design_fail(
                problem, FIT_UNIDENTIFIED, SIZE_MAX, f->variable[f->term[t].variable[0]].at,
                "leave interactions out, or join levels", "more than %d columns with %s",
                DESIGN_MAX_COLUMNS, name_shown(f->term[t].label, keep));
    }
    return true;
}

/* The c-th column of a variable in a term: what it is and how it is called. */
static struct column_part part_of(const struct variable *v, const struct ingredient *in, bool full,
                                  size_t c, const char **name, struct arena *keep)
{
    if (v->kind == VARIABLE_FACTOR) {
        size_t level = c + !full;
        *name = arena_printf(keep, "%s%s", v->label, in->levels.name[level]);
        return (struct column_part){in->first, true, (double)level};
    }
    *name = in->width == 1 ? v->label : arena_printf(keep, "%s%zu", v->label, c + 1);
    return (struct column_part){in->first + c, false, 0};
}

/* The i-th column of a term; the first variable's columns run fastest. */
static void plan_column(const struct model_formula *f, struct design_recipe *r, size_t t, size_t i,
                        size_t at, struct arena *keep)
{
    const struct model_term *term = &f->term[t];
    struct column_part *part = ARENA_NEW(keep, struct column_part, term->n);
    const char *name = "", *piece;
    for (size_t k = 0; k < term->n; k++) {
        size_t j = term->variable[k];
        size_t n = columns_of(&f->variable[j], &r->ingredient[j], term->full[k]);
        part[k] = part_of(&f->variable[j], &r->ingredient[j], term->full[k], i % n, &piece, keep);
        name = k ? arena_printf(keep, "%s:%s", name, piece) : piece;
        i /= n;
    }
    r->plan[at] = (struct column_plan){term->n, part};
    r->name[at] = name;
    r->term[at] = t;
}

static void plan_columns(const struct model_formula *f, struct design_recipe *r, struct arena *keep)
{
    size_t at = 0;
    r->plan = ARENA_NEW(keep, struct column_plan, r->p);
    r->name = ARENA_NEW(keep, const char *, r->p);
    r->term = ARENA_NEW(keep, size_t, r->p);
    if (f->intercept) {
        r->name[at] = "(Intercept)";
        r->term[at++] = NO_TERM;
    }
    for (size_t t = 0; t < f->n_terms; t++)
        for (size_t i = 0, n = term_columns(f, r, t); i < n; i++)
            plan_column(f, r, t, i, at++, keep);
    assert(at == r->p);
}

bool recipe_make(const struct complete *rows, struct design_recipe **recipe,
                 struct design_problem *problem, struct arena *keep)
{
    const struct model_formula *f = rows->formula;
    struct design_recipe *r = *recipe = ARENA_NEW(keep, struct design_recipe, 1);
    r->ingredient = ARENA_NEW(keep, struct ingredient, f->n_variables);
    r->room = recipe_room(f);
    if (!make_ingredients(rows, r, problem, keep) || !count_columns(f, r, problem, keep))
        return false;
    plan_columns(f, r, keep);
    return true;
}

/* ---- rows ---- */

void recipe_value(const struct model_formula *f, const struct design_recipe *r,
                  const struct sources *s, size_t row, size_t j, double values[], double room[])
{
    const struct variable *v = &f->variable[j];
    const struct ingredient *in = &r->ingredient[j];
    double *out = values + in->first;
    if (in->width == 0)
        return;
    if (v->kind == VARIABLE_FACTOR) {
        int32_t level = factor_level(v, &in->levels, s, row, room);
        *out = level < 0 ? NAN : level;
        return;
    }
    double x = value_of(v, s, row, room);
    if (v->kind == VARIABLE_BASIS)
        v->basis->values(in->state, v->argument, x, out);
    else
        *out = x;
}

void recipe_row(const struct model_formula *f, const struct design_recipe *r,
                const struct sources *s, size_t row, double values[], double room[])
{
    for (size_t j = 0; j < f->n_variables; j++)
        recipe_value(f, r, s, row, j, values, room);
}

const struct variable *recipe_odd(const struct model_formula *f, const struct design_recipe *r,
                                  const double values[], bool factors, double *value)
{
    for (size_t j = 0; j < f->n_variables; j++) {
        const struct ingredient *in = &r->ingredient[j];
        if (factors && f->variable[j].kind != VARIABLE_FACTOR)
            continue;
        for (size_t c = 0; c < in->width; c++)
            if (!isfinite(*value = values[in->first + c]))
                return &f->variable[j];
    }
    return NULL;
}

double recipe_offset(const struct model_formula *f, const struct sources *s, size_t row,
                     double room[])
{
    double total = 0;
    for (size_t j = 0; j < f->n_variables; j++)
        if (f->variable[j].used && f->variable[j].kind == VARIABLE_OFFSET)
            total += value_of(&f->variable[j], s, row, room);
    return total;
}

double recipe_part(const struct column_part *part, const double values[])
{
    double value = values[part->at];
    return part->factor ? value == part->level : value;
}

double recipe_column(const struct column_plan *plan, const double values[])
{
    double product = 1;
    for (size_t k = 0; k < plan->n; k++)
        product *= recipe_part(&plan->part[k], values);
    return product;
}

void recipe_columns(const struct design_recipe *r, const double values[], double x[])
{
    for (size_t c = 0; c < r->p; c++)
        x[c] = recipe_column(&r->plan[c], values);
}
