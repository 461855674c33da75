/* SPDX-License-Identifier: GPL-3.0-or-later
   Study files of any bytes (scripts/fuzz study; study_fuzz_test.c replays the corpus without a
   fuzzer). */
#include <assert.h>
#include <string.h>

#include "io/study/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every input is a study, or is refused with exit status 2 and in words of ours:
   a complaint of libcyaml's own means that yaml_conforms() let something through. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *keep = arena_new();
    struct err err = {0};
    const char *bytes = (const char *)(size ? data : (const uint8_t *)"");
    const struct study *s = study_from_bytes("s.yml", bytes, size, keep, &err);
    assert((s != NULL) == (err.code == ERR_NONE));
    if (s) {
        assert(s->name && *s->name);
        assert(study_line(s, "study", 0, "name") > 0);
        assert(s->join.offset >= 0 && s->join.length > 0 && s->behaviours.n > 0);
    } else {
        assert(err.code == ERR_STUDY && err.message[0]);
        assert(strncmp(err.what, "Load:", 5) != 0);
    }
    arena_free(keep);
    return 0;
}
