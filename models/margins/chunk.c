/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/chunk.h"

#include <math.h>
#include <string.h>

/* ---- room ---- */

size_t chunk_rows(const struct margins *m)
{
    size_t row = m->fit->n_means * m->fit->fit.n_params + m->equation[0].design->p + 1;
    size_t rows = 65536 / row;
    return rows < 16 ? 16 : rows > 512 ? 512 : rows;
}

static void make_columns(struct chunk *c, struct arena *keep)
{
    size_t k = c->m->n_columns;
    c->column = ARENA_NEW(keep, struct model_column, k);
    c->value = ARENA_NEW(keep, double, k * c->most);
    c->code = ARENA_NEW(keep, int32_t, k * c->most);
    c->fixed_value = ARENA_NEW(keep, double, (MARGIN_MAX_SETTINGS + 1) * c->most);
    c->fixed_code = ARENA_NEW(keep, int32_t, (MARGIN_MAX_SETTINGS + 1) * c->most);
    c->data = (struct model_data){.n_columns = k, .column = c->column};
}

void chunk_make(struct chunk *c, const struct margins *m, struct arena *keep)
{
    size_t n = chunk_rows(m), k = m->fit->n_means, p = m->fit->fit.n_params, wide = 1;
    *c = (struct chunk){.m = m, .most = n, .scratch = arena_new()};
    make_columns(c, keep);
    c->w = ARENA_NEW(keep, double, n);
    for (size_t e = 0; e < m->n_equations; e++) {
        size_t width = m->equation[e].design->p;
        wide = width > wide ? width : wide;
        c->x[e] = ARENA_NEW(keep, double, n *width);
        c->other_x[e] = ARENA_NEW(keep, double, n *width);
        c->offset[e] = ARENA_NEW(keep, double, n);
        c->other_offset[e] = ARENA_NEW(keep, double, n);
        c->slope[e] = ARENA_NEW(keep, double, n *k);
        c->gradient[e] = ARENA_NEW(keep, double, n *k *p);
    }
    c->by = ARENA_NEW(keep, double, n *wide);
    c->moved = ARENA_NEW(keep, double, n);
    c->mean = ARENA_NEW(keep, double, n *k);
    c->mean_gradient = ARENA_NEW(keep, double, n *k *p);
    c->reference = ARENA_NEW(keep, double, n *k);
    c->reference_gradient = ARENA_NEW(keep, double, n *k *p);
}

/* ---- rows ---- */

/* Copies the columns of the rows, so that one of them can be changed. */
void chunk_load(struct chunk *c, size_t first, size_t n)
{
    const struct outcome_data *fitted = &c->m->fit->data;
    const uint32_t *row = fitted->design->row + first;
    c->first = first;
    c->data.n = c->n = n;
    for (size_t i = 0; i < n; i++)
        c->w[i] = fitted->w ? fitted->w[first + i] : 1;
    for (size_t k = 0; k < c->m->n_columns; k++) {
        const struct model_column *from = c->m->column[k];
        double *value = c->value + k * c->most;
        int32_t *code = c->code + k * c->most;
        c->column[k] = *from;
        for (size_t i = 0; i < n && from->value; i++)
            value[i] = from->value[row[i]];
        for (size_t i = 0; i < n && from->code; i++)
            code[i] = from->code[row[i]];
        c->column[k].value = from->value ? value : NULL;
        c->column[k].code = from->code ? code : NULL;
    }
}

static struct model_column *column_of(struct chunk *c, const struct margin_variable *v)
{
    size_t k = 0;
    while (v->column == SIZE_MAX || c->m->column[k] != &c->m->data->column[v->column])
        k++;
    return &c->column[k];
}

/* Points a column to a constant in the k-th place for such; its old self is given back. */
static struct model_column fix(struct chunk *c, const struct margin_setting *s, size_t k)
{
    struct model_column none = {0};
    if (s->variable->column == SIZE_MAX)
        return none;
    struct model_column *column = column_of(c, s->variable), before = *column;
    double *value = c->fixed_value + k * c->most;
    int32_t *code = c->fixed_code + k * c->most;
    const struct margin_variable *v = s->variable;
    double number = v->value ? v->value[s->level] : s->value;
    for (size_t i = 0; i < c->n && before.value; i++)
        value[i] = number;
    for (size_t i = 0; i < c->n && before.code; i++)
        code[i] = v->code[s->level];
    column->value = before.value ? value : NULL;
    column->code = before.code ? code : NULL;
    return before;
}

static void unfix(struct chunk *c, const struct margin_setting *s,
                  const struct model_column *before)
{
    if (s->variable->column != SIZE_MAX)
        *column_of(c, s->variable) = *before;
}

/* ---- settings ---- */

