/* SPDX-License-Identifier: GPL-3.0-or-later
   For any processor. */
#include "io/scan/index.h"

static bool runs_here(void)
{
    return true;
}

const struct scan_kernel scan_portable = {"portable", runs_here,   scan_index,
                                          find_cut,   count_lines, is_utf8};
