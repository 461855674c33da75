/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/multiple/adjust.h"

/* Benjamini & Hochberg (1995): the i-th smallest p times n / i, never more than
   the one after: controls the false discovery rate, not the family-wise error. */
static void sorted(double *p, size_t n)
{
    double smallest = 1;
    for (size_t i = n; i > 0; i--) {
        smallest = fmin(smallest, p[i - 1] * ((double)n / (double)i));
        p[i - 1] = smallest;
    }
}

const struct adjustment adjustment_bh = {
    .name = "bh",
    .title = "Benjamini & Hochberg's false discovery rate",
    .source = "Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57, 289-300",
    .sorted = sorted,
};
