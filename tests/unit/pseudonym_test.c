/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/privacy/pseudonym.h"

/* RFC 4231: the first 128 bits of HMAC-SHA-256, which is what its fifth case prints; a case of a
   key shorter than 16 bytes is left out.  The base32 of each is Python's base64.b32encode. */
static const struct vector {
    int key_byte; /* -1: counting from 1 */
    size_t n_key;
    int data_byte; /* 0: the text */
    size_t n_data;
    const char *text, *hex;
} vectors[] = {
    {0x0b, 20, 0, 0, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b"},
    {0xaa, 20, 0xdd, 50, "", "773ea91e36800e46854db8ebd09181a7"},
    {-1, 25, 0xcd, 50, "", "82558a389a443c0ea4cc819899f2083a"},
    {0x0c, 20, 0, 0, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
    {0xaa, 131, 0, 0, "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f"},
    {0xaa, 131, 0, 0,
     "This is a test using a larger than block-size key and a larger than block-size data. The key "
     "needs to be hashed before being used by the HMAC algorithm.",
     "9b09ffa71b942fcb27635fbcd5b0e944"},
};

/* Five bits at a time, the other way round than the code does it: from the digits. */
static void assert_base32(const char *text, const char *hex)
{
    char back[64] = "";
    unsigned held = 0, n_held = 0;
    assert_int_equal(strlen(text), PSEUDONYM_LENGTH);
    for (; *text; text++) {
        const unsigned digit =
            *text >= 'a' ? (unsigned)(*text - 'a') : (unsigned)(*text - '2') + 26;
        assert_true(digit < 32);
        held = held << 5 | digit;
        for (n_held += 5; n_held >= 8; n_held -= 8)
            snprintf(back + strlen(back), 3, "%02x", held >> (n_held - 8) & 255);
    }
    assert_string_equal(back, hex);
    assert_int_equal(held & ((1U << n_held) - 1), 0);
}

static void published_values(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const struct vector *v = &vectors[i];
        unsigned char key[200];
        char data[200] = "";
        for (size_t k = 0; k < v->n_key; k++)
            key[k] = (unsigned char)(v->key_byte < 0 ? (int)k + 1 : v->key_byte);
        if (v->data_byte)
            memset(data, v->data_byte, v->n_data);
        struct pseudonyms *p = pseudonyms_new(key, v->n_key, keep);
        assert_base32(pseudonym_of(p, v->data_byte ? data : v->text), v->hex);
    }
    arena_free(keep);
}

static const unsigned char secret[] = "sixteen bytes or more";

/* python3: base64.b32encode(hmac.new(b"sixteen bytes or more", b"17", "sha256").digest()[:16]) */
static void spellings(void **state)
{
    (void)state;
    struct err err = {0};
    struct arena *keep = arena_new();
    const char *rules[] = {"trim", "strip_prefix:C-", "strip_zeros"};
    struct texts declared = {3, rules};
    struct key_steps steps;
    struct pseudonyms *p = pseudonyms_new(secret, sizeof secret - 1, keep);
    assert_true(keys_compile(&declared, &steps, keep, &err));
    pseudonyms_rules(p, &steps);
    const char *name = pseudonym_of(p, "17");
    assert_string_equal(name, "5dz3ujxtv2hjuboqxo7wi2e3ha");
    assert_string_equal(pseudonym_of(p, " C-0017 "), name);
    assert_string_equal(pseudonym_of_joined(p, "17"), name);
    assert_string_not_equal(pseudonym_of_joined(p, "C-0017"), name);
    assert_string_not_equal(pseudonym_of(p, "18"), name);
    assert_null(pseudonym_of(p, NULL));
    assert_true(pseudonyms_distinct(p, &err));
    arena_free(keep);
}

static void another_key(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    unsigned char other[sizeof secret];
    memcpy(other, secret, sizeof secret);
    other[0] ^= 1;
    struct pseudonyms *p = pseudonyms_new(secret, sizeof secret - 1, keep),
                      *same = pseudonyms_new(secret, sizeof secret - 1, keep),
                      *q = pseudonyms_new(other, sizeof secret - 1, keep);
    assert_string_equal(pseudonyms_check(p), "775442f6");
    assert_string_equal(pseudonyms_check(p), pseudonyms_check(same));
    assert_string_not_equal(pseudonyms_check(p), pseudonyms_check(q));
    assert_string_not_equal(pseudonym_of(p, "17"), pseudonym_of(q, "17"));
    arena_free(keep);
}

/* Many ids: each keeps its name while the lists grow, and no two have one. */
static void many(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct err err = {0};
    struct arena *keep = arena_new();
    struct pseudonyms *p = pseudonyms_new(secret, sizeof secret - 1, keep);
    const char **name = ARENA_NEW(keep, const char *, N);
    for (int i = 0; i < N; i++)
        name[i] = pseudonym_of(p, arena_printf(keep, "%d", i));
    for (int i = 0; i < N; i++)
        assert_ptr_equal(pseudonym_of(p, arena_printf(keep, "%d", i)), name[i]);
    assert_true(pseudonyms_distinct(p, &err));
    arena_free(keep);
}

/* ---- where the key is ---- */

static const char *const path = "pseudonym_test.key";

static void put(const char *bytes, size_t n, mode_t mode)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void assert_refused(const char *source, const char *what)
{
    bool open;
    struct err err = {0};
    struct arena *keep = arena_new();
    assert_null(pseudonyms_open(source, &open, keep, &err));
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.message, what));
    arena_free(keep);
}

