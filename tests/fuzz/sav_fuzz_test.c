/* SPDX-License-Identifier: GPL-3.0-or-later
   What the parser tells of real files, whole, cut anywhere and with bytes changed, to the side
   that takes it; and what fuzzers have found. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/fuzz/sav_fuzz.c"

#define CORPUS "tests/fuzz/corpus/sav"
#define FILES "tests/reference/labelled/"
enum { MOST = 1 << 16, CHANGED = 2000 };

/* A sequence of made-up numbers (Marsaglia's xorshift). */
static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* The messages about a file, behind the two bytes that choose; the count of bytes. */
static size_t told_of(const char *file, uint8_t kind, uint8_t *bytes)
{
    int from = open(file, O_RDONLY), to = memfd_create("wire", 0);
    assert_true(from >= 0 && to >= 0);
    labelled_parse(from, to, labelled_kinds[kind]);
    bytes[0] = kind;
    bytes[1] = 0;
    ssize_t n = pread(to, bytes + 2, MOST - 2, 0);
    close(from);
    close(to);
    assert_true(n > 100 && n < MOST - 2);
    return (size_t)n + 2;
}

static void replay(const char *file, uint8_t kind)
{
    uint8_t bytes[MOST], changed[MOST];
    size_t n = told_of(file, kind, bytes);
    uint32_t state = 20240301;
    LLVMFuzzerTestOneInput(bytes, n);
    for (size_t i = 0; i < n; i += 1 + n / 1000)
        LLVMFuzzerTestOneInput(bytes, i);
    for (int k = 0; k < CHANGED; k++) {
        memcpy(changed, bytes, n);
        for (uint32_t times = 1 + next(&state) % 4; times > 0; times--)
            changed[next(&state) % n] = (uint8_t)(next(&state) >> 8);
        LLVMFuzzerTestOneInput(changed, n);
    }
}

static void changed_messages_are_taken_or_refused(void **state)
{
    (void)state;
    replay(FILES "survey.sav", 0);
    replay(FILES "survey_old.dta", 2);
    replay(FILES "survey.sas7bdat", 3);
}

/* The messages themselves, each made by hand. */
static void lies_are_refused(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const struct {
        uint8_t kind;
        const char *bytes;
        size_t n;
        const char *why;
    } lies[] = {
        {'X', "", 0, "a message of no known kind"},
        {WIRE_NOTE, "\x05\0\0\0ab", 6, "a message of another length"},
        {WIRE_NOTE, "\0\0\0\0b", 5, "a message of another length"},
        {WIRE_CELLS, "\0", 1, "values before the variables"},
        {WIRE_VARIABLE, "", 0, "more variables than it announced"},
        {WIRE_LABEL, "\0\0\0\0\x09", 5, "a value of no known kind"},
        {WIRE_LABEL, "\0\0\0\0\x04!\0\0\0\0", 10, "a missing value of no known letter"},
        {WIRE_END, "\0\0\0\0\0\0\0\0", 8, "fewer variables than it announced"},
        {WIRE_HEAD, "\x02\0\0\0\x01\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0", 24,
         "more than 200,000 variables"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        const char *why;
        struct gathering *g = gathering_new(keep);
        assert_false(gathering_take(g, lies[i].kind, (const uint8_t *)lies[i].bytes, lies[i].n));
        assert_null(gathering_end(g, &why));
        assert_string_equal(why, lies[i].why);
        gathering_free(g);
    }
    arena_free(keep);
}

static void what_was_found_stays_found(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    DIR *folder = opendir(CORPUS);
    size_t n = 0;
    assert_non_null(folder);
    for (const struct dirent *e; (e = readdir(folder));) {
        uint8_t bytes[MOST];
        FILE *f =
            e->d_name[0] == '.' ? NULL : fopen(arena_printf(keep, CORPUS "/%s", e->d_name), "rb");
        if (!f)
            continue;
        LLVMFuzzerTestOneInput(bytes, fread(bytes, 1, sizeof bytes, f));
        fclose(f);
        n++;
    }
    closedir(folder);
    assert_true(n >= 1);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_messages_are_taken_or_refused),
        cmocka_unit_test(lies_are_refused),
        cmocka_unit_test(what_was_found_stays_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
