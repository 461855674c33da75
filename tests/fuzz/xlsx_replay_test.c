/* SPDX-License-Identifier: GPL-3.0-or-later
   Every input of the fuzzer's corpus once, many beginnings of it, and with bytes changed at
   random (seeded), in each build. */
#include <dirent.h>
#include <stdio.h>

#include "models/base/rng.h"
#include "tests/check.h"
#include "tests/fuzz/xlsx_fuzz.c"

#define CORPUS "tests/fuzz/corpus/xlsx"
enum { MOST = 8192, N_CUTS = 12, N_MUTANTS = 25 };

static void replay(const char *name, uint64_t task, struct arena *keep)
{
    uint8_t bytes[MOST], changed[MOST];
    FILE *f = fopen(arena_printf(keep, CORPUS "/%s", name), "rb");
    assert_non_null(f);
    const size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_true(n > 1 && n < MOST);
    LLVMFuzzerTestOneInput(bytes, n);
    for (size_t i = 1; i < N_CUTS; i++)
        LLVMFuzzerTestOneInput(bytes, n * i / N_CUTS);
    gsl_rng *rng = rng_stream(20250601, task, keep);
    for (size_t m = 0; m < N_MUTANTS; m++) {
        memcpy(changed, bytes, n);
        for (size_t k = 0; k < 1 + m % 3; k++)
            changed[1 + rng_below(rng, n - 1)] = (uint8_t)rng_below(rng, 256);
        LLVMFuzzerTestOneInput(changed, n);
    }
}

static void corpus_gives_cells_or_a_message(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    uint64_t n = 0;
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            replay(entry->d_name, n++, keep);
    closedir(folder);
    assert_true(n >= 8);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_gives_cells_or_a_message)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
