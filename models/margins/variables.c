/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/variables.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"

static const double zero_one[] = {0, 1};
static const char *const zero_one_word[] = {"0", "1"};
static const char *const truth_word[] = {"FALSE", "TRUE"};

static const struct model_column *column_named(const struct margins *m, const char *name,
                                               size_t *at)
{
    size_t i = 0;
    while (i < m->data->n_columns && strcmp(m->data->column[i].name, name) != 0)
        i++;
    assert(i < m->data->n_columns);
    *at = i;
    return &m->data->column[i];
}

/* ---- numbers ---- */

/* Zeros and ones, and both? */
static bool is_zero_one(const struct margins *m, const double *x)
{
    const struct design *d = m->fit->data.design;
    bool seen[2] = {false, false};
    for (size_t i = 0; i < d->n; i++) {
        double value = x[d->row[i]];
        if (value != 0 && value != 1)
            return false;
        seen[value == 1] = true;
    }
    return seen[0] && seen[1];
}

static void describe(const struct margins *m, const double *x, struct margin_variable *v,
                     struct arena *scratch)
{
    const struct outcome_data *data = &m->fit->data;
    const struct design *d = data->design;
    double *value = ARENA_NEW(scratch, double, d->n);
    struct sum weights = {0};
    v->low = INFINITY;
    v->high = -INFINITY;
    for (size_t i = 0; i < d->n; i++) {
        double w = data->w ? data->w[i] : 1;
        value[i] = x[d->row[i]];
        sum_add(&weights, w);
        v->low = w > 0 ? fmin(v->low, value[i]) : v->low;
        v->high = w > 0 ? fmax(v->high, value[i]) : v->high;
    }
    if (v->low > v->high) /* no row counts */
        v->low = v->high = NAN;
    double n = data->weight_kind == WEIGHT_FREQUENCY ? sum_value(&weights) : (double)d->n;
    v->mean = mean(value, data->w, d->n);
    v->sd = sqrt(cross_product(value, v->mean, value, v->mean, data->w, d->n) /
                 sum_value(&weights) * n / (n - 1));
}

/* ---- one variable ---- */

static const struct design_mover *movers_of(const struct margins *m, const char *name,
                                            bool comparison, struct margin_variable *v,
                                            struct arena *keep)
{
    struct design_mover *mover = ARENA_NEW(keep, struct design_mover, m->n_equations);
    for (size_t e = 0; e < m->n_equations; e++) {
        const struct margin_equation *q = &m->equation[e];
        if (comparison)
            design_mover_of_comparison(q->formula, q->design, name, &mover[e], keep);
        else
            design_mover_of_column(q->formula, q->design, name, &mover[e], keep);
        v->straight[e] = !comparison && design_mover_straight(&mover[e]);
    }
    return mover;
}

/* The levels that the first equation with such a factor has. */
static bool factor_levels(const struct margins *m, const char *name, struct margin_variable *v,
                          struct arena *keep)
{
    for (size_t e = 0; e < m->n_equations; e++) {
        const struct margin_equation *q = &m->equation[e];
        struct design_reader reader = design_reader_of(q->formula, name);
        if (reader.factor == SIZE_MAX)
            continue;
        v->level = design_levels(q->design, q->formula, reader.factor, &v->n_levels, &v->code,
                                 &v->value, keep);
        return true;
    }
    return false;
}

/* Texts that only comparisons within I() read: all that are declared. */
static void declared_levels(const struct model_column *column, struct margin_variable *v,
                            struct arena *keep)
{
    int32_t *code = ARENA_NEW(keep, int32_t, column->n_levels);
    for (size_t k = 0; k < column->n_levels; k++)
        code[k] = (int32_t)k;
    v->n_levels = column->n_levels;
    v->level = column->level;
    v->code = code;
}

static struct margin_variable of_column(const struct margins *m, const char *name,
                                        struct arena *keep)
{
    struct margin_variable v = {.name = name, .mean = NAN, .sd = NAN, .low = NAN, .high = NAN};
    const struct model_column *column = column_named(m, name, &v.column);
    if (column->value) {
        struct arena *scratch = arena_new();
        describe(m, column->value, &v, scratch);
        arena_free(scratch);
    }
    bool levels = factor_levels(m, name, &v, keep);
    if (!levels && column->code)
        declared_levels(column, &v, keep);
    if (!levels && column->value && is_zero_one(m, column->value)) {
        v.n_levels = 2;
        v.level = zero_one_word;
        v.value = zero_one;
    }
    v.moves = movers_of(m, name, false, &v, keep);
    return v;
}

static struct margin_variable of_comparison(const struct margins *m, const char *label,
                                            struct arena *keep)
{
    struct margin_variable v = {.name = label,
                                .n_levels = 2,
                                .level = truth_word,
                                .mean = NAN,
                                .sd = NAN,
                                .low = NAN,
                                .high = NAN,
                                .column = SIZE_MAX};
    v.moves = movers_of(m, label, true, &v, keep);
    return v;
}

/* ---- all ---- */

/* Does an equation read it, other than by a comparison? */
static bool read_plainly(const struct margins *m, const char *name)
{
    for (size_t e = 0; e < m->n_equations; e++) {
        struct design_reader reader = design_reader_of(m->equation[e].formula, name);
        if (reader.smoothly || reader.factor != SIZE_MAX)
            return true;
    }
    return false;
}

static bool listed(const struct margin_variable *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(v[i].name, name) == 0)
            return true;
    return false;
}

static void list_columns(struct margins *m, const char *const *name, size_t n, struct arena *keep)
{
    const struct model_column **column = ARENA_NEW(keep, const struct model_column *, n);
    size_t at;
    for (size_t i = 0; i < n; i++)
        column[i] = column_named(m, name[i], &at);
    m->column = column;
    m->n_columns = n;
}

void variables_find(struct margins *m, struct arena *keep)
{
    size_t n, most = 0;
    const char *const *name = model_formula_columns(m->equation[0].formula, &n);
    const char *const *label[2] = {NULL, NULL};
    size_t n_labels[2] = {0, 0};
    for (size_t e = 0; e < m->n_equations; e++)
        label[e] = design_comparisons(m->equation[e].formula, &n_labels[e], keep);
    most = n + n_labels[0] + n_labels[1];
    struct margin_variable *v = ARENA_NEW(keep, struct margin_variable, most);
    for (size_t i = 0; i < n; i++)
        if (read_plainly(m, name[i]))
            v[m->n_variables++] = of_column(m, name[i], keep);
    for (size_t e = 0; e < m->n_equations; e++)
        for (size_t i = 0; i < n_labels[e]; i++)
            if (!listed(v, m->n_variables, label[e][i]))
                v[m->n_variables++] = of_comparison(m, label[e][i], keep);
    m->variable = v;
    list_columns(m, name, n, keep);
}