static void files(void **state)
{
    (void)state;
    static const char *const line_end[] = {"", "\n", "\r\n"};
    bool open;
    struct err err = {0};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < 3; i++) {
        const char *text = arena_printf(keep, "%s%s", (const char *)secret, line_end[i]);
        put(text, strlen(text), i ? 0600 : 0644);
        struct pseudonyms *p = pseudonyms_open(path, &open, keep, &err);
        assert_non_null(p);
        assert_int_equal(open, i == 0);
        assert_string_equal(pseudonyms_check(p), "775442f6");
    }
    put("fifteen bytes..\n", 16, 0600);
    assert_refused(path, "15 bytes, fewer than 16");
    put("", 0, 0600);
    assert_refused(path, "0 bytes, fewer than 16");
    unlink(path);
    arena_free(keep);
}

static void no_file(void **state)
{
    (void)state;
    bool open;
    struct err err = {0};
    struct arena *keep = arena_new();
    assert_null(pseudonyms_open("correct horse battery staple", &open, keep, &err));
    assert_null(strstr(err.message, "horse"));
    assert_refused(".", "neither a file");
    assert_refused("env:", "not set");
    assert_refused("env:SAYDO_TEST_NO_SUCH_KEY", "not set");
    arena_free(keep);
}

static void environment(void **state)
{
    (void)state;
    bool open;
    struct err err = {0};
    struct arena *keep = arena_new();
    setenv("SAYDO_TEST_KEY", (const char *)secret, 1);
    struct pseudonyms *p = pseudonyms_open("env:SAYDO_TEST_KEY", &open, keep, &err);
    assert_non_null(p);
    assert_string_equal(pseudonyms_check(p), "775442f6");
    assert_null(getenv("SAYDO_TEST_KEY")); /* what is started from here does not have it */
    setenv("SAYDO_TEST_KEY", "short", 1);
    assert_refused("env:SAYDO_TEST_KEY", "5 bytes, fewer than 16");
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_values),
                                       cmocka_unit_test(spellings),
                                       cmocka_unit_test(another_key),
                                       cmocka_unit_test(many),
                                       cmocka_unit_test(files),
                                       cmocka_unit_test(no_file),
                                       cmocka_unit_test(environment)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