/* Copies `from`, of which only what moves is then written anew. */
static void copy_rows(struct chunk *c, const struct regressors *from, double *const x[2],
                      double *const offset[2], struct regressors *to)
{
    to->n = c->n;
    for (size_t e = 0; e < c->m->n_equations; e++) {
        size_t p = c->m->equation[e].design->p;
        memcpy(x[e], from->x[e], c->n * p * sizeof **x);
        to->x[e] = x[e];
        to->offset[e] = from->offset[e] ? offset[e] : NULL;
        if (from->offset[e])
            memcpy(offset[e], from->offset[e], c->n * sizeof **offset);
    }
}

static void move(struct chunk *c, const struct margin_setting *s, double *const x[2],
                 double *const offset[2])
{
    for (size_t e = 0; e < c->m->n_equations; e++)
        design_move(&s->variable->moves[e], &c->data, s->level == 1, x[e], offset[e], c->scratch);
}

static struct regressors as_fitted(const struct chunk *c)
{
    struct regressors r = {.n = c->n};
    for (size_t e = 0; e < c->m->n_equations; e++) {
        const struct design *d = c->m->equation[e].design;
        r.x[e] = d->x + c->first * d->p;
        r.offset[e] = d->offset ? d->offset + c->first : NULL;
    }
    return r;
}

/* The settings of the group before are taken back by loading the columns anew. */
void chunk_set(struct chunk *c, const struct margin_query *settings)
{
    chunk_load(c, c->first, c->n);
    arena_reset(c->scratch);
    c->set = as_fitted(c);
    c->sloped[0] = c->sloped[1] = false;
    c->reference_of = NULL;
    if (settings->n_settings == 0)
        return;
    struct regressors fitted = c->set;
    copy_rows(c, &fitted, c->x, c->offset, &c->set);
    for (size_t k = 0; k < settings->n_settings; k++)
        fix(c, &settings->setting[k], k);
    for (size_t k = 0; k < settings->n_settings; k++)
        move(c, &settings->setting[k], c->x, c->offset);
}

/* ---- sums ---- */

/* Adds sign times the weighted means, or what else is of that shape. */
static void add_rows(struct chunk *c, double sign, const double value[], const double gradient[],
                     struct sum total[])
{
    size_t k = c->m->fit->n_means, p = c->m->fit->fit.n_params;
    double *sum = ARENA_NEW(c->scratch, double, k *(1 + p));
    for (size_t i = 0; i < c->n; i++) {
        double w = sign * c->w[i];
        for (size_t h = 0; h < k && w != 0; h++) {
            const double *g = gradient + (i * k + h) * p;
            double *to = sum + h * (1 + p);
            to[0] += w * value[i * k + h];
            for (size_t j = 0; j < p; j++)
                to[1 + j] += w * g[j];
        }
    }
    for (size_t j = 0; j < k * (1 + p); j++)
        sum_add(&total[j], sum[j]);
}

static void means_of(struct chunk *c, const struct regressors *r, double mean[], double gradient[])
{
    struct outcome_rows rows = equations_rows(c->m, r);
    outcome_means(c->m->fit, &rows, mean, gradient, c->scratch);
}

static void add_means(struct chunk *c, struct sum total[])
{
    means_of(c, &c->set, c->mean, c->mean_gradient);
    add_rows(c, 1, c->mean, c->mean_gradient, total);
}

/* ---- slopes ---- */

/* d of the linear predictor: the offset's slope and the columns' with their coefficients. */
static void predictor_slopes(struct chunk *c, size_t equation, const struct design_mover *mover,
                             double d[])
{
    const struct margin_equation *e = &c->m->equation[equation];
    const double *b = c->m->fit->fit.estimate;
    design_slopes(mover, &c->data, c->by, d, c->scratch);
    for (size_t k = 0; k < mover->n; k++) {
        size_t j = e->param[mover->at[k]];
        for (size_t i = 0; i < c->n && j != SIZE_MAX && isfinite(b[j]); i++)
            d[i] += c->by[i * mover->n + k] * b[j];
    }
}

/* Sum of w slope[.][h] by[.][k] into the derivative by the parameter of that column. */
static void add_columns(struct chunk *c, size_t equation, const struct design_mover *mover,
                        size_t h, struct sum total[])
{
    const struct margin_equation *e = &c->m->equation[equation];
    size_t n_means = c->m->fit->n_means;
    for (size_t k = 0; k < mover->n; k++) {
        size_t j = e->param[mover->at[k]];
        double sum = 0;
        if (j == SIZE_MAX || !isfinite(c->m->fit->fit.estimate[j]))
            continue;
        for (size_t i = 0; i < c->n; i++)
            if (c->w[i] != 0)
                sum += c->w[i] * c->slope[equation][i * n_means + h] * c->by[i * mover->n + k];
        sum_add(&total[1 + j], sum);
    }
}

/* The chain rule over the rows: mean slopes times the predictor's. */
static void scale_rows(struct chunk *c, size_t equation, const double d[], double sum[])
{
    size_t k = c->m->fit->n_means, p = c->m->fit->fit.n_params;
    for (size_t i = 0; i < c->n; i++) {
        double w = c->w[i] * d[i];
        for (size_t h = 0; h < k && c->w[i] != 0; h++) {
            const double *g = c->gradient[equation] + (i * k + h) * p;
            double *to = sum + h * (1 + p);
            to[0] += w * c->slope[equation][i * k + h];
            for (size_t j = 0; j < p; j++)
                to[1 + j] += w * g[j];
        }
    }
}

