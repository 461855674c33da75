/* SPDX-License-Identifier: GPL-3.0-or-later
   Every input of the fuzzer's corpus once, and every beginning of it, in each
   build: what a fuzzer has found stays found. */
#include <dirent.h>
#include <stdio.h>

#include "tests/check.h"
#include "tests/fuzz/survey_fuzz.c"

#define CORPUS "tests/fuzz/corpus/survey"

static void replay(const char *name, struct arena *keep)
{
    uint8_t bytes[8192];
    FILE *f = fopen(arena_printf(keep, CORPUS "/%s", name), "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    for (size_t i = 0; i <= n; i += n < 200 ? 1 : 97)
        assert_int_equal(LLVMFuzzerTestOneInput(bytes, i), 0);
    assert_int_equal(LLVMFuzzerTestOneInput(bytes, n), 0);
}

static void corpus_gives_tables_or_messages(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t n = 0;
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') {
            replay(entry->d_name, keep);
            n++;
        }
    closedir(folder);
    assert_true(n >= 10);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_gives_tables_or_messages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
