/* SPDX-License-Identifier: GPL-3.0-or-later
   Real files cut anywhere and with bytes changed: a frame or a message, and nothing that hangs;
   and the isolated process when it crashes, runs on, or takes memory. */
#include "tests/check.h"

#include <signal.h>
#include <string.h>

#include "io/program/isolate.h"
#include "tests/fuzz/labelled_fuzz.c"

#define FILES "tests/reference/labelled/"
enum { MOST = 1 << 15, CHANGED = 30 };

static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void replay(const char *file)
{
    uint8_t bytes[MOST], changed[MOST];
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    uint32_t state = 20240302;
    fclose(f);
    for (size_t i = 0; i < n; i += 1 + n / 12)
        LLVMFuzzerTestOneInput(bytes, i);
    for (int k = 0; k < CHANGED; k++) {
        memcpy(changed, bytes, n);
        for (uint32_t times = 1 + next(&state) % 8; times > 0; times--)
            changed[next(&state) % n] = (uint8_t)(next(&state) >> 8);
        LLVMFuzzerTestOneInput(changed, n);
    }
}

static void changed_files_are_read_or_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"survey.sav", "survey_raw.sav", "survey.zsav",
                                        "survey.dta", "survey_old.dta", "survey.sas7bdat"};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        replay(arena_printf(keep, FILES "%s", names[i]));
    arena_free(keep);
}

/* ---- what an isolated process may not do ---- */

static void crash(int file, int to, const void *context)
{
    (void)file, (void)to, (void)context;
    raise(SIGSEGV);
}

static void run_on(int file, int to, const void *context)
{
    (void)file, (void)to, (void)context;
    for (volatile unsigned long i = 0;; i++)
        ;
}

/* Tells 'y' for each of these that it can do after all. */
static void try_everything(int file, int to, const void *context)
{
    char byte;
    (void)context;
    bool opens = open("/etc/passwd", O_RDONLY) >= 0;
    bool makes = open("/tmp/saydo-isolated", O_CREAT | O_WRONLY, 0600) >= 0;
    bool reads = pread(file, &byte, 1, 0) == 1;
#ifdef __SANITIZE_ADDRESS__ /* it would end the process, and tell nothing */
    bool takes = false;
#else
    bool takes = calloc(1, (size_t)256 << 20) != NULL;
#endif
    char told[4] = {opens ? 'y' : 'n', makes ? 'y' : 'n', reads ? 'y' : 'n', takes ? 'y' : 'n'};
    if (write(to, told, sizeof told) != sizeof told)
        abort();
}

static int run(void (*work)(int, int, const void *), char told[5])
{
    struct err err = {0};
    struct isolated running;
    int file = open(FILES "survey.sav", O_RDONLY);
    const struct isolated_work w = {
        .work = work, .file = file, .memory = (size_t)64 << 20, .seconds = 1};
    assert_true(isolate_start(&w, &running, &err));
    memset(told, 0, 5);
    for (ssize_t n = 0, got; (got = read(running.from, told + n, (size_t)(4 - n))) > 0;)
        n += got;
    close(file);
    return isolate_end(&running);
}

static void an_isolated_process_is_kept_in(void **state)
{
    (void)state;
    char told[5];
    /* A sanitizer reports the signal itself, and ends with a status. */
    int crashed = run(crash, told);
    assert_true(crashed == SIGSEGV || crashed == -1);
    assert_int_equal(run(try_everything, told), 0);
    assert_memory_equal(told, "nnyn", 4);
    if (getenv("SLOW"))
        assert_true(run(run_on, told) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_files_are_read_or_refused),
        cmocka_unit_test(an_isolated_process_is_kept_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
