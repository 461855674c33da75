/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/multiple/adjust.h"

/* Holm (1979): the i-th smallest p times the number of hypotheses not yet
   rejected, never less than the one before. */
static void sorted(double *p, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, fmin(1, p[i] * (double)(n - i)));
        p[i] = largest;
    }
}

const struct adjustment adjustment_holm = {
    .name = "holm",
    .title = "Holm's step-down",
    .source = "Holm (1979), Scand. J. Statist. 6, 65-70",
    .sorted = sorted,
};
