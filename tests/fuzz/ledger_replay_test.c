/* SPDX-License-Identifier: GPL-3.0-or-later
   Every input of the ledger fuzzer's corpus, as it stands, cut, and with bytes
   changed at random (seeded), in each build: what a fuzzer has found stays found. */
#include "tests/fuzz/ledger_fuzz.c"

#include <dirent.h>

#include "models/base/rng.h"
#include "tests/check.h"

#define CORPUS "tests/fuzz/corpus/ledger"

enum { MOST = 8192, MUTANTS = 1 };

static size_t bytes_of(const char *name, uint8_t to[MOST], struct arena *keep)
{
    FILE *f = fopen(arena_printf(keep, CORPUS "/%s", name), "rb");
    assert_non_null(f);
    const size_t n = fread(to, 1, MOST, f);
    fclose(f);
    return n;
}

static void replay(const char *name, gsl_rng *rng, struct arena *keep)
{
    static const char marks[] = "\n\r,;\"\"-.0 9\xff\xc3\xef\0a";
    uint8_t bytes[MOST];
    const size_t n = bytes_of(name, bytes, keep);
    assert_int_equal(LLVMFuzzerTestOneInput(bytes, n), 0);
    for (int i = 0; i < MUTANTS && n > 3; i++) {
        assert_int_equal(LLVMFuzzerTestOneInput(bytes, 3 + rng_below(rng, n - 3)), 0);
        bytes[rng_below(rng, n)] = (uint8_t)marks[rng_below(rng, sizeof marks)];
        assert_int_equal(LLVMFuzzerTestOneInput(bytes, n), 0);
    }
}

static void corpus_is_as_the_judge_reads_it(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(20260302, 0, keep);
    size_t n = 0;
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') {
            replay(entry->d_name, rng, keep);
            n++;
        }
    closedir(folder);
    assert_true(n >= 30);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_is_as_the_judge_reads_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
