/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/multiple/adjust.h"

static void sorted(double *p, size_t n)
{
    (void)p, (void)n;
}

const struct adjustment adjustment_none = {
    .name = "none",
    .title = "No adjustment",
    .source = "p-values as they are",
    .sorted = sorted,
};
