/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers of any bytes, through the library and before the judge (scripts/fuzz
   ledger; ledger_replay_test.c replays the corpus without a fuzzer).

   The first byte chooses how the ledger is declared, the second and the third the
   chunks, windows, threads and memory of one of two readings; the rest is the file. */
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/labelled/labelled.h"
#include "io/xlsx/xlsx.h"
#include "tests/ledger_judge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    FROM = 19700,
    TYPED = 1,
    DOCUMENTED = 2,
    BY_TYPE = 4,
    CURRENCY = 8,
    EUROPEAN = 16,
    ALL = 32
};

static const char *const sale[] = {"S", "RV"}, *const returned[] = {"R"}, *const payment[] = {"P"},
                         *const ignored[] = {"I"};

static struct texts texts(const char *const *at, size_t n, struct arena *keep)
{
    return (struct texts){n, arena_copy(keep, at, n, sizeof *at)};
}

/* Columns have names of a letter or two, which a fuzzer finds soon. */
static struct study *declared(uint8_t how, const char *path, struct arena *keep)
{
    struct study *s = ARENA_NEW(keep, struct study, 1);
    struct study_ledger *l = ARENA_NEW(keep, struct study_ledger, 1);
    const bool typed = how & TYPED;
    *l = (struct study_ledger){
        .file = path,
        .delimiter = how & EUROPEAN ? ";" : ",",
        .decimal = how & EUROPEAN ? "," : ".",
        .key = "k",
        .document = how & DOCUMENTED ? "n" : NULL,
        .date = "d",
        .date_format = "%Y-%m-%d",
        .amount = {.column = "a", .sign = typed && how & BY_TYPE ? AMOUNT_BY_TYPE : AMOUNT_LEADING},
        .decimals = how & EUROPEAN ? 3 : 2};
    if (typed)
        l->type = (struct study_type){.column = "t",
                                      .sale = texts(sale, 2, keep),
                                      .returned = texts(returned, 1, keep),
                                      .payment = texts(payment, 1, keep),
                                      .ignore = texts(ignored, 1, keep)};
    if (how & CURRENCY) {
        l->currency_column = "c";
        l->currency_keep = "EUR";
    }
    s->n_ledgers = 1;
    s->ledgers = l;
    return s;
}

/* The bytes as a file that has a name and lies nowhere. */
static int file_of(const uint8_t *bytes, size_t n)
{
    const int fd = memfd_create("ledger", MFD_CLOEXEC);
    assert(fd >= 0);
    for (size_t at = 0; at < n;) {
        const ssize_t written = write(fd, bytes + at, n - at);
        assert(written > 0);
        at += (size_t)written;
    }
    return fd;
}

static void compare(const struct judged *a, const char *who, const struct judged *b,
                    const char *other)
{
    if (judged_same(a, b))
        return;
    fprintf(stderr, "%s:\n%s%s\n%s:\n%s%s\n", who, a->customers, a->files, other, b->customers,
            b->files);
    abort();
}

static bool is_well(const struct judged *j)
{
    return *j->files != '\0';
}

/* Where packed bytes are damaged, the lines before are told of only if they came out in
   a chunk of their own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    struct arena *keep = arena_new();
    const struct judge_file file = {data + 3, size - 3};
    const int fd = file_of(file.bytes, file.n);
    const struct study *s = declared(data[0], arena_printf(keep, "/proc/self/fd/%d", fd), keep);
    const int32_t from = data[0] & ALL ? INT32_MIN : FROM,
                  to = data[0] & ALL ? INT32_MAX : 2 * FROM;
    const struct reading at_once = {.threads = 1}, by_pieces = {.chunk = 1 + data[1] % 128,
                                                                .window = data[2] % 64,
                                                                .threads = 1 + data[2] / 64 % 3,
                                                                .memory = data[1] / 128};
    const struct judged whole = library_ledgers(s, &at_once, from, to, keep);
    const struct judged pieces = library_ledgers(s, &by_pieces, from, to, keep);
    const bool plain = judge_reads(&file) && !xlsx_begins(file.bytes, file.n) &&
                       labelled_no_ledger("", file.bytes, file.n, &(struct err){0});
    if (plain || is_well(&whole) || is_well(&pieces))
        compare(&whole, "at once", &pieces, "in pieces");
    if (plain) {
        const struct judged judge = judge_ledgers(s, &file, from, to, keep);
        compare(&whole, "the library", &judge, "the judge");
    }
    close(fd);
    arena_free(keep);
    return 0;
}
