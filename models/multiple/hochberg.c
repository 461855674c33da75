/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/multiple/adjust.h"

/* Hochberg (1988): Holm's factors, taken from the largest p downwards, never more
   than the one after.  Valid for independent or positively dependent tests. */
static void sorted(double *p, size_t n)
{
    double smallest = 1;
    for (size_t i = n; i > 0; i--) {
        smallest = fmin(smallest, p[i - 1] * (double)(n - i + 1));
        p[i - 1] = smallest;
    }
}

const struct adjustment adjustment_hochberg = {
    .name = "hochberg",
    .title = "Hochberg's step-up",
    .source = "Hochberg (1988), Biometrika 75, 800-802",
    .sorted = sorted,
};
