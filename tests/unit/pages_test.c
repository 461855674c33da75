/* SPDX-License-Identifier: GPL-3.0-or-later
   Blocks of every size are zeroed, aligned, writable to their last byte, and gone when
   they are freed. */
#include "tests/check.h"

#include <sys/mman.h>

#include "models/base/pages.h"

#define MB ((size_t)1 << 20)

static void blocks_of_every_size(void **state)
{
    (void)state;
    static const size_t sizes[] = {
        0, 1, 4095, 4096, 4097, 2 * MB - 1, 2 * MB, 2 * MB + 1, 5 * MB, 6 * MB - 4096, 9 * MB + 77};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const size_t n = sizes[k];
        unsigned char *block = pages_new(n);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % (n >= 2 * MB ? 2 * MB : 4096), 0);
        for (size_t i = 0; i < n; i++) {
            if (block[i] != 0)
                fail_msg("byte %zu of %zu is not zero", i, n);
            block[i] = 0xff;
        }
        pages_free(block, n);
    }
    pages_free(NULL, 12);
}

/* mincore() fails where nothing is mapped. */
static void a_freed_block_is_gone_and_its_neighbours_stay(void **state)
{
    (void)state;
    enum { N = 6 };
    const size_t n = 3 * MB + 5000;
    unsigned char *block[N], resident[2];
    for (size_t k = 0; k < N; k++)
        block[k] = pages_new(n);
    for (size_t k = 0; k < N; k += 2)
        pages_free(block[k], n);
    for (size_t k = 0; k < N; k++)
        for (size_t at = 0; at < n; at += 4096)
            assert_int_equal(mincore(block[k] + at, 1, resident), k % 2 ? 0 : -1);
    for (size_t k = 1; k < N; k += 2) {
        block[k][n - 1] = 1;
        pages_free(block[k], n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_of_every_size),
        cmocka_unit_test(a_freed_block_is_gone_and_its_neighbours_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
