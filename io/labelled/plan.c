/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/parse.h"

#define MOST_WHOLE ((int64_t)1 << 53)

/* ---- what a column is ---- */

static bool all_numbers(const char *const *text, size_t n)
{
    double x;
    for (size_t i = 0; i < n; i++)
        if (text[i] && !parse_real(text[i], strlen(text[i]), &x))
            return false;
    return true;
}

/* Texts that are codes: numbers, as are the values that their file labels. */
static bool are_codes(const struct column *c, size_t n_rows)
{
    return c->levels && all_numbers(c->levels->name, c->levels->n) &&
           all_numbers(c->as.text, n_rows);
}

static bool fits_double(const struct column *c, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++)
        if (!column_is_missing(c, i) &&
            (c->as.whole[i] > MOST_WHOLE || c->as.whole[i] < -MOST_WHOLE))
            return false;
    return true;
}

static enum planned_kind kind_of(const struct column *c, size_t n_rows)
{
    switch (c->type) {
    case COLUMN_DAY:
        return PLANNED_DAY;
    case COLUMN_TEXT:
        return are_codes(c, n_rows) ? PLANNED_NUMBER : PLANNED_TEXT;
    case COLUMN_WHOLE:
        return fits_double(c, n_rows) ? PLANNED_NUMBER : PLANNED_TEXT;
    case COLUMN_REAL:
    case COLUMN_FACTOR:
        break;
    }
    return PLANNED_NUMBER;
}

static double number_in(const char *text)
{
    double x = NAN;
    return text && parse_real(text, strlen(text), &x) ? x : NAN;
}

/* A factor's code: the number that its level is, where all are numbers, else its place from 1. */
static double factor_code(const struct column *c, size_t level)
{
    return all_numbers(c->levels->name, c->levels->n) ? number_in(c->levels->name[level])
                                                      : (double)level + 1;
}

double planned_number(const struct planned_variable *v, size_t row)
{
    const struct column *c = v->column;
    if (column_is_missing(c, row))
        return NAN;
    if (c->type == COLUMN_FACTOR)
        return factor_code(c, (size_t)c->as.level[row]);
    return c->type == COLUMN_TEXT ? number_in(c->as.text[row]) : column_real(c, row);
}

const char *planned_text(const struct planned_variable *v, size_t row, char buffer[32])
{
    const struct column *c = v->column;
    if (column_is_missing(c, row))
        return NULL;
    if (c->type == COLUMN_TEXT)
        return c->as.text[row];
    snprintf(buffer, 32, "%lld", (long long)c->as.whole[row]);
    return buffer;
}

enum missing planned_reason(const struct planned_variable *v, size_t row)
{
    const struct column *c = v->column;
    enum missing why = c->missing ? (enum missing)c->missing[row] : MISSING_BLANK;
    return why == MISSING_NOT ? MISSING_BLANK : why;
}

/* ---- labels, widths, codes ---- */

static void plan_labels(struct planned_variable *v, struct arena *keep)
{
    const struct levels *l = v->column->levels;
    struct planned_label *labels = ARENA_NEW(keep, struct planned_label, l ? l->n : 0);
    for (size_t k = 0; l && k < l->n && v->kind == PLANNED_NUMBER; k++) {
        bool factor = v->column->type == COLUMN_FACTOR;
        double value = factor ? factor_code(v->column, k) : number_in(l->name[k]);
        const char *label = l->label && l->label[k] && *l->label[k] ? l->label[k] : l->name[k];
        if (!isnan(value))
            labels[v->n_labels++] = (struct planned_label){value, label};
    }
    v->labels = labels;
}

static void plan_text(struct planned_variable *v, size_t n_rows)
{
    char buffer[32];
    v->width = 1;
    for (size_t i = 0; i < n_rows; i++) {
        const char *text = planned_text(v, i, buffer);
        size_t n = text ? strlen(text) : 0;
        v->width = n > v->width ? n : v->width;
    }
}

/* Codes of the reasons: below -900, or below -9000 ..., where no value is. */
static void plan_numbers(struct planned_variable *v, size_t n_rows)
{
    double lowest = 0;
    v->whole = true;
    for (size_t i = 0; i < n_rows; i++) {
        double x = planned_number(v, i);
        enum missing why = isnan(x) ? planned_reason(v, i) : MISSING_NOT;
        lowest = x < lowest && isfinite(x) ? x : lowest;
        v->whole = v->whole && (isnan(x) || x == floor(x));
        v->reason[why] = why >= MISSING_CODE;
        v->any_reason |= why >= MISSING_CODE;
    }
    v->code_base = -900;
    while (lowest <= v->code_base && v->code_base > -1e300)
        v->code_base *= 10;
}

static enum measure measure_of(const struct planned_variable *v)
{
    bool told = v->column->measure != MEASURE_NOMINAL || v->n_labels;
    return v->kind == PLANNED_TEXT ? MEASURE_NOMINAL : told ? v->column->measure : MEASURE_SCALE;
}

struct planned plan_table(const struct table *table, const struct name_rules *rules,
                          struct arena *keep)
{
    const struct frame *f = table->frame;
    const char *const *names = names_for(f, rules, keep);
    struct planned_variable *variables = ARENA_NEW(keep, struct planned_variable, f->n_cols);
    const char **notes = ARENA_NEW(keep, const char *, f->n_cols);
    struct planned p = {.table = table, .n = f->n_cols};
    for (size_t j = 0; j < f->n_cols; j++) {
        struct planned_variable *v = &variables[j];
        const struct column *c = v->column = &f->cols[j];
        v->name = names[j];
        v->label = c->label ? c->label : c->name;
        v->kind = kind_of(c, f->n_rows);
        plan_labels(v, keep);
        if (v->kind == PLANNED_TEXT)
            plan_text(v, f->n_rows);
        else
            plan_numbers(v, f->n_rows);
        v->measure = measure_of(v);
        if (strcmp(names[j], c->name) != 0)
            notes[p.n_notes++] =
                arena_printf(keep, "%s is the column '%s' of the table", names[j], c->name);
    }
    p.variables = variables;
    p.notes = notes;
    return p;
}

const struct table *planned_table(const struct report *report, const struct render_options *options,
                                  const char *what, struct err *err)
{
    const struct table *t = options->table     ? report_table(report, options->table)
                            : report->n_tables ? &report->tables[0]
                                               : NULL;
    if (!t)
        err_set(err, ERR_USAGE, "there is no table to write as %s", what);
    return t;
}
