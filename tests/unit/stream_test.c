/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "io/bytes/stream_internal.h"
#include "tests/check.h"

struct bytes {
    unsigned char *at;
    size_t n;
};

/* Text that packs well in places and badly in others, longer than any buffer. */
static struct bytes plain_bytes(size_t n, struct arena *keep)
{
    struct bytes b = {ARENA_NEW(keep, unsigned char, n), n};
    uint32_t x = 1;
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525u + 1013904223u;
        b.at[i] = i % 4096 < 2048 ? 'a' : (unsigned char)(x >> 24);
    }
    return b;
}

static struct bytes joined(struct bytes a, struct bytes b, struct arena *keep)
{
    struct bytes c = {ARENA_NEW(keep, unsigned char, a.n + b.n), a.n + b.n};
    memcpy(c.at, a.at, a.n);
    if (b.n)
        memcpy(c.at + a.n, b.at, b.n);
    return c;
}

static struct bytes gzip_bytes(struct bytes from, struct arena *keep)
{
    z_stream z = {.next_in = from.at, .avail_in = (uInt)from.n};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t size = deflateBound(&z, from.n);
    struct bytes to = {ARENA_NEW(keep, unsigned char, size), 0};
    z.next_out = to.at;
    z.avail_out = (uInt)size;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    to.n = z.total_out;
    deflateEnd(&z);
    return to;
}

static struct bytes zstd_bytes(struct bytes from, struct arena *keep)
{
    size_t size = ZSTD_compressBound(from.n);
    struct bytes to = {ARENA_NEW(keep, unsigned char, size), 0};
    to.n = ZSTD_compress(to.at, size, from.at, from.n, 3);
    assert_false(ZSTD_isError(to.n));
    return to;
}

/* Reads all in pieces of `piece`; false, with err set, where the stream says so. */
static bool drain(struct stream *s, size_t piece, struct bytes *all, struct arena *keep,
                  struct err *err)
{
    unsigned char *buffer = ARENA_NEW(keep, unsigned char, piece);
    size_t got = 0, capacity = 1 << 21;
    *all = (struct bytes){ARENA_NEW(keep, unsigned char, capacity), 0};
    do {
        if (!stream_read(s, buffer, piece, &got, err))
            return false;
        assert_true(got <= piece && all->n + got <= capacity);
        memcpy(all->at + all->n, buffer, got);
        all->n += got;
    } while (got > 0);
    return stream_read(s, buffer, piece, &got, err) && got == 0;
}

static void check_same(struct bytes got, struct bytes want)
{
    assert_int_equal(got.n, want.n);
    assert_true(want.n == 0 || memcmp(got.at, want.at, want.n) == 0);
}

static void write_file(const char *path, struct bytes b)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    if (b.n)
        assert_int_equal(fwrite(b.at, 1, b.n, f), b.n);
    assert_int_equal(fclose(f), 0);
}

static char *temporary(struct arena *keep)
{
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(keep, "%s/saydo-stream-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return path;
}

static void check_file(struct bytes content, struct bytes want, bool packed, struct arena *keep)
{
    static const size_t pieces[] = {1 << 20, 65536, 4099, 7};
    char *path = temporary(keep);
    write_file(path, content);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct err err = {0};
        struct bytes got;
        struct stream *s = stream_open(path, &err);
        assert_non_null(s);
        assert_int_equal(stream_is_compressed(s), packed);
        assert_int_equal(stream_size(s), content.n);
        assert_true(drain(s, pieces[i], &got, keep, &err));
        assert_int_equal(stream_position(s), content.n);
        check_same(got, want);
        stream_close(s);
    }
    unlink(path);
}

static void files_come_back_as_they_were(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct bytes nothing = {NULL, 0}, a = plain_bytes(300000, keep), b = plain_bytes(12345, keep);
    struct bytes ab = joined(a, b, keep), few = {a.at, 3};
    check_file(nothing, nothing, false, keep);
    check_file(few, few, false, keep);
    check_file(a, a, false, keep);
    check_file(gzip_bytes(a, keep), a, true, keep);
    check_file(zstd_bytes(a, keep), a, true, keep);
    check_file(gzip_bytes(nothing, keep), nothing, true, keep);
    check_file(zstd_bytes(nothing, keep), nothing, true, keep);
    check_file(joined(gzip_bytes(a, keep), gzip_bytes(b, keep), keep), ab, true, keep);
    check_file(joined(zstd_bytes(a, keep), zstd_bytes(b, keep), keep), ab, true, keep);
    arena_free(keep);
}

static void check_refused(struct bytes content, const char *what)
{
    struct arena *keep = arena_new();
    struct err err = {0};
    struct bytes got;
    struct stream *s = stream_of_bytes("ledger.gz", content.at, content.n, &err);
    assert_non_null(s);
    if (drain(s, 65536, &got, keep, &err))
        fail_msg("%zu packed bytes are read, although: %s", content.n, what);
    assert_int_equal(err.code, ERR_SYNTAX);
    assert_string_equal(err.file, "ledger.gz");
    if (!strstr(err.message, what))
        fail_msg("'%s' does not say '%s'", err.message, what);
    assert_true(err.mend[0] != '\0');
    stream_close(s);
    arena_free(keep);
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    unsigned char letters[] = "and so on";
    struct bytes a = plain_bytes(100000, keep), tail = {letters, 9};
    struct bytes gz = gzip_bytes(a, keep), zst = zstd_bytes(a, keep);
    check_refused(joined(gz, tail, keep), "bytes that are not packed follow");
    check_refused(joined(zst, tail, keep), "bytes that are not packed follow");
    check_refused(joined(zst, (struct bytes){letters, 2}, keep),
                  "bytes that are not packed follow");
    struct bytes bent = joined(gz, (struct bytes){NULL, 0}, keep);
    bent.at[bent.n - 6] ^= 1; /* its checksum */
    check_refused(bent, "damaged");
    bent.at[2] = 9; /* no such method */
    check_refused(bent, "damaged");
    for (size_t cut = 1; cut < 40; cut++) {
        check_refused((struct bytes){gz.at, gz.n - cut}, "too early");
        check_refused((struct bytes){zst.at, zst.n - cut}, "too early");
    }
    for (size_t n = 4; n < 40; n++) {
        check_refused((struct bytes){gz.at, n}, "too early");
        check_refused((struct bytes){zst.at, n}, "too early");
    }
    arena_free(keep);
}

static void check_absent(const char *path, const char *message)
{
    struct err err = {0};
    assert_null(stream_open(path, &err));
    assert_int_equal(err.code, ERR_FILE);
    assert_string_equal(err.message, message);
}

static void files_that_cannot_be_opened(void **state)
{
    (void)state;
    check_absent("no/such.csv", "no/such.csv: there is no such file; check its name and folder");
    check_absent("/", "/: is a folder; name a file in it");
    check_absent("", "there is no such file; check its name and folder");
}

static void standard_input_is_a_stream(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    struct bytes got, a = plain_bytes(30000, keep), gz = gzip_bytes(a, keep);
    int ends[2], saved = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], gz.at, gz.n), (ssize_t)gz.n);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    struct stream *s = stream_open("-", &err);
    assert_non_null(s);
    assert_true(drain(s, 1000, &got, keep, &err));
    assert_int_equal(stream_size(s), 0);
    assert_string_equal(stream_name(s), "(standard input)");
    check_same(got, a);
    stream_close(s);
    dup2(saved, STDIN_FILENO);
    close(saved);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_back_as_they_were),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(files_that_cannot_be_opened),
        cmocka_unit_test(standard_input_is_a_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
