/* SPDX-License-Identifier: GPL-3.0-or-later
   Replays the corpus of study_fuzz.c: as it stands, cut at every byte, and with
   bytes changed at random (seeded). */
#include "tests/fuzz/study_fuzz.c"

#include <stdio.h>

#include "models/base/rng.h"
#include "tests/check.h"

enum { MOST = 1 << 16, N_MUTANTS = 400 };

static const char *const corpus[] = {"whole", "least", "aliases", "nested", "tags", "utf16"};
enum { N_CORPUS = sizeof corpus / sizeof *corpus };

static size_t corpus_bytes(const char *name, uint8_t *to, struct arena *keep)
{
    FILE *f = fopen(arena_printf(keep, "tests/fuzz/corpus/study/%s.yml", name), "rb");
    assert_non_null(f);
    size_t size = fread(to, 1, MOST, f);
    fclose(f);
    assert_true(size > 0);
    return size;
}

static void as_they_stand_and_cut(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    uint8_t *bytes = ARENA_NEW(keep, uint8_t, MOST);
    for (size_t i = 0; i < N_CORPUS; i++) {
        size_t size = corpus_bytes(corpus[i], bytes, keep);
        for (size_t cut = 0; cut <= size; cut += size > 400 && cut + 8 < size ? 7 : 1)
            LLVMFuzzerTestOneInput(bytes, cut);
    }
    arena_free(keep);
}

static void mutants(void **state)
{
    (void)state;
    static const char marks[] = "\n\t :,-[]{}#&*!|>'\"%@`?~0a\\\xff\xc3";
    struct arena *keep = arena_new();
    uint8_t *bytes = ARENA_NEW(keep, uint8_t, MOST);
    for (size_t i = 0; i < N_CORPUS; i++)
        for (uint64_t m = 0; m < N_MUTANTS; m++) {
            size_t size = corpus_bytes(corpus[i], bytes, keep);
            gsl_rng *rng = rng_stream(20250601, m * N_CORPUS + i, keep);
            for (size_t k = 0; k < 1 + m % 3; k++)
                bytes[rng_below(rng, size)] = (uint8_t)marks[rng_below(rng, sizeof marks - 1)];
            LLVMFuzzerTestOneInput(bytes, size);
        }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_they_stand_and_cut),
        cmocka_unit_test(mutants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
