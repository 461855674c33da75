/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/multiple/adjust.h"

/* Benjamini & Yekutieli (2001): Benjamini & Hochberg's times 1 + 1/2 + ... + 1/n,
   which holds whatever the dependence of the tests. */
static void sorted(double *p, size_t n)
{
    double smallest = 1, harmonic = 0;
    for (size_t i = n; i > 0; i--)
        harmonic += 1 / (double)i;
    for (size_t i = n; i > 0; i--) {
        smallest = fmin(smallest, p[i - 1] * (harmonic * (double)n / (double)i));
        p[i - 1] = smallest;
    }
}

const struct adjustment adjustment_by = {
    .name = "by",
    .title = "Benjamini & Yekutieli's false discovery rate",
    .source = "Benjamini & Yekutieli (2001), Ann. Statist. 29, 1165-1188",
    .sorted = sorted,
};
