/* SPDX-License-Identifier: GPL-3.0-or-later
   What every word of FUNCTION_LIST must keep. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/formula/formula.h"
#include "models/formula/function.h"

static const char *text_of(const char *path, struct arena *keep)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    char *text = arena_alloc(keep, 100000, 1);
    size_t n = fread(text, 1, 99999, f);
    assert_true(n > 0 && n < 99999);
    fclose(f);
    return text;
}

static void test_documented(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *page = text_of("docs/methods/formula.md", keep);
    for (size_t i = 0; i < n_functions; i++) {
        const struct function *f = functions[i];
        assert_ptr_equal(function_find(f->name), f);
        assert_string_equal(function_names[i], f->name);
        assert_true(f->n_arguments == 1 || f->n_arguments == 2);
        assert_true(strlen(f->meaning) > 5);
        if (!strstr(page, arena_printf(keep, "`%s`", f->name)))
            fail_msg("docs/methods/formula.md does not tell of %s", f->name);
    }
    assert_null(function_find("add"));
    assert_null(function_find("power"));
    assert_null(function_find(""));
    arena_free(keep);
}

/* A missing argument gives a missing value, whatever the other one is. */
static void test_nan_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_functions; i++) {
        const struct function *f = functions[i];
        assert_true(isnan(f->value(NAN, 2)));
        if (f->n_arguments == 2)
            assert_true(isnan(f->value(2, NAN)));
    }
}

/* Every function can be called by its name, with its number of arguments only. */
static void test_callable(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct formula_names names = {1, (const char *const[]){"b"}, 0, NULL};
    for (size_t i = 0; i < n_functions; i++) {
        struct formula f;
        struct formula_error error;
        bool two = functions[i]->n_arguments == 2;
        const char *one_text = arena_printf(keep, "y ~ %s(b*x)", functions[i]->name);
        const char *two_text = arena_printf(keep, "y ~ %s(b*x, z)", functions[i]->name);
        assert_true(formula_parse(one_text, &names, &f, &error, keep) == !two);
        assert_true(formula_parse(two_text, &names, &f, &error, keep) == two);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documented),
        cmocka_unit_test(test_nan_stays),
        cmocka_unit_test(test_callable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
