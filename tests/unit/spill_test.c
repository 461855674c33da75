/* SPDX-License-Identifier: GPL-3.0-or-later
   What is written into a temporary file comes back, whoever writes at the same time; a
   disk that is full is an error with a mend; and no name stays behind. */
#include "tests/check.h"

#include <dirent.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/bytes/spill.h"
#include "models/base/workers.h"

enum { TASKS = 8, PIECES = 400, LONGEST = 5000 };

/* Piece `piece` of a task: its length and bytes follow from its number. */
static size_t piece_of(size_t task, size_t piece, unsigned char bytes[LONGEST])
{
    const size_t n = (task * 7919 + piece * 104729) % (LONGEST + 1);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (unsigned char)(task * 31 + piece * 17 + i * (2 * task + 1));
    return n;
}

struct writing {
    struct spill *spill;
    uint64_t at[TASKS][PIECES];
    atomic_size_t failed, bytes;
};

/* Writes its pieces, and reads each one before the last back while others write. */
static void write_and_read(size_t task, void *context)
{
    struct writing *w = context;
    unsigned char out[LONGEST], in[LONGEST];
    struct err err = {0};
    for (size_t k = 0; k < PIECES; k++) {
        const size_t n = piece_of(task, k, out);
        w->failed += !spill_write(w->spill, out, n, &w->at[task][k], &err);
        w->bytes += n;
        const size_t before = piece_of(task, k / 2, out);
        w->failed += !spill_read(w->spill, w->at[task][k / 2], in, before, &err);
        w->failed += memcmp(in, out, before) != 0;
    }
}

static void pieces_of_several_threads_come_back(void **state)
{
    (void)state;
    struct writing *w = calloc(1, sizeof *w);
    unsigned char want[LONGEST], got[LONGEST];
    struct err err = {0};
    w->spill = spill_new();
    workers_run(TASKS, 4, write_and_read, w);
    assert_int_equal(w->failed, 0);
    assert_int_equal(spill_size(w->spill), w->bytes);
    for (size_t task = 0; task < TASKS; task++)
        for (size_t k = 0; k < PIECES; k++) {
            const size_t n = piece_of(task, k, want);
            assert_true(spill_read(w->spill, w->at[task][k], got, n, &err));
            assert_memory_equal(got, want, n);
        }
    spill_free(w->spill);
    free(w);
}

static void nothing_is_made_before_the_first_write(void **state)
{
    (void)state;
    struct spill *s;
    struct err err = {0};
    uint64_t at = 7;
    setenv("TMPDIR", "/proc/no such folder", 1);
    s = spill_new();
    unsetenv("TMPDIR");
    assert_int_equal(spill_size(s), 0);
    assert_false(spill_write(s, "x", 1, &at, &err));
    assert_int_equal(err.code, ERR_FILE);
    assert_non_null(strstr(err.message, "/proc/no such folder"));
    assert_non_null(strstr(err.message, "TMPDIR"));
    spill_free(s);
    spill_free(spill_new());
    spill_free(NULL);
}

static size_t names_in(const char *folder)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static void no_name_stays(void **state)
{
    (void)state;
    char folder[] = "/tmp/saydo-spill-XXXXXX";
    struct err err = {0};
    uint64_t at;
    assert_non_null(mkdtemp(folder));
    setenv("TMPDIR", folder, 1);
    struct spill *s = spill_new();
    unsetenv("TMPDIR");
    assert_true(spill_write(s, "abc", 3, &at, &err));
    assert_int_equal(names_in(folder), 2);
    spill_free(s);
    assert_int_equal(names_in(folder), 2);
    assert_int_equal(rmdir(folder), 0);
}

/* A limit on the size of files stands for a disk that is full: a write that crosses it
   is first cut short and then refused. */
static void a_full_disk_is_told_with_its_mend(void **state)
{
    (void)state;
    enum { LIMIT = 100000 };
    static unsigned char bytes[LIMIT];
    struct rlimit before, small;
    struct err err = {0};
    uint64_t at;
    struct spill *s = spill_new();
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = LIMIT;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const bool first = spill_write(s, bytes, LIMIT - 10, &at, &err);
    const bool second = spill_write(s, bytes, 20, &at, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    assert_true(first);
    assert_false(second);
    assert_int_equal(err.code, ERR_FILE);
    assert_non_null(strstr(err.message, "a folder with more room"));
    assert_true(spill_read(s, 0, bytes, LIMIT - 10, &(struct err){0}));
    spill_free(s);
}

static void what_was_never_written_is_no_success(void **state)
{
    (void)state;
    char got[8];
    uint64_t at;
    struct err err = {0};
    struct spill *s = spill_new();
    assert_true(spill_write(s, "abcd", 4, &at, &err));
    assert_true(spill_write(s, NULL, 0, &at, &err));
    assert_int_equal(at, 4);
    assert_true(spill_read(s, 4, got, 0, &err));
    assert_false(spill_read(s, 2, got, 3, &err));
    assert_int_equal(err.code, ERR_FILE);
    spill_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_several_threads_come_back),
        cmocka_unit_test(nothing_is_made_before_the_first_write),
        cmocka_unit_test(no_name_stays),
        cmocka_unit_test(a_full_disk_is_told_with_its_mend),
        cmocka_unit_test(what_was_never_written_is_no_success),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
