/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/subset_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void set_factor(const struct reference *table, struct model_column *c, struct arena *keep)
{
    const char **level = ARENA_NEW(keep, const char *, table->n_rows);
    int32_t *code = ARENA_NEW(keep, int32_t, table->n_rows);
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        const char *text = reference_text(table, i, c->name);
        if (n == 0 || !bsearch(&text, level, n, sizeof *level, by_text)) {
            level[n++] = text;
            qsort(level, n, sizeof *level, by_text);
        }
    }
    for (size_t i = 0; i < table->n_rows; i++) {
        const char *text = reference_text(table, i, c->name);
        const char **at = bsearch(&text, level, n, sizeof *level, by_text);
        code[i] = (int32_t)(at - level);
    }
    c->code = code;
    c->level = level;
    c->n_levels = n;
}

struct model_data case_data(const struct reference *table, struct arena *keep)
{
    struct model_column *column = ARENA_NEW(keep, struct model_column, table->n_cols);
    for (size_t j = 0; j < table->n_cols; j++) {
        char *end;
        column[j].name = table->header[j];
        (void)strtod(table->cell[0][j], &end);
        if (*end)
            set_factor(table, &column[j], keep);
        else
            column[j].value = reference_column(table, table->header[j], keep);
    }
    return (struct model_data){table->n_rows, table->n_cols, column};
}

const double *case_column(const struct model_data *data, const char *name)
{
    for (size_t j = 0; j < data->n_columns; j++)
        if (strcmp(data->column[j].name, name) == 0)
            return data->column[j].value;
    fail_msg("no column %s", name);
    return NULL;
}

static uint64_t bits_of(const struct subset_terms *terms, const char *labels, struct arena *keep)
{
    char *rest = arena_strdup(keep, labels);
    uint64_t bits = 0;
    for (char *label; (label = strsep(&rest, " "));) {
        size_t j = 0;
        while (j < terms->n && strcmp(terms->label[j], label) != 0)
            j++;
        assert_true(j < terms->n);
        bits |= (uint64_t)1 << j;
    }
    return bits;
}

struct subset_case case_of(const struct model_data *data, const char *formula, const char *forced,
                           struct arena *keep)
{
    const struct model_formula *f;
    struct formula_error error;
    struct design_problem problem;
    struct subset_case c;
    assert_true(model_formula_parse(formula, data, &f, &error, keep));
    assert_true(model_design(f, data, NULL, 0, &c.design, &problem, keep));
    assert_true(subset_terms_of(f, &c.terms, keep));
    c.terms.forced = forced ? bits_of(&c.terms, forced, keep) : 0;
    return c;
}
