/* SPDX-License-Identifier: GPL-3.0-or-later
   The search for similar sets of trigrams against comparing everybody with everybody. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "models/base/rng.h"
#include "models/base/trigram_index.h"

enum { SETS = 300, ASKED = 120, TRIGRAMS = 400 };

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Distinct trigrams, of which a few stand in most sets and most in a few; now and then a set like
   one before it, or a very large one. */
static struct trigrams draw(gsl_rng *rng, const struct trigrams *before, size_t n_before,
                            struct arena *keep)
{
    uint64_t *at = ARENA_NEW(keep, uint64_t, TRIGRAMS_MOST);
    size_t n = 1 + (size_t)rng_below(rng, rng_below(rng, 9) ? 30 : TRIGRAMS_MOST), kept = 0;
    size_t from = 0;
    if (n_before && rng_below(rng, 3)) {
        const struct trigrams like = before[rng_below(rng, n_before)];
        for (; from < like.n && from < n; from++)
            at[from] = like.at[from];
    }
    for (size_t i = from; i < n; i++) {
        const uint64_t spread = 1 + rng_below(rng, TRIGRAMS);
        at[i] = rng_below(rng, spread);
    }
    qsort(at, n, sizeof *at, by_value);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || at[kept - 1] != at[i])
            at[kept++] = at[i];
    return (struct trigrams){kept, at};
}

/* Marks what is found; the shared ones are counted by the coefficient itself. */
static void check_one(struct trigram_search *search, const struct trigrams *set, size_t n,
                      struct trigrams asked, double least)
{
    const struct trigram_match *found;
    bool seen[SETS] = {false};
    const size_t n_found = trigram_search(search, asked, &found);
    for (size_t i = 0; i < n_found; i++) {
        const struct trigrams s = set[found[i].which];
        assert_false(seen[found[i].which]);
        seen[found[i].which] = true;
        assert_true(2.0 * found[i].shared / (double)(s.n + asked.n) == trigrams_dice(s, asked));
    }
    for (size_t i = 0; i < n; i++) {
        const double dice = trigrams_dice(set[i], asked);
        assert_int_equal(seen[i], dice > 0 && dice >= least);
    }
}

static void like_everybody_with_everybody(void **unused)
{
    static const double least[] = {0, 0.02, 0.3, 0.5, 2.0 / 3, 0.7, 0.9, 1};
    static const size_t sizes[] = {SETS, 1, 64, 65, 129};
    (void)unused;
    for (size_t l = 0; l < sizeof least / sizeof *least; l++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct arena *keep = arena_new();
            gsl_rng *rng = rng_stream(20261122, 10 * l + k, keep);
            struct trigrams *set = ARENA_NEW(keep, struct trigrams, SETS);
            for (size_t i = 0; i < sizes[k]; i++)
                set[i] = draw(rng, set, i, keep);
            struct trigram_search *search =
                trigram_search_new(trigram_index_new(set, sizes[k], least[l], keep), keep);
            for (size_t i = 0; i < ASKED; i++)
                check_one(search, set, sizes[k], draw(rng, set, sizes[k], keep), least[l]);
            check_one(search, set, sizes[k], (struct trigrams){0, NULL}, least[l]);
            arena_free(keep);
        }
}

static void nobody(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    const uint64_t one = 1;
    const struct trigram_match *found;
    struct trigram_search *search = trigram_search_new(trigram_index_new(NULL, 0, 0.5, keep), keep);
    assert_int_equal(trigram_search(search, (struct trigrams){1, &one}, &found), 0);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(like_everybody_with_everybody),
                                       cmocka_unit_test(nobody)};
    return cmocka_run_group_tests_name("trigram index", tests, NULL, NULL);
}
