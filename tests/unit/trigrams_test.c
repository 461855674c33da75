/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/trigrams.h"

#include <string.h>

#include "tests/check.h"

static struct trigrams of(const char *text, struct arena *keep)
{
    return trigrams_of(text, strlen(text), keep);
}

/* Counted by hand; the first two are the examples of PostgreSQL's manual (F.35, pg_trgm): "cat" has
   4 trigrams, and similarity('word', 'two words') = 4 / 11, which is Dice's 8 / 15. */
static const struct {
    const char *a, *b;
    size_t n_a, n_b, shared;
} cases[] = {
    {"cat", "cat", 4, 4, 4},
    {"word", "two words", 5, 10, 4},
    {"acme gmbh", "gmbh, acme", 10, 10, 10},
    {"smith", "smyth", 6, 6, 3},
    {"aaaa", "aaa", 4, 4, 4},
    {"a", "b", 2, 2, 0},
    {"", "cat", 0, 4, 0},
    {" .-", "", 0, 0, 0},
    {"m\xc3\xbcller", "muller", 7, 7, 4},
    {"\xff\xff", "\xff", 3, 2, 1},
    {"17 b", "b17", 5, 4, 2},
};

static void dice(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trigrams a = of(cases[i].a, keep), b = of(cases[i].b, keep);
        assert_int_equal(a.n, cases[i].n_a);
        assert_int_equal(b.n, cases[i].n_b);
        const double sum = (double)(a.n + b.n);
        const double want = a.n && b.n ? 2 * (double)cases[i].shared / sum : 0;
        assert_true(trigrams_dice(a, b) == want);
        assert_true(trigrams_dice(b, a) == want);
        for (size_t k = 1; k < a.n; k++)
            assert_true(a.at[k - 1] < a.at[k]);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(dice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
