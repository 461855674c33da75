/* SPDX-License-Identifier: GPL-3.0-or-later
   What docs/methods/model-formula.md says of formulas and their columns, and what every word of
   BASIS_LIST must keep. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/design/basis.h"
#include "models/design/design.h"

#define PAGE "docs/methods/model-formula.md"

enum { N = 12 };

static const double y[N] = {3, 1, 4, 1.5, 9, 2, 60, 5, 3, 50, 8, 9};
static const double x[N] = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3};
static const double z[N] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const int32_t g[N] = {0, 1, 2, 1, 2, 0, 2, 0, 1, 0, 1, 2};
static const int32_t h[N] = {0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1};
static const char *const abc[] = {"a", "b", "c"}, *const st[] = {"s", "t"};

static const struct model_column columns[] = {
    {.name = "y", .value = y},
    {.name = "x", .value = x},
    {.name = "z", .value = z},
    {.name = "g", .code = g, .n_levels = 3, .level = abc},
    {.name = "h", .code = h, .n_levels = 2, .level = st},
};
static const struct model_data data = {N, sizeof columns / sizeof *columns, columns};

/* The next text between backquotes, NULL behind the last; *at moves behind it. */
static char *span(char **at, struct arena *keep)
{
    char *open = strchr(*at, '`'), *close = open ? strchr(open + 1, '`') : NULL;
    if (!close)
        return NULL;
    *at = close + 1;
    return arena_strndup(keep, open + 1, (size_t)(close - open) - 1);
}

static void makes(const char *text, char *want, struct arena *keep)
{
    const struct model_formula *f;
    struct formula_error error;
    struct design d;
    struct design_problem problem;
    if (!model_formula_parse(text, &data, &f, &error, keep))
        fail_msg("%s: %s", text, error.what);
    if (!model_design(f, &data, NULL, 0, &d, &problem, keep))
        fail_msg("%s: %s", text, problem.told.what);
    for (size_t j = 0; j <= d.p; j++) {
        const char *name = span(&want, keep), *got = j < d.p ? d.name[j] : NULL;
        if (!name != !got || (got && strcmp(got, name) != 0))
            fail_msg("%s makes %s, the page says %s", text, got ? got : "no more",
                     name ? name : "no more");
    }
}

/* "| `formula`, `formula` | means | `column` `column` |" */
static size_t row_of_the_page(char *line, struct arena *keep)
{
    char *means = strstr(line, " | "), *made = means ? strstr(means + 3, " | ") : NULL;
    size_t n = 0;
    if (strncmp(line, "| `", 3) != 0 || !made || !strstr(line, " ~ "))
        return 0;
    *means = '\0';
    for (const char *text; (text = span(&line, keep)); n++)
        makes(text, made + 3, keep);
    return n;
}

static void test_examples(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    FILE *page = fopen(PAGE, "r");
    char line[1000];
    size_t n = 0;
    assert_non_null(page);
    while (fgets(line, sizeof line, page))
        n += row_of_the_page(line, keep);
    fclose(page);
    assert_true(n >= 30);
    arena_free(keep);
}

static void test_bases(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_bases; i++) {
        const struct basis *b = bases[i];
        double argument[BASIS_MAX_ARGUMENTS], out[8], again[8];
        assert_ptr_equal(basis_find(b->name), b);
        assert_true(strlen(b->meaning) > 5 && strlen(b->source) > 5 && strlen(b->few) > 5);
        assert_true(b->n_arguments <= BASIS_MAX_ARGUMENTS);
        for (size_t k = 0; k < b->n_arguments; k++)
            argument[k] = b->argument[k].otherwise;
        assert_int_equal(b->width(argument), 1);
        const double *state_of = b->make(z, N, argument, keep);
        b->values(state_of, argument, NAN, out);
        assert_true(isnan(out[0]));
        /* a rise is told as a rise, and the order of rows does not matter */
        double reversed[N];
        for (size_t k = 0; k < N; k++)
            reversed[k] = z[N - 1 - k];
        b->values(state_of, argument, 3, out);
        b->values(b->make(reversed, N, argument, keep), argument, 3, again);
        assert_digits(again[0], out[0], 14);
        b->values(state_of, argument, 20, again);
        assert_true(again[0] > out[0]);
        assert_null(b->make(&z[3], 1, argument, keep)); /* one value is too few */
    }
    assert_null(basis_find("bs"));
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
