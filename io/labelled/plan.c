/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/text/parse.h"

#define MOST_WHOLE ((int64_t)1 << 53)
enum { MOST_CODES = 26 }; /* Stata has .a to .z */

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

/* ---- codes for no answer ---- */

static const char *label_of_code(const struct column *c, const char *code, struct arena *keep)
{
    const struct levels *l = c->missing_labels;
    double x;
    for (size_t k = 0; l && k < l->n; k++)
        if (strcmp(l->name[k], code) == 0 && *l->label[k])
            return l->label[k];
    if (!parse_real(code, strlen(code), &x))
        return code;
    return arena_printf(keep, "%s %s", missing_word(MISSING_CODE), code);
}

/* The distinct codes of the cells in the order of the rows, at most SPSS's and Stata's letters;
   false where a missing answer has none. */
static bool collect_codes(struct planned_variable *v, size_t n_rows, struct planned_code *codes,
                          struct arena *keep)
{
    const struct column *c = v->column;
    for (size_t i = 0; i < n_rows; i++) {
        if (!column_is_missing(c, i) || planned_reason(v, i) != MISSING_CODE)
            continue;
        const char *code = c->code[i];
        size_t k = 0;
        while (code && k < v->n_codes && strcmp(codes[k].code, code) != 0)
            k++;
        if (!code || k == MOST_CODES)
            return false;
        if (k == v->n_codes)
            codes[v->n_codes++] =
                (struct planned_code){code, label_of_code(c, code, keep), NAN, 'a'};
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    const struct planned_code *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* The numbers keep their value, words are -902, -906, -907 ... (-9002 ...), which no value is.
   Ascending; false where two are the same number. */
static bool set_values(struct planned_variable *v, struct planned_code *codes)
{
    double next = v->code_base - MISSING_CODE;
    for (size_t k = 0; k < v->n_codes; k++)
        if (!parse_real(codes[k].code, strlen(codes[k].code), &codes[k].value)) {
            codes[k].value = next;
            next = next == v->code_base - MISSING_CODE ? v->code_base - MISSING_N : next - 1;
        }
    qsort(codes, v->n_codes, sizeof *codes, by_value);
    for (size_t k = 0; k < v->n_codes; k++) {
        codes[k].tag = (char)('a' + k);
        if (k > 0 && codes[k].value == codes[k - 1].value)
            return false;
    }
    return true;
}

/* SPSS takes three codes, or a range and one more: the range may hold no answer. */
static bool fit_spss(struct planned_variable *v, const struct planned_code *codes, size_t n_rows)
{
    enum { SINGLE = 3 };
    const size_t n = v->n_codes;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n_rows; i++) {
        const double x = planned_number(v, i);
        low = x < low ? x : low;
        high = x > high ? x : high;
    }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n_rows; i++)
            if (planned_number(v, i) == codes[k].value)
                return false;
    if (n <= SINGLE)
        return true;
    size_t below = 0;
    while (below < n && codes[below].value < low)
        below++;
    const size_t above = n - below;
    if ((above > 0 && codes[below].value < high) || (below > 1 && above > 1))
        return false;
    const bool range_is_below = below > 1 || above == 0;
    v->codes_are_range = true;
    v->range_low = range_is_below ? codes[0].value : codes[below].value;
    v->range_high = range_is_below ? codes[below - 1].value : codes[n - 1].value;
    v->apart = range_is_below ? above ? codes[below].value : NAN : below ? codes[0].value : NAN;
    return true;
}

/* Each code for no answer by itself, where it can be: a variable may have no other reason. */
static void plan_codes(struct planned_variable *v, size_t n_rows, struct arena *keep)
{
    struct planned_code *codes = ARENA_NEW(keep, struct planned_code, MOST_CODES);
    bool others = false;
    for (size_t why = MISSING_CODE + 1; why < MISSING_N; why++)
        others |= v->reason[why];
    const bool fits = v->column->code && v->kind == PLANNED_NUMBER && v->reason[MISSING_CODE] &&
                      !others && collect_codes(v, n_rows, codes, keep) && set_values(v, codes) &&
                      fit_spss(v, codes, n_rows);
    v->codes = codes;
    v->n_codes = fits ? v->n_codes : 0;
}

const struct planned_code *planned_code(const struct planned_variable *v, size_t row)
{
    const char *code = v->n_codes ? v->column->code[row] : NULL;
    for (size_t k = 0; code && k < v->n_codes; k++)
        if (strcmp(v->codes[k].code, code) == 0)
            return &v->codes[k];
    return NULL;
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
        if (v->kind != PLANNED_TEXT)
            plan_codes(v, f->n_rows, keep);
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
