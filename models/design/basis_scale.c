/* SPDX-License-Identifier: GPL-3.0-or-later
   A variable less its mean, over its standard deviation, as R's scale() has it. */
#include "models/design/basis.h"

#include <math.h>

#include "models/base/sum.h"

enum { CENTER, SCALE };

static const struct basis_argument argument[] = {
    {"center", .otherwise = 1, .most = 1, .logical = true},
    {"scale", .otherwise = 1, .most = 1, .logical = true},
};

static size_t width(const double a[])
{
    (void)a;
    return 1;
}

/* The state: what is taken off, and what it is divided by: not centred the root mean square. */
static const double *make(const double *x, size_t n, const double a[], struct arena *keep)
{
    double *state = ARENA_NEW(keep, double, 2);
    state[0] = a[CENTER] != 0 ? mean(x, NULL, n) : 0;
    state[1] = 1;
    if (a[SCALE] != 0)
        state[1] = sqrt(cross_product(x, state[0], x, state[0], NULL, n) / ((double)n - 1));
    return isfinite(state[1]) && state[1] > 0 ? state : NULL;
}

static void values(const double state[], const double a[], double x, double out[])
{
    (void)a;
    out[0] = (x - state[0]) / state[1];
}

static void slopes(const double state[], const double a[], double x, double out[])
{
    (void)a;
    (void)x;
    out[0] = 1 / state[1];
}

const struct basis basis_scale = {
    .name = "scale",
    .meaning = "x less its mean (center), over its standard deviation (scale)",
    .source = "R scale()",
    .few = "a constant has no scale",
    .n_arguments = sizeof argument / sizeof *argument,
    .argument = argument,
    .width = width,
    .make = make,
    .values = values,
    .slopes = slopes,
};
