/* SPDX-License-Identifier: GPL-3.0-or-later
   Every kernel of the scanner that this processor runs, and the plain state machine,
   find the same fields and the same faults. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "io/scan/scan.h"
#include "tests/scan_case.h"

static void check_kernel(const struct scan_kernel *kernel)
{
    struct arena *keep = arena_new();
    const bool slow = getenv("SLOW") != NULL;
    const char *differs = scan_case_differs(kernel, slow ? 400 : 250, slow, keep);
    if (differs)
        fail_msg("%s", differs);
    arena_free(keep);
}

static void every_kernel(void **unused)
{
    (void)unused;
    for (size_t i = 0; scan_kernels[i]; i++)
        if (scan_kernels[i]->runs_here())
            check_kernel(scan_kernels[i]);
        else
            print_message("skipped: this processor does not run %s\n", scan_kernels[i]->name);
}

static void state_machine(void **unused)
{
    (void)unused;
    check_kernel(&scan_case_plain);
}

static void utf8_is_that_of_rfc_3629(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {{"abc", 3},          {"\xc3\xa9", 2},         {"a\xc0\xaf", 1},
                 {"\xed\xa0\x80", 0}, {"\xf4\x8f\xbf\xbf", 4}, {"\xf4\x90\x80\x80", 0},
                 {"ab\xe2\x82", 2},   {"\xe0\x9f\xbf", 0},     {"12345678\x80", 8}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(scan_utf8(cases[i].text, strlen(cases[i].text)), cases[i].valid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kernel),
                                       cmocka_unit_test(state_machine),
                                       cmocka_unit_test(utf8_is_that_of_rfc_3629)};
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
