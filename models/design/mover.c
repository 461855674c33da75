/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/mover.h"

#include <assert.h>
#include <string.h>

#include "models/design/recipe.h"

/* ---- what reads what ---- */

static size_t find_column(const struct model_formula *f, const char *name)
{
    size_t i = 0;
    while (i < f->n_columns && strcmp(f->column[i].name, name) != 0)
        i++;
    return i;
}

static bool variable_reads(const struct variable *v, size_t column)
{
    return v->used && (v->column == column || tape_uses(&v->tape, column));
}

static bool is_comparison(const struct variable *v)
{
    return v->used && v->kind == VARIABLE_FACTOR && v->logical;
}

struct design_reader design_reader_of(const struct model_formula *f, const char *name)
{
    struct design_reader reader = {.factor = SIZE_MAX};
    size_t column = find_column(f, name);
    for (size_t j = 0; j < f->n_variables && column < f->n_columns; j++) {
        const struct variable *v = &f->variable[j];
        if (!variable_reads(v, column))
            continue;
        if (is_comparison(v))
            reader.by_comparison = true;
        else if (v->kind != VARIABLE_FACTOR)
            reader.smoothly = true;
        else if (reader.factor == SIZE_MAX)
            reader.factor = j;
    }
    return reader;
}

const char *const *design_comparisons(const struct model_formula *f, size_t *n, struct arena *keep)
{
    const char **label = ARENA_NEW(keep, const char *, f->n_variables);
    *n = 0;
    for (size_t j = 0; j < f->n_variables; j++)
        if (is_comparison(&f->variable[j]))
            label[(*n)++] = f->variable[j].label;
    return label;
}

/* The declared code of a level: the one that is kept as it. */
static int32_t declared_code(const struct factor_levels *levels, int32_t level)
{
    int32_t code = 0;
    while (levels->kept[code] != level)
        code++;
    return code;
}

const char *const *design_levels(const struct design *design, const struct model_formula *f,
                                 size_t factor, size_t *n, const int32_t **codes,
                                 const double **values, struct arena *keep)
{
    assert(factor < f->n_variables && f->variable[factor].kind == VARIABLE_FACTOR);
    const struct factor_levels *levels = &design->recipe->ingredient[factor].levels;
    *n = levels->n;
    *values = levels->value;
    *codes = NULL;
    if (levels->kept) {
        int32_t *code = ARENA_NEW(keep, int32_t, levels->n);
        for (size_t k = 0; k < levels->n; k++)
            code[k] = declared_code(levels, (int32_t)k);
        *codes = code;
    }
    return levels->name;
}

bool design_multiplies(const struct model_formula *f, const char *one, const char *other)
{
    size_t a = find_column(f, one), b = find_column(f, other);
    for (size_t t = 0; t < f->n_terms && a < f->n_columns && b < f->n_columns; t++) {
        const struct model_term *term = &f->term[t];
        for (size_t j = 0; j < term->n; j++)
            for (size_t k = 0; k < term->n; k++)
                if (j != k && variable_reads(&f->variable[term->variable[j]], a) &&
                    variable_reads(&f->variable[term->variable[k]], b))
                    return true;
    }
    return false;
}

/* ---- movers ---- */

/* Does a column have a part that reads it?  All parts of such columns are needed. */
static bool column_moves(const struct model_formula *f, const struct design_recipe *r,
                         const struct column_plan *plan, const bool *reads, bool *needed)
{
    bool moves = false, *in = needed;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < plan->n; k++)
            for (size_t j = 0; j < f->n_variables; j++) {
                const struct ingredient *of = &r->ingredient[j];
                size_t at = plan->part[k].at;
                if (of->width == 0 || at < of->first || at >= of->first + of->width)
                    continue;
                moves |= reads[j];
                in[j] |= pass == 1 && moves;
            }
    return moves;
}

static void find_columns(struct design_mover *m, const bool *reads, struct arena *keep)
{
    const struct model_formula *f = m->formula;
    const struct design_recipe *r = m->design->recipe;
    bool *needed = ARENA_NEW(keep, bool, f->n_variables);
    size_t *at = ARENA_NEW(keep, size_t, r->p);
    for (size_t c = 0; c < r->p; c++)
        if (column_moves(f, r, &r->plan[c], reads, needed))
            at[m->n++] = c;
    m->reads = reads;
    m->needed = needed;
    m->at = at;
}

/* The column as a parameter, so that the tape's derivative is by it. */
static struct tape by_column(const struct tape *t, size_t column, struct arena *keep)
{
    struct instruction *at = arena_copy(keep, t->at, t->n, sizeof *t->at);
    for (size_t i = 0; i < t->n; i++) {
        at[i].active = true;
        if (at[i].push == PUSH_VARIABLE && at[i].of.index == column)
            at[i] = (struct instruction){.push = PUSH_PARAMETER, .active = true};
    }
    return (struct tape){t->n, at, t->depth};
}

static struct design_mover still(const struct model_formula *f, const struct design *design)
{
    return (struct design_mover){
        .formula = f, .design = design, .column = SIZE_MAX, .comparison = SIZE_MAX};
}

void design_mover_of_column(const struct model_formula *f, const struct design *design,
                            const char *name, struct design_mover *m, struct arena *keep)
{
    bool *reads = ARENA_NEW(keep, bool, f->n_variables);
    struct tape *slope = ARENA_NEW(keep, struct tape, f->n_variables);
    size_t column = find_column(f, name);
    *m = still(f, design);
    m->slope = slope;
    if (column == f->n_columns)
        return;
    m->column = column;
    for (size_t j = 0; j < f->n_variables; j++) {
        const struct variable *v = &f->variable[j];
        reads[j] = variable_reads(v, column);
        if (reads[j] && v->kind != VARIABLE_FACTOR)
            slope[j] = by_column(&v->tape, column, keep);
        m->offset |= reads[j] && v->kind == VARIABLE_OFFSET;
    }
    find_columns(m, reads, keep);
}

