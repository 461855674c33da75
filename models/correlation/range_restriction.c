/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/range_restriction.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

static bool in_domain(double r, double u)
{
    return fabs(r) <= 1 && u > 0 && isfinite(u);
}

double thorndike_case_2(double r, double u)
{
    if (!in_domain(r, u))
        return NAN;
    return r * u / hypot(sqrt((1 - r) * (1 + r)), r * u);
}

double thorndike_case_3(double r, double r_xz, double r_yz, double u)
{
    double determinant =
        1 - r * r - r_xz * r_xz - r_yz * r_yz + 2 * r * r_xz * r_yz; /* of the three */
    if (!in_domain(r, u) || !(fabs(r_xz) <= 1) || !(fabs(r_yz) <= 1) || !(determinant >= -1e-12))
        return NAN;
    double more = (u - 1) * (u + 1);
    double variance_x = 1 + r_xz * r_xz * more, variance_y = 1 + r_yz * r_yz * more;
    if (!(variance_x > 0 && variance_y > 0))
        return NAN;
    double whole = (r + r_xz * r_yz * more) / sqrt(variance_x * variance_y);
    return fmax(-1, fmin(1, whole));
}

/* The distances that r and u alone would make at their limits, as one. */
static double distance(double estimate, double by_r, double by_u)
{
    return hypot(estimate - by_r, isnan(by_u) ? 0 : estimate - by_u);
}

struct range_corrected range_corrected(const struct with_limits *r, const struct with_limits *u)
{
    struct range_corrected c = {FIT_DOMAIN, NAN, NAN, NAN, NAN, NAN};
    if (!in_domain(r->estimate, u->estimate))
        return c;
    c.estimate = thorndike_case_2(r->estimate, u->estimate);
    c.status = FIT_TOO_FEW;
    if (isnan(r->low) || isnan(r->high))
        return c;
    c.status = FIT_OK;
    c.known_low = thorndike_case_2(r->low, u->estimate);
    c.known_high = thorndike_case_2(r->high, u->estimate);
    bool negative = r->estimate < 0; /* then a larger u makes it smaller */
    double at_low = thorndike_case_2(r->estimate, negative ? u->high : u->low),
           at_high = thorndike_case_2(r->estimate, negative ? u->low : u->high);
    c.low = fmax(-1, c.estimate - distance(c.estimate, c.known_low, at_low));
    c.high = fmin(1, c.estimate + distance(c.estimate, c.known_high, at_high));
    return c;
}

struct with_limits range_ratio(double sd_whole, double sd, double m4, double n, double conf_level)
{
    struct with_limits u = {NAN, NAN, NAN};
    if (!(sd_whole > 0 && sd > 0 && n > 1 && isfinite(sd_whole)))
        return u;
    double variance = fmax(0, m4 / (sd * sd) / (sd * sd) - 1) / (4 * n);
    double factor = exp(sqrt(variance) * gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2));
    u.estimate = sd_whole / sd;
    u.low = u.estimate / factor;
    u.high = u.estimate * factor;
    return u;
}
