/* SPDX-License-Identifier: GPL-3.0-or-later
   Design matrices against R's model.matrix(): scripts/reference/design.R. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/design/design.h"

/* Factors of the made-up data; all other columns are numbers. */
static const struct {
    const char *name;
    size_t n;
    const char *level[4];
} factors[] = {
    {"bought", 2, {"no", "yes"}},
    {"segment", 4, {"A", "B", "C", "D"}},
    {"channel", 2, {"store", "web"}},
};

enum { N_FACTORS = sizeof factors / sizeof *factors };

static int32_t *codes(const struct reference *r, const char *name, const char *const level[],
                      size_t n_levels, struct arena *keep)
{
    int32_t *code = ARENA_NEW(keep, int32_t, r->n_rows);
    for (size_t i = 0; i < r->n_rows; i++) {
        code[i] = -1;
        for (size_t k = 0; k < n_levels; k++)
            if (strcmp(reference_text(r, i, name), level[k]) == 0)
                code[i] = (int32_t)k;
    }
    return code;
}

static struct model_data read_data(const char *path, struct arena *keep)
{
    struct reference *r = reference_read(path, ',', keep);
    assert_non_null(r);
    struct model_column *column = ARENA_NEW(keep, struct model_column, r->n_cols);
    for (size_t j = 0; j < r->n_cols; j++) {
        column[j] = (struct model_column){.name = r->header[j]};
        for (size_t k = 0; k < N_FACTORS; k++)
            if (strcmp(factors[k].name, r->header[j]) == 0) {
                column[j].level = factors[k].level;
                column[j].n_levels = factors[k].n;
            }
        if (column[j].level)
            column[j].code = codes(r, r->header[j], column[j].level, column[j].n_levels, keep);
        else
            column[j].value = reference_column(r, r->header[j], keep);
    }
    return (struct model_data){r->n_rows, r->n_cols, column};
}

/* A design that is being compared with the lines of its formula. */
struct compared {
    const char *text;
    const struct model_formula *formula;
    struct design design;
    double *other, *other_offset; /* the same columns for the other rows */
    size_t n_other;
    size_t columns, other_columns; /* compared so far */
};

/* Every number between blanks in `text` is `stride` apart in got: to 14 digits, those of
   bases to 12, of their size or of 1. */
static void same_values(const struct compared *c, const char *column, const char *text,
                        const double got[], size_t stride, size_t n)
{
    bool basis = strstr(column, "poly(") || strstr(column, "ns(");
    double tolerance = basis ? 1e-12 : 1e-14;
    char *end;
    for (size_t i = 0; i < n; i++, text = end) {
        double want =
            strncmp(text, " NA", 3) == 0 || strncmp(text, "NA", 2) == 0 ? NAN : strtod(text, &end);
        if (isnan(want))
            end = strchr(text, 'N') + 2;
        if (!agrees(got[i * stride], want, tolerance, tolerance))
            fail_msg("%s: %s, row %zu: got %.17g, want %.17g", c->text, column, i, got[i * stride],
                     want);
    }
    assert_true(*text == '\0');
}

static void make(struct compared *c, const char *text, const struct model_data *data,
                 const struct model_data *other, struct arena *keep)
{
    struct formula_error error;
    struct design_problem problem;
    *c = (struct compared){.text = text, .n_other = other->n};
    if (!model_formula_parse(text, data, &c->formula, &error, keep))
        fail_msg("%s: %s at %zu", text, error.what, error.position);
    if (!model_design(c->formula, data, NULL, 0, &c->design, &problem, keep))
        fail_msg("%s: %s", text, problem.told.what);
    c->other = ARENA_NEW(keep, double, other->n * c->design.p);
    c->other_offset = ARENA_NEW(keep, double, other->n);
    model_design_like(c->formula, &c->design, other, c->other, c->other_offset, keep);
}

static void same_name(const struct compared *c, size_t at, const char *want)
{
    if (at >= c->design.p || strcmp(c->design.name[at], want) != 0)
        fail_msg("%s: column %zu is %s, want %s", c->text, at,
                 at < c->design.p ? c->design.name[at] : "absent", want);
}

static void compare(struct compared *c, const char *what, const char *column, const char *values,
                    struct arena *keep)
{
    const struct design *d = &c->design;
    if (strcmp(what, "row") == 0) {
        double *row = ARENA_NEW(keep, double, d->n);
        for (size_t i = 0; i < d->n; i++)
            row[i] = d->row[i];
        same_values(c, "rows", values, row, 1, d->n);
    } else if (strcmp(what, "response") == 0) {
        assert_string_equal(d->response, column);
        same_values(c, "response", values, d->y, 1, d->n);
    } else if (strcmp(what, "offset") == 0) {
        assert_non_null(d->offset);
        same_values(c, "offset", values, d->offset, 1, d->n);
    } else if (strcmp(what, "x") == 0) {
        same_name(c, c->columns, column);
        same_values(c, column, values, d->x + c->columns++, d->p, d->n);
    } else {
        same_name(c, c->other_columns, column);
        same_values(c, column, values, c->other + c->other_columns++, d->p, c->n_other);
    }
}

static void finish(const struct compared *c)
{
    if (!c->text)
        return;
    if (c->columns != c->design.p || c->other_columns != c->design.p)
        fail_msg("%s: %zu columns, %zu of other rows, R has %zu", c->text, c->design.p,
                 c->other_columns, c->columns);
}

static void test_model_matrix(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct model_data data = read_data("tests/reference/design_data.csv", keep);
    struct model_data other = read_data("tests/reference/design_new.csv", keep);
    struct reference *r = reference_read("tests/reference/design.tsv", '\t', keep);
    struct compared c = {0};
    size_t n_formulas = 0;
    assert_non_null(r);
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *text = r->cell[i][0];
        if (!c.text || strcmp(text, c.text) != 0) {
            finish(&c);
            make(&c, text, &data, &other, keep);
            n_formulas++;
        }
        compare(&c, r->cell[i][1], r->cell[i][2], r->cell[i][3], keep);
    }
    finish(&c);
    assert_true(n_formulas > 60);
    arena_free(keep);
}

/* The rows of the design by model_design_like() are the design. */
static void test_like_itself(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct model_data data = read_data("tests/reference/design_data.csv", keep);
    struct compared c;
    make(&c, "~ segment*poly(age, 3) + ns(income, 4) + scale(tenure) + offset(x.1)", &data, &data,
         keep);
    assert_int_equal(c.design.n, 34);
    for (size_t i = 0; i < c.design.n; i++) {
        const double *again = c.other + c.design.row[i] * c.design.p;
        assert_memory_equal(again, c.design.x + i * c.design.p, c.design.p * sizeof *again);
        assert_true(c.other_offset[c.design.row[i]] == c.design.offset[i]);
    }
    for (size_t j = 0; j < c.design.p; j++)
        assert_true(isnan(c.other[6 * c.design.p + j])); /* without age */
    assert_true(isnan(c.other_offset[6]));
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_model_matrix),
        cmocka_unit_test(test_like_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