static void add_slope(struct chunk *c, const struct margin_variable *v, struct sum total[])
{
    size_t k = c->m->fit->n_means, p = c->m->fit->fit.n_params;
    double *sum = ARENA_NEW(c->scratch, double, k *(1 + p));
    for (size_t e = 0; e < c->m->n_equations; e++) {
        const struct design_mover *mover = &v->moves[e];
        if (mover->n == 0 && !mover->offset)
            continue;
        if (!c->sloped[e])
            equations_slopes(c->m, e, &c->set, c->slope[e], c->gradient[e], c->scratch);
        c->sloped[e] = true;
        predictor_slopes(c, e, mover, c->moved);
        scale_rows(c, e, c->moved, sum);
        for (size_t h = 0; h < k; h++)
            add_columns(c, e, mover, h, total + h * (1 + p));
    }
    for (size_t j = 0; j < k * (1 + p); j++)
        sum_add(&total[j], sum[j]);
}

/* ---- steps ---- */

/* The rows with the variable at a level. */
static void at_level(struct chunk *c, const struct margin_variable *v, size_t level)
{
    struct margin_setting s = {.variable = v, .level = level};
    copy_rows(c, &c->set, c->other_x, c->other_offset, &c->other);
    struct model_column before = fix(c, &s, MARGIN_MAX_SETTINGS);
    move(c, &s, c->other_x, c->other_offset);
    unfix(c, &s, &before);
}

static void add_step(struct chunk *c, const struct margin_query *q, struct sum total[])
{
    if (c->reference_of != q->of) {
        at_level(c, q->of, 0);
        means_of(c, &c->other, c->reference, c->reference_gradient);
        c->reference_of = q->of;
    }
    at_level(c, q->of, q->level);
    means_of(c, &c->other, c->mean, c->mean_gradient);
    add_rows(c, 1, c->mean, c->mean_gradient, total);
    add_rows(c, -1, c->reference, c->reference_gradient, total);
}

/* ---- linear predictors ---- */

static void add_direction(struct chunk *c, const struct margin_query *q, const double direction[],
                          const double constant[], struct sum total[])
{
    const struct margin_equation *e = &c->m->equation[q->equation];
    const double *b = c->m->fit->fit.estimate;
    size_t p = e->design->p;
    for (size_t i = 0; i < c->n; i++) {
        if (c->w[i] == 0)
            continue;
        sum_add(&total[0], c->w[i] * (constant ? constant[i] : 0));
        for (size_t col = 0; col < p; col++) {
            size_t j = e->param[col];
            double x = c->w[i] * direction[i * p + col];
            if (j == SIZE_MAX || !isfinite(b[j]) || x == 0)
                continue;
            sum_add(&total[0], x * b[j]);
            sum_add(&total[1 + j], x);
        }
    }
}

/* Columns by x of all columns of the equation, from those that move. */
static void linear_slope(struct chunk *c, const struct margin_query *q, struct sum total[])
{
    const struct design_mover *mover = &q->of->moves[q->equation];
    size_t p = c->m->equation[q->equation].design->p;
    double *direction = ARENA_NEW(c->scratch, double, c->n *p);
    design_slopes(mover, &c->data, c->by, c->moved, c->scratch);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < mover->n; k++)
            direction[i * p + mover->at[k]] = c->by[i * mover->n + k];
    add_direction(c, q, direction, c->moved, total);
}

static void linear_step(struct chunk *c, const struct margin_query *q, struct sum total[])
{
    size_t e = q->equation, p = c->m->equation[e].design->p;
    double *direction = ARENA_NEW(c->scratch, double, c->n *p);
    double *constant = ARENA_NEW(c->scratch, double, c->n);
    for (int pass = 0; pass < 2; pass++) {
        double sign = pass ? 1 : -1;
        at_level(c, q->of, pass ? q->level : 0);
        for (size_t i = 0; i < c->n * p; i++)
            direction[i] += sign * c->other.x[e][i];
        for (size_t i = 0; i < c->n && c->other.offset[e]; i++)
            constant[i] += sign * c->other.offset[e][i];
    }
    add_direction(c, q, direction, constant, total);
}

void chunk_add(struct chunk *c, const struct margin_query *q, struct sum total[])
{
    arena_reset(c->scratch);
    if (q->linear && !q->of)
        add_direction(c, q, c->set.x[q->equation], c->set.offset[q->equation], total);
    else if (q->linear && q->of->n_levels == 0)
        linear_slope(c, q, total);
    else if (q->linear)
        linear_step(c, q, total);
    else if (!q->of)
        add_means(c, total);
    else if (q->of->n_levels == 0)
        add_slope(c, q->of, total);
    else
        add_step(c, q, total);
}
