/* SPDX-License-Identifier: GPL-3.0-or-later
   Held to libmd, an implementation of others, and to an example of FIPS 180-4. */
#include "tests/check.h"

#include <sha2.h>
#include <string.h>

#include "io/bytes/sha256.h"

static void assert_hash(const unsigned char *bytes, size_t n, size_t piece)
{
    struct sha256 s;
    uint8_t got[32], want[32];
    SHA2_CTX md;
    sha256_start(&s);
    for (size_t at = 0; at < n; at += piece)
        sha256_add(&s, bytes + at, n - at < piece ? n - at : piece);
    sha256_end(&s, got);
    SHA256Init(&md);
    SHA256Update(&md, bytes, n);
    SHA256Final(want, &md);
    assert_memory_equal(got, want, 32);
}

static void every_length_and_piece(void **unused)
{
    (void)unused;
    unsigned char bytes[400];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i * 31 + 7);
    for (size_t n = 0; n <= sizeof bytes; n++)
        for (size_t piece = 1; piece < 140; piece += 9)
            assert_hash(bytes, n, piece);
}

static void example_of_the_standard(void **unused)
{
    (void)unused;
    static const uint8_t abc[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea,
                                    0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
                                    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c,
                                    0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    struct sha256 s;
    uint8_t got[32];
    sha256_start(&s);
    sha256_add(&s, "abc", 3);
    sha256_end(&s, got);
    assert_memory_equal(got, abc, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_length_and_piece),
                                       cmocka_unit_test(example_of_the_standard)};
    return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
