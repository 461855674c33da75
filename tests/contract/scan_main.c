/* SPDX-License-Identifier: GPL-3.0-or-later
   The comparison of tests/scan_case.h as a program that needs no library, for other
   processors (tests/contract/portable_scan_test.bash).  Names the kernels that it ran. */
#include <stdio.h>

#include "tests/scan_case.h"

int main(void)
{
    struct arena *keep = arena_new();
    const char *differs = NULL;
    for (size_t i = 0; scan_kernels[i] && !differs; i++) {
        if (!scan_kernels[i]->runs_here())
            continue;
        differs = scan_case_differs(scan_kernels[i], 30, false, keep);
        printf("%s: %s\n", scan_kernels[i]->name, differs ? differs : "ok");
    }
    arena_free(keep);
    return differs != NULL;
}