void design_mover_of_comparison(const struct model_formula *f, const struct design *design,
                                const char *label, struct design_mover *m, struct arena *keep)
{
    bool *reads = ARENA_NEW(keep, bool, f->n_variables);
    *m = still(f, design);
    for (size_t j = 0; j < f->n_variables; j++)
        if (is_comparison(&f->variable[j]) && strcmp(f->variable[j].label, label) == 0) {
            reads[j] = true;
            m->comparison = j;
        }
    if (m->comparison != SIZE_MAX)
        find_columns(m, reads, keep);
}

/* ---- columns again ---- */

static void needed_values(const struct design_mover *m, const struct sources *s, size_t row,
                          double values[], double room[])
{
    for (size_t j = 0; j < m->formula->n_variables; j++)
        if (m->needed[j])
            recipe_value(m->formula, m->design->recipe, s, row, j, values, room);
}

void design_move(const struct design_mover *m, const struct model_data *data, bool truth, double *x,
                 double *offset, struct arena *scratch)
{
    const struct design_recipe *r = m->design->recipe;
    if (m->n == 0 && !m->offset)
        return;
    struct sources s = sources_of(m->formula, data, false, scratch);
    double *values = ARENA_NEW(scratch, double, r->width);
    double *room = ARENA_NEW(scratch, double, r->room);
    for (size_t i = 0; i < data->n; i++) {
        if (m->n > 0)
            needed_values(m, &s, i, values, room);
        if (m->comparison != SIZE_MAX)
            values[r->ingredient[m->comparison].first] = truth;
        for (size_t k = 0; k < m->n; k++)
            x[i * r->p + m->at[k]] = recipe_column(&r->plan[m->at[k]], values);
        if (m->offset)
            offset[i] = recipe_offset(m->formula, &s, i, room);
    }
}

/* ---- derivatives ---- */

static bool line_of(const struct variable *v)
{
    bool plain = v->tape.n == 1;
    return plain && (v->kind == VARIABLE_NUMBER || v->kind == VARIABLE_OFFSET ||
                     (v->kind == VARIABLE_BASIS && v->basis == &basis_scale));
}

static size_t parts_that_read(const struct design_mover *m, const struct column_plan *plan)
{
    size_t n = 0;
    for (size_t k = 0; k < plan->n; k++)
        for (size_t j = 0; j < m->formula->n_variables; j++) {
            const struct ingredient *in = &m->design->recipe->ingredient[j];
            size_t at = plan->part[k].at;
            n += m->reads[j] && in->width > 0 && at >= in->first && at < in->first + in->width;
        }
    return n;
}

bool design_mover_straight(const struct design_mover *m)
{
    for (size_t j = 0; m->reads && j < m->formula->n_variables; j++)
        if (m->reads[j] && !line_of(&m->formula->variable[j]))
            return false;
    for (size_t k = 0; k < m->n; k++)
        if (parts_that_read(m, &m->design->recipe->plan[m->at[k]]) > 1)
            return false;
    return true;
}

/* Of a variable's values by the column. */
static double variable_slopes(const struct design_mover *m, size_t j, const struct sources *s,
                              size_t row, double slopes[], double room[])
{
    const struct variable *v = &m->formula->variable[j];
    const struct ingredient *in = &m->design->recipe->ingredient[j];
    double *out = slopes + in->first, slope, x = s->value[m->column][row];
    double value = tape_run(&m->slope[j], s->value, row, &x, 1, &slope, room);
    if (v->kind == VARIABLE_OFFSET)
        return slope;
    *out = slope;
    if (v->kind == VARIABLE_BASIS)
        v->basis->slopes(in->state, v->argument, value, out);
    for (size_t c = 0; c < in->width && v->kind == VARIABLE_BASIS; c++)
        out[c] *= slope;
    return 0;
}

/* The derivative of a product; slopes are 0 of what does not move. */
static double column_slope(const struct column_plan *plan, const double values[],
                           const double slopes[])
{
    double total = 0;
    for (size_t k = 0; k < plan->n; k++) {
        double product = plan->part[k].factor ? 0 : slopes[plan->part[k].at];
        for (size_t l = 0; l < plan->n && product != 0; l++)
            if (l != k)
                product *= recipe_part(&plan->part[l], values);
        total += product;
    }
    return total;
}

void design_slopes(const struct design_mover *m, const struct model_data *data, double *slope,
                   double *offset, struct arena *scratch)
{
    const struct model_formula *f = m->formula;
    const struct design_recipe *r = m->design->recipe;
    if (m->n == 0 && !m->offset) {
        memset(offset, 0, data->n * sizeof *offset);
        return;
    }
    struct sources s = sources_of(f, data, false, scratch);
    double *values = ARENA_NEW(scratch, double, r->width);
    double *slopes = ARENA_NEW(scratch, double, r->width);
    double *room = ARENA_NEW(scratch, double, 2 * r->room);
    for (size_t i = 0; i < data->n; i++) {
        offset[i] = 0;
        if (m->n > 0)
            needed_values(m, &s, i, values, room);
        for (size_t j = 0; j < f->n_variables; j++)
            if (m->reads[j] && f->variable[j].kind != VARIABLE_FACTOR)
                offset[i] += variable_slopes(m, j, &s, i, slopes, room);
        for (size_t k = 0; k < m->n; k++)
            slope[i * m->n + k] = column_slope(&r->plan[m->at[k]], values, slopes);
    }
}
