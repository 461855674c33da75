/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/disattenuated.h"

#include <math.h>
#include <stdbool.h>

static bool is_reliability(double value)
{
    return value > 0 && value <= 1;
}

/* How far the estimate falls and rises when one part of it stands at either limit. */
struct distances {
    double down, up; /* squares, added up */
};

static void add(struct distances *d, double estimate, double at_low, double at_high)
{
    double lower = fmin(at_low, at_high), upper = fmax(at_low, at_high);
    d->down += lower < estimate ? (estimate - lower) * (estimate - lower) : 0;
    d->up += upper > estimate ? (upper - estimate) * (upper - estimate) : 0;
}

/* A lower limit of 0 or less lets the estimate rise without end; an upper one beyond 1
   stands for 1. */
static void add_reliability(struct distances *d, double estimate, const struct with_limits *rel)
{
    if (isnan(rel->low) || isnan(rel->high))
        return;
    double at_low = rel->low > 0 ? estimate * sqrt(rel->estimate / rel->low)
                                 : copysign(estimate == 0 ? 0 : INFINITY, estimate);
    add(d, estimate, at_low, estimate * sqrt(rel->estimate / fmin(rel->high, 1)));
}

struct disattenuated disattenuated(const struct with_limits *r, const struct with_limits *rxx,
                                   const struct with_limits *ryy)
{
    struct disattenuated c = {FIT_DOMAIN, NAN, NAN, NAN, NAN, NAN};
    if (!(fabs(r->estimate) <= 1) || !is_reliability(rxx->estimate) ||
        !is_reliability(ryy->estimate))
        return c;
    double root = sqrt(rxx->estimate * ryy->estimate);
    c.estimate = r->estimate / root;
    c.status = fabs(c.estimate) > 1 ? FIT_BEYOND_ONE : FIT_OK;
    if (isnan(r->low) || isnan(r->high)) {
        c.status = c.status == FIT_OK ? FIT_TOO_FEW : c.status;
        return c;
    }
    struct distances d = {0, 0};
    c.known_low = r->low / root;
    c.known_high = r->high / root;
    add(&d, c.estimate, c.known_low, c.known_high);
    add_reliability(&d, c.estimate, rxx);
    add_reliability(&d, c.estimate, ryy);
    c.low = c.estimate - sqrt(d.down);
    c.high = c.estimate + sqrt(d.up);
    return c;
}

double ceiling_of_reliability(double reliability, double rate_ceiling)
{
    if (!is_reliability(reliability))
        return NAN;
    return sqrt(reliability) * (isnan(rate_ceiling) ? 1 : rate_ceiling);
}
